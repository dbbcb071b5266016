"""What screen readers find on the canvas: every node with its ports, by name, place and state.

The items of a scene are no QObjects, and Qt ends an interface together with its QObject only. So every node and port
that was asked for gets a small QObject of its own, which goes when the node goes.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QAccessibleObject
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from core.graph.document import Diff, Document
from core.graph.naming import title_of
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_factories: list[object] = []
# Qt takes None for an interface that is not there, which the declared types do not say.
NOTHING = cast(QAccessibleInterface, None)


class Voice(QObject):
    """Stands for a node, or for the port number `port` of it."""

    def __init__(self, voices: Voices, node: str, port: int | None = None):
        super().__init__(voices)
        self.voices, self.node, self.port = voices, node, port

    @property
    def item(self) -> NodeItem | None:
        """The node's item, while there is one."""
        return self.voices.canvas.canvas_scene.nodes.get(self.node)


class Voices(QObject):
    """The voices of one canvas, made when somebody asks; it tells of the selected node."""

    def __init__(self, canvas: CanvasView):
        super().__init__(canvas)
        self.canvas = canvas
        self._made: dict[tuple[str, int | None], Voice] = {}
        if not _factories:
            _factories.append(_interface)
            QAccessible.installFactory(_interface)
        canvas.context.document_changed.connect(self._on_document)
        canvas.context.selection_changed.connect(self._on_selection)

    def names(self) -> list[str]:
        """The nodes that can be seen, in the order in which they were added."""
        return [name for name, item in self.canvas.canvas_scene.nodes.items() if item.isVisible()]

    def of(self, node: str, port: int | None = None) -> Voice:
        """The voice of a node or of one of its ports."""
        if (node, port) not in self._made:
            self._made[node, port] = Voice(self, node, port)
        return self._made[node, port]

    def chosen(self) -> Voice | None:
        """The voice of the selected node, if it is one."""
        names = self.canvas.context.selection
        return self.of(next(iter(names))) if len(names) == 1 else None

    @Slot(object, object)
    def _on_document(self, diff: Diff, document: Document) -> None:
        for key in [key for key in self._made if key[0] not in document.nodes]:
            self._made.pop(key).deleteLater()

    @Slot(object)
    def _on_selection(self, chosen: frozenset[str]) -> None:
        voice = self.chosen() if QAccessible.isActive() and self.canvas.hasFocus() else None
        if voice is not None and voice.item is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(voice, QAccessible.Event.Focus))


class CanvasAccess(QAccessibleWidget):
    """The canvas: its children are the nodes."""

    def __init__(self, canvas: CanvasView, voices: Voices):
        super().__init__(canvas, QAccessible.Role.Canvas)
        self._voices = voices

    def childCount(self) -> int:
        return len(self._voices.names())

    def child(self, index: int) -> QAccessibleInterface:
        names = self._voices.names()
        return _access(self._voices.of(names[index])) if 0 <= index < len(names) else NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        voice = child.object()
        return self._voices.names().index(voice.node) if isinstance(voice, Voice) and voice.port is None else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        canvas = self._voices.canvas
        place = canvas.mapToScene(canvas.viewport().mapFromGlobal(QPoint(x, y)))
        hit = canvas.canvas_scene.hit(place, canvas.zoom)
        name = hit.name if isinstance(hit, NodeItem) else hit.ref.node if isinstance(hit, PortItem) else None
        return _access(self._voices.of(name)) if name is not None else NOTHING

    def focusChild(self) -> QAccessibleInterface:
        voice = self._voices.chosen() if self._voices.canvas.hasFocus() else None
        return _access(voice) if voice is not None else NOTHING


class ItemAccess(QAccessibleObject):
    """A node with its ports, or a port."""

    def __init__(self, voice: Voice):
        super().__init__(voice)
        self._voice = voice

    def isValid(self) -> bool:
        return isValid(self._voice) and self._voice.item is not None

    def parent(self) -> QAccessibleInterface:
        voices = self._voice.voices
        return _access(voices.canvas if self._voice.port is None else voices.of(self._voice.node))

    def childCount(self) -> int:
        item = self._voice.item
        return len(item.ports) if item is not None and self._voice.port is None else 0

    def child(self, index: int) -> QAccessibleInterface:
        return _access(self._voice.voices.of(self._voice.node, index)) if 0 <= index < self.childCount() else NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        voice = child.object()
        if not isinstance(voice, Voice) or voice.node != self._voice.node or self._voice.port is not None:
            return -1
        return -1 if voice.port is None else voice.port

    def text(self, kind: QAccessible.Text) -> str:
        item = self._voice.item
        if kind is not QAccessible.Text.Name or item is None:
            return ""
        if self._voice.port is None:
            return item.description()
        return _port_text(self._voice.voices.canvas, item, self._voice.port)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem if self._voice.port is None else QAccessible.Role.Graphic

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        canvas, node = self._voice.voices.canvas, self._voice.node
        if self._voice.item is None:
            state.invalid = True
        elif self._voice.port is None:
            chosen = canvas.context.selection
            state.selectable = state.focusable = True
            state.selected = node in chosen
            state.focused = chosen == {node} and canvas.hasFocus()
        return state

    def rect(self) -> QRect:
        canvas, item = self._voice.voices.canvas, self._voice.item
        if item is None:
            return QRect()
        place = item.card() if self._voice.port is None else _port_rect(item.ports[self._voice.port])
        seen = canvas.mapFromScene(place).boundingRect()
        return QRect(canvas.viewport().mapToGlobal(seen.topLeft()), seen.size())


def _access(target: QObject) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(target) or NOTHING


def _port_rect(port: PortItem) -> QRectF:
    return port.mapRectToScene(port.boundingRect())


def _port_text(canvas: CanvasView, item: NodeItem, index: int) -> str:
    document, port = canvas.context.document, item.ports[index].ref.name
    wires = sorted(canvas.canvas_scene.wires_at(item.name))
    if port is None:
        ends = [title_of(document, edge.target) for edge in wires if edge.source == item.name]
        return f"Output, to {' and '.join(ends)}" if ends else "Output, not wired"
    ends = [title_of(document, e.source) for e in wires if e.target == item.name and e.port == port]
    return f"Input {port}, from {ends[0]}" if ends else f"Input {port}, not wired"


def _interface(name: str, target: QObject) -> QAccessibleInterface | None:
    if isinstance(target, Voice):
        return ItemAccess(target)
    voices = getattr(target, "voices", None)
    return CanvasAccess(voices.canvas, voices) if isinstance(voices, Voices) and voices.canvas is target else None
