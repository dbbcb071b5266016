"""A problem said where it arises: a bubble beside its card, with what mends it as buttons."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from core.errors import Problem
from core.graph.document import Document
from gui.canvas import callout, geometry
from gui.canvas.card import EMBLEM_ZOOM
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem
from gui.errands import Remedy, carry_out, remedies
from gui.forms import parts
from gui.forms.icon_button import icon_button
from gui.forms.picture import Picture
from gui.theme.style import set_property

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

GRABS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.DragEnter)
RELEASES = (QEvent.Type.MouseButtonRelease, QEvent.Type.DragLeave, QEvent.Type.Drop)
WIDTH = 304
PADDING = 12
CROSS = 20
# After an edit, and before what the pointer rests on is said.
SETTLE, REST = 60, 350
MOST_FIXES = 3
# Smaller than that it would hide more of the network than it explains, unless somebody points at a card.
LEAST_ZOOM = 0.4


class Bubble(QWidget):
    """Says one problem: that of the card under the pointer, of the selected card, or the first one of the document. One
    that is at no card, as of an Output that lacks, is said at the border of the view."""

    def __init__(self, canvas: CanvasView):
        super().__init__(canvas)
        self._canvas = canvas
        self._context = canvas.context
        self._scene = canvas.canvas_scene
        self._pointed = ""
        self._away = self._carried = self._asked = False
        self._shown: Problem | None = None
        self._closed: Problem | None = None
        self._document: Document | None = None
        self._spot: callout.Spot | None = None
        self.fixes: list[Remedy] = []
        self.buttons: list[QPushButton] = []
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedWidth(WIDTH)
        self._lay_out()
        self.hide()
        self._context.report_changed.connect(self._checked)
        self._context.document_changed.connect(self._later)
        self._scene.picked.connect(self._later)
        self._scene.pointed.connect(self._point)
        self._context.theme.changed.connect(self.update)
        canvas.moved.connect(self._place)
        canvas.viewport().installEventFilter(self)

    @property
    def problem(self) -> Problem | None:
        """What is said at present."""
        return self._shown if self.isVisible() else None

    @property
    def explains(self) -> bool:
        """True if it speaks of what the pointer rests on, which needs no tip then."""
        return self.problem is not None and bool(self._pointed) and self.problem.node == self._pointed

    def open(self) -> bool:
        """Go to the problem of the selected node, or to the first one, to mend it by keyboard. False if there is none
        to be seen."""
        self._closed, self._pointed, self._asked = None, "", True
        found = self._subject()
        if found is not None and found.node is not None:
            self._canvas.choose([found.node])
            self._canvas.reveal(found.node)
        self.refresh()
        if not self.isVisible():
            return False
        (self.buttons[0] if self.buttons else self).setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    @Slot()
    def close_up(self) -> None:
        """Be quiet about this problem until there is another one."""
        self._closed, self._asked = self._shown, False
        self.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Say what there is to say now."""
        self._wait.stop()
        if self._away and not self.underMouse():
            self._pointed = ""
        problem = None if self._busy() else self._subject()
        if problem is None or _same(problem, self._closed):
            self.hide()
            return
        document = self._context.document
        if problem != self._shown or document is not self._document:
            self._shown, self._document = problem, document
            self.fixes = remedies(self._context, problem)[:MOST_FIXES]
            self._fill(problem)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What is dragged is not to be covered, and comes to rest elsewhere.
        if event.type() in GRABS:
            self._carried, self._asked = event.type() == QEvent.Type.DragEnter, False
            self.hide()
        elif event.type() in RELEASES:
            self._carried = False
            self._wait.start(REST)
        elif event.type() in (QEvent.Type.MouseMove, QEvent.Type.Leave):
            self._away = event.type() == QEvent.Type.Leave
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._wait.start(REST)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isAncestorOf(self.window().focusWidget() or self):
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._spot is None or self._shown is None:
            return
        tokens = self._context.theme.tokens
        ink = {"error": tokens.error, "warning": tokens.warning}.get(self._shown.severity, tokens.border_strong)
        offset = QPointF(self.pos())
        shape = callout.outline(self._spot.box.translated(-offset).adjusted(0.5, 0.5, -0.5, -0.5), self._spot.side,
                                self._spot.tip - offset, float(tokens.radius_l))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1.0))
        painter.setBrush(QColor(tokens.raised))
        painter.drawPath(shape)
        painter.end()

    def _lay_out(self) -> None:
        self._picture: Picture | None = None
        self._message, self._hint = parts.label(), parts.label(role="muted")
        self._more = parts.label(role="small")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._message, 1)
        self._cross = icon_button("close", "Close (Esc)", self.close_up, name="Close", size=CROSS - 8, side=CROSS)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._message.setMinimumHeight(CROSS)
        self._head.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        self._row = QVBoxLayout()
        self._row.setSpacing(4)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(8)
        self.column.addLayout(self._head)
        self.column.addWidget(self._hint)
        self.column.addLayout(self._row)
        self.column.addWidget(self._more)

    def _fill(self, problem: Problem) -> None:
        focused = any(button.hasFocus() for button in self.buttons)
        if self._picture is not None:
            self._head.removeWidget(self._picture)
            self._picture.deleteLater()
        icon = "health" if problem.code.startswith("health.") else problem.severity
        self._picture = Picture(icon, 16, problem.severity)
        self._picture.setFixedHeight(CROSS)
        self._head.insertWidget(0, self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._picture.show()
        self._message.setText(parts.unbroken(problem.message))
        # What the buttons say need not be said twice.
        self._hint.setText(parts.unbroken(problem.hint))
        self._hint.setVisible(bool(problem.hint) and not self.fixes)
        others = len(self._context.report.of(problem.node)) - 1 if problem.node else 0
        self._more.setText(f"and {others} more problem{'s' if others > 1 else ''} here")
        self._more.setVisible(others > 0)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(number, fix) for number, fix in enumerate(self.fixes)]
        self.setAccessibleName(f"Problem: {problem.message}")
        self.setAccessibleDescription(problem.hint)
        if focused and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, number: int, fix: Remedy) -> QPushButton:
        made = QPushButton(fix.label)
        made.setAutoDefault(True)
        made.setToolTip(f"{fix.label} (Ctrl+. then Enter)" if number == 0 else fix.label)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if number == 0 and self._shown is not None and self._shown.blocks:
            set_property(made, "kind", "primary")
        made.clicked.connect(partial(self._apply, fix))
        self._row.addWidget(made)
        # What is not shown yet is left out when the height is measured.
        made.show()
        return made

    def _apply(self, fix: Remedy, _: bool = False) -> None:
        if self._document is not self._context.document:
            # Made for a document that is no more.
            self.refresh()
            return
        self.hide()
        refused = carry_out(self._context, fix)
        if not refused and self._shown is not None and self._shown.node in self._scene.nodes:
            self._canvas.reveal(self._shown.node)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self) -> bool:
        """True while something is dragged or chosen, which would be covered."""
        return self._carried or self._canvas.busy or self._canvas.quick_add.picker is not None

    def _subject(self) -> Problem | None:
        """What to say: nothing about nodes that cannot be seen."""
        report, chosen = self._context.report, self._context.selection
        near = self._pointed if self._canvas.zoom >= EMBLEM_ZOOM else ""
        if near and self._seen(near) and not report.of(near) and (ills := self._scene.nodes[near].look.health):
            return ills[0]
        for name in (near, next(iter(chosen)) if len(chosen) == 1 else ""):
            if name and (found := report.of(name)) and self._seen(name) and self._due(found[0]):
                return found[0]
        if self._canvas.zoom < LEAST_ZOOM and not self._asked:
            return None
        blocking = [p for p in report.problems if p.blocks and self._context.document.nodes]
        first = next((p for p in blocking if p.node), next(iter(blocking), None))
        return first if first is not None and (not first.node or self._seen(first.node)) else None

    def _due(self, problem: Problem) -> bool:
        """A layer that was just put down and is to be wired is left in peace: the inspector has its warnings."""
        return problem.blocks or self._asked or problem.node not in self._context.selection

    def _seen(self, name: str) -> bool:
        item = self._scene.nodes.get(name)
        return item is not None and item.isVisible()

    @Slot()
    def _checked(self) -> None:
        if self._shown not in self._context.report.problems:
            self.hide()
        self._later()

    @Slot()
    def _later(self) -> None:
        self._wait.start(SETTLE)

    @Slot(object)
    def _point(self, hit: object) -> None:
        name = hit.name if isinstance(hit, NodeItem) else hit.ref.node if isinstance(hit, PortItem) else ""
        if name != self._pointed:
            # Off the paper it may be on its way to the buttons.
            self._pointed = self._pointed if self._away and not name else name
            self._wait.start(REST)

    @Slot()
    def _place(self) -> None:
        """Follow the card. What is hidden while something else is about to be said stays hidden."""
        problem = self._shown if self.isVisible() or not self._wait.isActive() else None
        if problem is None or _same(problem, self._closed) or not _same(problem, self._subject()) or self._busy():
            self.hide()
            return
        size, area = self._measure(), QRectF(self._canvas.viewport().rect())
        item = self._scene.nodes.get(problem.node or "")
        others = [self._mapped(other.card()) for other in self._canvas.visible_nodes() if other is not item]
        if item is None:
            self._spot = callout.free_spot(size, area, others, self._taken())
        else:
            port = next((p for p in item.inputs.values() if p.ref.name == problem.port), None)
            card = self._with_ports(item)
            anchor = QPointF(self._canvas.mapFromScene(port.scenePos())) if port else card.center()
            self._spot = callout.spot(card, size, area, others, anchor, self._taken())
        self.setVisible(self._spot is not None)
        if self._spot is not None:
            self._stand(self._spot)
        if self.explains and self._canvas.viewport().underMouse():
            # A tip that came before would lie upon it.
            QToolTip.hideText()

    def _taken(self) -> list[QRectF]:
        """What it never covers: the selected cards, and what floats over the canvas in its corners."""
        cards = [self._with_ports(item) for item in self._canvas.visible_nodes() if item.state.selected]
        floats = self._canvas.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return cards + [QRectF(f.geometry()) for f in floats if f.isVisible() and f.property("role") == "card"]

    def _with_ports(self, item: NodeItem) -> QRectF:
        return self._mapped(item.card().adjusted(-geometry.PORT_RADIUS, 0, geometry.PORT_RADIUS, 0))

    def _mapped(self, rect: QRectF) -> QRectF:
        return QRectF(self._canvas.mapFromScene(rect).boundingRect())

    def _measure(self) -> QSizeF:
        """How large the box is, without its tip."""
        self.column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        self.column.activate()
        return QSizeF(WIDTH, self.column.totalHeightForWidth(WIDTH))

    def _stand(self, spot: callout.Spot) -> None:
        tip = int(callout.TIP)
        top, bottom = tip * (spot.side == "below"), tip * (spot.side == "above")
        left, right = tip * (spot.side == "right"), tip * (spot.side == "left")
        self.column.setContentsMargins(PADDING + left, PADDING + top, PADDING + right, PADDING + bottom)
        self.setFixedWidth(WIDTH + left + right)
        box = spot.box.adjusted(-left, -top, right, bottom).toRect()
        self.setGeometry(box)
        self.raise_()
        self.update()


def _same(one: Problem | None, other: Problem | None) -> bool:
    """Whether both are the same thing to say. The numbers of a finding about a run change while it is read."""
    if one is None or other is None or not one.code.startswith("health."):
        return one == other
    return (one.code, one.node) == (other.code, other.node)
