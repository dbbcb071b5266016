"""Windows of a series."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import Recipe, prepare
from core.datasets.time_series import TimeSeries
from core.errors import DataError

ROWS = 30
A, B = np.arange(ROWS) / 2, np.arange(ROWS)[::-1] ** 2


@pytest.fixture
def series(tmp_path):
    """Makes a time series of a table of two columns of numbers, one of words and one of dates that run backwards."""
    days = np.datetime64("2024-03-01") - np.arange(ROWS)
    lines = [f"{day},{a},{b},w{b}" for day, a, b in zip(days, A, B, strict=True)]
    (tmp_path / "series.csv").write_text("\n".join(["day,a,b,word", *lines]) + "\n", encoding="utf-8")

    def made(**params):
        return TimeSeries(path=str(tmp_path / "series.csv"), **params)

    return made


def refusal(dataset):
    with pytest.raises(DataError) as caught:
        dataset.load(0)
    assert caught.value.problem.hint.endswith(".")
    return caught.value.problem.message


def test_windows_follow_each_other_and_show_all_columns_of_numbers(series):
    dataset = series(window=4, horizon=2)
    samples = dataset.load(0)
    assert dataset.spec().shape == (4, 2)
    assert dataset.spec().target_names == ("a +1", "a +2")
    assert len(samples) == dataset.spec().samples == ROWS - 5
    for number in range(len(samples)):
        np.testing.assert_array_equal(samples.x[number], np.column_stack([A, B])[number : number + 4])
        np.testing.assert_array_equal(samples.y[number], A[number + 4 : number + 6])


@pytest.mark.parametrize(("stride", "count"), [(1, 25), (3, 9), (24, 2), (25, 1)])
def test_the_stride_says_how_far_windows_are_apart(series, stride, count):
    samples = series(window=5, stride=stride).load(0)
    assert len(samples) == series(window=5, stride=stride).count() == count
    np.testing.assert_array_equal(samples.x[:, 0, 0], A[::stride][:count])
    np.testing.assert_array_equal(samples.y[:, 0], A[5::stride][:count])


def test_columns_and_the_target_are_chosen_by_name(series):
    samples = series(window=3, columns_used=["b"], target="a").load(0)
    np.testing.assert_array_equal(samples.x[0], B[:3, None])
    assert samples.y[0] == A[3]


def test_rows_can_be_sorted_by_a_date(series):
    samples = series(window=3, order="day", columns_used=["a"]).load(0)
    np.testing.assert_array_equal(samples.x[0, :, 0], A[::-1][:3])


def test_split_in_order_the_parts_follow_each_other(series):
    parts = prepare(series(window=3, columns_used=["a"]), Recipe(validation=0.25, test=0.25, split="ordered"))
    last, first = parts.train.x[-1, 0, 0], parts.validation.x[0, 0, 0]
    assert parts.train.x.max() > last < first
    assert parts.validation.x[-1, 0, 0] < parts.test.x[0, 0, 0]


def test_what_does_not_fit_is_refused(series):
    assert refusal(series(window=30)) == "Time series: 30 rows are too few for a window of 30 and 1 to predict."
    assert refusal(series(target="none")) == 'Time series: there is no column "none".'
    assert refusal(series(columns_used=["word"])) == 'Time series: the column "word" holds no numbers.'
    assert refusal(series(order="word")) == 'Time series: the column "word" holds neither dates nor numbers.'
    assert refusal(TimeSeries()) == "Time series: no file is chosen."


def test_a_missing_value_is_refused_with_its_row(tmp_path):
    (tmp_path / "gap.csv").write_text("a,b\n" + "1,2\n3,4\n" * 20 + "NA,5\n", encoding="utf-8")
    assert refusal(TimeSeries(path=str(tmp_path / "gap.csv"))) == (
        'Time series: 1 of 41 values of the column "a" is missing or infinite, first in row 41.')


def test_more_windows_than_fit_into_memory_are_refused(series, monkeypatch):
    monkeypatch.setattr("core.datasets.time_series.MOST_VALUES", 100)
    assert refusal(series(window=5)) == "Time series: 25 windows of 5 rows and 2 columns are too many."
