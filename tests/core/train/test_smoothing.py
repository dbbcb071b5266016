"""Noise taken out of a curve."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.train.smoothing import smoothed


def plainly(values: list[float], weight: float) -> list[float]:
    """The same, one number after the other."""
    mean, count, found = 0.0, 0, []
    for value in values:
        if not math.isfinite(value):
            found.append(value)
            continue
        mean, count = weight * mean + (1 - weight) * value, count + 1
        found.append(mean / (1 - weight**count))
    return found


@pytest.mark.parametrize("weight", [0.01, 0.3, 0.6, 0.9, 0.99, 0.999])
def test_it_is_the_debiased_moving_average(weight: float) -> None:
    values = np.random.default_rng(3).normal(2.0, 1.0, 3000)
    np.testing.assert_allclose(smoothed(values, weight), plainly(values.tolist(), weight), rtol=1e-9)


def test_without_weight_nothing_changes() -> None:
    values = np.array([3.0, -1.0, math.nan, math.inf])
    np.testing.assert_array_equal(smoothed(values, 0.0), values)


def test_the_first_value_stands_as_it_is() -> None:
    assert smoothed(np.array([5.0, 1.0]), 0.9)[0] == pytest.approx(5.0)


def test_what_is_no_number_stays_and_counts_for_nothing() -> None:
    values = [1.0, math.nan, 3.0, math.inf, 2.0]
    np.testing.assert_allclose(smoothed(np.array(values), 0.6), plainly(values, 0.6), rtol=1e-12)


def test_a_line_without_noise_is_left_alone() -> None:
    np.testing.assert_allclose(smoothed(np.full(500, 0.25), 0.97), 0.25, rtol=1e-12)


def test_no_values_are_no_values() -> None:
    assert len(smoothed(np.empty(0), 0.5)) == 0
