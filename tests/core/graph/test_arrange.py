"""Arranging networks in layers."""
from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graph import edits
from core.graph.arrange import arrange
from core.graph.document import Document, Edge, Node, Note
from core.graph.layout import Rect, around

SIZE = (168.0, 56.0)


def network(wires: dict[str, list[str]]) -> Document:
    """Nodes with the names of their sources; those with two are additions."""
    document = edits.empty()
    for name, sources in wires.items():
        kind = ("input", "relu", "add")[len(sources)]
        document = edits.add_node(document, Node(name, kind, position=(0.0, 0.0)))
        for port, source in zip(("x",) if len(sources) == 1 else ("a", "b"), sources, strict=False):
            document = edits.connect(document, Edge(source, name, port))
    return document


def drawn(document: Document, *, down: bool = False) -> Document:
    return arrange(document, dict.fromkeys(document.nodes, SIZE), down=down)


def cards(document: Document) -> dict[str, Rect]:
    return {k: Rect(*n.position, *SIZE) for k, n in document.nodes.items()}


RESIDUAL = {"x": [], "a": ["x"], "b": ["a"], "c": ["b"], "sum": ["c", "x"], "end": ["sum"]}


@pytest.mark.parametrize("down", [False, True])
def test_every_node_stands_behind_those_that_feed_it_on_the_grid(down: bool) -> None:
    document = drawn(network(RESIDUAL), down=down)
    for edge in document.edges:
        source, target = cards(document)[edge.source], cards(document)[edge.target]
        assert (target.y - source.bottom if down else target.x - source.right) >= 48
    assert all(v % 8 == 0 for n in document.nodes.values() for v in n.position)


def test_a_chain_is_straight_and_the_way_around_it_is_led_beside_it() -> None:
    document = drawn(network(RESIDUAL))
    assert len({n.position[1] for n in document.nodes.values()}) == 1
    ((edge, way),) = document.routes.items()
    assert edge == Edge("x", "sum", "b")
    boxes = cards(document)
    assert way[0][0] <= boxes["a"].x
    assert way[-1][0] >= boxes["c"].right
    assert {y for _, y in way} == {boxes["a"].bottom + 28}


def test_in_an_arrangement_that_leads_down_the_way_around_is_beside_the_chain() -> None:
    document = drawn(network(RESIDUAL), down=True)
    assert len({n.position[0] for n in document.nodes.values()}) == 1
    way = document.routes[Edge("x", "sum", "b")]
    (x, top), (same, bottom), *back = way
    assert x == same
    assert top <= cards(document)["a"].y
    assert bottom >= cards(document)["c"].bottom
    assert not any(card.x <= x <= card.right for card in cards(document).values())
    assert all(cards(document)["c"].bottom < y < cards(document)["sum"].y for _, y in back)


def test_branches_stand_evenly_around_what_they_come_from() -> None:
    document = drawn(network({"x": [], "a": ["x"], "b": ["x"], "c": ["x"]}))
    rows = sorted(document.nodes[k].position[1] - document.nodes["x"].position[1] for k in "abc")
    assert rows == [-88, 0, 88]


def test_a_wire_crosses_no_other_where_it_need_not() -> None:
    document = drawn(network({"p": [], "q": [], "a": ["q"], "b": ["p"], "c": ["a"], "d": ["b"], "sum": ["c", "d"]}))
    rows = {k: n.position[1] for k, n in document.nodes.items()}
    assert rows["q"] == rows["a"] == rows["c"] < rows["p"] == rows["b"] == rows["d"]


def test_parts_that_do_not_hang_together_keep_apart() -> None:
    document = drawn(network({"x": [], "a": ["x"], "b": ["a"], "y": [], "c": ["y"], "alone": [], "lone": []}))
    one, two = (around([cards(document)[k] for k in part]) for part in (("x", "a", "b"), ("y", "c")))
    rest = around([cards(document)[k] for k in ("alone", "lone")])
    assert two.y - one.bottom >= 56
    assert rest.y - two.bottom >= 56


def test_a_selection_is_arranged_around_its_own_middle_and_the_others_stay() -> None:
    document = edits.move(network(RESIDUAL), {"a": (1000, 400), "b": (1100, 500), "c": (900, 640), "end": (7, 9)})
    three = around([Rect(*document.nodes[k].position, *SIZE) for k in "abc"])
    after = arrange(document, dict.fromkeys("abc", SIZE))
    assert {k: after.nodes[k].position for k in ("x", "sum", "end")} == \
        {k: document.nodes[k].position for k in ("x", "sum", "end")}
    box = around([cards(after)[k] for k in "abc"])
    assert math.dist((box.x + box.w / 2, box.y + box.h / 2), (three.x + three.w / 2, three.y + three.h / 2)) <= 8
    assert box.h == SIZE[1]


