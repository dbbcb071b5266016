"""Where things stand."""
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from gui.canvas import geometry

coordinate = st.integers(-2000, 2000).map(float)


@pytest.mark.parametrize("inputs", range(9))
def test_every_port_lies_on_its_card_and_no_two_can_be_hit_at_once(inputs: int) -> None:
    height = geometry.card_height(inputs)
    ys = [geometry.input_point(i, inputs).y() for i in range(inputs)]
    assert all(geometry.PORT_RADIUS < y < height - geometry.PORT_RADIUS for y in ys)
    assert all(b - a >= 2 * geometry.PORT_HIT for a, b in pairwise(ys))
    assert height % geometry.GRID == 0


def test_the_middles_of_cards_of_any_height_share_the_grid() -> None:
    middles = {geometry.output_point(n).y() % geometry.GRID for n in range(12)}
    assert len(middles) == 1


@given(coordinate)
def test_snapping_goes_to_the_nearest_crossing(value: float) -> None:
    snapped = geometry.snap(value)
    assert snapped % geometry.GRID == 0
    assert abs(snapped - value) <= geometry.GRID / 2


@given(coordinate, coordinate, coordinate, coordinate)
def test_a_wire_begins_and_ends_at_its_ports_and_leaves_to_the_right(ax: float, ay: float, bx: float,
                                                                     by: float) -> None:
    start, end = QPointF(ax, ay), QPointF(bx, by)
    assume(start != end)
    path = geometry.wire_path(start, end)
    assert path.pointAtPercent(0) == start
    assert (path.pointAtPercent(1) - end).manhattanLength() < 1e-6
    first, last = path.elementAt(1), path.elementAt(path.elementCount() - 2)
    assert first.x >= ax
    assert last.x <= bx


@given(coordinate, coordinate, coordinate, coordinate)
def test_a_point_on_a_wire_is_hit_and_one_far_away_is_not(ax: float, ay: float, bx: float, by: float) -> None:
    path = geometry.wire_path(QPointF(ax, ay), QPointF(bx, by))
    line = geometry.flat(path)
    if len(line) > 1:
        assert geometry.distance(line, path.pointAtPercent(0.4)) <= geometry.WIRE_HIT / 2
        far = QPointF(path.controlPointRect().right() + 100, ay)
        assert geometry.distance(line, far) >= 99


def test_a_wire_that_goes_back_to_the_row_below_runs_between_the_two_rows() -> None:
    path = geometry.wire_path(QPointF(600, 28), QPointF(200, 28 + 112))
    assert path.pointAtPercent(0.5).y() == pytest.approx(84)


def test_a_wire_that_goes_back_in_its_own_row_passes_below_the_cards() -> None:
    path = geometry.wire_path(QPointF(600, 28), QPointF(200, 28))
    assert path.pointAtPercent(0.5).y() > geometry.HEIGHT


@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), max_size=12), st.integers(0, 4))
def test_a_free_place_is_on_the_grid_and_clear_of_every_card(places: list[tuple[int, int]], inputs: int) -> None:
    taken = [geometry.card_rect(x * 60, y * 30) for x, y in places]
    x, y = geometry.free_place(3, 5, inputs, taken)
    assert x % geometry.GRID == 0
    assert y % geometry.GRID == 0
    assert not any(card.intersects(geometry.card_rect(x, y, inputs)) for card in taken)


def test_the_nearest_place_within_reach_is_found_and_none_beyond() -> None:
    places = [("near", QPointF(10, 0)), ("far", QPointF(50, 0))]
    assert geometry.nearest(QPointF(0, 0), places, 28) == "near"
    assert geometry.nearest(QPointF(100, 0), places, 28) is None


@pytest.mark.parametrize("zoom", [0.1, 0.2, 0.5, 1.0, 2.0, 4.0])
def test_dots_are_never_crowded_and_lie_on_the_snapping_grid(zoom: float) -> None:
    pitch = geometry.dot_pitch(zoom)
    assert pitch * zoom >= 12
    assert pitch % geometry.GRID == 0
