"""Slow work on data, as whoever asks for it sees it."""
from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.datasets import Task
from core.errors import DataError, Problem
from gui.desk import Desk


class Panic(BaseException):
    """What polars raises where it finds a defect of its own."""


class Asked:
    """What came of a job."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.problems: list[Problem] = []

    def of(self, desk: Desk, topic: str, work: Callable[[Task], Any]) -> None:
        desk.ask(topic, work, self.results.append, self.problems.append)


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    assert desk.shutdown()
    desk.deleteLater()


@pytest.fixture
def asked() -> Asked:
    return Asked()


def until_stopped(begun: threading.Event) -> Callable[[Task], str]:
    """Work that goes on until somebody stops it."""

    def work(task: Task) -> str:
        begun.set()
        while True:
            task.tell("Counting", 0.25)
            QThread.msleep(1)

    return work


def test_the_result_comes_in_the_thread_that_asked(desk: Desk, asked: Asked, qtbot: QtBot) -> None:
    threads: list[int] = []

    def work(task: Task) -> int:
        threads.append(threading.get_ident())
        return 42

    desk.ask("sum", work, lambda found: threads.append(threading.get_ident()), asked.problems.append)
    assert desk.busy
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()
    assert not desk.busy


@pytest.mark.parametrize(("error", "code"), [
    (DataError(Problem("table.read", "No table.")), "table.read"), (ZeroDivisionError("oh"), "data.bug"),
    (Panic("a bound was crossed"), "data.bug"), (MemoryError(), "data.memory")])
def test_whatever_goes_wrong_is_told_as_a_problem(desk: Desk, asked: Asked, qtbot: QtBot, error: BaseException,
                                                  code: str) -> None:
    def work(task: Task) -> None:
        raise error

    asked.of(desk, "sum", work)
    qtbot.waitUntil(lambda: bool(asked.problems))
    assert [problem.code for problem in asked.problems] == [code]
    assert asked.results == []


def test_of_one_topic_only_what_was_asked_for_last_is_told(desk: Desk, asked: Asked, qtbot: QtBot) -> None:
    begun = threading.Event()
    asked.of(desk, "sum", until_stopped(begun))
    assert begun.wait(5)
    asked.of(desk, "sum", lambda task: "new")
    asked.of(desk, "other", lambda task: "other")
    qtbot.waitUntil(lambda: len(asked.results) == 2)
    assert asked.results == ["new", "other"]
    assert asked.problems == []


def test_what_is_stopped_before_its_turn_is_not_begun(desk: Desk, asked: Asked, qtbot: QtBot) -> None:
    begun, never = threading.Event(), threading.Event()
    asked.of(desk, "long", until_stopped(begun))
    asked.of(desk, "short", until_stopped(never))
    assert begun.wait(5)
    desk.stop("short")
    desk.stop("long")
    assert not desk.busy
    asked.of(desk, "last", lambda task: "last")
    qtbot.waitUntil(lambda: asked.results == ["last"])
    assert not never.is_set()
    assert asked.problems == []


def test_it_says_what_is_done_and_that_nothing_is(desk: Desk, asked: Asked, qtbot: QtBot) -> None:
    said: list[tuple[str, float | None]] = []
    topics: set[str] = set()
    desk.busy_changed.connect(lambda text, share: said.append((text, share)))
    desk.told.connect(lambda topic, text, share: topics.add(topic))
    asked.of(desk, "sum", until_stopped(threading.Event()))
    qtbot.waitUntil(lambda: ("Counting", 0.25) in said)
    desk.stop("sum")
    assert said[-1] == ("", None)
    assert topics == {"sum"}


def test_shut_down_it_ends_what_is_under_way_and_tells_nothing(qapp: QApplication, asked: Asked) -> None:
    desk, begun = Desk(), threading.Event()
    asked.of(desk, "sum", until_stopped(begun))
    assert begun.wait(5)
    assert desk.shutdown()
    QApplication.processEvents()
    assert (asked.results, asked.problems) == ([], [])
    desk.deleteLater()
