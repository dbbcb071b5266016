"""Large numbers in a few signs."""
from __future__ import annotations

import pytest

from gui.figures import percent, short


@pytest.mark.parametrize(("count", "text"), [
    (0, ""), (17, "17"), (999, "999"), (1000, "1 k"), (1180, "1.2 k"), (9949, "9.9 k"), (9950, "10 k"),
    (101_770, "102 k"), (999_499, "999 k"), (999_500, "1 M"), (3_400_000, "3.4 M"), (65_536**2, "4.3 G"),
])
def test_a_count_is_told_in_at_most_three_digits(count: int, text: str) -> None:
    assert short(count) == text


def test_a_share_that_rounds_to_nothing_is_still_a_share() -> None:
    assert (percent(0.384), percent(1.0), percent(0.004)) == ("38 %", "100 %", "less than 1 %")
