"""The scene: one item for every node and wire of the document, kept equal to it by following diffs."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, Slot
from PySide6.QtWidgets import QGraphicsScene

from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Diff, Document, Edge, Node
from core.layers import LAYERS, show
from core.train.request import Request
from gui.canvas.companion import Companion
from gui.canvas.companions import COMPANIONS
from gui.canvas.edge_item import EdgeItem
from gui.canvas.groups import Groups
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.look import look_of
from gui.canvas.neurons import Neurons
from gui.canvas.node_item import NodeItem
from gui.canvas.notes import Notes
from gui.canvas.port_item import PortItem, PortState
from gui.canvas.thumbnails import Thumbnails
from gui.canvas.under import Hit, near, under
from gui.canvas.ways import Ways

if TYPE_CHECKING:
    from gui.context import AppContext
    from gui.theme.tokens import Tokens

C = TypeVar("C", bound=Companion)


class CanvasScene(QGraphicsScene):
    """Items by node id and by wire. It knows no rules: what may be done is asked of core.

    `picked` says that other nodes, wires or companions' items are selected, `pointed` that the pointer is at
    another item, or at none.
    """

    picked = Signal()
    pointed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None):
        super().__init__(parent)
        self.context = context
        self.ink = Ink(context.theme.tokens)
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[Edge, EdgeItem] = {}
        self.selected_wires: frozenset[Edge] = frozenset()
        self._at: dict[str, set[Edge]] = {}
        self._stray: set[Edge] = set()
        self._report: Report = context.report
        self._problems = _by_node(context.report)
        self._hovered: Hit = None
        self._chosen: frozenset[str] = frozenset()
        self.companions = {kind: kind(self) for kind in COMPANIONS}
        self.neurons = self.companion(Neurons)
        self.notes, self.groups = self.companion(Notes), self.companion(Groups)
        self.ways, self.thumbnails = self.companion(Ways), self.companion(Thumbnails)
        document = context.document
        self.follow(Diff(added=tuple(document.nodes.values()), linked=tuple(sorted(document.edges))), document)
        context.document_changed.connect(self.follow)
        context.report_changed.connect(self._on_report)
        context.selection_changed.connect(self._on_selection)
        context.theme.changed.connect(self.dress)
        self._on_selection(context.selection)

    @Slot(object, object)
    def follow(self, diff: Diff, document: Document) -> None:
        """Make the items equal to `document`, which is `diff` away from what they show."""
        for edge in diff.unlinked:
            self._unlink(edge)
        for node in diff.removed:
            self._remove(node)
        for node in diff.added:
            self._add(node, document)
        for old, new in diff.changed:
            self._change(old, new, document)
        self._link_all([*diff.linked, *self._stray])
        if diff.data:
            self._refresh((k for k, item in self.nodes.items() if _is_end(item)), document)
        self._take_report(self.context.report, document)
        for companion in self.companions.values():
            companion.follow(diff, document)

    def tick(self) -> None:
        """Draw what is new of a run."""
        for companion in self.companions.values():
            companion.tick()

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        """What is drawn in a part of the scene of a run."""
        return tuple(request for kept in self.companions.values() for request in kept.requests(view, zoom))

    def companion(self, kind: type[C]) -> C:
        """The companion of this kind."""
        found = self.companions[kind]
        assert isinstance(found, kind)
        return found

    def place(self, where: Mapping[str, tuple[float, float]]) -> None:
        """Show nodes at other places than the document has, while they are dragged."""
        for name, (x, y) in where.items():
            self.nodes[name].stand(x, y)
        for edge in {e for name in where for e in self._at.get(name, ())}:
            self._route(edge)
        for companion in self.companions.values():
            companion.placed(frozenset(where))

    def reroute(self, edges: Iterable[Edge]) -> None:
        """Draw these wires anew: their ends are shown elsewhere."""
        for edge in edges:
            self._route(edge)

    def settle(self, names: Iterable[str]) -> None:
        """Show nodes where the document has them."""
        nodes = self.context.document.nodes
        self.place({name: nodes[name].position for name in names if name in self.nodes})

    def wires_at(self, name: str) -> frozenset[Edge]:
        """The drawn wires at a node."""
        return frozenset(self._at.get(name, ()))

    def select_wires(self, edges: Iterable[Edge]) -> None:
        """Select exactly these wires."""
        chosen = frozenset(e for e in edges if e in self.wires)
        for edge in self.selected_wires ^ chosen:
            if edge in self.wires:
                self.wires[edge].mark(selected=edge in chosen)
        changed, self.selected_wires = chosen != self.selected_wires, chosen
        if changed:
            self._tell_chosen()

    def hit(self, point: QPointF, zoom: float = 1.0) -> Hit:
        """What is under `point`."""
        return under(self, point, zoom)

    def around(self, point: QPointF, reach: float) -> list[PortItem]:
        """The ports near `point`."""
        return [item for item in near(self, point, reach) if isinstance(item, PortItem)]

    def hover(self, hit: Hit) -> None:
        """Let what is under the pointer stand out, and nothing else."""
        if hit is not self._hovered:
            self._lift(self._hovered, False)
            self._hovered = hit
            self._lift(hit, True)
            self.pointed.emit(hit)

    def content_rect(self, names: Iterable[str] | None = None) -> QRectF:
        """The smallest rectangle around some cards; by default around all of them with their wires."""
        rect = QRectF()
        for name in self.nodes if names is None else names:
            rect = rect.united(self.groups.rect_of(name))
        for wire in self.wires.values() if names is None else ():
            rect = rect.united(wire.extent()) if wire.isVisible() else rect
        for companion in self.companions.values() if names is None else ():
            rect = rect.united(companion.extent())
        return rect

    def _add(self, node: Node, document: Document) -> None:
        look = look_of(node, document, self.context.report, self._problems.get(node.id, ()))
        item = NodeItem(node.id, node.kind, look, self.ink)
        item.stand(*node.position)
        self.nodes[node.id] = item
        self._at[node.id] = set()
        self.addItem(item)
        item.put(replace(item.state, selected=node.id in self.context.selection))
        item.show_cost(self.context.costs.of(node.id), self.context.costs.share(node.id))

    def _remove(self, node: Node) -> None:
        for edge in tuple(self._at[node.id]):
            self._unlink(edge)
            self._stray.add(edge)
        NodeItem.changes += 1
        item = self.nodes.pop(node.id)
        del self._at[node.id]
        self.drop(item)

    def _change(self, old: Node, new: Node, document: Document) -> None:
        if old.kind != new.kind:
            self._remove(old)
            self._add(new, document)
            return
        if old.position != new.position:
            self.place({new.id: new.position})
        self._refresh((new.id,), document)

    def _link_all(self, edges: Iterable[Edge]) -> None:
        for edge in edges:
            if edge.source in self.nodes and edge.target in self.nodes:
                self._stray.discard(edge)
                self._link(edge)
            else:
                self._stray.add(edge)

    def _link(self, edge: Edge) -> None:
        item = EdgeItem(edge, self.ink)
        self.wires[edge] = item
        self._at[edge.source].add(edge)
        self._at[edge.target].add(edge)
        self._route(edge)
        item.show_label(self._shape(edge.source))
        self.addItem(item)
        self._count(edge, 1)

    def _unlink(self, edge: Edge) -> None:
        self._stray.discard(edge)
        if edge in self.wires:
            self._count(edge, -1)
            self._at[edge.source].discard(edge)
            self._at[edge.target].discard(edge)
            self.selected_wires -= {edge}
            self.drop(self.wires.pop(edge))

    def drop(self, item: NodeItem | EdgeItem | Handle) -> None:
        """Take an item away for good."""
        hovered = self._hovered
        if hovered is not None and item in (hovered, hovered.parentItem()):
            self._lift(hovered, False)
            self._hovered = None
        self.removeItem(item)

    def _count(self, edge: Edge, change: int) -> None:
        for port in (self.nodes[edge.source].output, self.nodes[edge.target].inputs.get(edge.port)):
            if port is not None:
                port.count_wires(change)

    def _route(self, edge: Edge) -> None:
        start, end = self.groups.output_pos(edge), self.groups.input_pos(edge)
        ends = self.nodes[edge.source], self.nodes[edge.target]
        self.wires[edge].sag = min(ends, key=lambda item: item.y()).below
        self.wires[edge].route(start, end, self.ways.via(edge))

    def _refresh(self, names: Iterable[str], document: Document) -> None:
        for name in names:
            if name in self.nodes:
                look = look_of(document.nodes[name], document, self.context.report, self._problems.get(name, ()))
                item = self.nodes[name]
                if item.show_look(look):
                    self.hover(None)
                    self.place({name: (item.x(), item.y())})

    def _take_report(self, report: Report, document: Document) -> None:
        if report is self._report:
            return
        before, self._report = self._report, report
        problems = _by_node(report)
        reshaped = _changed(before.shapes, report.shapes)
        self._problems, troubled = problems, _changed(self._problems, problems)
        self._refresh(reshaped | troubled, document)
        costs = self.context.costs
        for name, item in self.nodes.items():
            item.show_cost(costs.of(name), costs.share(name))
        for name in reshaped & self.nodes.keys():
            for edge in self._at[name]:
                if edge.source == name:
                    self.wires[edge].show_label(self._shape(name))

    def _wire_tip(self, edge: Edge) -> str:
        source, target = self.nodes[edge.source].look.title, self.nodes[edge.target].look.title
        return f"{self._shape(edge.source) or 'No shape yet'}: from {source} to {target}"

    def _shape(self, name: str) -> str:
        shapes = self.context.report.shapes
        return show(shapes[name]) if name in shapes else ""

    def _lift(self, hit: Hit, on: bool) -> None:
        if isinstance(hit, PortItem):
            hit.put(PortState.HOVER if on else PortState.REST)
        elif isinstance(hit, NodeItem):
            hit.put(replace(hit.state, hovered=on))
        elif isinstance(hit, EdgeItem):
            hit.mark(hovered=on)
            hit.setToolTip(self._wire_tip(hit.edge) if on and hit.edge else "")
        elif isinstance(hit, Handle):
            hit.lift(on)

    @Slot(object)
    def _on_report(self, report: Report) -> None:
        self._take_report(report, self.context.document)

    @Slot(object)
    def _on_selection(self, chosen: frozenset[str]) -> None:
        for name in self._chosen ^ chosen:
            if name in self.nodes:
                item = self.nodes[name]
                item.put(replace(item.state, selected=name in chosen))
        self._chosen = chosen
        self.selected_wires, wires = frozenset(), self.selected_wires
        for edge in wires & self.wires.keys():
            self.wires[edge].mark(selected=False)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        for companion in self.companions.values():
            companion.chosen()
        self.picked.emit()

    @Slot(object)
    def dress(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.ink.use(tokens)
        for item in self.nodes.values():
            item.restyle()
        for companion in self.companions.values():
            companion.restyle()
        self.update()


def _by_node(report: Report) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in report.problems:
        if problem.node is not None:
            found[problem.node] = (*found.get(problem.node, ()), problem)
    return found


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    same = {k for k, v in after.items() if k in before and before[k] == v}
    return (before.keys() | after.keys()) - same


def _is_end(item: NodeItem) -> bool:
    return item.kind in LAYERS and bool(LAYERS[item.kind].role)
