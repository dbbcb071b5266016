"""What is read from files is read once, aside, and anew when a file changes."""
from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.datasets import (
    DATASETS,
    CancelledError,
    ReadingError,
    Task,
    deferred,
    forget,
    known,
    outdated,
    source_for,
    stamps,
    survey,
    working,
)
from core.errors import DataError, Problem
from core.params import Kind

TABLE = "a,b,c\n" + "".join(f"{i / 3},{i * i},{'xy'[i % 2]}\n" for i in range(20))


class Reader:
    """Gives what a file holds, and counts how often it is asked."""

    def __init__(self, path: Path):
        self.path, self.count = path, 0

    def __call__(self, task: Task) -> str:
        self.count += 1
        task.tell("Reading", 0.5)
        return self.path.read_text()

    def known(self) -> str:
        return known(self.path.name, "all", (str(self.path),), self)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "a.txt").write_text("one")
    return Reader(tmp_path / "a.txt")


def change(path: Path, text: str) -> None:
    """Write other content, with another time even where clocks are coarse."""
    path.write_text(text)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))


def test_a_file_is_read_once_until_it_changes(reader):
    assert [reader.known(), reader.known(), reader.count] == ["one", "one", 1]
    change(reader.path, "two")
    assert [reader.known(), reader.known(), reader.count] == ["two", "two", 2]


def test_an_error_is_remembered_until_the_file_changes(reader):
    def broken(task):
        reader.count += 1
        raise DataError(Problem("table.read", "a.txt is damaged."))

    for _ in range(2):
        with pytest.raises(DataError, match="damaged"):
            known("a.txt", "all", (str(reader.path),), broken)
    assert reader.count == 1
    change(reader.path, "two")
    assert reader.known() == "two"


def test_nothing_is_read_while_that_has_to_wait_and_what_was_read_before_counts(reader):
    with deferred(), pytest.raises(ReadingError, match=r"a\.txt is being read"):
        reader.known()
    assert reader.count == 0
    reader.known()
    change(reader.path, "two")
    with deferred():
        assert reader.known() == "one"
    with deferred(anew=True), pytest.raises(ReadingError):
        reader.known()
    assert reader.count == 1


def test_two_readings_of_one_file_are_told_apart(reader):
    assert known("a.txt", "first", (str(reader.path),), lambda task: 1) == 1
    assert known("a.txt", "second", (str(reader.path),), lambda task: 2) == 2


def test_waiting_in_one_thread_is_no_waiting_in_another(reader):
    found: list[str] = []
    with deferred():
        thread = threading.Thread(target=lambda: found.append(reader.known()))
        thread.start()
        thread.join()
    assert found == ["one"]


def test_whoever_works_hears_how_far_it_is_and_can_be_stopped(reader):
    said: list[tuple[str, float | None]] = []
    task = Task(lambda text, share: said.append((text, share)))
    with working(task):
        reader.known()
    assert said == [("Reading", 0.5)]
    forget()
    task.stop()
    with working(task), pytest.raises(CancelledError):
        reader.known()
    assert reader.known() == "one"


@pytest.fixture
def table(tmp_path: Path) -> Callable[[], object]:
    (tmp_path / "t.csv").write_text(TABLE)
    source = source_for(tmp_path / "t.csv")
    return lambda: DATASETS[source.kind](**source.params)


def test_a_survey_makes_a_data_set_known_and_a_change_makes_it_outdated(table, tmp_path):
    dataset = table()
    assert outdated(dataset)
    survey(dataset)
    assert not outdated(dataset)
    with deferred():
        assert dataset.count() == 20
    change(tmp_path / "t.csv", TABLE + "1,2,x\n")
    assert outdated(dataset)
    survey(dataset)
    with deferred():
        assert dataset.count() == 21


def test_a_data_set_without_files_is_never_outdated():
    assert not outdated(DATASETS["iris"]())
    assert stamps(Kind("iris")) == stamps(Kind("no_such", {"path": "x"})) == ()


def test_the_stamps_of_a_source_change_with_its_file(table, tmp_path):
    source = source_for(tmp_path / "t.csv")
    before = stamps(source)
    assert stamps(source) == before
    change(tmp_path / "t.csv", TABLE + "1,2,x\n")
    assert stamps(source) != before
