import threading

import numpy as np

from core.train.series import Series


def test_rows_come_back_in_slices():
    series = Series("a", "b")
    assert series.since(0).shape == (0, 2)
    assert series.last() == {}
    series.add((1.0, 2.0))
    series.add((3.0, 4.0))
    assert len(series) == 2
    assert series.since(0).tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert series.since(1).tolist() == [[3.0, 4.0]]
    assert series.since(2).shape == (0, 2)
    assert series.last() == {"a": 3.0, "b": 4.0}


def test_many_rows_can_be_added_at_once():
    series = Series("a", "b")
    series.add((1.0, 2.0))
    series.add_all(np.array([[3.0, 4.0], [np.nan, 6.0]]))
    series.add_all(np.empty((0, 2)))
    series.add((7.0, 8.0))
    assert np.array_equal(series.since(0), [[1.0, 2.0], [3.0, 4.0], [np.nan, 6.0], [7.0, 8.0]], equal_nan=True)


def test_rows_up_to_a_value_of_a_column_are_counted():
    series = Series("epoch", "step")
    assert series.until("step", 5.0) == 0
    series.add_all(np.array([[1.0, 4.0], [2.0, 8.0], [3.0, 12.0]]))
    assert [series.until("step", step) for step in (0.0, 3.0, 4.0, 7.0, 8.0, 100.0)] == [0, 0, 1, 1, 2, 3]


def test_slices_are_copies_and_do_not_hinder_growth():
    series = Series("a")
    series.add((1.0,))
    rows = series.since(0)
    for number in range(10_000):
        series.add((float(number),))
    assert rows.tolist() == [[1.0]]
    assert len(series) == 10_001


def test_readers_and_writer_may_be_different_threads():
    series, whole = Series("a", "b"), []

    def write():
        for number in range(5000):
            series.add((float(number), -float(number)))

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        rows = series.since(0)
        whole.append(bool(np.array_equal(rows[:, 0], -rows[:, 1])))
    writer.join(20)
    assert all(whole)
    assert len(series) == 5000
