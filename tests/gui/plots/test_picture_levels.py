"""The place of a value in a table of colours is that of its formula, whatever the value is."""
from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from gui.plots.picture import LEVELS, levels

ODD = (np.nan, np.inf, -np.inf, 0.0, -0.0, 3e38, -3e38, 1e-45)
RANGES = ((-1.0, 1.0), (0.0, 0.37), (-2.5, 40.0), (1e-30, 2e-30), (3.0, 3.0), (5.0, 1.0))


def by_formula(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.intp]:
    """Step by step, each into an array of its own."""
    width = high - low if high > low else 1.0
    with np.errstate(all="ignore"):
        place = np.clip((values - low) * ((LEVELS - 1) / width) + 0.5, 0.5, LEVELS - 0.5)
    return np.where(np.isnan(place), LEVELS, np.nan_to_num(place)).astype(np.intp)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("limits", RANGES)
@pytest.mark.parametrize("odd", [(), ODD], ids=["numbers", "odd ones"])
def test_every_value_gets_the_place_of_the_formula(kind: type[np.floating], limits: tuple[float, float],
                                                   odd: tuple[float, ...]) -> None:
    chance = np.random.default_rng(3)
    low, high = limits
    values = np.concatenate([chance.normal(size=4000), np.linspace(low, high, 2 * LEVELS + 1), odd]).astype(kind)
    found = levels(values, low, high)
    assert found.dtype == np.intp
    assert np.array_equal(found, by_formula(values, low, high))
    assert np.array_equal(levels(values[::-3], low, high), found[::-3])


def test_the_values_themselves_stay_as_they_are() -> None:
    values = np.array([[0.5, np.nan], [-np.inf, 2.0]], np.float32)
    before = values.copy()
    levels(values, -1.0, 1.0)
    assert np.array_equal(values, before, equal_nan=True)


def test_of_no_values_there_are_no_places() -> None:
    assert levels(np.empty((0, 3)), 0.0, 1.0).shape == (0, 3)
