"""Checking data before they are used, one-hot targets and the line that describes them."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS, Recipe, describe, one_hot, prepare
from core.errors import DataError
from core.preprocessing import STEPS, blocks
from tests.core.datasets._table import Table, counted, regression


def refused(dataset, **how):
    with pytest.raises(DataError) as caught:
        prepare(dataset, Recipe(**how))
    assert caught.value.problem.hint
    return caught.value.problem.message


def holes(*places, features=()):
    x = np.zeros((6, 3), np.float32)
    for place, value in places:
        x[place] = value
    return Table(x, np.zeros(6, np.intp), classes=["a"], features=features)


def test_values_that_are_not_finite_are_counted_and_the_first_is_named():
    names = ["length", "width", "height"]
    message = refused(holes(((1, 2), np.nan), ((1, 0), np.inf), ((4, 1), -np.inf), features=names))
    assert message == 'Table: 2 of 6 samples hold NaN or infinity, first in column "length" of sample 2.'


def test_a_single_bad_sample_in_a_nameless_column_is_named_by_number():
    message = refused(holes(((5, 2), np.nan)))
    assert message == "Table: 1 of 6 samples holds NaN or infinity, first in column 3 of sample 6."


def test_a_bad_value_in_a_picture_is_named_by_row_and_column():
    x = np.zeros((2, 4, 5), np.float32)
    x[1, 2, 3] = np.nan
    assert "first in column 3, 4 of sample 2." in refused(regression(x, [0, 0]))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_target_that_is_not_finite_is_named(value):
    message = refused(regression(np.zeros((4, 1)), [0, 1, value, 2]))
    assert message == "Table: 1 of 4 samples holds NaN or infinity, first in the target of sample 3."


@pytest.mark.parametrize("label", [-1, 2])
def test_a_class_number_without_a_class_is_refused(label):
    message = refused(Table(np.zeros((3, 1)), np.array([0, label, 1]), classes=["no", "yes"]))
    assert message == f"Table: class number {label} of sample 2 is not from 0 to 1."


def test_no_samples_are_refused():
    assert "there are no samples" in refused(Table(np.zeros((0, 2)), np.zeros(0, np.intp), classes=["a"]))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (4, 0, 2)])
def test_samples_without_numbers_such_as_sequences_of_length_0_are_refused(shape):
    message = refused(Table(np.zeros((3, *shape)), np.zeros(3, np.intp), classes=["a"]))
    assert message == f"Table: a sample of shape {shape} holds no numbers."


def test_data_without_anything_to_predict_are_refused():
    message = refused(Table(np.zeros((3, 2)), np.zeros((3, 0), np.float32), targets=0))
    assert message == "Table: there is nothing to predict."


def test_a_bad_value_far_behind_is_found_and_those_before_and_behind_it_are_counted():
    x = np.zeros((3000, 1000), np.float32)
    x[[1500, 2222, 2999], [7, 1, 1]] = np.nan
    assert len(list(blocks(x))) == 3
    message = refused(regression(x, np.zeros(3000)))
    assert message == "Table: 3 of 3000 samples hold NaN or infinity, first in column 8 of sample 1501."


def test_a_test_part_of_its_own_is_checked_too():
    table, own = counted([4, 4]), counted([3, 3])
    own.load(0).x[4, 0] = np.inf
    table.held_out = own.load
    message = refused(table)
    assert message == "Table, test part: 1 of 6 samples holds NaN or infinity, first in column 1 of sample 5."


def test_a_test_part_of_another_shape_is_refused():
    table = counted([4, 4])
    table.held_out = counted([4, 4], width=2).load
    assert "Table, test part: expected samples of shape (1,)" in refused(table)


def test_a_test_part_of_its_own_is_scaled_like_the_rest_and_does_not_reach_the_scaler():
    table, own = counted([4, 4]), counted([4, 4])
    own.load(0).x[...] = 14.0
    table.held_out = own.load
    parts = prepare(table, Recipe(steps=(STEPS["min_max"](),)))
    assert parts.train.x.ravel().tolist() == pytest.approx([i / 7 for i in range(8)])
    assert parts.test.x.ravel().tolist() == [2.0] * 8


def test_what_is_neither_split_nor_scaled_is_not_copied():
    table = counted([10, 10])
    parts = prepare(table)
    assert parts.train.x is table.load(0).x
    assert parts.train.y is table.load(0).y


def test_data_that_differ_from_their_description_are_refused():
    table = Table(np.zeros((3, 2)), np.zeros(2, np.intp), classes=["a"])
    assert "targets of shape (3,), got (2,) and (2,)" in refused(table)


def test_the_source_is_not_changed():
    table = counted([10, 10])
    before = table.load(0).x.copy()
    parts = prepare(table, Recipe(steps=(STEPS["standardise"](),), test=0.2))
    parts.train.x[:] = 5.0
    np.testing.assert_array_equal(table.load(0).x, before)


def test_preparing_twice_gives_the_same_bits():
    recipe = Recipe(steps=(STEPS["standardise"](),), test=0.2, seed=9)
    first, again = (prepare(DATASETS["moons"](), recipe) for _ in range(2))
    assert first.train.x.tobytes() == again.train.x.tobytes()
    assert first.test.y.tobytes() == again.test.y.tobytes()


def test_the_seed_draws_the_points_too():
    first, other = (prepare(DATASETS["moons"](), Recipe(seed=seed)).train.x for seed in (1, 2))
    assert not set(map(tuple, first)) & set(map(tuple, other))


def test_one_hot_marks_the_class():
    rows = one_hot(np.array([2, 0, 1]), 3)
    assert rows.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert rows.dtype == np.float32


def test_one_hot_of_nothing_has_no_rows():
    assert one_hot(np.zeros(0, np.intp), 4).shape == (0, 4)


@pytest.mark.parametrize("label", [3, -1])
def test_one_hot_names_the_first_number_out_of_range(label):
    with pytest.raises(DataError, match=f"class number {label} of sample 2 is not from 0 to 2"):
        one_hot(np.array([0, label, 99]), 3)


def test_one_hot_refuses_numbers_that_are_not_whole():
    with pytest.raises(DataError, match="class numbers must be whole numbers, got float64"):
        one_hot(np.array([0.0, 1.5]), 2)


@pytest.mark.parametrize(("dataset", "shares", "line"), [
    (DATASETS["iris"](), {"validation": 0.16, "test": 0.2},
     "Iris: 150 samples, 4 features, 3 classes; 96 train, 24 validation, 30 test"),
    (DATASETS["xor"](), {}, "XOR: 4 samples, 2 features, 2 classes; 4 train"),
    (DATASETS["spiral"](samples=2000), {"test": 0.25},
     "Spiral: 2,000 samples, 2 features, 2 classes; 1,500 train, 500 test"),
    (regression(np.zeros((1, 1)), [0]), {}, "Table: 1 sample, 1 feature, 1 target; 1 train"),
    (regression(np.zeros((2, 28, 28)), [0, 0]), {}, "Table: 2 samples, shape 28 × 28, 1 target; 2 train"),
])
def test_one_line_says_what_there_is(dataset, shares, line):
    assert describe(prepare(dataset, Recipe(**shares))) == line
