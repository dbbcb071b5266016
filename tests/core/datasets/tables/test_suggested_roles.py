"""What each column is suggested to be for."""
from __future__ import annotations

import pytest

from tests.core.datasets.tables._look import roles

NUMBERS = [0.5, 1.5, 2.25, 3.0, 4.0, 5.0]


def rows(**columns):
    """A file of these columns, each made of six values."""
    lines = [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join([",".join(columns), *lines]) + "\n"


@pytest.mark.parametrize("name", ["target", "Label", "class", "y", "Species", "outcome"])
def test_a_column_with_the_name_of_a_target_is_the_target(table, name):
    dataset = table(rows(**{"a": NUMBERS, name: list("ababab"), "b": NUMBERS}))
    assert roles(dataset) == {"a": "input", name: "target", "b": "input"}


def test_without_such_a_name_the_last_column_that_can_be_predicted_is(table):
    dataset = table(rows(a=NUMBERS, b=list("ababab"), note=list("abcdef")))
    assert roles(dataset) == {"a": "input", "b": "target", "note": "ignore"}


@pytest.mark.parametrize("name", ["id", "Index", "row", "customer_id", "Unnamed: 0", "PassengerId", "userID",
                                  "Kunden-Nr", "Kunden-Nr.", "Kundennummer", "order no", "part_number"])
def test_numbers_and_names_of_rows_are_ignored(table, name):
    dataset = table(rows(**{name: range(6), "a": NUMBERS, "b": NUMBERS}))
    assert roles(dataset)[name] == "ignore"
    dataset = table(rows(**{name: list("abcdef"), "a": NUMBERS, "b": NUMBERS}), "b.csv")
    assert roles(dataset)[name] == "ignore"


def test_large_numbers_of_rows_are_told_apart(table):
    dataset = table(rows(id=[10**12 + n for n in range(6)], a=NUMBERS, b=NUMBERS))
    assert roles(dataset) == {"id": "ignore", "a": "input", "b": "target"}


def test_what_is_called_a_number_of_rows_but_repeats_is_an_input(table):
    assert roles(table(rows(number=[1, 1, 2, 2, 3, 3], a=NUMBERS, b=NUMBERS)))["number"] == "input"


@pytest.mark.parametrize("name", ["humid", "Grid", "paid", "ACID"])
def test_a_word_that_happens_to_end_so_is_no_number_of_rows(table, name):
    assert roles(table(rows(**{name: range(6), "a": NUMBERS, "y": NUMBERS})))[name] == "input"


def test_numbers_of_rows_without_a_name_are_ignored(table):
    assert roles(table(",a,b\n" + "".join(f"{n},{x},{x}\n" for n, x in enumerate(NUMBERS))))["Column 1"] == "ignore"


def test_columns_of_one_value_are_ignored_and_named(table):
    dataset = table(rows(same=[7] * 6, word=["w"] * 6, a=NUMBERS, target=NUMBERS))
    assert roles(dataset) == {"same": "ignore", "word": "ignore", "a": "input", "target": "target"}
    assert [note.problem.message for note in dataset.notes()] == [
        'table.csv: the column "same" holds one value only, from which nothing can be learned.',
        'table.csv: the column "word" holds one value only, from which nothing can be learned.']


def test_dates_and_text_beside_other_inputs_are_ignored(table):
    dataset = table(rows(day=[f"2024-01-0{n}" for n in range(1, 7)], text=list("abcdef"), a=NUMBERS, y=NUMBERS))
    assert roles(dataset) == {"day": "ignore", "text": "ignore", "a": "input", "y": "target"}


def test_text_alone_is_the_input(table):
    assert roles(table(rows(text=list("uvwxyz"), label=list("ababab")))) == {"text": "input", "label": "target"}


def test_a_target_with_one_class_is_passed_over(table):
    assert roles(table(rows(a=NUMBERS, b=NUMBERS, **{"class": ["x"] * 6}))) == {
        "a": "input", "b": "target", "class": "ignore"}


def test_one_column_alone_is_to_predict_from(table):
    assert roles(table("a\n1\n2\n3\n")) == {"a": "input"}
