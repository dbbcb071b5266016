"""The surface of the pad: what is seen of the plane, and what mouse and keys do there."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.errors import DataError, Problem
from core.graph.painting import Place
from core.params import PointSet
from gui.pad import look
from gui.pad.plane import Plane
from gui.pad.tools import TOOLS, Hand, Stroke, Tool
from gui.theme.palette import Theme

PUFF = 40
EVERY = 500
REACH = 14
STEPS = 40
# Keys that only the pad answers while it has the focus; elsewhere they may be shortcuts.
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
LABELS = {Qt.Key(Qt.Key.Key_1.value + number): number for number in range(6)}
KEYS = {Qt.Key[f"Key_{tool.key}"]: tool for tool in TOOLS.values()}


class Surface(QWidget):
    """Shows points, and the boundary softly behind them.

    `stroked` carries what a stroke made of the points, and what it is called; `going` now and then what one that goes
    on has made of them, and None if nothing came of it; `pointed` the place under the pointer or
    the cross-hair, or None; `refused` why a stroke went no further; `tool_chosen` and `label_chosen` what a key chose.
    """

    stroked = Signal(object, str)
    going = Signal(object)
    pointed = Signal(object)
    refused = Signal(object)
    tool_chosen = Signal(str)
    label_chosen = Signal(int)

    def __init__(self, theme: Theme):
        super().__init__()
        self.setAccessibleName("Pad")
        self.setAccessibleDescription("Paint points with the mouse, or move the cross-hair with the arrow keys and put "
                                      "a point with Space.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.theme = theme
        self.points = PointSet()
        self.tool: Tool = TOOLS["brush"]
        self.label, self.size_share, self.density = 0, 8, 5
        self.plane = Plane()
        self.stroke: Stroke | None = None
        self.pointer: QPointF | None = None
        self.cross: Place | None = None
        self._strokes = 0
        self._image = QImage()
        self._image_area = QRectF()
        self._layer = QPixmap()
        self._layer_of: tuple[object, ...] = ()
        self._told = QElapsedTimer()
        self._puffs = QTimer(self, interval=PUFF)
        self._puffs.timeout.connect(self._puff)
        theme.changed.connect(self._restyle)

    # What is shown

    @property
    def shown(self) -> PointSet:
        """The points with what the present stroke makes of them."""
        return self.points if self.stroke is None else self.stroke.now

    @property
    def radius(self) -> float:
        """The radius of the circle that the tool works in, in units of the data."""
        return self.plane.half * 2 * self.size_share / 100

    def set_points(self, drawn: PointSet, *, fit: bool = False) -> None:
        """Show these points; what is under way is given up. With `fit`, or if some are out of sight, bring all into
        view."""
        self.give_up()
        self.points = drawn
        if fit or not self.plane.sees(drawn):
            self.plane = self.plane.around(drawn)
        self.update()

    def show_all(self) -> None:
        """Bring all points into view."""
        self.plane = self.plane.around(self.points)
        self.update()

    def show_boundary(self, image: QImage, area: QRectF) -> None:
        """Paint an image of the boundary behind the points; `area` is in units of the data, with y upwards. A null
        image takes it away."""
        self._image, self._image_area = image, area
        self.update()

    @property
    def has_boundary(self) -> bool:
        """True if the boundary is shown."""
        return not self._image.isNull()

    def give_up(self) -> None:
        """End the present stroke as if it had not begun."""
        self._puffs.stop()
        if self.stroke is not None:
            self.stroke = None
            self.going.emit(None)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(276, 276)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, plane, drawn = self.theme.tokens, self.plane, self.shown
        look.ground(painter, plane, tokens)
        if self.has_boundary:
            corners = (QPointF(self._image_area.left(), self._image_area.bottom()),
                       QPointF(self._image_area.right(), self._image_area.top()))
            look.boundary(painter, plane, self._image, QRectF(*(plane.pixel(c.x(), c.y()) for c in corners)))
        look.grid(painter, plane, tokens)
        # The class of the next point counts: with a third class, the colours of the first two change.
        painter.drawPixmap(0, 0, self._dots(drawn))
        look.frame(painter, plane, tokens, focus=self.hasFocus())
        place = plane.pixel(*self.cross) if self.cross is not None else self.pointer
        if place is not None and (self.cross is not None or self.underMouse() or self.stroke is not None):
            circle = self.radius * plane.scale if self.tool.sized else 0.0
            look.hand(painter, plane, tokens, place, circle, cross=self.cross is not None,
                      ink=look.class_colour(self.label, drawn.classes, tokens) if self.tool.id != "erase" else "")

    def _dots(self, drawn: PointSet) -> QPixmap:
        """The points as a picture that is drawn anew only when something changed."""
        ratio = self.devicePixelRatioF()
        key = (drawn, self.plane, self.size(), ratio, self.theme.tokens)
        if not self._layer_of or any(a is not b and a != b for a, b in zip(key, self._layer_of, strict=True)):
            self._layer_of = key
            self._layer = QPixmap((self.size() * ratio).expandedTo(QSize(1, 1)))
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._layer)
            look.dots(painter, self.plane, self.theme.tokens, drawn)
            painter.end()
        return self._layer

    @Slot()
    def _restyle(self) -> None:
        self.update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.plane.area.contains(event.position()):
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.cross, self.pointer = None, event.position()
        self._told.restart()
        self._begin(self.plane.place(event.position()))
        if self.tool.id == "spray":
            self._puffs.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer, self.cross = event.position(), None
        place = self.plane.place(event.position())
        if self.stroke is not None:
            with self._minded():
                self.stroke.drag(place)
            self._tell()
        self.pointed.emit(place if self.plane.area.contains(event.position()) else None)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer = None
        self.pointed.emit(None)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.plane = self.plane.zoomed(1.0015 ** event.angleDelta().y(), event.position())
        self.update()
        event.accept()

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._mine(event):
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._step(*ARROWS[key], far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in LABELS:
            self.label_chosen.emit(LABELS[key])
        elif key in KEYS:
            self.tool_chosen.emit(KEYS[key].id)
        elif key == Qt.Key.Key_Space:
            self._dab()
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            self.give_up()

    def _mine(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in ARROWS:
            return held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if held:
            return False
        return key in LABELS or key in KEYS or key in (Qt.Key.Key_Space, Qt.Key.Key_Home) or (
            key == Qt.Key.Key_Escape and self.stroke is not None)

    def _step(self, right: int, up: int, *, far: bool) -> None:
        """Move the cross-hair, which begins in the middle."""
        x, y = self.cross or self.plane.middle
        step = self.plane.half * 2 / STEPS * (5 if far else 1)
        (x0, x1), (y0, y1) = self.plane.x, self.plane.y
        self.cross = min(x1, max(x0, x + right * step)), min(y1, max(y0, y + up * step))
        self.pointed.emit(self.cross)
        self.update()

    def _dab(self) -> None:
        """Do at the cross-hair what the tool does; those that need a hand put a point."""
        if self.stroke is not None:
            return
        tool, self.cross = self.tool, self.cross or self.plane.middle
        self.tool = tool if tool.id in ("erase", "recolour") else TOOLS["point"]
        self._begin(self.cross)
        self._end()
        self.tool = tool

    # Strokes

    def _begin(self, place: Place) -> None:
        self._strokes += 1
        hand = Hand(self.radius, self.density, self.label, REACH / self.plane.scale)
        self.stroke = Stroke(self.tool, hand, self.points, self._strokes, place)
        with self._minded():
            self.stroke.begin()
        self.update()

    @Slot()
    def _puff(self) -> None:
        if self.stroke is not None:
            with self._minded():
                self.stroke.tick()
            self._tell()
            self.update()

    def _tell(self) -> None:
        if self.stroke is not None and self._told.hasExpired(EVERY):
            self._told.restart()
            self.going.emit(self.stroke.now)

    def _end(self) -> None:
        self._puffs.stop()
        stroke, self.stroke = self.stroke, None
        if stroke is not None and stroke.label:
            self.points = stroke.now
            self.stroked.emit(stroke.now, stroke.label)
        elif stroke is not None:
            self.going.emit(None)
        self.update()

    @contextmanager
    def _minded(self) -> Iterator[None]:
        """If there is no room for more points, say so, and keep those that there are."""
        problem: Problem | None = None
        try:
            yield
        except DataError as error:
            problem = error.problem
        if problem is not None:
            self._end()
            self.refused.emit(problem)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.plane = self.plane.resized(look.inside(self.rect()))

    def hideEvent(self, event: QHideEvent) -> None:
        self.give_up()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.cross = None
        self.update()
