"""The live curve draws few points, and hides none that sticks out."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from gui.plots.live_curve import LiveCurve


@pytest.fixture
def curve(qapp: QApplication) -> LiveCurve:
    return LiveCurve()


def test_few_points_are_drawn_as_they_are(curve: LiveCurve) -> None:
    curve.extend(np.array([1.0, 2.0]), np.array([5.0, 4.0]))
    curve.extend(np.array([3.0]), np.array([6.0]))
    x, y = curve.getData()
    assert x.tolist() == [1.0, 2.0, 3.0]
    assert y.tolist() == [5.0, 4.0, 6.0]
    assert len(curve) == 3


def test_many_points_are_drawn_by_few_that_keep_every_peak(curve: LiveCurve) -> None:
    curve.set_pixels(200)
    y = np.ones(100_000)
    y[77_777], y[31_234] = 50.0, -50.0
    for part in np.array_split(np.arange(100_000), 137):
        curve.extend(part.astype(float), y[part])
    xs, ys = curve.getData()
    assert len(xs) <= 200
    assert (ys.max(), ys.min()) == (50.0, -50.0)
    assert abs(xs[ys.argmax()] - 77_777) < 2000
    assert (xs[0], xs[-1]) == (0.0, 99_999.0)
    assert (np.diff(xs) >= 0).all()


def test_points_in_pieces_are_drawn_as_points_at_once(qapp: QApplication) -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=5_003)
    whole, pieces = LiveCurve(), LiveCurve()
    whole.extend(np.arange(5_003.0), y)
    start = 0
    while start < len(y):
        stop = start + int(rng.integers(1, 40))
        pieces.extend(np.arange(float(start), min(stop, len(y))), y[start:stop])
        start = stop
    for a, b in zip(whole.getData(), pieces.getData(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_falling_line_stays_falling_when_it_is_thinned(curve: LiveCurve) -> None:
    curve.set_pixels(100)
    curve.extend(np.arange(10_000.0), np.linspace(1.0, 0.0, 10_000))
    assert (np.diff(curve.getData()[1]) <= 0).all()


def test_a_gap_is_drawn_only_where_nothing_is_finite(curve: LiveCurve) -> None:
    curve.set_pixels(64)
    y = np.ones(6400)
    y[::2] = np.nan
    y[3200:] = np.inf
    curve.extend(np.arange(6400.0), y)
    drawn = curve.getData()[1]
    assert np.isfinite(drawn[: len(drawn) // 2 - 2]).all()
    assert not np.isfinite(drawn[len(drawn) // 2 + 2 :]).any()


def test_limits_pass_over_what_is_not_finite(curve: LiveCurve) -> None:
    assert curve.limits() is None
    curve.extend(np.arange(4.0), np.array([np.nan, -3.0, np.inf, 2.0]))
    assert curve.limits() == (-3.0, 2.0)
    curve.set_log(True)
    assert curve.limits() == (2.0, 2.0)


def test_every_value_can_still_be_read(curve: LiveCurve) -> None:
    y = np.arange(10_000.0) ** 2
    curve.extend(np.arange(10_000.0) + 1, y)
    assert curve.value(1234) == y[1234]
    assert curve.place(-1) == 10_000.0
    assert curve.row_at(1235.4) == 1234
    assert curve.row_at(-5.0) == 0
    assert curve.row_at(1e9) == 9_999


def test_an_empty_curve_has_no_point(curve: LiveCurve) -> None:
    curve.extend(np.empty(0), np.empty(0))
    assert curve.row_at(1.0) is None
    assert len(curve) == 0


def test_a_wider_plot_draws_more_points(curve: LiveCurve) -> None:
    curve.set_pixels(100)
    curve.extend(np.arange(5000.0), np.arange(5000.0))
    few = len(curve.getData()[0])
    curve.set_pixels(1000)
    assert len(curve.getData()[0]) > few


def test_reset_forgets_all(curve: LiveCurve) -> None:
    curve.extend(np.arange(5000.0), np.arange(5000.0))
    curve.reset()
    assert len(curve) == 0
    curve.extend(np.array([1.0]), np.array([2.0]))
    assert curve.getData()[1].tolist() == [2.0]
