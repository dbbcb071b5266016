"""Rows find their place in the plane of two columns; samples are chosen for lines and words are known."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.datasets import DATASETS, Recipe
from core.preprocessing import STEPS
from core.statistics import known_words, labelled, points, spread_rows, value_range
from tests.core.statistics._columns import category, date, labels, number, text

NAN, INF = math.nan, math.inf


def test_rows_without_both_values_have_no_place() -> None:
    found = points(number([1, NAN, 3, INF]), number([5, 6, NAN, 8]))
    assert found.rows.tolist() == [0]
    assert (found.total, found.left_out) == (4, 3)
    assert found.limits() == (1.0, 1.0, 5.0, 5.0)


def test_on_a_logarithmic_axis_values_are_their_powers_of_ten() -> None:
    found = points(number([0.1, 100, 0, -5]), number([1, 1, 1, 1]), log_x=True)
    assert found.rows.tolist() == [0, 1]
    np.testing.assert_allclose(found.x, [-1, 2], atol=1e-6)


def test_dates_are_seconds_and_categories_their_number() -> None:
    found = points(date(["1970-01-01", "1970-01-02", "NaT"]), category([2, -1, 0]))
    assert found.rows.tolist() == [0]
    assert (found.x.tolist(), found.y.tolist()) == ([0.0], [2.0])


def test_many_rows_are_thinned_evenly() -> None:
    values = np.arange(1000)
    found = points(number(values), number(values), most=10)
    assert found.rows.tolist() == list(range(0, 1000, 100))
    assert found.left_out == 0


def test_the_nearest_point_is_found_within_reach() -> None:
    found = points(number([0, 10]), number([0, 10]))
    assert found.nearest(9, 9, 2, 2) == 1
    assert found.nearest(5, 5, 2, 2) is None
    assert found.nearest(5, 5, 0, 0) is None
    assert points(number([]), number([])).nearest(0, 0, 1, 1) is None
    assert points(number([]), number([])).limits() is None


def test_of_every_class_as_many_rows_are_chosen_and_others_at_another_turn() -> None:
    codes = [i % 3 for i in range(60)] + [3]
    first, second = (spread_rows(61, labels(codes), 12, turn) for turn in (0, 1))
    assert np.bincount(np.asarray(codes)[first]).tolist() == [4, 4, 4]
    assert np.bincount(np.asarray(codes)[second]).tolist() == [4, 4, 4]
    assert not set(first) & set(second)


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, [0, 1]), (8, [0, 2, 4, 6])])
def test_without_classes_rows_are_chosen_evenly(count: int, expected: list[int]) -> None:
    assert spread_rows(count, None, 4).tolist() == expected


def test_a_range_is_that_of_finite_values() -> None:
    assert value_range(np.array([3, NAN, -INF, 1.5])) == (1.5, 3.0)
    assert value_range(np.array([NAN])) == (0.0, 1.0)
    assert value_range(np.array([])) == (0.0, 1.0)


def test_what_has_few_names_has_classes() -> None:
    assert labelled(category([0]))
    assert not labelled(category([0]), most=2)
    assert not labelled(number([0]))
    assert not labelled(text(["a"]))


def test_the_words_that_a_step_has_learned_are_known_by_column() -> None:
    found = known_words(DATASETS["sentences"](), Recipe((STEPS["tokens"](vocabulary=40),)))
    assert list(found) == ["sentence"]
    assert len(found["sentence"]) == 40
    assert found["sentence"].number("the") == 2


@pytest.mark.parametrize("steps", [(), ("standardise",)])
def test_where_no_step_knows_words_there_are_none(steps: tuple[str, ...]) -> None:
    assert known_words(DATASETS["sentences"](), Recipe(tuple(STEPS[kind]() for kind in steps))) == {}
