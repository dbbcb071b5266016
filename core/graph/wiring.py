"""Who feeds whom: looked up once for a set of wires, however often it is asked."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.graph.document import Edge

# Documents whose wires are remembered: the present one, and those that an edit tries out.
REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class Wiring:
    """`ports` holds the sources of every input port by target, `before` and `after` the neighbours of every node, one
    for each wire."""

    ports: Mapping[str, Mapping[str, Sequence[str]]]
    before: Mapping[str, Sequence[str]]
    after: Mapping[str, Sequence[str]]


@lru_cache(REMEMBERED)
def wiring(edges: frozenset[Edge]) -> Wiring:
    """The same wires in the order in which they are asked for."""
    ports: dict[str, dict[str, list[str]]] = {}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for edge in edges:
        ports.setdefault(edge.target, {}).setdefault(edge.port, []).append(edge.source)
        before.setdefault(edge.target, []).append(edge.source)
        after.setdefault(edge.source, []).append(edge.target)
    return Wiring(ports, before, after)
