"""Edits of drawn points."""
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import DATASETS, Recipe, outline
from core.errors import DataError, ParamError
from core.graph import edits
from core.graph import painting as drawing
from core.graph.settings import DataSettings
from core.io import documents
from core.params import Points, PointSet
from core.preprocessing import STEPS

PARAM = Points(doc="Points.", name="points")
coordinates = st.floats(-1000, 1000)
labels = st.integers(0, 5)
spots = st.tuples(coordinates, coordinates, labels)
drawings = st.lists(spots, max_size=40).map(lambda rows: PARAM.check([list(row) for row in rows]))
places = st.tuples(st.floats(-1200, 1200), st.floats(-1200, 1200))
radii = st.floats(0.01, 300)


def of(*rows: tuple[float, float, int]) -> PointSet:
    return PARAM.check(rows)


def distance(place, start, end):
    a, b, p = (np.array(v, float) for v in (start, end, place))
    length = float((b - a) @ (b - a))
    along = min(1.0, max(0.0, float((p - a) @ (b - a)) / length)) if length else 0.0
    return float(np.linalg.norm(p - a - along * (b - a)))


@given(drawings)
def test_points_come_back_from_a_file_as_the_same_float32(drawn):
    doc = edits.set_data(edits.empty(), {"source": {"kind": "drawn", "params": {"points": drawn}}})
    again = documents.loads(documents.dumps(doc)).data["source"].params["points"]
    assert again == drawn
    assert hash(again) == hash(drawn)
    if len(drawn):
        one, other = (DATASETS["drawn"](points=points).load(0) for points in (drawn, again))
        assert one.x.tobytes() == other.x.tobytes()
        assert one.y.tobytes() == other.y.tobytes()


@given(drawings)
def test_float32_tells_all_coordinates_apart(drawn):
    for x, y, _ in drawn:
        assert round(float(np.float32(x)), 4) == x
        assert round(float(np.float32(y)), 4) == y


@given(drawings, drawings)
def test_different_points_have_different_short_texts(one, other):
    assert (repr(one) == repr(other)) == (one == other)
    assert len(repr(one)) < 50


def test_each_point_is_a_line_of_the_file():
    doc = edits.set_data(edits.empty(), {"source": {"kind": "drawn", "params": {"points": [[1, -2.5, 0], [0, 3, 5]]}}})
    assert "          [1, -2.5, 0],\n          [0, 3, 5]\n" in documents.dumps(doc)


@pytest.mark.parametrize("bad", [
    "points", [[1, 2]], [[1, 2, 6]], [[1, 2, -1]], [[1, 2, True]], [[1, 2, 1.0]], [[math.nan, 0, 0]],
    [[0, math.inf, 0]], [[1000.1, 0, 0]], [["1", 0, 0]], [[0, 0, 0]] * 20_001, {"x": [1]}, None])
def test_what_is_no_drawing_is_refused_in_one_sentence(bad):
    with pytest.raises(ParamError) as caught:
        PARAM.check(bad)
    assert caught.value.problem.param == "points"
    assert caught.value.problem.message.startswith("points: a list of at most 20,000 points")


@pytest.mark.parametrize("bad", [((math.nan, 0.0, 0),), ((2e3, 0.0, 0),), ((0.0, 0.0, 7),), ((0.0, 0.0, 0),) * 20_001])
def test_no_set_of_points_is_made_out_of_bounds(bad):
    with pytest.raises(ValueError, match=r"point|class"):
        PointSet(bad)


@given(drawings, st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), labels), max_size=5))
def test_added_points_come_last_and_in_bounds(drawn, more):
    made = drawing.add(drawn, more)
    assert made.points[: len(drawn)] == drawn.points
    assert len(made) == len(drawn) + len(more)
    assert PARAM.check([list(spot) for spot in made]) == made


def test_more_points_than_there_is_room_for_are_refused():
    full = drawing.spray(PointSet(), (0, 0), 5, 20_000, 0, 1)
    with pytest.raises(DataError, match="room for 20,000 points") as caught:
        drawing.add(full, [(0, 0, 0)])
    assert caught.value.problem.hint == "Erase some, or use a wider brush."


@given(drawings, places, st.floats(0.01, 100), st.integers(0, 30), labels, st.integers(0, 2**31))
def test_spraying_gives_the_same_points_in_the_disc_for_the_same_seed(drawn, centre, radius, count, label, seed):
    made = drawing.spray(drawn, centre, radius, count, label, seed)
    assert made == drawing.spray(drawn, centre, radius, count, label, seed)
    near = (min(1000, max(-1000, centre[0])), min(1000, max(-1000, centre[1])))
    for x, y, found in made.points[len(drawn):]:
        assert found == label
        assert math.hypot(x - near[0], y - near[1]) <= radius + 0.001


@given(drawings, places, places, radii)
def test_erasing_takes_exactly_what_lies_near_the_line(drawn, start, end, radius):
    left = drawing.erase(drawn, start, end, radius)
    assert set(left) <= set(drawn)
    for spot in drawn:
        away = distance(spot[:2], start, end)
        if abs(away - radius) > 1e-6 * (1 + away):
            assert (spot in left.points) == (away > radius)
    assert drawing.erase(left, start, end, radius) is left


@given(drawings, places, places, radii, labels)
def test_recolouring_leaves_points_where_they_are(drawn, start, end, radius, label):
    made = drawing.recolour(drawn, start, end, radius, label)
    assert [spot[:2] for spot in made] == [spot[:2] for spot in drawn]
    for old, new in zip(drawn, made, strict=True):
        assert new[2] in (old[2], label)
    assert drawing.recolour(made, start, end, radius, label) is made


