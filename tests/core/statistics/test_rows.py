"""Rows are sorted, thinned and found as people expect."""
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.preprocessing import Column, ColumnSpec
from core.statistics import evenly, labels_of, of_class, order
from tests.core.statistics._columns import category, date, labels, number, text

NAN = math.nan


def test_numbers_are_sorted_with_missing_ones_last_either_way() -> None:
    column = number([2, NAN, 1, math.inf, 2])
    assert order(column).tolist() == [2, 0, 4, 3, 1]
    assert order(column, descending=True).tolist() == [3, 0, 4, 2, 1]


@given(st.lists(st.sampled_from(["", "a", "b", "B", "äh", "zz"]), max_size=30), st.booleans())
def test_texts_are_sorted_with_empty_ones_last(texts: list[str], descending: bool) -> None:
    found = order(text(texts), descending=descending).tolist()
    there = [i for i, value in enumerate(texts) if value]
    expected = sorted(there, key=lambda i: texts[i], reverse=descending)
    assert found == expected + [i for i, value in enumerate(texts) if not value]


def test_categories_are_sorted_by_name_with_missing_ones_last() -> None:
    column = category([2, -1, 0, 1], "zam")
    assert order(column).tolist() == [3, 0, 2, 1]
    assert order(column, descending=True).tolist() == [2, 0, 3, 1]


def test_dates_are_sorted_with_missing_ones_last() -> None:
    assert order(date(["2021-01-01", "NaT", "1950-01-01"])).tolist() == [2, 0, 1]


@pytest.mark.parametrize("column", [number([]), text([]), category([]), date([])])
def test_no_rows_are_sorted_already(column: Column) -> None:
    assert order(column).tolist() == []


@given(st.integers(0, 10_000), st.integers(1, 200))
def test_thinned_rows_are_different_and_lie_evenly(count: int, most: int) -> None:
    found = evenly(count, most)
    assert len(found) == min(count, most)
    steps = np.diff(found)
    assert len(found) < 2 or (steps.min() >= 1 and steps.max() - steps.min() <= 1)


def test_rows_of_a_class_are_found() -> None:
    assert of_class(labels([0, 1, 0, 3]), 0).tolist() == [0, 2]


def test_what_has_no_classes_or_too_many_gives_no_labels() -> None:
    many = Column(ColumnSpec("x", "category", categories=tuple(map(str, range(21)))), np.zeros(3, np.int32))
    assert labels_of(None) is None
    assert labels_of(number([1])) is None
    assert labels_of(many) is None


def test_whole_numbers_that_may_be_classes_give_labels() -> None:
    column = Column(ColumnSpec("x", categories=("3", "1")), np.array([1, 3, NAN, 1], np.float32))
    found = labels_of(column)
    assert found is not None
    assert found.codes.tolist() == [1, 0, 2, 1]