def test_old_ways_are_forgotten_but_not_those_of_other_wires() -> None:
    document = network(RESIDUAL)
    ways = MappingProxyType({Edge("x", "a"): ((5.0, 5.0),), Edge("sum", "end"): ((6.0, 6.0),)})
    after = arrange(replace(document, routes=ways), dict.fromkeys(("x", "a", "b"), SIZE))
    assert after.routes == {Edge("sum", "end"): ((6.0, 6.0),)}


def test_a_note_stays_with_its_node() -> None:
    document = edits.move(network(RESIDUAL), {"end": (3000, 3000)})
    document = replace(document, notes=MappingProxyType({"note": Note("note", "End", (3000, 3070))}))
    after = drawn(document)
    (x, y), (to_x, to_y) = after.nodes["end"].position, after.notes["note"].position
    assert (to_x - x, to_y - y) == (0, 70)


def test_nothing_to_arrange_changes_nothing() -> None:
    document = network(RESIDUAL)
    assert arrange(document, {}) is document


@st.composite
def networks(draw: st.DrawFn) -> Document:
    """Any network of up to 14 nodes."""
    wires: dict[str, list[str]] = {}
    for number in range(draw(st.integers(1, 14))):
        many = draw(st.integers(0, min(2, number)))
        wires[f"n{number}"] = [f"n{draw(st.integers(0, number - 1))}" for _ in range(many)]
    return network(wires)


@given(networks(), st.booleans())
def test_any_network_is_arranged_without_overlap_and_always_alike(document: Document, down: bool) -> None:
    after = drawn(document, down=down)
    assert not any(a.meets(b, 8) for a, b in combinations(cards(after).values(), 2))
    assert (after.edges, after.nodes.keys()) == (document.edges, document.nodes.keys())
    backwards = replace(document, nodes=MappingProxyType(dict(reversed(document.nodes.items()))))
    assert drawn(backwards, down=down) == after
    assert drawn(after, down=down) == after


@given(networks())
def test_ways_around_run_clear_of_cards(document: Document) -> None:
    after = drawn(document)
    for way in after.routes.values():
        for (x, y), (to_x, to_y) in zip(way[::2], way[1::2], strict=True):
            assert y == to_y
            assert not any(Rect(x, y, to_x - x, 0).meets(card, 8) for card in cards(after).values())


def test_members_of_a_card_go_with_it_and_its_wires_count_as_those_of_the_card() -> None:
    document = edits.move(network(RESIDUAL), {"a": (0.0, 300.0), "b": (0.0, 300.0), "c": (40.0, 380.0)})
    document = replace(document, routes=MappingProxyType({Edge("b", "c"): ((30.0, 360.0),)}))
    names = dict.fromkeys(("x", "a", "sum", "end"), SIZE)
    after = arrange(document, names, within={"b": "a", "c": "a"})
    places = {k: n.position for k, n in after.nodes.items()}
    assert places["x"][1] == places["a"][1] == places["sum"][1]
    assert places["x"][0] < places["a"][0] < places["sum"][0] < places["end"][0]
    assert places["b"] == places["a"]
    (x, y), (inner, below) = places["a"], after.routes[Edge("b", "c")][0]
    assert (places["c"][0] - x, places["c"][1] - y) == (40, 80)
    assert (inner - x, below - y) == (30, 60)


def test_a_card_that_stands_in_a_loop_is_arranged_all_the_same() -> None:
    document = network({"x": [], "a": ["x"], "b": ["a"], "c": ["b"]})
    after = arrange(document, dict.fromkeys(("x", "a", "b"), SIZE), within={"c": "a"})
    assert not any(one.meets(two) for one, two in combinations([cards(after)[k] for k in ("x", "a", "b")], 2))


@given(networks())
def test_ways_down_run_clear_of_cards(document: Document) -> None:
    after = drawn(document, down=True)
    for way in after.routes.values():
        for (x, y), (to_x, to_y) in pairwise(way):
            if x == to_x or y == to_y:
                piece = Rect(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))
                assert not any(piece.meets(card, 8) for card in cards(after).values())


def test_a_wire_to_the_far_right_is_led_through_the_room_between_layers() -> None:
    document = drawn(network({"x": [], "a": ["x"], "b": ["x"], "c": ["x"], "d": ["x"], "e": ["x"]}), down=True)
    right = max("abcde", key=lambda k: document.nodes[k].position[0])
    (_, y), (_, same) = document.routes[Edge("x", right)]
    assert cards(document)["x"].bottom < y == same < cards(document)[right].y
