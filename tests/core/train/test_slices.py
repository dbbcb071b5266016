"""Planes through data of many columns: what varies, what is held, and what the network says there."""
from __future__ import annotations

import numpy as np
import pytest

from core.graph import edits
from core.io import examples
from core.metrics import predicted
from core.preprocessing import Column, ColumnSpec
from core.train import contours, slices
from core.train.probes import answer
from core.train.probes.boundary import Boundary, discrete
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session


@pytest.fixture(scope="module")
def wine() -> Session:
    return Session(examples.load("wine"))


def raw(session: Session, part: str = "train") -> np.ndarray:
    columns = slices.raw_columns(session, part)
    return np.column_stack([column.values for column in columns])


def by_hand(session: Session, row: np.ndarray, found: Boundary) -> np.ndarray:
    """Predictions for a row of which two columns take the centres of the cells, one sample at a time."""
    names = list(found.columns)
    size = len(found.values)
    specs = session.parts.chain.inputs
    single = len(specs) == 1
    outputs = []
    for r in range(size):
        for c in range(size):
            sample = row.astype(np.float32).copy()
            sample[names.index(found.features[0])] = found.x[0] + (c + 0.5) / size * (found.x[1] - found.x[0])
            sample[names.index(found.features[1])] = found.y[0] + (r + 0.5) / size * (found.y[1] - found.y[0])
            columns = ((Column(specs[0], sample[None]),) if single
                       else tuple(Column(spec, sample[i : i + 1]) for i, spec in enumerate(specs)))
            outputs.append(session.network.predict(session.parts.chain.apply(columns))[0])
    return np.array(outputs)


@pytest.mark.parametrize("name", ["iris", "wine", "tabular-classification"])
def test_the_map_with_the_others_at_their_mean_is_what_the_network_says_there(name: str) -> None:
    session = Session(examples.load(name))
    found = answer(session, Request.of("boundary", size=4))
    output = by_hand(session, raw(session).mean(axis=0, dtype=float), found)
    values = output.max(axis=1) if output.shape[1] > 2 else output[:, -1]
    np.testing.assert_allclose(found.values.ravel(), values, rtol=2e-4, atol=1e-5)
    if found.winners is not None:
        np.testing.assert_array_equal(found.winners.ravel(), predicted(output))


def test_the_map_through_a_sample_passes_through_its_prediction(wine: Session) -> None:
    ref = SampleRef("train", 7)
    found = answer(wine, Request.of("boundary", size=5, sample=ref, x="ash", y="hue", label=2))
    assert (found.kind, found.features, found.label) == ("chance", ("ash", "hue"), 2)
    output = by_hand(wine, raw(wine)[7], found)
    np.testing.assert_allclose(found.values.ravel(), output[:, 2], rtol=2e-4, atol=1e-5)
    place = answer(wine, Request.of("place", sample=ref, x="ash", y="hue"))
    cut = slices.slice_of(wine, "ash", "hue", ref)
    np.testing.assert_allclose(cut.samples(np.array([[place.x, place.y]], np.float32)), wine.parts.train.x[7:8],
                               rtol=1e-5)


def test_a_surface_is_in_the_units_of_the_data() -> None:
    session = Session(examples.load("diabetes"))
    found = answer(session, Request.of("boundary", size=3))
    output = by_hand(session, raw(session).mean(axis=0, dtype=float), found)
    np.testing.assert_allclose(found.values.ravel(), session.parts.own(output)[:, 0], rtol=1e-3)
    assert len(found.lines) >= 3


def test_without_names_the_columns_are_those_that_tell_most(wine: Session) -> None:
    x, y = raw(wine), wine.parts.train.y
    names = [feature.name for feature in slices.features(wine.parts.chain.inputs)]
    within = np.stack([x[y == c].var(axis=0, dtype=float) * (y == c).mean() for c in range(3)]).sum(axis=0)
    best = set(np.argsort(within / x.var(axis=0, dtype=float))[:2])
    found = answer(wine, Request.of("boundary", size=2))
    assert {names.index(name) for name in found.features} == best
    assert found.columns == tuple(names)


def test_points_stand_at_their_two_columns_and_know_which_sample_they_are(wine: Session) -> None:
    points = answer(wine, Request.of("points", x="ash", y="hue"))
    names = [feature.name for feature in slices.features(wine.parts.chain.inputs)]
    for row in range(0, len(points.x), 17):
        part = ("train", "validation", "test")[points.part[row]]
        expected = raw(wine, part)[points.number[row]][[names.index("ash"), names.index("hue")]]
        np.testing.assert_allclose(points.x[row], expected)
        assert points.y[row] == getattr(wine.parts, part).y[points.number[row]]


