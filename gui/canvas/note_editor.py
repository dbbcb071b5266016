"""The text of a note, edited in its place."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from core.graph.document import Diff, Document
from core.graph.furniture import LONGEST_TEXT
from gui.canvas import annotating, geometry
from gui.theme import fonts

if TYPE_CHECKING:
    from gui.canvas.note_item import NoteItem
    from gui.canvas.view import CanvasView

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
LEAST_FONT = 11
LEAST = 180, 72
PAD = 8


class NoteEditor(QPlainTextEdit):
    """Ctrl+Enter or a click elsewhere keeps what was written, Escape does not. It deletes itself then."""

    def __init__(self, canvas: CanvasView, item: NoteItem, merge: str | None):
        super().__init__(item.note.text, canvas.viewport())
        self._canvas = canvas
        self._item = item
        self._merge = merge
        self._done = False
        self.setAccessibleName("Text of the note")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        canvas.moved.connect(self._place)
        canvas.context.document_changed.connect(self._follow)
        canvas.context.theme.changed.connect(self._dress)

    def open(self) -> None:
        """Show it and put the cursor behind the text."""
        self._item.mark(edited=True)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Keep what was written, and close."""
        if self._done:
            return
        text, note = self.toPlainText()[:LONGEST_TEXT], self._item.note
        self._close()
        height = max(note.size[1], geometry.snap(self._item.wanted_height(text) + geometry.GRID / 2))
        if text != note.text:
            self._canvas.do(annotating.write_note(note.id, text, (note.size[0], height)), merge=self._merge)
            self._canvas.context.history.seal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
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
        self._item.mark(edited=False)
        self.hide()
        self.deleteLater()
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object)
    def _follow(self, diff: Diff, document: Document) -> None:
        if self._done or not diff.notes:
            return
        if self._item.name in document.notes:
            self._place()
        else:
            self._close()

    @Slot(object)
    def _dress(self, _: object = None) -> None:
        tokens = self._canvas.context.theme.tokens
        paper = tokens.paper(self._item.note.colour)
        self.setStyleSheet(f"QPlainTextEdit {{ background: {paper}; color: {tokens.text}; border-radius: "
                           f"{tokens.radius_s}px; border: 2px solid {tokens.accent_ink}; padding: {PAD - 1}px; }}")
        self._place()

    @Slot()
    def _place(self) -> None:
        if self._done:
            return
        sheet = self._item.sheet()
        view = self._canvas.mapFromScene(sheet).boundingRect()
        self.setGeometry(QRect(view.left(), view.top(), max(view.width(), LEAST[0]), max(view.height(), LEAST[1])))
        font = fonts.font(self._canvas.context.theme.tokens)
        font.setPixelSize(max(LEAST_FONT, round(font.pixelSize() * self._canvas.zoom)))
        self.setFont(font)
