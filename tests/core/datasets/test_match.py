"""Bringing columns from elsewhere, or typed values, to the form that a network was trained on."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import match, typed
from core.errors import DataError
from core.preprocessing import Column, ColumnSpec

LENGTH = ColumnSpec("length")
COLOUR = ColumnSpec("colour", "category", categories=("red", "green"))
NOTE = ColumnSpec("note", "text")
DAY = ColumnSpec("day", "date")
FLOWER = ColumnSpec("x", shape=(2,), parts=("length", "width"))
PICTURE = ColumnSpec("x", shape=(2, 2, 1))


def numbers(name, *values):
    return Column(ColumnSpec(name), np.array(values, np.float32))


def words(name, kind, names, *codes):
    return Column(ColumnSpec(name, kind, categories=names), np.array(codes, np.int32))


def refused(columns, *wanted):
    with pytest.raises(DataError) as caught:
        match(columns, wanted)
    assert caught.value.problem.hint
    return caught.value.problem.message


def test_columns_are_found_by_name_in_any_order_among_others():
    found = match((numbers("other", 9), words("colour", "category", ("green",), 0), numbers("length", 1.5)),
                  (LENGTH, COLOUR))
    assert [column.spec for column in found] == [LENGTH, COLOUR]
    assert found[0].values.tolist() == [1.5]


def test_categories_get_the_numbers_that_they_had_in_training_and_new_ones_count_as_missing():
    column = words("colour", "category", ("blue", "green", "red"), 1, 2, 0, -1)
    assert match((column,), (COLOUR,))[0].values.tolist() == [1, 0, -1, -1]


def test_numbers_serve_as_categories_that_look_like_them():
    grade = ColumnSpec("grade", "category", categories=("1", "2.5"))
    assert match((numbers("grade", 2.5, 1, np.nan),), (grade,))[0].values.tolist() == [1, 0, -1]


def test_anything_serves_as_text():
    assert match((words("note", "category", ("a", "b"), 1, -1),), (NOTE,))[0].values.tolist() == ["b", ""]


def test_a_column_that_is_not_there_is_named():
    assert refused((numbers("width", 1),), LENGTH) == 'There is no column "length".'


def test_a_column_of_another_kind_is_named_with_both_kinds():
    message = refused((words("length", "category", ("short",), 0),), LENGTH)
    assert message == 'Column "length" holds categories, but the network was trained on numbers.'


def test_a_sample_with_named_numbers_is_put_together_from_columns_of_these_names():
    found = match((numbers("width", 2, 4), numbers("length", 1, 3)), (FLOWER,))
    assert found[0].values.tolist() == [[1, 2], [3, 4]]
    assert found[0].values.dtype == np.float32


def test_a_picture_is_put_together_from_as_many_columns_of_numbers():
    found = match(tuple(numbers(f"pixel{i}", i) for i in range(4)), (PICTURE,))
    assert found[0].values.tolist() == [[[[0], [1]], [[2], [3]]]]


def test_an_array_of_the_same_size_takes_the_shape_that_is_wanted():
    flat = Column(ColumnSpec("pixels", shape=(4,)), np.arange(8, dtype=np.float32).reshape(2, 4))
    assert match((flat,), (PICTURE,))[0].values.shape == (2, 2, 2, 1)


def test_too_few_columns_for_a_picture_are_counted():
    message = refused((numbers("a", 0), numbers("b", 0)), PICTURE)
    assert message == "A sample of the network has 4 numbers (2 × 2 × 1), but there are 2 columns of numbers."


def test_typed_values_become_one_row():
    row = typed({"length": "1.5", "colour": "green", "note": "hi", "day": "2024-05-31"}, (LENGTH, COLOUR, NOTE, DAY))
    assert [column.values.tolist()[0] for column in row[:3]] == [1.5, 1, "hi"]
    assert row[3].values[0] == np.datetime64("2024-05-31")


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_is_left_empty_counts_as_missing(nothing):
    row = typed({"length": nothing, "colour": nothing, "note": nothing, "day": nothing}, (LENGTH, COLOUR, NOTE, DAY))
    assert np.isnan(row[0].values[0])
    assert row[1].values[0] == -1
    assert row[2].values[0] == ""
    assert np.isnat(row[3].values[0])


@pytest.mark.parametrize(("spec", "wanted"), [(LENGTH, "a number"), (DAY, "a date such as 2024-05-31")])
def test_a_typed_value_that_cannot_be_read_is_shown_with_what_is_wanted(spec, wanted):
    with pytest.raises(DataError, match=f'"{spec.name}": {wanted} is wanted, got "soon"'):
        typed({spec.name: "soon"}, (spec,))