def test_wrong_points_are_those_that_the_network_takes_for_another_class(wine: Session) -> None:
    points, verdicts = (answer(wine, Request.of(name)) for name in ("points", "verdicts"))
    parts = [wine.parts.train, wine.parts.validation, wine.parts.test]
    wrong = np.concatenate([predicted(wine.network.predict(part.x)) != part.y for part in parts if len(part)])
    assert verdicts.points is points
    np.testing.assert_array_equal(verdicts.wrong, wrong)
    assert 0 < wrong.sum() < len(wrong)


def test_the_held_sample_is_in_the_plane_and_others_are_as_far_as_their_columns_differ(wine: Session) -> None:
    near = slices.slice_of(wine, "ash", "hue", SampleRef("train", 3)).nearness()
    x = raw(wine)
    keep = [i for i, f in enumerate(slices.features(wine.parts.chain.inputs)) if f.name not in ("ash", "hue")]
    away = ((x - x[3]) / x.std(axis=0, dtype=float))[:, keep]
    np.testing.assert_allclose(near[: len(x)], np.exp(-0.5 * np.square(away).mean(axis=1)), rtol=1e-4)
    assert near[3] == 1.0


def test_the_middle_of_a_column_passes_over_what_is_missing() -> None:
    number = Column(ColumnSpec("n"), np.array([1, np.nan, 4], np.float32))
    category = Column(ColumnSpec("c", "category", categories=("a", "b")), np.array([1, -1, -1, -1, 1, 0], np.int32))
    days = np.array(["2020-01-01", "NaT", "2021-01-01", "2024-01-01"], "datetime64[us]")
    date = Column(ColumnSpec("d", "date"), days)
    assert slices.middle(number).tolist() == [2.5]
    assert slices.middle(category).tolist() == [1]
    assert slices.middle(date)[0] == np.datetime64("2021-01-01")
    even = np.array(["2020-01-01", "NaT", "2024-01-01"], "datetime64[us]")
    assert slices.middle(Column(ColumnSpec("d", "date"), even))[0] == np.datetime64("2020-01-01"), "the lower of two"


def test_without_shades_probabilities_are_rounded_and_numbers_take_the_middle_of_their_band() -> None:
    values = np.array([[0.1, 0.5], [0.50001, np.nan]], np.float32)
    found = Boundary("probability", values, (0, 1), (0, 1), (0.0, 1.0), ("a", "b"), ("no", "yes"))
    np.testing.assert_array_equal(discrete(found), [[0, 0], [1, np.nan]])
    assert contours.levels(-1.0, 1.0) == pytest.approx((-0.5, 0.0, 0.5))
    numbers = np.array([[-3.0, -0.5], [0.2, 0.9]], np.float32)
    surface = Boundary("value", numbers, (0, 1), (0, 1), (-1.0, 1.0), ("a", "b"))
    np.testing.assert_allclose(discrete(surface), [[-0.75, -0.75], [0.25, 0.75]])


def test_contour_lines_lie_where_a_smooth_map_has_their_value() -> None:
    middle = (np.arange(100) + 0.5) / 100 * 4 - 2
    across, up = np.meshgrid(middle, middle)
    (circle,) = contours.lines(np.hypot(across, up), (-2, 2), (-2, 2), (1.3,))
    ends = circle.pieces.reshape(-1, 2)
    np.testing.assert_allclose(np.hypot(*ends.T), 1.3, atol=1e-3)
    length = np.linalg.norm(circle.pieces[:, 0] - circle.pieces[:, 1], axis=1).sum()
    assert length == pytest.approx(2 * np.pi * 1.3, rel=1e-3)


def test_a_contour_line_reaches_the_rim_and_leaves_out_what_is_no_number() -> None:
    ramp = np.tile(np.linspace(0, 1, 9), (5, 1))
    (line,) = contours.lines(ramp, (0, 9), (0, 5), (0.5,))
    assert (line.pieces[..., 1].min(), line.pieces[..., 1].max()) == (0, 5)
    np.testing.assert_allclose(line.pieces[..., 0], 4.5)
    ramp[2] = np.nan
    (line,) = contours.lines(ramp, (0, 9), (0, 5), (0.5,))
    assert np.isfinite(line.pieces).all()
    assert len(line.pieces) == 2 * 1 + 2


def test_data_without_held_out_samples_has_a_plane_too() -> None:
    whole = Session(edits.set_data(examples.load("iris"), {"validation": 0.0, "test": 0.0}))
    assert (len(whole.parts.validation), len(whole.parts.test)) == (0, 0)
    plane, found = answer(whole, Request.of("boundary", size=3)), answer(whole, Request.of("points"))
    held, places = raw(whole), [plane.columns.index(name) for name in plane.features]
    np.testing.assert_array_equal(found.x, held[:, places].astype(np.float32))
    assert found.total == len(held) == 150
