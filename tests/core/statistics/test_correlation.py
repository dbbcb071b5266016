"""Correlations agree with NumPy's, and gaps in the data do not spoil them."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.datasets import CancelledError, Task
from core.statistics import _correlation as module
from core.statistics import correlate, pearson
from tests.core.statistics._columns import category, frame, number, text


def table(rows: int = 300, columns: int = 6, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(rows, columns)) @ rng.normal(size=(columns, columns)) + 100).astype(np.float32)


def test_it_is_the_coefficient_of_numpy() -> None:
    x = table()
    np.testing.assert_allclose(pearson(list(x.T)), np.corrcoef(x.T.astype(np.float64)), atol=1e-9)


def test_it_is_the_same_in_several_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    x = table()
    monkeypatch.setattr(module, "CHUNK", 100)
    np.testing.assert_allclose(pearson(list(x.T)), np.corrcoef(x.T.astype(np.float64)), atol=1e-9)


def test_each_pair_goes_over_the_rows_in_which_both_are_finite() -> None:
    x = table()
    x[::3, 0], x[::5, 1], x[7, 2] = np.nan, np.inf, -np.inf
    found = pearson(list(x.T))
    for i in range(x.shape[1]):
        for j in range(x.shape[1]):
            both = np.isfinite(x[:, i]) & np.isfinite(x[:, j])
            expected = np.corrcoef(x[both, i].astype(np.float64), x[both, j].astype(np.float64))[0, 1]
            assert found[i, j] == pytest.approx(expected, abs=1e-9)


def test_a_constant_column_goes_with_nothing() -> None:
    x = table(columns=3)
    x[:, 1] = 0.1
    found = pearson(list(x.T))
    assert np.isnan(found[1]).all()
    assert np.isnan(found[:, 1]).all()
    assert np.isfinite(found[0, 2])


@pytest.mark.parametrize("values", [[1.0], [math.nan, math.nan], []])
def test_where_nothing_varies_there_is_no_coefficient(values: list[float]) -> None:
    column = np.asarray(values, np.float32)
    assert np.isnan(pearson([column, column])).all()


def test_large_values_with_little_spread_keep_their_digits() -> None:
    rng = np.random.default_rng(0)
    a = 1e6 + rng.normal(size=500)
    b = a + rng.normal(size=500)
    assert pearson([a, b])[0, 1] == pytest.approx(np.corrcoef(a, b)[0, 1], abs=1e-9)


def test_two_classes_count_as_one_number_and_more_as_one_each() -> None:
    x = number([1.0, 2.0, 3.0, 4.0])
    two = correlate(frame(x, category([0, 0, 1, 1], "ab")))
    assert two.names == ("x", "kind: b")
    assert two.values[0, 1] == pytest.approx(np.corrcoef([1, 2, 3, 4], [0, 0, 1, 1])[0, 1])
    three = correlate(frame(x, category([0, 1, 2, 2])))
    assert three.names == ("x", "kind: a", "kind: b", "kind: c")
    assert three.targets == 3
    assert three.values[0, 1] == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 0, 0, 0])[0, 1])


def test_rows_without_a_class_are_left_out() -> None:
    x = number([1.0, 2.0, 3.0, 4.0, 99.0])
    found = correlate(frame(x, category([0, 0, 1, 1, -1], "ab")))
    assert found.values[0, 1] == pytest.approx(np.corrcoef([1, 2, 3, 4], [0, 0, 1, 1])[0, 1])


def test_a_number_to_predict_stands_last_under_its_own_name() -> None:
    found = correlate(frame(number([1, 2, 4], "y", "target"), number([1, 2, 3]), text(["a", "b", "c"])))
    assert found.names == ("x", "y")
    assert found.places == (1, 0)
    assert found.total == 1


def test_the_roles_that_were_chosen_say_what_is_the_target() -> None:
    found = correlate(frame(number([1, 2, 4], "a"), number([1, 2, 3], "b")), {"a": "target"})
    assert found.names == ("b", "a")
    assert found.targets == 1


def test_of_many_columns_those_are_shown_that_go_best_with_the_target() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(size=200)
    columns = [number(rng.normal(size=200) + (y if i in (4, 17) else 0), f"x{i}") for i in range(30)]
    found = correlate(frame(*columns, number(y, "y", "target")), most=2)
    assert found.names == ("x4", "x17", "y")
    assert found.total == 30
    without = correlate(frame(*columns), most=3)
    assert without.names == ("x0", "x1", "x2")


def test_nothing_to_correlate_gives_an_empty_table() -> None:
    assert correlate(frame(text(["a"]))).values.shape == (0, 0)


def test_whoever_stops_it_gets_nothing() -> None:
    task = Task()
    task.stop()
    with pytest.raises(CancelledError):
        correlate(frame(number([1, 2])), task=task)
