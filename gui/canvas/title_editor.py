"""The title of a group, edited in its bar."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtWidgets import QLineEdit

from core.graph.document import Diff, Document
from core.graph.furniture import LONGEST_TITLE
from gui.canvas import annotating
from gui.canvas.in_place import InPlace

if TYPE_CHECKING:
    from gui.canvas.group_frame import GroupFrame
    from gui.canvas.view import CanvasView

HEIGHT = 24
LEAST = 120
MOST = 320


class TitleEditor(InPlace, QLineEdit):
    """Enter keeps what was written, too."""

    def __init__(self, canvas: CanvasView, frame: GroupFrame, merge: str | None):
        super().__init__(frame.shown.title, canvas.viewport())
        self.canvas = canvas
        self._frame = frame
        self._merge = merge
        self.setAccessibleName("Title of the group")
        self.setPlaceholderText(annotating.UNNAMED)
        self.setMaxLength(LONGEST_TITLE)
        self.returnPressed.connect(self.commit)
        canvas.moved.connect(self._place)
        canvas.context.document_changed.connect(self._follow)

    def open(self) -> None:
        """Show it with all of the title selected."""
        self._place()
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def commit(self) -> None:
        if self.done:
            return
        title, group = self.text(), self._frame.shown
        self.close_field()
        if title.strip() != group.title:
            self.canvas.do(annotating.rename_group(group.id, title), merge=self._merge)
        self.canvas.context.history.seal()

    @Slot(object, object)
    def _follow(self, diff: Diff, document: Document) -> None:
        group = document.groups.get(self._frame.shown.id)
        if not self.done and (group is None or group.collapsed):
            self.close_field()
        elif not self.done:
            self._place()

    @Slot()
    def _place(self) -> None:
        if not self.done:
            bar = self.canvas.mapFromScene(self._frame.bar(self.canvas.zoom)).boundingRect()
            width = max(LEAST, min(MOST, bar.width()))
            top = bar.center().y() - HEIGHT // 2
            self.setGeometry(QRect(bar.left(), top, width, HEIGHT))
