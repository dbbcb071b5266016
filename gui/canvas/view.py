"""The view of a network: what the mouse, the keys and the palette do to it."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from core.errors import Problem
from core.graph.document import Diff, Document, Edge
from core.train.request import Request
from gui.canvas import adding, annotating, changes, keys
from gui.canvas.autoscroll import AutoScroll
from gui.canvas.background import paint_background
from gui.canvas.block_drop import dragged_block, drop_block
from gui.canvas.bubble import Bubble
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.hints import Readout, Welcome
from gui.canvas.interactions import Gesture, Pointer, double_click, gesture_for
from gui.canvas.node_item import NodeItem
from gui.canvas.node_title import NodeTitle
from gui.canvas.port_item import PortItem
from gui.canvas.quick_add import QuickAdd
from gui.canvas.scene import CanvasScene
from gui.canvas.spotlight import Spotlight
from gui.canvas.view_glide import ViewGlide
from gui.canvas.voices import Voices
from gui.canvas.wire_drop import PaletteDrop
from gui.canvas.zoom import ZoomView

if TYPE_CHECKING:
    from gui.context import AppContext

TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class CanvasView(ZoomView):
    """Where a network is drawn. Everything that it does to the document is one undo step.

    `menu_wanted` carries the place that a context menu is for ("node", "wire", "canvas", or that of a handle) and the
    position on the screen. `context_pos` is where in the scene it was asked for. `tapped` says that Space was let go
    without panning, `hinted` which keys change the drag that begins, and nothing when it ends.
    """

    menu_wanted = Signal(str, QPoint)
    tapped = Signal()
    hinted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None):
        super().__init__(parent)
        self.context = context
        self.canvas_scene = CanvasScene(context, self)
        self.setScene(self.canvas_scene)
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._space: str = ""
        self._handle: Handle | None = None
        self.context_pos = QPointF()
        self._at: QPoint | None = None
        self._asked = False
        self._autoscroll = AutoScroll(self)
        self.voices = Voices(self)
        self.glide = ViewGlide(self)
        self.quick_add, self._palette_drop = QuickAdd(self), PaletteDrop(self)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network canvas")
        self.setAccessibleDescription("The nodes of the network and the wires between them. Tab adds a layer.")
        self._welcome, self._reason = Welcome(context.theme, self), Readout(self, "notice-error", "error")
        self._welcome.setVisible(not context.document.nodes)
        self.bubble, self.node_title = Bubble(self), NodeTitle(self)
        context.document_changed.connect(self._on_document)
        context.selection_changed.connect(self._on_selection)
        context.theme.changed.connect(self._on_theme)

    def do(self, change: changes.Change, *, merge: str | None = None) -> Problem | None:
        """Do a change as one undo step. Returns the reason if it was refused; the user has been told then."""
        return self.context.edit(change.label, change.apply, merge=merge)

    def choose(self, nodes: Iterable[str], wires: Iterable[Edge] = (), notes: Iterable[str] = ()) -> None:
        """Select exactly these nodes, wires and notes."""
        kept, papers = tuple(wires), tuple(notes)
        self.context.select(nodes)
        self.canvas_scene.select_wires(kept)
        self.canvas_scene.notes.pick(papers)

    def add_layer(self, kind: str, scene_pos: QPointF | None = None) -> str | None:
        """Add a layer there, or behind the selected node. Returns its id."""
        return adding.add_layer(self.context, kind, scene_pos)

    def delete_selection(self) -> None:
        """Delete the selected nodes, wires and notes, or the chosen point of a wire."""
        if self.canvas_scene.ways.remove_chosen(self):
            return
        nodes, wires, notes = self.context.selection, self.canvas_scene.selected_wires, self.canvas_scene.notes.picked
        if nodes or wires or notes:
            self.do(annotating.delete(self.context.document, nodes, wires, notes))

    def select_all(self) -> None:
        """Select every node and note."""
        self.choose(self.context.document.nodes, (), self.context.document.notes)

    def escape(self) -> None:
        """Give up the gesture that is under way, or else the selection."""
        if not self.give_up():
            self.choose(())

    def give_up(self) -> bool:
        """Give up the gesture that is under way. False if there is none."""
        if self._gesture is not None:
            self._finish().cancel()
            return True
        return False

    def content(self) -> QRectF:
        return self.canvas_scene.content_rect().united(self.canvas_scene.companion(Spotlight).area())

    def node_item(self, name: str) -> NodeItem:
        """The item of a node."""
        return self.canvas_scene.nodes[name]

    def port_scene_pos(self, name: str, port: str) -> QPointF:
        """The middle of an input port."""
        return self.node_item(name).input_pos(port)

    def output_scene_pos(self, name: str) -> QPointF:
        """The middle of the output port of a node."""
        return self.node_item(name).output_pos()

    def visible_nodes(self) -> list[NodeItem]:
        """The cards that are in view."""
        area = self.shown_area()
        return [item for item in self.canvas_scene.nodes.values() if item.isVisible() and item.card().intersects(area)]

    def reveal(self, name: str) -> None:
        """Bring a node into view, if it is not."""
        self.glide.reveal(self.canvas_scene.groups.rect_of(name))

    def spot(self) -> QPointF:
        """Where something new appears: where a context menu was asked for, or under the pointer, or in the middle."""
        return self.context_pos if self._asked else self.mapToScene(self._at or self.viewport().rect().center())

    def requests(self) -> tuple[Request, ...]:
        """What is drawn here of a run."""
        return self.canvas_scene.requests(self.mapToScene(self.viewport().rect()).boundingRect(), self.zoom)

    def show_reason(self, text: str, pointer: QPoint) -> None:
        """Say beside the pointer why a wire is refused; nothing takes it away."""
        self._reason.show_at(text, self.viewport().mapTo(self, pointer))

    @property
    def busy(self) -> bool:
        """True while a gesture is under way."""
        return self._gesture is not None

    @property
    def reason(self) -> str:
        """What is said beside the pointer at present."""
        return self._reason.text

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.canvas_scene.ink.exposure.painting(event.region()):
            super().paintEvent(event)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_background(painter, QRectF(rect), self.canvas_scene.ink)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is None:
            at = self._pointer(event)
            self.canvas_scene.thumbnails.press(at)
            self._gesture = gesture_for(self, event.button(), at, space=bool(self._space))
            self._button = event.button()
            if self._gesture is not None and self._space:
                self._space = "used"
            self._show_cursor()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or self._gesture is not None or self._space or not double_click(self, self._pointer(event)):
            self.mousePressEvent(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._pointer(event)
        self._at, self._asked = at.view, False
        if self._gesture is not None:
            self._autoscroll.follow(self._gesture, at)
            self._gesture.pointer_moved(at)
        elif event.buttons() == Qt.MouseButton.NoButton:
            self.canvas_scene.hover(None if self._space else at.hit)
            if isinstance(at.hit, Handle) and not self._space:
                at.hit.track(self, at)
            self.canvas_scene.thumbnails.point(self, None if self._space else at)
            self._show_cursor(at)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None and event.button() == self._button:
            at = self._pointer(event)
            self._finish().end(at)
            self.canvas_scene.thumbnails.release(at)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._at = None
            self.canvas_scene.hover(None)
            self.canvas_scene.thumbnails.point(self, None)
        if event.type() == QEvent.Type.ToolTip and self._explained():
            return True
        return super().viewportEvent(event)

    def _explained(self) -> bool:
        """True while more is said of what the pointer rests on than a tip would say."""
        return self.canvas_scene.thumbnails.enlarging.shown or self.bubble.explains

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._asked = event.reason() == QContextMenuEvent.Reason.Mouse
        if self._asked:
            self._choose_under(self.mapToScene(event.pos()))
        else:
            self._handle = None
        self.menu_wanted.emit(self._place(), event.globalPos())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_space(event):
            # Space pans while it is held; only when it is let go again is it a shortcut.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_space(event):
            if not event.isAutoRepeat():
                self._space = self._space or "held"
                self._show_cursor()
            event.accept()
        elif keys.press(self, event.key(), event.modifiers()):
            event.accept()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if _is_space(event) and not event.isAutoRepeat():
            tapped, self._space = self._space == "held", ""
            self._show_cursor()
            if tapped:
                self.tapped.emit()
            event.accept()
        elif not _is_space(event):
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.hasFocus():
            self.quick_add.by_key()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in TAB_REASONS and not self.context.selection:
            keys.step(self, event.reason() == Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = ""
        self._show_cursor()
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._allow(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if (kind := self._allow(event)) is not None:
            self._palette_drop.over(kind, self.mapToScene(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._palette_drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        if (kind := self._allow(event)) is not None:
            self._palette_drop.release(kind, self.mapToScene(event.position().toPoint()))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif dragged_block(event.mimeData()):
            drop_block(self.context, event.mimeData(), self.mapToScene(event.position().toPoint()))
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._welcome.centre(self.width(), self.height())

    def pointer_at(self, view: QPoint, modifiers: Qt.KeyboardModifier) -> Pointer:
        """The pointer at a place of the viewport."""
        scene = self.mapToScene(view)
        return Pointer(scene, view, modifiers, self.canvas_scene.hit(scene, self.zoom))

    def _pointer(self, event: QMouseEvent) -> Pointer:
        return self.pointer_at(event.position().toPoint(), event.modifiers())

    def _finish(self) -> Gesture:
        # First forgotten, then ended: what the end does to the document must not cancel it.
        gesture, self._gesture = self._gesture, None
        self._autoscroll.stop()
        assert gesture is not None
        self.hinted.emit("")
        self._show_cursor()
        return gesture

    def _show_cursor(self, at: Pointer | None = None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._gesture is not None and self._gesture.cursor is not None:
            shape = self._gesture.cursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif at is not None and isinstance(at.hit, PortItem):
            shape = Qt.CursorShape.CrossCursor
        elif at is not None and isinstance(at.hit, Handle):
            shape = at.hit.cursor_at(at.scene) or shape
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _choose_under(self, point: QPointF) -> None:
        hit = self.canvas_scene.hit(point, self.zoom)
        self._handle, self.context_pos = (hit if isinstance(hit, Handle) else None), point
        if isinstance(hit, Handle):
            hit.choose(self)
            return
        name = hit.name if isinstance(hit, NodeItem) else hit.ref.node if isinstance(hit, PortItem) else None
        if isinstance(hit, EdgeItem) and hit.edge is not None:
            if hit.edge not in self.canvas_scene.selected_wires:
                self.choose((), [hit.edge])
        elif name is None:
            self.choose(())
        elif name not in self.context.selection:
            self.choose([name])

    def _place(self) -> str:
        if self._handle is not None:
            return self._handle.place
        if self.context.selection:
            return "node"
        return "wire" if self.canvas_scene.selected_wires else "canvas"

    def _allow(self, event: QDropEvent) -> str | None:
        kind = adding.dragged_kind(event.mimeData())
        if kind is None and not dragged_block(event.mimeData()):
            event.ignore()
        else:
            event.acceptProposedAction()
        return kind

    @Slot(object, object)
    def _on_document(self, diff: Diff, document: Document) -> None:
        self._welcome.setVisible(not document.nodes)
        if self._gesture is not None:
            self._finish().cancel()

    @Slot(object)
    def _on_selection(self, chosen: frozenset[str]) -> None:
        if len(chosen) == 1 and self._gesture is None and self.isVisible():
            self.reveal(next(iter(chosen)))

    @Slot(object)
    def _on_theme(self, tokens: object) -> None:
        self.resetCachedContent()
        self.viewport().update()


def _is_space(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
