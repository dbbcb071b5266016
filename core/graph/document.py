"""The document is a value: immutable records that are replaced, never changed."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.graph.wiring import wiring
from core.params import EMPTY

Point = tuple[float, float]
COLOURS = ("grey", "blue", "green", "amber", "red", "purple")


def _empty() -> Mapping[Any, Any]:
    return EMPTY


@dataclass(frozen=True, slots=True)
class Node:
    """One layer on the canvas. `position` is in canvas units; `extra` keeps what a newer version wrote.

    A `frozen` node keeps its weights; a `bypassed` one hands its first input on as it is; `neurons` draws it as single
    neurons with a line for every weight.
    """

    id: str
    kind: str
    params: Mapping[str, Any] = field(default_factory=_empty)
    position: tuple[float, float] = (0.0, 0.0)
    title: str = ""
    frozen: bool = False
    version: int = 1
    extra: Mapping[str, Any] = field(default_factory=_empty)
    bypassed: bool = False
    neurons: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A wire from the output of `source` to the input `port` of `target`."""

    source: str
    target: str
    port: str = "x"


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of text on the canvas; `position` is its top left corner. `colour` is one of COLOURS."""

    id: str
    text: str
    position: Point = (0.0, 0.0)
    size: Point = (200.0, 96.0)
    colour: str = "grey"


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes with a frame around them, which move together. Collapsed, one card stands for all of them.

    No node is in two groups, and no group is empty.
    """

    id: str
    title: str
    members: frozenset[str]
    colour: str = "blue"
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A network with the data and the training that belong to it.

    `routes` holds the points that wires are led through, for those that are led through any.
    """

    nodes: Mapping[str, Node] = field(default_factory=_empty)
    edges: frozenset[Edge] = frozenset()
    data: Mapping[str, Any] = field(default_factory=_empty)
    training: Mapping[str, Any] = field(default_factory=_empty)
    extra: Mapping[str, Any] = field(default_factory=_empty)
    notes: Mapping[str, Note] = field(default_factory=_empty)
    groups: Mapping[str, Group] = field(default_factory=_empty)
    routes: Mapping[Edge, tuple[Point, ...]] = field(default_factory=_empty)

    def sources(self, node: str) -> dict[str, str]:
        """Which node feeds which input port of `node`."""
        return {port: sources[-1] for port, sources in wiring(self.edges).ports.get(node, EMPTY).items()}


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one document to the next. Views follow diffs only."""

    added: tuple[Node, ...] = ()
    removed: tuple[Node, ...] = ()
    changed: tuple[tuple[Node, Node], ...] = ()
    linked: tuple[Edge, ...] = ()
    unlinked: tuple[Edge, ...] = ()
    data: bool = False
    training: bool = False
    other: bool = False
    notes: bool = False
    groups: bool = False
    rerouted: tuple[Edge, ...] = ()

    def __bool__(self) -> bool:
        return self != _NOTHING

    @property
    def structure(self) -> bool:
        """True if more than places, names and how things are drawn changed."""
        moved_only = all(_essence(old) == _essence(new) for old, new in self.changed)
        return bool(self.added or self.removed or self.linked or self.unlinked or self.data) or not moved_only


_NOTHING = Diff()


def _essence(node: Node) -> tuple[str, Mapping[str, Any], bool, bool]:
    return node.kind, node.params, node.frozen, node.bypassed


def diff(old: Document, new: Document) -> Diff:
    """The difference between two documents. Costs a look at every node, and equality only of those replaced."""
    before, after = old.nodes, new.nodes
    same = before is after
    return Diff(
        added=() if same else tuple(after[k] for k in after if k not in before),
        removed=() if same else tuple(before[k] for k in before if k not in after),
        changed=() if same else tuple(
            (before[k], after[k]) for k in after if k in before and _differ(before[k], after[k])
        ),
        linked=tuple(sorted(new.edges - old.edges)) if old.edges is not new.edges else (),
        unlinked=tuple(sorted(old.edges - new.edges)) if old.edges is not new.edges else (),
        data=old.data is not new.data and old.data != new.data,
        training=old.training is not new.training and old.training != new.training,
        other=old.extra is not new.extra and old.extra != new.extra,
        notes=old.notes is not new.notes and old.notes != new.notes,
        groups=old.groups is not new.groups and old.groups != new.groups,
        rerouted=() if old.routes is new.routes else _rerouted(old, new),
    )


def _rerouted(old: Document, new: Document) -> tuple[Edge, ...]:
    """Wires of the new document that are led otherwise."""
    edges = old.routes.keys() | new.routes.keys()
    return tuple(sorted(e for e in edges & new.edges if old.routes.get(e) != new.routes.get(e)))


def _differ(a: Node, b: Node) -> bool:
    return a is not b and a != b
