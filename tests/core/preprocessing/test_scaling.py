"""Bringing numbers to a like range."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.datasets import Recipe, prepare
from core.preprocessing import STEPS
from tests.core.datasets._table import counted, regression

TABLE = np.array([[1, 100, 0.1], [2, 300, 0.1], [3, 800, 0.1], [6, 0, 0.1]], np.float32)
SCALINGS = ["standardise", "min_max"]
values = st.floats(-1e6, 1e6, width=32)


def recipe(scaling, **how):
    return Recipe(steps=(STEPS[scaling](),), **how)


def prepared(x, scaling, **how):
    return prepare(regression(x, np.zeros(len(x))), recipe(scaling, **how))


def learned(parts):
    """Shift and scale."""
    found = parts.chain.fitted[0].learned["x"]
    return found.shift, found.scale


def test_standardising_gives_mean_0_and_deviation_1():
    x = prepared(TABLE, "standardise").train.x[:, :2]
    np.testing.assert_allclose(x.mean(axis=0), 0.0, atol=1e-6)
    np.testing.assert_allclose(x.std(axis=0), 1.0, atol=1e-6)


def test_min_max_gives_exactly_0_to_1():
    x = prepared(TABLE, "min_max").train.x[:, :2]
    assert x.min(axis=0).tolist() == [0.0, 0.0]
    assert x.max(axis=0).tolist() == [1.0, 1.0]


def test_without_a_step_every_bit_stays():
    assert prepare(regression(TABLE, np.zeros(4))).train.x.tobytes() == TABLE.tobytes()


@pytest.mark.parametrize("scaling", SCALINGS)
def test_a_constant_column_becomes_0_and_is_not_divided(scaling):
    parts = prepared(TABLE, scaling)
    assert parts.train.x[:, 2].tolist() == [0.0] * 4
    assert learned(parts)[1][2] == 1.0


@pytest.mark.parametrize("scaling", SCALINGS)
def test_a_single_sample_can_be_scaled(scaling):
    assert np.isfinite(prepared(TABLE[:1], scaling).train.x).all()


@pytest.mark.parametrize("scaling", SCALINGS)
def test_scaled_values_are_float32_and_what_is_learned_has_the_shape_of_a_sample(scaling):
    parts = prepare(regression(np.arange(24).reshape(4, 3, 2), np.zeros(4)), recipe(scaling))
    assert parts.train.x.dtype == np.float32
    assert [array.shape for array in learned(parts)] == [(3, 2), (3, 2)]


@pytest.mark.parametrize("scaling", SCALINGS)
@given(x=arrays.arrays(np.float32, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=values))
def test_shift_and_scale_bring_the_values_back(scaling, x):
    parts = prepared(x, scaling)
    shift, scale = learned(parts)
    np.testing.assert_allclose(parts.train.x * scale + shift, x, rtol=1e-5, atol=1e-5 * max(1.0, np.abs(x).max()))


@pytest.mark.parametrize("scaling", SCALINGS)
def test_values_that_are_held_back_do_not_reach_the_step(scaling):
    source = counted([20, 20], width=2)
    source.load(0).x[:, 1] = np.arange(40) % 7
    how = recipe(scaling, validation=0.25, test=0.25, seed=3)
    before = prepare(source, how)
    held = np.concatenate([columns[0].values[:, 0] for columns in before.raw[1:]])
    source.load(0).x[held.astype(int)] = 1e6
    after = prepare(source, how)
    assert after.validation.x.max() > 1e4
    assert after.test.x.max() > 1e4
    assert [a.tobytes() for a in learned(before)] == [a.tobytes() for a in learned(after)]
    assert before.train.x.tobytes() == after.train.x.tobytes()


def test_all_parts_are_scaled_alike():
    parts = prepare(counted([10, 10]), recipe("min_max", validation=0.2, test=0.2))
    shift, scale = learned(parts)
    whole = np.concatenate([part.x * scale + shift for part in (parts.train, parts.validation, parts.test)])
    np.testing.assert_allclose(np.sort(whole.ravel()), np.arange(20), atol=1e-5)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_many_samples_are_scaled_in_pieces_as_if_at_once(scaling):
    x = np.random.default_rng(0).normal(3.0, 2.0, (3000, 1000)).astype(np.float32)
    parts, wide = prepared(x, scaling), x.astype(np.float64)
    shift, scale = (wide.mean(axis=0), wide.std(axis=0)) if scaling == "standardise" else \
        (wide.min(axis=0), np.ptp(wide, axis=0))
    np.testing.assert_allclose(learned(parts)[1], scale, rtol=1e-12)
    np.testing.assert_allclose(parts.train.x, (wide - shift) / scale, rtol=1e-5, atol=1e-6)
