"""What each column holds."""
from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from core.datasets import Recipe, outline, prepare
from tests.core.datasets.tables._look import kinds, refusal, values


def column(lines, name="x"):
    """A file with this column, and one of numbers beside it."""
    return f"{name};n\n" + "".join(f"{line};{number}\n" for number, line in enumerate(lines))


@pytest.mark.parametrize(("written", "read"), [
    (["1", "-2.5", "+3", "1e3", ".5", "5."], [1, -2.5, 3, 1000, 0.5, 5]),
    (["1,5", "-2,25", "3", "1e3"], [1.5, -2.25, 3, 1000]),
    (["1.234,5", "12.345.678,25", "7"], [1234.5, 12345678.25, 7]),
    (["1,234.5", "12,345,678.25", "7.5"], [1234.5, 12345678.25, 7.5]),
    (["1 234.5", "12 345", "7"], [1234.5, 12345, 7]),
    (["1'234.5", "1\u00a0234", "1\u202f234"], [1234.5, 1234, 1234]),
    ([" 1", "2 ", " 3 "], [1, 2, 3]),
    (["inf", "-Infinity", "2"], [np.inf, -np.inf, 2]),
])
def test_numbers_are_read_however_they_are_written(table, written, read):
    dataset = table(column(written))
    assert kinds(dataset)["x"] == "number"
    np.testing.assert_array_equal(values(dataset)["x"], np.array(read, np.float32))


def test_a_comma_is_a_decimal_comma_only_where_it_can_be_one(table):
    assert values(table('a,b\n"1,234",1\n"5,678",2\n'))["a"] == [1234, 5678]
    assert values(table('a,b\n"1,5",1\n"2,5",2\n', "b.csv"))["a"] == [1.5, 2.5]
    assert values(table("a;b\n1,234;1\n5,678;2\n", "c.csv"))["a"] == [np.float32(1.234), np.float32(5.678)]
    assert values(table("a;b\n1,234;1\n5,678;2\n", "d.csv", decimal="point"))["a"] == [1234, 5678]


@pytest.mark.parametrize("word", ["", "NA", "N/A", "NaN", "nan", "null", "?", "-", " NA "])
def test_usual_words_mean_that_a_value_is_missing(table, word):
    lines = ["number;word;text;day", "1;a;one;2024-01-01", ";".join([word] * 4), "2;a;two;2024-01-02", "3;a;x;"]
    dataset = table("\n".join(lines))
    number, words, text, day = dataset.table(0)
    assert [spec.missing for spec in dataset.columns()][:2] == [1, 1]
    assert [spec.kind for spec in dataset.columns()] == ["number", "category", "text", "date"]
    np.testing.assert_array_equal(number.values, np.array([1, np.nan, 2, 3], np.float32))
    assert words.values.tolist() == [0, -1, 0, 0]
    assert text.values.tolist()[1].strip() in ("", "NA")
    assert np.isnat(day.values).tolist() == [False, True, False, True]


def test_further_words_for_missing_values_can_be_given(table):
    text = "n;word\n1;a\n-999;a\n2;none\n3;a\n"
    assert values(table(text, missing_words=["-999", "none"])) == {
        "n": [1, pytest.approx(np.nan, nan_ok=True), 2, 3], "word": ["a", "a", None, "a"]}


@pytest.mark.parametrize(("written", "read"), [
    (["2024-03-01", "2023-12-31"], [(2024, 3, 1), (2023, 12, 31)]),
    (["2024-03-01 10:20:30", "2024-03-01 00:00:00.5"], [(2024, 3, 1, 10, 20, 30), (2024, 3, 1, 0, 0, 0, 500_000)]),
    (["2024-03-01T10:20", "2024-03-02T11:30"], [(2024, 3, 1, 10, 20), (2024, 3, 2, 11, 30)]),
    (["2024-03-01T10:20:30Z", "2024-03-01T10:20:31Z"], [(2024, 3, 1, 10, 20, 30), (2024, 3, 1, 10, 20, 31)]),
    (["2024-03-01T10:20:30+02:00"] * 2, [(2024, 3, 1, 8, 20, 30)] * 2),
    (["2024/03/01", "2024/12/31"], [(2024, 3, 1), (2024, 12, 31)]),
    (["1.3.2024", "31.12.2024"], [(2024, 3, 1), (2024, 12, 31)]),
    (["01.03.24", "31.12.99"], [(2024, 3, 1), (1999, 12, 31)]),
    (["12/31/2024", "1/2/2024"], [(2024, 12, 31), (2024, 1, 2)]),
    (["31/12/2024", "1/2/2024"], [(2024, 12, 31), (2024, 2, 1)]),
])
def test_dates_are_read_in_common_forms(table, written, read):
    dataset = table(column(written))
    assert kinds(dataset)["x"] == "date"
    assert values(dataset)["x"] == [datetime(*moment) for moment in read]
    assert dataset.table(0)[0].values.dtype == np.dtype("datetime64[us]")


