"""Features of the plane, as TensorFlow Playground offers them."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.datasets import DATASETS, Recipe, outline, prepare
from core.errors import DataError
from core.preprocessing import STEPS, Column, ColumnSpec, infer
from core.train.probes.boundary import Boundary, compute
from core.train.session import Session
from tests.core._build import chain, dense

Features = STEPS["plane_features"]
EVERY = ("x1", "x2", "x1_squared", "x2_squared", "x1_times_x2", "sin_x1", "sin_x2", "cos_x1", "cos_x2")
PAIR = (ColumnSpec("x1"), ColumnSpec("x2"))


def only(*names):
    return Features(**{name: name in names for name in EVERY})


def test_the_two_numbers_themselves_are_chosen_first():
    parts = prepare(DATASETS["circle"](), Recipe(steps=(Features(),)))
    assert parts.spec.features == ("x1", "x2")
    np.testing.assert_array_equal(parts.train.x, DATASETS["circle"]().load(0).x)


def test_all_features_come_in_the_order_of_the_playground():
    parts = prepare(DATASETS["spiral"](samples=50), Recipe(steps=(only(*EVERY),)))
    points = DATASETS["spiral"](samples=50).load(0).x.tolist()
    assert parts.spec.features == ("x1", "x2", "x1²", "x2²", "x1 · x2", "sin x1", "sin x2", "cos x1", "cos x2")
    expected = [[a, b, a * a, b * b, a * b, math.sin(a), math.sin(b), math.cos(a), math.cos(b)] for a, b in points]
    np.testing.assert_allclose(parts.train.x, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", EVERY)
def test_every_feature_can_be_had_alone(name):
    recipe = Recipe(steps=(only(name),))
    spec = outline(DATASETS["moons"](), recipe)
    every = prepare(DATASETS["moons"](), Recipe(steps=(only(*EVERY),)))
    alone = prepare(DATASETS["moons"](), recipe)
    assert spec == alone.spec
    assert spec.shape == (1,)
    place = every.spec.features.index(spec.features[0])
    assert place == EVERY.index(name)
    np.testing.assert_array_equal(alone.train.x[:, 0], every.train.x[:, place])


def test_no_feature_at_all_is_refused():
    with pytest.raises(DataError) as caught:
        outline(DATASETS["circle"](), Recipe(steps=(only(),)))
    assert str(caught.value).startswith("Plane features: no feature is chosen.")
    assert caught.value.problem.param == "steps"


@pytest.mark.parametrize("columns", [
    PAIR[:1], (*PAIR, ColumnSpec("x3")), (PAIR[0], ColumnSpec("word", "text")), (ColumnSpec("x", shape=(2,)),),
    (PAIR[0], ColumnSpec("x", shape=(1,))), (PAIR[0], ColumnSpec("t", tokens=5)),
    (PAIR[0], ColumnSpec("c", "category", categories=("a", "b")))])
def test_anything_but_two_plain_numbers_is_refused_in_one_sentence(columns):
    with pytest.raises(DataError) as caught:
        infer((Features(),), columns)
    assert caught.value.problem.message == "Plane features: the inputs must be exactly two plain numbers."
    assert caught.value.problem.hint == "Ignore the other columns, or remove this step."


def test_the_classics_fit_once_all_but_two_columns_are_ignored():
    iris, step = DATASETS["iris"](), only("x1", "x1_times_x2")
    with pytest.raises(DataError, match="exactly two plain numbers"):
        outline(iris, Recipe(steps=(step,)))
    roles = {"sepal length (cm)": "ignore", "sepal width (cm)": "ignore"}
    parts = prepare(iris, Recipe(steps=(step,), roles=roles))
    assert parts.spec.features == ("petal length (cm)", "petal length (cm) · petal width (cm)")
    np.testing.assert_allclose(parts.train.x[:, 1], np.prod(iris.load(0).x[:, 2:], axis=1), rtol=1e-6)


def test_a_missing_value_stays_missing_and_the_columns_are_left_alone():
    columns = (Column(PAIR[0], np.array([1.0, np.nan], np.float32)), Column(PAIR[1], np.array([2.0, 3.0], np.float32)))
    before = [column.values.copy() for column in columns]
    made = only(*EVERY).fit(columns).apply(columns)
    for column in made:
        assert column.values.dtype == np.float32
        assert np.isfinite(column.values[0])
        assert np.isnan(column.values[1]) == ("x1" in column.spec.name)
    for column, values in zip(columns, before, strict=True):
        np.testing.assert_array_equal(column.values, values)


def test_they_can_be_scaled_afterwards():
    steps = (only("x1_squared", "x2_squared"), STEPS["standardise"]())
    x = prepare(DATASETS["circle"](), Recipe(steps=steps)).train.x
    np.testing.assert_allclose(x.mean(axis=0), 0.0, atol=1e-5)
    np.testing.assert_allclose(x.std(axis=0), 1.0, atol=1e-5)


def test_the_boundary_of_a_network_on_features_lies_in_the_plane_of_the_data():
    squares = {name: name in ("x1_squared", "x2_squared") for name in EVERY}
    steps = [{"kind": "plane_features", "params": squares}]
    session = Session(chain(dense(1), "sigmoid", loss="binary_crossentropy", source="circle", data={"steps": steps}))
    session.network.load({"dense.W": np.full((2, 1), -1.0), "dense.b": np.array([3.0**2])})
    found = compute(session, size=60)
    assert isinstance(found, Boundary)
    assert found.features == ("x1", "x2")
    points = DATASETS["circle"]().load(0).x
    for (low, high), along in zip((found.x, found.y), points.T, strict=True):
        assert low < along.min()
        assert along.max() < high <= 7.0
    middle = (np.arange(60) + 0.5) / 60
    x, y = (low + middle * (high - low) for low, high in (found.x, found.y))
    inside = np.hypot(*np.meshgrid(x, y)) < 3.0
    np.testing.assert_array_equal(found.values > 0.5, inside)
