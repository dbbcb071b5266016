"""Arranging networks in rows."""
from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given

from core.graph.arrange import arrange
from core.graph.document import Document, Edge
from core.graph.layout import Rect, around
from tests.core.graph.test_arrange import SIZE, cards, network, networks

VIEW = 1.6


def residual(blocks: int) -> Document:
    wires: dict[str, list[str]] = {"in": []}
    last = "in"
    for k in range(blocks):
        wires |= {f"a{k}": [last], f"b{k}": [f"a{k}"], f"sum{k}": [f"b{k}", last]}
        last = f"sum{k}"
    return network(wires | {"out": [last]})


def in_rows(document: Document, aspect: float = VIEW) -> Document:
    return arrange(document, dict.fromkeys(document.nodes, SIZE), aspect=aspect)


def rows(document: Document) -> list[list[str]]:
    """The names in each row, as one reads them."""
    found: dict[float, list[str]] = {}
    for name, node in sorted(document.nodes.items(), key=lambda item: item[1].position[::-1]):
        found.setdefault(node.position[1], []).append(name)
    return list(found.values())


def test_a_chain_is_read_like_lines_of_text() -> None:
    names = [f"n{k:02}" for k in range(20)]
    document = in_rows(network({name: names[max(0, k - 1):k] for k, name in enumerate(names)}))
    assert [name for row in rows(document) for name in row] == names
    assert len(rows(document)) > 1
    assert len({document.nodes[row[0]].position[0] for row in rows(document)}) == 1
    assert not document.routes


@pytest.mark.parametrize("aspect", [0.8, 1.6, 3.0])
def test_a_long_network_fills_a_view_of_that_shape(aspect: float) -> None:
    box = around(cards(in_rows(residual(40), aspect)).values())
    assert aspect / 1.5 < box.w / box.h < aspect * 1.5


def test_rows_are_cut_between_the_blocks_of_a_residual_network() -> None:
    found = rows(in_rows(residual(14)))
    assert len(found) > 2
    assert all(row[-1].startswith("sum") for row in found[:-1])
    assert all(row[0].startswith("a") for row in found[1:])


def test_a_wire_to_another_row_runs_through_the_room_between_both() -> None:
    document = in_rows(residual(14))
    boxes = cards(document)
    row_of = {name: around([boxes[k] for k in row]) for row in rows(document) for name in row}
    between = [e for e in document.edges if row_of[e.source] != row_of[e.target] and e in document.routes]
    assert between
    for edge in between:
        levels = {y for (_, y), (_, same) in pairwise(document.routes[edge]) if y == same}
        assert any(row_of[edge.source].bottom < y < row_of[edge.target].y for y in levels)


def test_a_wire_over_several_rows_has_a_lane_of_its_own_in_each() -> None:
    names = [f"n{k:02}" for k in range(24)]
    wires = {name: names[max(0, k - 1):k] for k, name in enumerate(names)}
    document = in_rows(network(wires | {"sum": [names[-1], names[0]]}))
    way = document.routes[Edge(names[0], "sum", "b")]
    boxes = cards(document).values()
    level = [(a, b) for a, b in pairwise(way) if a[1] == b[1]]
    assert len(level) >= len(rows(document))
    for a, b in level:
        piece = Rect(min(a[0], b[0]), a[1], abs(b[0] - a[0]), 0.0)
        assert not any(piece.meets(card, 4) for card in boxes)


def test_a_short_network_stays_in_one_row() -> None:
    document = network({"x": [], "a": ["x"], "b": ["a"]})
    assert in_rows(document, 0.5) == arrange(document, dict.fromkeys(document.nodes, SIZE))


def test_lines_between_neurons_are_not_broken_over_rows() -> None:
    names = [f"n{k:02}" for k in range(24)]
    document = network({name: names[max(0, k - 1):k] for k, name in enumerate(names)})
    drawn_so = {k: replace(document.nodes[k], neurons=True) for k in names[8:16]}
    found = in_rows(replace(document, nodes=MappingProxyType({**document.nodes, **drawn_so})))
    assert len(rows(found)) > 1
    assert len({found.nodes[k].position[1] for k in names[8:16]}) == 1


@given(networks())
def test_any_network_stands_in_rows_without_overlap_and_always_alike(document: Document) -> None:
    drawn = in_rows(document)
    boxes = list(cards(drawn).values())
    assert not any(a.meets(b, 16) for k, a in enumerate(boxes) for b in boxes[:k])
    assert in_rows(drawn) == drawn


def test_a_loop_is_arranged_in_rows_all_the_same() -> None:
    document = residual(8)
    looped = Document(nodes=document.nodes, edges=document.edges | {Edge("sum7", "a2", "x")})
    boxes = list(cards(in_rows(looped)).values())
    assert not any(a.meets(b, 16) for k, a in enumerate(boxes) for b in boxes[:k])