def test_a_date_that_could_be_of_both_kinds_has_the_month_first_only_beside_commas(table):
    assert values(table("x,n\n1/2/2024,1\n3/4/2024,2\n"))["x"] == [datetime(2024, 1, 2), datetime(2024, 3, 4)]
    assert values(table("x;n\n1/2/2024;1\n3/4/2024;2\n", "b.csv"))["x"] == [datetime(2024, 2, 1), datetime(2024, 4, 3)]


def test_a_late_day_settles_which_form_all_dates_have(table):
    lines = ["1/2/2024"] * 3000 + ["31/12/2024"]
    found = values(table("x,n\n" + "".join(f"{line},1\n" for line in lines)))["x"]
    assert (found[0], found[-1]) == (datetime(2024, 2, 1), datetime(2024, 12, 31))


def test_words_that_repeat_are_categories_and_others_are_text(table):
    dataset = table(column(["b", "a", "b", "a"]))
    assert dataset.columns()[0].categories == ("a", "b")
    assert dataset.table(0)[0].values.tolist() == [1, 0, 1, 0]
    assert kinds(table(column(["one", "two", "three"]), "b.csv"))["x"] == "text"


def test_categories_that_are_whole_numbers_stand_in_their_order(table):
    dataset = table(column(["10", "9", "2", "10", "9", "2"]), types={"x": "category"})
    assert dataset.columns()[0].categories == ("2", "9", "10")


def test_spaces_around_a_category_do_not_make_another_one(table):
    assert values(table(column(["red", " red", "red ", "blue", "blue", "blue"])))["x"] == ["red"] * 3 + ["blue"] * 3


def test_more_than_a_thousand_words_are_text(table):
    lines = [f"word {number}" for number in range(1001)] * 3
    assert kinds(table(column(lines)))["x"] == "text"
    assert values(table(column(lines)))["x"] == lines
    assert kinds(table(column([f"word {number}" for number in range(1000)] * 3), "b.csv"))["x"] == "category"
    problem = refusal(table(column(lines), "c.csv", types={"x": "category"}))
    assert problem.message == ('c.csv: the column "x" has more than 1,000 different values, too many for categories.')


@pytest.mark.parametrize("wanted", ["number", "category", "text"])
def test_somebody_may_say_what_a_column_holds(table, wanted):
    dataset = table(column(["007", "8", "007", "8"]), types={"x": wanted, "not there": "date"})
    assert kinds(dataset)["x"] == wanted
    assert values(dataset)["x"] == ([7, 8, 7, 8] if wanted == "number" else ["007", "8"] * 2)


def test_a_date_without_marks_is_one_only_if_somebody_says_so(table):
    text = column(["20240301", "20241231"])
    assert kinds(table(text))["x"] == "number"
    assert values(table(text, types={"x": "date"}))["x"] == [datetime(2024, 3, 1), datetime(2024, 12, 31)]


def test_few_whole_numbers_can_be_classes_and_many_cannot(table):
    few, many, half = ([str(number % n) for number in range(100)] for n in (5, 21, 2))
    assert table(column(few)).columns()[0].categories == ("0", "1", "2", "3", "4")
    assert table(column(few), types={"x": "number"}).columns()[0].categories == ()
    assert table(column(many), "b.csv").columns()[0].categories == ()
    assert table(column([f"{number}.5" for number in half]), "c.csv").columns()[0].categories == ()
    assert table(column(["1", "2", "3"]), "d.csv").columns()[0].categories == ()


def test_a_target_of_few_whole_numbers_is_a_class(table):
    dataset = table("a,class\n" + "".join(f"{n},{n % 2 * 2 - 1}\n" for n in range(8)))
    assert outline(dataset, Recipe()).classes == ("-1", "1")
    assert prepare(dataset, Recipe()).train.y.tolist() == [0, 1] * 4


def test_a_word_late_in_a_column_of_numbers_makes_it_words_and_is_told(table):
    lines = [str(number / 8) for number in range(3000)] + ["unknown"]
    dataset = table(column(lines))
    assert kinds(dataset) == {"x": "text", "n": "number"}
    assert values(dataset)["x"] == lines
    assert [note.problem.message for note in dataset.notes()] == [
        'table.csv, line 3,002: the column "x" is taken as text, because "unknown" does not fit what comes before it.']


def test_a_word_in_a_column_that_is_to_hold_numbers_is_refused_with_its_line(table):
    problem = refusal(table(column(["1", "two", "3"]), types={"x": "number"}))
    assert problem.message == 'table.csv, line 3: "two" in the column "x" is no number.'
    problem = refusal(table(column(["2024-01-01", "soon"]), "b.csv", types={"x": "date"}))
    assert problem.message == 'b.csv, line 3: "soon" in the column "x" is no date.'


def test_a_column_that_begins_empty_shows_its_type_later(table):
    for found, last in (("number", "1.5"), ("date", "2024-01-02"), ("text", "word")):
        dataset = table(column([""] * 3000 + [last]), f"{found}.csv")
        assert kinds(dataset)["x"] == found
        assert dataset.columns()[0].missing == 3000


def test_a_column_of_nothing_is_missing_numbers(table):
    spec = table(column(["", "", ""])).columns()[0]
    assert (spec.kind, spec.missing, spec.role) == ("number", 3, "ignore")
