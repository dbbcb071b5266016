"""Getting data from the network: only ever by this action, and only after it has asked."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui import errands
from gui.actions._base import ActionInfo
from gui.dialogs.download import DownloadDialog

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _download(window: MainWindow) -> None:
    if kind := errands.wanted(window.context):
        DownloadDialog.offer(window, kind)


ActionInfo(id=errands.DOWNLOAD, text="Download Data…", menu="File", group=3, order=9, icon="download",
           tip="Download the data set of this network, which does not come with the program", run=_download,
           enabled=lambda w: bool(errands.wanted(w.context)))
