"""Actions that take a plot out of the window."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo
from gui.dialogs.plot import PlotDialog

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _copy_picture(window: MainWindow) -> None:
    plot = window.docks.plot()
    if plot is None:
        _nothing(window)
    else:
        window.files.copy_picture(plot)


def _copy_numbers(window: MainWindow) -> None:
    plot = window.docks.plot()
    if plot is None:
        _nothing(window)
    else:
        window.files.copy_numbers(plot)


def _nothing(window: MainWindow) -> None:
    window.context.notify.warn("There is no plot to be seen.", hint="Open one from the View menu, and train a network.")


ActionInfo(id="file.export_plot", text="Export Plot…", menu="File", group=3, order=2, icon="image",
           tip="Write a plot or its numbers to a file: PNG, SVG, PDF or CSV", run=lambda w: PlotDialog.open_for(w))
ActionInfo(id="edit.copy_picture", text="Copy Plot as Picture", menu="Edit", group=7, order=1, icon="image",
           tip="Put the plot that you looked at last on the clipboard, as a picture", run=_copy_picture)
ActionInfo(id="edit.copy_numbers", text="Copy Numbers of Plot", menu="Edit", group=7, order=2, icon="table",
           tip="Put the numbers of the plot that you looked at last on the clipboard, as a table", run=_copy_numbers)
