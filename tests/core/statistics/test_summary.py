"""The measures of a column agree with NumPy's and polars', whatever stands in it."""
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.datasets import CancelledError, Task
from core.preprocessing import Column, ColumnSpec
from core.statistics import Summary, summarise
from tests.core.statistics._columns import EMPTY, category, date, labels, number, text

FLOATS = st.one_of(st.floats(-1e6, 1e6, width=32), st.sampled_from([0.0, 1.0, 2.0, math.nan, math.inf, -math.inf]))


def one(column: Column, *rest: object) -> Summary:
    return summarise((column,), *rest)[0]


def check(found: Summary, values: np.ndarray) -> None:
    known = values[np.isfinite(values)].astype(np.float64)
    assert found.rows == len(values)
    assert found.missing == np.isnan(values).sum()
    assert found.infinite == np.isinf(values).sum()
    assert found.distinct == len(np.unique(values[~np.isnan(values)]))
    if not len(known):
        assert all(map(math.isnan, (found.mean, found.deviation, found.low, found.median, found.high)))
        assert found.edges is None
        return
    assert found.mean == pytest.approx(known.mean(), rel=1e-9, abs=1e-9)
    assert found.deviation == pytest.approx(known.std(), rel=1e-6, abs=1e-9)
    quartiles = np.quantile(known, [0.0, 0.25, 0.5, 0.75, 1.0])
    measured = [found.low, found.lower, found.median, found.upper, found.high]
    np.testing.assert_allclose(measured, quartiles, rtol=1e-9, atol=1e-9)
    assert found.counts is not None
    assert found.counts.sum() == len(known)


@given(arrays.arrays(np.float32, st.integers(1, 60), elements=FLOATS))
def test_every_measure_of_any_numbers_agrees_with_numpy(values: np.ndarray) -> None:
    check(one(number(values)), values)


@given(arrays.arrays(np.float32, st.tuples(st.integers(1, 30), st.integers(2, 5)), elements=FLOATS))
def test_columns_that_are_measured_together_are_measured_each_for_itself(table: np.ndarray) -> None:
    columns = tuple(number(table[:, i], f"x{i}") for i in range(table.shape[1]))
    for found, column in zip(summarise(columns), columns, strict=True):
        check(found, column.values)


def test_measures_agree_with_polars_where_values_are_missing() -> None:
    values = np.random.default_rng(0).normal(5, 2, 1001).astype(np.float32)
    values[::7] = np.nan
    series = polars.Series(values.astype(np.float64)).fill_nan(None)
    found = one(number(values))
    assert found.missing == series.null_count()
    assert found.mean == pytest.approx(series.mean())
    assert found.deviation == pytest.approx(series.std(ddof=0))
    assert found.upper == pytest.approx(series.quantile(0.75, "linear"))
    assert found.distinct == series.drop_nulls().n_unique()


def test_bars_agree_with_a_histogram_of_numpy() -> None:
    values = np.random.default_rng(1).normal(0, 1, 5000).astype(np.float32)
    found = one(number(values))
    assert found.counts is not None
    assert found.edges is not None
    counts, edges = np.histogram(values.astype(np.float64), bins=24)
    np.testing.assert_allclose(found.edges, edges)
    assert np.array_equal(found.counts[:, 0], counts)


def test_few_whole_numbers_have_a_bar_each_with_the_number_in_its_middle() -> None:
    found = one(number([3, 5, 5, 7]))
    assert found.counts is not None
    assert found.edges is not None
    assert found.counts[:, 0].tolist() == [1, 0, 2, 0, 1]
    assert found.edges.tolist() == [2.5, 3.5, 4.5, 5.5, 6.5, 7.5]


def test_a_constant_column_has_one_bar_around_its_value() -> None:
    found = one(number([0.25] * 4))
    assert found.constant
    assert found.deviation == 0
    assert found.edges is not None
    assert found.counts is not None
    assert len(found.edges) == 2
    assert found.edges[0] < 0.25 < found.edges[1]
    assert found.counts.tolist() == [[4]]


