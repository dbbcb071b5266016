"""Everything that was said since the start."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.dialogs._base import Dialog
from gui.notify import Notice
from gui.theme import icons


class NoticesDialog(Dialog):
    """The list, newest first; it grows while it is open."""

    title = "Notices"
    size_hint = (560, 420)

    def build(self) -> None:
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setAccessibleName("Notices, newest first")
        self.body.addWidget(self._list)
        for notice in self.window_.context.notify.notices:
            self._add(notice)
        if not self._list.count():
            self._list.addItem("Nothing was said so far.")
        self.window_.context.notify.posted.connect(self._add)

    @Slot(object)
    def _add(self, notice: Notice) -> None:
        tokens = self.window_.context.theme.tokens
        colour = {"info": tokens.accent_ink, "warning": tokens.warning, "error": tokens.error}[notice.level]
        item = QListWidgetItem(icons.icon(notice.level, colour), f"{notice.time:%H:%M:%S}   {notice.prose}")
        item.setToolTip(notice.prose)
        self._list.insertItem(0, item)
