"""The title of a group, edited in its bar."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from core.graph.document import Diff, Document
from core.graph.furniture import LONGEST_TITLE
from gui.canvas import annotating
from gui.canvas.note_editor import STAYS

if TYPE_CHECKING:
    from gui.canvas.group_frame import GroupFrame
    from gui.canvas.view import CanvasView

HEIGHT = 24
LEAST = 120
MOST = 320


class TitleEditor(QLineEdit):
    """Enter or a click elsewhere keeps what was written, Escape does not. It deletes itself then."""

    def __init__(self, canvas: CanvasView, frame: GroupFrame, merge: str | None):
        super().__init__(frame.shown.title, canvas.viewport())
        self._canvas = canvas
        self._frame = frame
        self._merge = merge
        self._done = False
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
        """Keep what was written, and close."""
        if self._done:
            return
        title, group = self.text(), self._frame.shown
        self._close()
        if title.strip() != group.title:
            self._canvas.do(annotating.rename_group(group.id, title), merge=self._merge)
        self._canvas.context.history.seal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.commit()

    def _close(self) -> None:
        if self._done:
            return
        self._done = True
        had_focus = self.hasFocus()
        self.hide()
        self.deleteLater()
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object)
    def _follow(self, diff: Diff, document: Document) -> None:
        group = document.groups.get(self._frame.shown.id)
        if not self._done and (group is None or group.collapsed):
            self._close()
        elif not self._done:
            self._place()

    @Slot()
    def _place(self) -> None:
        if not self._done:
            bar = self._canvas.mapFromScene(self._frame.bar(self._canvas.zoom)).boundingRect()
            width = max(LEAST, min(MOST, bar.width()))
            top = bar.center().y() - HEIGHT // 2
            self.setGeometry(QRect(bar.left(), top, width, HEIGHT))
