"""Numbers as text: no digit is lost, and what people type is understood."""
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ParamError
from core.params import Float, Int
from gui.forms.numerals import FloatNumeral, IntNumeral

RATE = Float(default=0.1, low=0.0, high=1000.0, log=True, name="rate", doc="Size of a step.")
SHARE = Float(default=0.0, low=0.0, high=0.9, unit="share", name="share", doc="A share.")
ANY = Float(default=0.0, name="any", doc="Any number.")
BATCH = Int(default=0, low=0, high=1_000_000, special="all", name="batch", doc="Samples per step.")

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite)
def test_every_number_survives_being_written_and_read_bit_for_bit(value: float) -> None:
    numeral = FloatNumeral(ANY)
    again = numeral.parse(numeral.text(value))
    assert (again, math.copysign(1.0, again)) == (value, math.copysign(1.0, value))


@given(finite)
def test_a_decimal_comma_means_the_same_as_a_point(value: float) -> None:
    numeral = FloatNumeral(ANY)
    assert numeral.parse(numeral.text(value).replace(".", ",")) == value


@given(st.floats(0.0, 0.9))
def test_a_share_survives_being_shown_as_percent_bit_for_bit(value: float) -> None:
    numeral = FloatNumeral(SHARE)
    assert numeral.parse(numeral.text(value)) == value


@given(st.floats(1e-300, 1000.0), st.integers(1, 10))
def test_steps_on_a_logarithmic_scale_go_through_1_2_and_5(value: float, count: int) -> None:
    numeral = FloatNumeral(RATE)
    up = numeral.step(value, count)
    assert up > value or up == RATE.high
    assert up == RATE.high or f"{up:.15e}".replace(".", "").split("e")[0].rstrip("0") in ("1", "2", "5")


@given(st.floats(0.0, 0.9), st.integers(-10, 10))
def test_steps_stay_within_the_limits(value: float, count: int) -> None:
    assert 0.0 <= FloatNumeral(SHARE).step(value, count) <= 0.9


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_number_within_the_limits_or_a_reason(text: str) -> None:
    for numeral, param in ((FloatNumeral(RATE), RATE), (IntNumeral(BATCH), BATCH)):
        try:
            value = numeral.parse(text)
        except ParamError:
            continue
        assert param.check(value) == value


@pytest.mark.parametrize(("text", "value"), [
    ("1e-3", 0.001), ("0,5", 0.5), (" 12 ", 12.0), (".5", 0.5), ("5.", 5.0), ("\u22123", -3.0), ("+2E2", 200.0),
    ("1 000", 1000.0),
])
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert FloatNumeral(ANY).parse(text) == value


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,2,3", "nan", "inf", "1e", "0x10", "1_000", "1e999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ParamError):
        FloatNumeral(ANY).parse(text)


@pytest.mark.parametrize(("text", "value"), [
    ("32", 32), ("1e4", 10_000), ("4.0", 4), ("1,000", 1000), ("1.000.000", 1_000_000), ("all", 0), ("ALL ", 0),
])
def test_whole_numbers_are_read_as_people_write_them(text: str, value: int) -> None:
    assert IntNumeral(BATCH).parse(text) == value


@pytest.mark.parametrize("text", ["4.5", "-1", "1000001", "1e99", "many"])
def test_what_is_no_allowed_whole_number_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ParamError, match="a whole number from 0 to 1000000"):
        IntNumeral(BATCH).parse(text)


def test_a_share_out_of_range_is_refused_in_percent() -> None:
    with pytest.raises(ParamError, match="a number from 0 to 90, got 95"):
        FloatNumeral(SHARE).parse("95")


@pytest.mark.parametrize(("value", "count", "expected"), [
    (0.1, 1, 0.2), (0.1, -1, 0.05), (0.001, 3, 0.01), (0.03, 1, 0.05), (0.03, -1, 0.02), (1.0, -1, 0.5),
    (0.0, 1, 1e-6), (1e-6, -1, 0.0), (1000.0, 1, 1000.0), (0.0, -1, 0.0),
])
def test_a_learning_rate_steps_along_1_2_5(value: float, count: int, expected: float) -> None:
    assert FloatNumeral(RATE).step(value, count) == expected


@pytest.mark.parametrize(("value", "count", "expected"), [
    (4, 1, 5), (99, 1, 100), (100, 1, 110), (105, 1, 110), (105, -1, 100), (100, -1, 99), (1000, -1, 990), (0, -1, 0),
    (5000, 10, 6000),
])
def test_whole_numbers_step_by_one_and_large_ones_by_more(value: int, count: int, expected: int) -> None:
    assert IntNumeral(BATCH).step(value, count) == expected


def test_negative_whole_numbers_step_like_positive_ones() -> None:
    numeral = IntNumeral(Int(default=0, name="n", doc="Any."))
    assert [numeral.step(v, 1) for v in (-1, -99, -100, -110)] == [0, -98, -99, -100]
