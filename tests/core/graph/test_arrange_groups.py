"""Arranging networks with groups: the members stay together."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graph import furniture
from core.graph.arrange import arrange
from core.graph.document import Document, Edge
from core.graph.layout import Rect, around
from tests.core.graph.test_arrange import SIZE, cards, network, networks

FORK = {"x": [], "a": ["x"], "b": ["x"], "a2": ["a"], "b2": ["b"], "a3": ["a2"], "b3": ["b2"], "sum": ["a3", "b3"]}
WAYS = [{"down": False}, {"down": True}, {"aspect": 1.5}]


def drawn(document: Document, **how) -> Document:
    return arrange(document, dict.fromkeys(document.nodes, SIZE), **how)


def frame(document: Document, names: str | set[str] | frozenset[str]) -> Rect:
    return around([cards(document)[k] for k in names])


@pytest.mark.parametrize("how", WAYS)
def test_no_other_node_stands_among_the_members_of_a_group(how) -> None:
    document = furniture.group(network(FORK), ["a", "b2", "b3"])
    found = drawn(document, **how)
    others = [card for k, card in cards(found).items() if k not in {"a", "b2", "b3"}]
    assert not any(frame(found, {"a", "b2", "b3"}).meets(card, 16) for card in others)


@pytest.mark.parametrize("how", WAYS)
@given(networks(), st.data())
def test_groups_never_overlap_anything(how, document: Document, data: st.DataObject) -> None:
    names = sorted(document.nodes)
    members = data.draw(st.sets(st.sampled_from(names), min_size=1))
    found = drawn(furniture.group(document, members), **how)
    boxes = list(cards(found).values())
    assert not any(a.meets(b, 16) for k, a in enumerate(boxes) for b in boxes[:k])
    assert drawn(found, **how) == found


def test_a_chain_through_a_group_stays_straight() -> None:
    chain = {"x": [], "a": ["x"], "b": ["a"], "c": ["b"], "end": ["c"]}
    found = drawn(furniture.group(network(chain), ["a", "b", "c"]))
    assert len({node.position[1] for node in found.nodes.values()}) == 1
    assert not found.routes


def test_a_wire_into_the_middle_of_a_group_is_led_around_its_members() -> None:
    wires = {"x": [], "a": ["x"], "b": ["a"], "sum": ["b", "x"]}
    found = drawn(furniture.group(network(wires), ["a", "b", "sum"]))
    way = found.routes[Edge("x", "sum", "b")]
    box = frame(found, {"a", "b"})
    assert any(y > box.bottom for _, y in way)
    assert all(not Rect(x, y, 0.0, 0.0).meets(box) for x, y in way)


def test_a_group_that_a_wire_leaves_and_comes_back_to_is_arranged_like_other_nodes() -> None:
    document = network({"x": [], "a": ["x"], "b": ["a"], "c": ["b"]})
    assert drawn(furniture.group(document, ["a", "c"])).nodes == drawn(document).nodes
