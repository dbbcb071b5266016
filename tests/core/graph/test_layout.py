"""Aligning, distributing and making room, over plain rectangles."""
from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graph.layout import Edge, Rect, align, around, distribute, shift_clear

CARDS = {"a": Rect(0, 0, 100, 40), "b": Rect(300, 50, 60, 80), "c": Rect(120, 200, 100, 40)}


@pytest.mark.parametrize(("edge", "line"), [
    ("left", lambda r: r.x), ("right", lambda r: r.right), ("top", lambda r: r.y), ("bottom", lambda r: r.bottom),
    ("centre", lambda r: r.x + r.w / 2), ("middle", lambda r: r.y + r.h / 2),
])
def test_aligned_cards_share_a_line_and_keep_the_other_coordinate(edge: Edge, line) -> None:
    places = align(CARDS, edge)
    cards = {k: Rect(*places[k], r.w, r.h) for k, r in CARDS.items()}
    assert {line(card) for card in cards.values()} == {line(around(CARDS.values()))}
    across = edge in ("left", "right", "centre")
    assert all(places[k][across] == CARDS[k][across] for k in CARDS)


def test_distributed_cards_have_the_same_room_between_them() -> None:
    places = distribute(CARDS)
    assert places == {"a": (0, 0), "c": (150, 200), "b": (300, 50)}
    places = distribute(CARDS, down=True)
    assert places == {"a": (0, 0), "b": (300, 80), "c": (120, 200)}


def test_distributing_two_cards_leaves_them() -> None:
    two = {"a": CARDS["a"], "b": CARDS["b"]}
    assert distribute(two) == {"a": (0, 0), "b": (300, 50)}


def test_cards_that_have_too_little_room_are_spread_without_overlap() -> None:
    places = distribute({k: Rect(i * 10.0, 0, 100, 40) for i, k in enumerate("abc")})
    assert [places[k][0] for k in "abc"] == [0, 100, 200]


def test_the_shortest_way_out_is_taken() -> None:
    taken = [Rect(0, 0, 100, 40), Rect(0, 56, 100, 40)]
    assert shift_clear([Rect(90, 0, 100, 40)], taken, 16, 8) == (32, 0)
    assert shift_clear([Rect(0, -30, 100, 40)], taken, 16, 8) == (0, -32)
    assert shift_clear([Rect(200, 0, 100, 40)], taken, 16, 8) == (0, 0)
    assert shift_clear([], taken, 16, 8) == (0, 0)


RECTS = st.builds(lambda x, y: Rect(x * 20.0, y * 20.0, 168.0, 56.0), st.integers(-20, 20), st.integers(-20, 20))


@given(st.lists(RECTS, min_size=1, max_size=60), st.lists(RECTS, max_size=20))
def test_after_the_shift_no_card_is_near_a_taken_one(cards: list[Rect], taken: list[Rect]) -> None:
    dx, dy = shift_clear(cards, taken, 16, 8)
    assert dx % 8 == dy % 8 == 0
    assert not any(card.moved(dx, dy).meets(other, 16) for card in cards for other in taken)


@given(st.lists(RECTS, min_size=3, max_size=12))
def test_distributed_cards_of_one_size_do_not_overlap(cards: list[Rect]) -> None:
    places = distribute({str(i): card._replace(y=0.0) for i, card in enumerate(cards)})
    assert not any(Rect(*places[a], 168, 56).meets(Rect(*places[b], 168, 56)) for a, b in combinations(places, 2)
                   if abs(places[a][0] - places[b][0]) < 167)