@given(drawings, places)
def test_the_nearest_point_is_the_nearest(drawn, place):
    found = drawing.nearest(drawn, place, 5000)
    if found is None:
        assert not len(drawn)
    else:
        ways = [math.hypot(x - place[0], y - place[1]) for x, y, _ in drawn]
        assert ways[found] == min(ways)


@given(drawings.filter(len), places, st.integers(0, 100))
def test_moving_changes_one_point_only(drawn, place, choice):
    number = choice % len(drawn)
    made = drawing.move(drawn, number, place)
    assert made.points[number][2] == drawn.points[number][2]
    assert made.points[:number] == drawn.points[:number]
    assert made.points[number + 1:] == drawn.points[number + 1:]
    assert drawing.move(made, number, made.points[number][:2]) is made


@given(drawings.filter(len))
def test_scaling_to_fit_reaches_from_edge_to_edge(drawn):
    made = drawing.fit(drawn)
    (left, right), (low, high) = drawing.bounds(drawn)
    if max(right - left, high - low) > 1:
        (left, right), (low, high) = drawing.bounds(made)
        assert max(right - left, high - low) == pytest.approx(10, abs=0.01)
    assert [spot[2] for spot in made] == [spot[2] for spot in drawn]


def test_the_brush_fills_evenly_and_does_not_thicken_what_it_painted():
    once = drawing.brush(PointSet(), (-1, 0), (1, 0.5), 0.5, 0.2, 3)
    assert len(once) > 30
    assert {label for *_, label in once} == {3}
    assert max(distance(spot[:2], (-1, 0), (1, 0.5)) for spot in once) <= 0.501
    assert drawing.brush(once, (-1, 0), (1, 0.5), 0.5, 0.2, 1) is once
    gaps = [math.dist(a[:2], b[:2]) for i, a in enumerate(once) for b in once.points[:i]]
    assert min(gaps) > 0.04


def test_a_touch_of_a_small_brush_leaves_a_point():
    assert len(drawing.brush(PointSet(), (0.31, 0.72), (0.31, 0.72), 0.001, 0.5, 0)) == 1


def test_a_plane_set_is_taken_over_before_preprocessing():
    spiral = DATASETS["spiral"](samples=60)
    drawn = drawing.taken_over(spiral, Recipe((STEPS["standardise"](),), validation=0.2, test=0.2))
    rows = {(round(float(x), 4), round(float(y), 4), int(label))
            for (x, y), label in zip(*(getattr(spiral.load(0), name) for name in "xy"), strict=True)}
    assert set(drawn) == rows
    assert len(drawn) == 60


def test_of_too_many_samples_an_even_choice_is_taken_over():
    assert len(drawing.taken_over(DATASETS["moons"](samples=30_000), Recipe())) == 20_000


@pytest.mark.parametrize(("kind", "wanted"), [("iris", "not two numbers"), ("digits", "10 classes")])
def test_what_cannot_be_drawn_is_refused_with_the_reason(kind, wanted):
    with pytest.raises(DataError, match=wanted) as caught:
        drawing.taken_over(DATASETS[kind](), Recipe())
    assert caught.value.problem.hint


def test_points_that_are_too_large_to_be_drawn_are_scaled():
    assert drawing.bounds(drawing._drawable([(0.0, 0.0, 0), (1e6, 5e5, 1)])) == ((-5, 5), (-2.5, 2.5))
    assert drawing._drawable([(0.0, 0.0, 0), (0.001, 0.0, 1)]) == of((-5, 0, 0), (5, 0, 1))
    assert drawing._drawable([(7.0, 7.0, 1)]) == of((7, 7, 1))


def test_without_points_it_says_where_to_paint_some():
    with pytest.raises(DataError) as caught:
        DATASETS["drawn"]().spec()
    assert caught.value.problem.text == "Drawn: there are no points yet. Paint some on the pad in the Data panel."


def test_classes_go_up_to_the_largest_and_are_two_at_least():
    assert DATASETS["drawn"](points=of((0, 0, 0))).spec().classes == ("1", "2")
    assert DATASETS["drawn"](points=of((0, 0, 3))).spec().classes == ("1", "2", "3", "4")


def test_data_of_an_old_kind_make_room_for_points_and_keep_their_shares():
    doc = edits.set_data(edits.empty(), {"source": "spiral", "roles": {"x1": "ignore"}, "validation": 0.2,
                                         "steps": [{"kind": "standardise"}]})
    made = drawing.with_points(doc, of((1, 2, 0)))
    assert drawing.points_of(doc) is None
    assert drawing.points_of(made) == of((1, 2, 0))
    assert made.data["roles"] == ()
    assert made.data["validation"] == 0.2
    assert [step.kind for step in made.data["steps"]] == ["standardise"]


@pytest.mark.parametrize(("source", "may"), [("spiral", True), ("xor", True), ("iris", False), ("drawn", False)])
def test_it_is_known_beforehand_what_may_be_drawn(source, may):
    assert drawing.may_be_drawn(edits.set_data(edits.empty(), {"source": source})) is may


def test_features_of_the_plane_stay_when_points_are_drawn_on_top():
    steps = [{"kind": "plane_features", "params": {"x1_squared": True}},
             {"kind": "min_max", "params": {"columns": ["x1"]}}]
    doc = edits.set_data(edits.empty(), {"source": "spiral", "steps": steps})
    assert drawing.may_be_drawn(doc)
    made = drawing.with_points(doc, of((1, 2, 0)))
    assert [step.kind for step in made.data["steps"]] == ["plane_features"]
    settings = DataSettings.known(made.data)
    assert outline(settings.dataset, settings.recipe).shape == (3,)
