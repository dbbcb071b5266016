"""What pulls a dragged card, over plain rectangles."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graph.layout import Rect
from core.graph.snapping import Guide, Neighbours

WIDE, SMALL = Rect(0, 0, 200, 60), Rect(0, 0, 100, 40)


@pytest.mark.parametrize(("x", "pulled"), [(3, -3), (-4, 4), (52, -2), (98, 2), (30, None)])
def test_left_middle_and_right_pull(x: float, pulled: float | None) -> None:
    assert Neighbours([WIDE]).pull(SMALL._replace(x=x, y=500), 5)[0] == pulled


@pytest.mark.parametrize(("y", "pulled"), [(3, -3), (12, -2), (22, -2), (35, None)])
def test_top_middle_and_bottom_pull(y: float, pulled: float | None) -> None:
    assert Neighbours([WIDE]).pull(SMALL._replace(x=500, y=y), 5)[1] == pulled


def test_a_card_is_pulled_into_the_middle_between_two() -> None:
    row = [Rect(0, 0, 100, 40), Rect(400, 0, 100, 40)]
    assert Neighbours(row).pull(Rect(202, 10, 100, 40), 5)[0] == -2
    assert Neighbours(row).guides(Rect(200, 10, 100, 40)) == [Guide((100, 25), (200, 25), True),
                                                              Guide((300, 25), (400, 25), True)]


def test_a_gap_is_continued_to_both_sides_and_in_columns() -> None:
    column = [Rect(0, 0, 100, 40), Rect(0, 100, 100, 40)]
    assert Neighbours(column).pull(Rect(30, 203, 100, 40), 5) == (None, -3)
    assert Neighbours(column).pull(Rect(30, -97, 100, 40), 5) == (None, -3)


def test_the_middle_is_shown_where_edges_agree_as_well() -> None:
    assert Neighbours([SMALL]).guides(SMALL._replace(y=300)) == [Guide((50, 0), (50, 340))]


def test_nobody_pulls_where_nobody_is() -> None:
    assert Neighbours([]).pull(SMALL, 5) == (None, None)
    assert Neighbours([]).guides(SMALL) == []


PLACES = st.integers(-300, 300)
CARDS = st.builds(lambda x, y, w, h: Rect(x, y, w, h), PLACES, PLACES, st.integers(20, 200), st.integers(20, 90))


@given(st.lists(CARDS, max_size=12), CARDS)
def test_a_card_that_was_pulled_is_not_pulled_further(others: list[Rect], card: Rect) -> None:
    near = Neighbours(others)
    dx, dy = near.pull(card, 6)
    there = card.moved(dx or 0, dy or 0)
    assert abs(dx or 0) <= 6
    assert abs(dy or 0) <= 6
    if dx is not None and dy is None:
        assert near.pull(there, 6)[0] == pytest.approx(0)
