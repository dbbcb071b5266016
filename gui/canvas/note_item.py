"""One note: a sheet of paper with text on it."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.graph.document import Note, Point
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.interactions.carry import CarryNote
from gui.canvas.interactions.clone import CloneNote
from gui.canvas.interactions.resize import ResizeNote
from gui.canvas.note_text import NoteText
from gui.theme import fonts
from gui.theme.tokens import mix

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

PAD = 10.0
CORNER = 16.0
TEXT_ZOOM = 0.25
EMPTY = "Double-click to write."


class NoteItem(Handle):
    """Behind the wires. What it shows is told to it."""

    place = "note"

    def __init__(self, note: Note, ink: Ink):
        super().__init__()
        self.note = note
        self.selected = self.hovered = self.edited = False
        self._ink = ink
        self._size = note.size
        self._text = self._lay_out()
        self.setPos(*note.position)
        self.setZValue(-1)

    @property
    def name(self) -> str:
        """The id of the note."""
        return self.note.id

    def show_note(self, note: Note) -> None:
        """Show the note as the document has it now."""
        self.note = note
        self.setPos(*note.position)
        self.stretch(note.size)
        self.restyle()

    def stretch(self, size: Point) -> None:
        """Show another size than the document has, while it is dragged."""
        if size != self._size:
            self.prepareGeometryChange()
            narrower, self._size = size[0] != self._size[0], size
            if narrower:
                self._text = self._lay_out()

    def mark(self, *, selected: bool | None = None, edited: bool | None = None) -> None:
        """Stand out: selected, or with its text in an editor."""
        self.selected = self.selected if selected is None else selected
        self.edited = self.edited if edited is None else edited
        self.update()

    def restyle(self) -> None:
        """Measure and paint again."""
        self._text = self._lay_out()
        self.update()

    def sheet(self) -> QRectF:
        """The paper in scene coordinates."""
        return QRectF(self.x(), self.y(), *self._size)

    def wanted_height(self, text: str) -> float:
        """How high the note must be to show all of `text`."""
        laid = NoteText(text, fonts.font(self._ink.tokens), self._room())
        return laid.height + 2 * PAD

    def grabs(self, point: QPointF, reach: float) -> bool:
        return self.sheet().contains(point)

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        if self._at_corner(at.scene):
            return ResizeNote(canvas, at, self)
        return (CloneNote if at.clones else CarryNote)(canvas, at, self)

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        canvas.canvas_scene.notes.edit(canvas, self.name)
        return True

    def choose(self, canvas: CanvasView) -> None:
        if self.name not in canvas.canvas_scene.notes.picked:
            canvas.choose((), (), [self.name])

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.SizeFDiagCursor if self._at_corner(point) else None

    def lift(self, on: bool) -> None:
        self.hovered = on
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, *self._size).adjusted(-4, -4, 4, 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        tokens, zoom, plain = self._ink.tokens, painter.worldTransform().m11(), self._ink.plain
        paper, line = tokens.paper(self.note.colour), tokens.paper_ink(self.note.colour)
        quiet = mix(paper, line, 0.55 if self.hovered and not plain else 0.3)
        painter.setPen(QPen(QColor(quiet), max(1.0, 0.8 / zoom)))
        painter.setBrush(QColor(paper))
        radius = float(tokens.radius_s)
        painter.drawRoundedRect(QRectF(0.5, 0.5, self._size[0] - 1, self._size[1] - 1), radius, radius)
        if zoom >= TEXT_ZOOM and not self.edited:
            self._paint_text(painter)
        if plain:
            return
        if self.selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._ink.pen("accent_ink", max(2.0, 1.5 / zoom)))
            painter.drawRoundedRect(QRectF(0, 0, *self._size).adjusted(-1.5, -1.5, 1.5, 1.5), radius + 1, radius + 1)
        if (self.hovered or self.selected) and zoom >= TEXT_ZOOM:
            self._paint_grip(painter, mix(paper, line, 0.7))

    def _paint_text(self, painter: QPainter) -> None:
        painter.setPen(self._ink.colour("text" if self.note.text else "text_muted"))
        self._text.paint(painter, QPointF(PAD, PAD), self._size[1] - 2 * PAD)

    def _paint_grip(self, painter: QPainter, colour: str) -> None:
        corner = QPointF(self._size[0] - 3.5, self._size[1] - 3.5)
        painter.setPen(QPen(QColor(colour), 1.25))
        for step in (4.0, 8.0):
            painter.drawLine(corner - QPointF(step, 0), corner - QPointF(0, step))

    def _lay_out(self) -> NoteText:
        return NoteText(self.note.text or EMPTY, fonts.font(self._ink.tokens), self._room())

    def _room(self) -> float:
        return max(1.0, self._size[0] - 2 * PAD)

    def _at_corner(self, point: QPointF) -> bool:
        corner = self.sheet().bottomRight()
        return 0 <= corner.x() - point.x() <= CORNER and 0 <= corner.y() - point.y() <= CORNER
