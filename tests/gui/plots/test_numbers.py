"""Round limits, few ticks, fixed digits."""
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots import numbers

positive = st.floats(1e-12, 1e12)


@given(positive)
def test_a_limit_is_at_or_above_the_value_and_not_far(value: float) -> None:
    assert value * (1 - 1e-8) <= numbers.limit(value) <= 1.5 * value


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_a_limit_of_nothing_is_one(value: float) -> None:
    assert numbers.limit(value) == 1.0


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 8))
def test_ticks_lie_inside_and_are_few(low: float, width: float, most: int) -> None:
    step, found = numbers.ticks(low, low + width, most)
    slack = 1e-5 * step + 1e-9 * abs(low)
    assert all(low - slack <= tick <= low + width + slack for tick in found)
    assert 1 <= len(found) <= max(most + 1, 5)


def test_an_axis_always_tells_its_scale_by_two_ticks() -> None:
    assert numbers.ticks(0.0, 0.8, 2)[1] == [0.0, 0.5]
    assert numbers.ticks(0.0, 1.03, 2)[1] == [0.0, 1.0]


def test_ticks_of_whole_numbers_are_whole() -> None:
    assert numbers.ticks(0.0, 2.03, 5, whole=True)[1] == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(("step", "digits"), [(1.0, 0), (0.5, 1), (0.02, 2), (20.0, 0), (0.25, 2)])
def test_digits_tell_the_steps_apart(step: float, digits: int) -> None:
    assert numbers.places(step) == digits


@pytest.mark.parametrize(("value", "text"), [
    (1.234, "1.23"), (-0.5, "−0.50"), (-0.001, "0.00"), (0.0, "0.00"), (math.nan, "–"), (-math.inf, "–"),
])
def test_fixed_numbers_have_a_true_minus_and_no_negative_zero(value: float, text: str) -> None:
    assert numbers.fixed(value) == text


@pytest.mark.parametrize(("value", "text"), [
    (0.69314, "0.6931"), (123.4567, "123.4567"), (0.0, "0.0000"), (1.5e-5, "1.50e−05"), (2.5e7, "2.50e+07"),
    (math.inf, "–"),
])
def test_a_loss_is_readable_at_any_size(value: float, text: str) -> None:
    assert numbers.measured(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (5000, "5,000"), (20_000, "20k"), (1_500_000, "1.5M")])
def test_epochs_on_an_axis_are_short(value: float, text: str) -> None:
    assert numbers.short(value) == text


def test_shares_are_per_cent() -> None:
    assert numbers.share(0.97531) == "97.5 %"
    assert numbers.share(math.nan) == "–"