@pytest.mark.parametrize("values", [[], [EMPTY, EMPTY], [math.inf], [EMPTY, -math.inf]])
def test_without_a_finite_number_there_is_nothing_to_measure(values: list[float]) -> None:
    check(one(number(values)), np.asarray(values, np.float32))


def test_a_single_row_is_its_own_mean_and_quartiles() -> None:
    found = one(number([2.5]))
    assert (found.mean, found.deviation, found.low, found.median, found.high) == (2.5, 0.0, 2.5, 2.5, 2.5)
    assert found.distinct == 1


def test_the_largest_floats_do_not_overflow() -> None:
    most = float(np.finfo(np.float32).max)
    found = one(number([-most, most]))
    assert found.mean == 0
    assert found.deviation == pytest.approx(most)
    assert found.counts is not None
    assert found.counts.sum() == 2


def test_bars_are_split_by_class_with_the_unknown_ones_last() -> None:
    found = one(number([0, 0, 1, 1, 1]), labels([0, 1, 2, 2, 3]))
    assert found.counts is not None
    assert found.counts.tolist() == [[1, 1, 0, 0], [0, 0, 2, 1]]


def test_categories_are_counted_and_missing_ones_told() -> None:
    found = one(category([0, 2, 2, -1]), labels([0, 0, 1, 1], "xy"))
    assert (found.missing, found.distinct, found.others) == (1, 2, 0)
    assert found.names == ("a", "b", "c")
    assert found.counts is not None
    assert found.counts.tolist() == [[1, 0, 0], [0, 0, 0], [1, 1, 0]]


def test_of_many_categories_the_most_frequent_have_bars_in_their_order() -> None:
    names = tuple(f"n{i}" for i in range(100))
    codes = np.concatenate([np.arange(100), [50] * 5, [7] * 9])
    column = Column(ColumnSpec("place", "category", categories=names), codes.astype(np.int32))
    found = one(column)
    assert found.counts is not None
    assert len(found.names) == 24
    assert found.names.index("n7") < found.names.index("n50")
    assert found.counts.sum() + found.others == len(codes)


def test_of_texts_the_lengths_are_measured() -> None:
    found = one(text(["a", "", "abc", "abc"]))
    assert (found.missing, found.distinct) == (1, 2)
    assert (found.low, found.high) == (1.0, 3.0)
    assert found.mean == pytest.approx(7 / 3)


def test_dates_are_measured_in_seconds() -> None:
    found = one(date(["1970-01-02", "1970-01-04", "NaT"]))
    assert (found.missing, found.distinct) == (1, 2)
    assert found.mean == 2 * 86400
    assert (found.low, found.high) == (86400, 3 * 86400)


def test_values_with_many_numbers_are_measured_number_by_number() -> None:
    pictures = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    found = one(Column(ColumnSpec("x", shape=(3, 4)), pictures))
    assert found.rows == 2
    assert (found.low, found.high, found.mean) == (0, 23, 11.5)


def test_values_are_not_changed() -> None:
    values = np.array([3, math.nan, math.inf, 1], np.float32)
    before = values.copy()
    summarise((number(values), number(values[::-1])))
    assert np.array_equal(values, before, equal_nan=True)


def test_whoever_stops_it_gets_no_summary() -> None:
    task = Task()
    task.stop()
    with pytest.raises(CancelledError):
        summarise((number([1.0]),), None, task)


def test_columns_of_several_kinds_keep_their_order() -> None:
    columns = (number([1, 2]), category([0, 1]), number([3, 4], "z"), text(["a", "b"]), date(["2020-01-01", "NaT"]))
    found = summarise(columns)
    assert [summary.high for summary in replace_nan(found)] == [2, None, 4, 1, 1577836800]


def replace_nan(found: tuple[Summary, ...]) -> list[Summary]:
    return [replace(s, high=None) if math.isnan(s.high) else s for s in found]  # type: ignore[arg-type]
