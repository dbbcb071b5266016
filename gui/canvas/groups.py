"""The groups of a scene: frames around nodes, and cards that stand for them."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from core.graph.check import Report
from core.graph.document import Diff, Document, Edge, Group
from core.params import EMPTY
from gui.canvas.companion import Companion
from gui.canvas.group_card import GroupCard
from gui.canvas.group_face import Face, face_of
from gui.canvas.group_frame import GroupFrame
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem
from gui.canvas.title_editor import TitleEditor
from gui.canvas.zoom import ZoomView

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView


class Groups(Companion):
    """One frame for every group, or one card if it is collapsed: then its members and the wires between them are
    hidden, and the other wires at them are drawn to the card."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.frames: dict[str, GroupFrame] = {}
        self.cards: dict[str, GroupCard] = {}
        self._groups: Mapping[str, Group] = EMPTY
        self._home: dict[str, str] = {}
        self._report: Report | None = None

    def follow(self, diff: Diff, document: Document) -> None:
        if not document.groups and not self._groups:
            return
        stale: set[str] = set()
        if document.groups is not self._groups:
            stale |= self._regroup(document)
        ends = (name for edge in (*diff.linked, *diff.unlinked) for name in (edge.source, edge.target))
        touched = {*(node.id for node in diff.added), *(new.id for _, new in diff.changed), *ends}
        stale |= {self._home[name] for name in touched if name in self._home}
        for name in sorted(stale & document.groups.keys()):
            self._show(document.groups[name], document)
        if self.scene.context.report is not self._report:
            self._take_report(document)
        self.chosen()

    def placed(self, names: frozenset[str]) -> None:
        for home in {self._home[name] for name in names if name in self._home}:
            if home in self.frames:
                self._surround(home)
            elif home in self.cards and names & self.scene.nodes.keys():
                self._put(home)

    def chosen(self) -> None:
        selected = self.scene.context.selection
        for frame in self.frames.values():
            frame.mark(frame.shown.members <= selected)
        for card in self.cards.values():
            card.mark(not selected.isdisjoint(card.shown.members))

    def restyle(self) -> None:
        for item in (*self.frames.values(), *self.cards.values()):
            item.update()

    def extent(self) -> QRectF:
        rect = QRectF()
        for frame in self.frames.values():
            rect = rect.united(frame.outline())
        for card in self.cards.values():
            rect = rect.united(card.card())
        return rect

    def rect_of(self, node: str) -> QRectF:
        """The card that shows a node: its own, or that of its collapsed group."""
        card = self._card_of(node)
        return card.card() if card else self.scene.nodes[node].card()

    def together(self, node: str) -> frozenset[str]:
        """The nodes that are shown as one with this one: all of a collapsed group; none if it is hidden otherwise."""
        card = self._card_of(node)
        if card:
            return card.shown.members
        return frozenset({node} if self.scene.nodes[node].isVisible() else ())

    def output_pos(self, edge: Edge) -> QPointF:
        """Where a wire begins."""
        card = self._card_of(edge.source)
        place = card.output_pos(edge) if card else None
        return self.scene.nodes[edge.source].output_pos() if place is None else place

    def input_pos(self, edge: Edge) -> QPointF:
        """Where a wire ends."""
        card = self._card_of(edge.target)
        place = card.input_pos(edge) if card else None
        return self.scene.nodes[edge.target].input_pos(edge.port) if place is None else place

    def port_pos(self, port: PortItem) -> QPointF:
        """Where a port is shown, also if its node is hidden in a collapsed group."""
        card = self._card_of(port.ref.node)
        shown = card.ports() if card else []
        return next((place for found, place in shown if found is port), port.scenePos())

    def covered(self, rect: QRectF) -> frozenset[str]:
        """The members of the collapsed groups that a rubber band takes in."""
        taken = (card.shown.members for card in self.cards.values() if card.card().intersects(rect))
        return frozenset(name for members in taken for name in members)

    def rename(self, canvas: CanvasView, name: str, merge: str | None = None) -> TitleEditor | None:
        """Let the title of a group be edited in its bar; with `merge`, in one step with what was done before."""
        frame = self.frames.get(name)
        if frame is None:
            return None
        editor = TitleEditor(canvas, frame, merge)
        editor.open()
        return editor

    def _regroup(self, document: Document) -> set[str]:
        """Take over which node is where. Gives the groups that are to be shown anew."""
        before, self._groups = self._groups, document.groups
        self._home = {name: group.id for group in document.groups.values() for name in group.members}
        changed = {k for k, group in document.groups.items() if group is not before.get(k)}
        for name in before.keys() - document.groups.keys() | {k for k in changed if k in before}:
            collapsed = name in document.groups and document.groups[name].collapsed
            if name in self.frames and (collapsed or name not in document.groups):
                self.scene.drop(self.frames.pop(name))
            if name in self.cards and not collapsed:
                self.scene.drop(self.cards.pop(name))
            if before[name].collapsed:
                self._unveil(before[name].members)
        return changed

    def _take_report(self, document: Document) -> None:
        """Other shapes may draw nodes larger, and other problems are to be shown."""
        self._report = self.scene.context.report
        for name in self.frames:
            self._surround(name)
        for name, card in self.cards.items():
            card.show_face(document.groups[name], self._face(document.groups[name], document))

    def _face(self, group: Group, document: Document) -> Face:
        wires = {edge for name in group.members for edge in self.scene.wires_at(name)}
        context = self.scene.context
        return face_of(group, document, wires, context.report, context.costs)

    def _show(self, group: Group, document: Document) -> None:
        if not group.collapsed:
            if group.id not in self.frames:
                self.frames[group.id] = GroupFrame(group, self.scene.ink, self._zoom)
                self.scene.addItem(self.frames[group.id])
            self.frames[group.id].show_group(group)
            self._surround(group.id)
            return
        face = self._face(group, document)
        if group.id not in self.cards:
            self.cards[group.id] = GroupCard(group, face, self.scene.ink, self.scene.nodes)
            self.scene.addItem(self.cards[group.id])
        self.cards[group.id].show_face(group, face)
        self._veil(group.members)
        self._put(group.id)

    def _surround(self, name: str) -> None:
        rect = QRectF()
        for item in self._items(self.frames[name].shown):
            rect = rect.united(item.card())
        self.frames[name].surround(rect)

    def _put(self, name: str) -> None:
        card = self.cards[name]
        # Where its first member is nothing else stands, as may be at the corner of all of them.
        card.setPos(min((item.pos() for item in self._items(card.shown)), key=lambda place: (place.y(), place.x())))
        self._route(card.shown.members)

    def _items(self, group: Group) -> list[NodeItem]:
        # While the nodes of the scene follow, some may be gone already.
        return [self.scene.nodes[name] for name in group.members if name in self.scene.nodes]

    def _veil(self, members: Iterable[str]) -> None:
        NodeItem.changes += 1
        for name in members:
            self.scene.nodes[name].setVisible(False)
            for edge in self.scene.wires_at(name):
                self.scene.wires[edge].setVisible(not self._inner(edge))

    def _unveil(self, members: frozenset[str]) -> None:
        NodeItem.changes += 1
        for name in members & self.scene.nodes.keys():
            self.scene.nodes[name].setVisible(True)
            for edge in self.scene.wires_at(name):
                self.scene.wires[edge].setVisible(not self._inner(edge))
        self._route(members)

    def _inner(self, edge: Edge) -> bool:
        """True if both ends of a wire are in one collapsed group."""
        home = self._home.get(edge.source)
        return home is not None and home == self._home.get(edge.target) and self._groups[home].collapsed

    def _route(self, members: Iterable[str]) -> None:
        self.scene.reroute(edge for name in members if name in self.scene.nodes for edge in self.scene.wires_at(name))

    def _card_of(self, node: str) -> GroupCard | None:
        return self.cards.get(self._home[node]) if node in self._home else None

    def _zoom(self) -> float:
        view = self.scene.parent()
        return view.zoom if isinstance(view, ZoomView) else 1.0
