"""The pad as panels show it: the surface with its controls, and the way to it while the data come from elsewhere."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.errors import Problem
from core.graph import painting
from core.graph.document import Diff, Document
from core.graph.painting import Place
from core.params import PointSet
from core.train.events import Event, Snapshot
from core.train.probes import NotApplicable
from core.train.probes.boundary import Boundary
from core.train.request import Request
from gui.context import AppContext
from gui.pad.bar import Bar
from gui.pad.surface import Surface
from gui.pad.tools import TOOLS
from gui.plots import numbers
from gui.plots.plane_colours import image_of

CELLS = 96
STROKE = "pad.stroke"


class Pad(QWidget):
    """Edits the points of a document whose data are drawn: each stroke is one step that can be undone.

    Whoever holds it hands on `requests`, `on_train` and `on_tick`, as a panel has them; `drawn_changed` says whether
    the data are drawn at present. A `small` one leads to the panel that is a larger one.
    """

    drawn_changed = Signal(bool)

    def __init__(self, context: AppContext, *, small: bool = False):
        super().__init__()
        self.context = context
        self.surface = Surface(context.theme)
        self.bar = Bar(context.theme, self.surface.size_share, self.surface.density)
        self.where, self.count = QLabel(), QLabel()
        self._boundary: Boundary | None = None
        self._fresh = self._own = self._begun = False
        self._drawn: bool | None = None
        self._arrange()
        self._connect()
        self.bar.larger.setVisible(small)
        self.choose_tool("brush")
        self.choose_label(0)
        self._show(fit=True)

    @property
    def drawn(self) -> bool:
        """True if the data of the document are drawn points."""
        return painting.points_of(self.context.document) is not None

    @Slot(str)
    def choose_tool(self, tool: str) -> None:
        """Work with another tool."""
        self.surface.give_up()
        self.surface.tool = TOOLS[tool]
        self.bar.show_tool(TOOLS[tool])
        self.surface.update()

    @Slot(int)
    def choose_label(self, label: int) -> None:
        """Paint points of another class."""
        self.surface.give_up()
        self.surface.label = label
        self.bar.show_label(label)
        self.surface.update()

    # As a panel has them

    def requests(self) -> tuple[Request, ...]:
        """The boundary over what is seen of the plane, while anything is seen of it."""
        if not (self.isVisible() and self.drawn and self.surface.width() > 1):
            return ()
        return (Request.of("boundary", size=CELLS, area=self.surface.plane.limits()),)

    def on_train(self, event: Event) -> None:
        """Take the boundary out of a snapshot."""
        if not isinstance(event, Snapshot):
            return
        for request in self.requests():
            if request in event.answers:
                found = event.answers[request]
                self._boundary = None if isinstance(found, NotApplicable) else found
                self._fresh = True

    def on_tick(self) -> None:
        """Draw the newest boundary."""
        if self._fresh:
            self._fresh = False
            self._show_boundary()

    # Inside

    def _arrange(self) -> None:
        row = QHBoxLayout()
        for label in (self.where, self.count):
            label.setProperty("role", "small")
        row.addWidget(self.where)
        row.addStretch(1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self.surface, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        surface, bar, context = self.surface, self.bar, self.context
        surface.stroked.connect(self._stroked)
        surface.going.connect(self._going)
        surface.pointed.connect(self._pointed)
        surface.refused.connect(self._refused)
        surface.tool_chosen.connect(self.choose_tool)
        surface.label_chosen.connect(self.choose_label)
        bar.tool_chosen.connect(self.choose_tool)
        bar.label_chosen.connect(self.choose_label)
        bar.size_chosen.connect(self._resize)
        bar.density_chosen.connect(self._thicken)
        bar.fit_wanted.connect(self._fit)
        bar.clear_wanted.connect(self._clear)
        bar.larger_wanted.connect(self._enlarge)
        context.document_changed.connect(self._changed)
        context.file_changed.connect(self._opened)
        context.theme.changed.connect(self._show_boundary)
        context.trainer.state_changed.connect(self._on_state)

    @Slot(object, object)
    def _changed(self, diff: Diff, document: Document) -> None:
        if diff.data:
            # What others have changed is not for this pad to take back.
            self._begun &= self._own
            self._show(fit=not self._drawn)

    @Slot()
    def _opened(self) -> None:
        self._show(fit=True)

    def _show(self, *, fit: bool = False) -> None:
        drawn = painting.points_of(self.context.document)
        points = PointSet() if drawn is None else drawn
        if not self._own:
            self.surface.set_points(points, fit=fit)
        self.bar.show_points(len(points), points.classes)
        self.count.setText(_counted(points))
        if self._drawn != (drawn is not None):
            self._drawn = drawn is not None
            self.drawn_changed.emit(self._drawn)

    @Slot(object, str)
    def _stroked(self, points: PointSet, label: str) -> None:
        self._put(label, points)
        self.context.history.seal()
        self._begun = False

    @Slot(object)
    def _going(self, points: PointSet | None) -> None:
        """A stroke goes on: what is trained with follows while it is painted. All of it is one step."""
        if points is not None and self.context.trainer.running:
            if not self._begun:
                self.context.history.seal()
            self._begun |= points != self.surface.points
            self._put("Paint points", points)
        elif points is None and self._begun:
            self._begun = False
            self.context.history.undo()

    def _put(self, label: str, points: PointSet) -> None:
        self._own = True
        try:
            self.context.edit(label, lambda doc: painting.with_points(doc, points),
                              merge=STROKE if self._begun else None)
        finally:
            self._own = False

    @Slot(object)
    def _refused(self, problem: Problem) -> None:
        self.context.notify.refuse(problem)

    @Slot(object)
    def _pointed(self, place: Place | None) -> None:
        span = self.surface.plane.half
        digits = 2 if span >= 1 else 4
        self.where.setText("" if place is None else
                           f"({numbers.fixed(place[0], digits)}, {numbers.fixed(place[1], digits)})")

    @Slot(int)
    def _resize(self, share: int) -> None:
        self.surface.size_share = share
        self.surface.update()

    @Slot(int)
    def _thicken(self, density: int) -> None:
        self.surface.density = density

    @Slot()
    def _fit(self) -> None:
        self.context.edit("Scale the points to fit", lambda doc: painting.with_points(
            doc, painting.fit(painting.points_of(doc) or PointSet())))
        self.surface.show_all()

    @Slot()
    def _clear(self) -> None:
        self.context.edit("Clear the points", lambda doc: painting.with_points(doc, PointSet()))

    @Slot()
    def _enlarge(self) -> None:
        """Open the panel, which belongs to the window."""
        window = self.window().parent() if isinstance(self.window(), QDockWidget) else self.window()
        action = window.findChild(QAction, "edit.draw_points") if window is not None else None
        if action is not None:
            action.trigger()

    @Slot()
    def _show_boundary(self) -> None:
        found = self._boundary
        if found is None or not self._drawn:
            self.surface.show_boundary(QImage(), QRectF())
            return
        area = QRectF(found.x[0], found.y[0], found.x[1] - found.x[0], found.y[1] - found.y[0])
        self.surface.show_boundary(image_of(found, self.context.theme.tokens), area)

    @Slot(str)
    def _on_state(self, state: str) -> None:
        if state == "invalid":
            self._boundary, self._fresh = None, False
            self._show_boundary()


def _counted(points: PointSet) -> str:
    """How many points there are, and how many of each class: "48 points: 24, 24"."""
    if not len(points):
        return "No points yet"
    each = [0] * points.classes
    for _, _, label in points:
        each[label] += 1
    total = "1 point" if len(points) == 1 else f"{len(points):,} points"
    return f"{total}: {', '.join(f'{n:,}' for n in each)}" if len(each) > 1 else total
