"""An axis of powers of ten writes no more of them than there is room for."""
from __future__ import annotations

import pytest

from gui.plots.axis import COLUMN, Axis
from gui.theme.palette import Theme


@pytest.mark.parametrize("low", [-20.3, -12.0, -9.4, -9.0, -8.2, -7.0, -5.5, -3.9, -2.2])
@pytest.mark.parametrize("high", [-1.0, -0.4, 0.0, 0.7])
@pytest.mark.parametrize("columns", [2.1, 3.5, 6.2])
def test_powers_of_ten_do_not_run_into_each_other(theme: Theme, low: float, high: float, columns: float) -> None:
    axis = Axis("bottom")
    axis.set_log(True)
    [(_, places)] = axis.tickValues(low, high, columns * COLUMN)
    assert len(places) >= 2
    # Less than two decades have parts of them, and of three in a row none can be left out.
    assert len(places) <= columns or high - low <= 4.0
    assert all(low <= place <= high for place in places)
    assert len(set(axis.tickStrings(places, 1.0, 1.0))) == len(places)
