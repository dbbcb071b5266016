"""The text of a note, edited in its place."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from core.graph.document import Diff, Document
from core.graph.furniture import LONGEST_TEXT
from gui.canvas import annotating, geometry
from gui.canvas.in_place import InPlace
from gui.theme import fonts

if TYPE_CHECKING:
    from gui.canvas.note_item import NoteItem
    from gui.canvas.view import CanvasView

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAST_FONT = 11
LEAST = 180, 72
PAD = 8


class NoteEditor(InPlace, QPlainTextEdit):
    """Ctrl+Enter keeps what was written, too."""

    def __init__(self, canvas: CanvasView, item: NoteItem, merge: str | None):
        super().__init__(item.note.text, canvas.viewport())
        self.canvas = canvas
        self._item = item
        self._merge = merge
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
        if self.done:
            return
        text, note = self.toPlainText()[:LONGEST_TEXT], self._item.note
        self.close_field()
        height = max(note.size[1], geometry.snap(self._item.wanted_height(text) + geometry.GRID / 2))
        if text != note.text:
            self.canvas.do(annotating.write_note(note.id, text, (note.size[0], height)), merge=self._merge)
            self.canvas.context.history.seal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ENTER:
            # Ctrl+Enter ends the text; elsewhere it is a shortcut.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)

    def close_field(self) -> None:
        if not self.done:
            self._item.mark(edited=False)
        super().close_field()

    @Slot(object, object)
    def _follow(self, diff: Diff, document: Document) -> None:
        if self.done or not diff.notes:
            return
        if self._item.name in document.notes:
            self._place()
        else:
            self.close_field()

    @Slot(object)
    def _dress(self, _: object = None) -> None:
        tokens = self.canvas.context.theme.tokens
        paper = tokens.paper(self._item.note.colour)
        self.setStyleSheet(f"QPlainTextEdit {{ background: {paper}; color: {tokens.text}; border-radius: "
                           f"{tokens.radius_s}px; border: 2px solid {tokens.accent_ink}; padding: {PAD - 1}px; }}")
        self._place()

    @Slot()
    def _place(self) -> None:
        if self.done:
            return
        sheet = self._item.sheet()
        view = self.canvas.mapFromScene(sheet).boundingRect()
        self.setGeometry(QRect(view.left(), view.top(), max(view.width(), LEAST[0]), max(view.height(), LEAST[1])))
        font = fonts.font(self.canvas.context.theme.tokens)
        font.setPixelSize(max(LEAST_FONT, round(font.pixelSize() * self.canvas.zoom)))
        self.setFont(font)
