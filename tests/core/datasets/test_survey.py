"""What is read from files is remembered, and so is that it could not be read."""
from __future__ import annotations

import logging

import pytest

from core.datasets import CancelledError, Task, forget, known
from core.errors import DataError


@pytest.fixture(autouse=True)
def nothing_known():
    forget()


@pytest.mark.parametrize(("error", "code"), [(ValueError("odd"), "data.bug"), (MemoryError(), "data.memory")])
def test_whatever_goes_wrong_is_told_and_not_tried_again(error, code, logged: list[logging.LogRecord]):
    tried = []

    def read(task: Task) -> None:
        tried.append(task)
        raise error

    for _ in range(2):
        with pytest.raises(DataError) as caught:
            known("odd.csv", "odd", (), read)
        assert caught.value.problem.code == code
        assert caught.value.problem.message.startswith("odd.csv")
    assert len(tried) == 1
    assert [record.getMessage() for record in logged] == ["odd.csv could not be read"]
    logged.clear()


def test_what_was_stopped_is_read_when_it_is_wanted_again():
    def stopped(task: Task) -> int:
        raise CancelledError

    with pytest.raises(CancelledError):
        known("long.csv", "long", (), stopped)
    assert known("long.csv", "long", (), lambda task: 7) == 7
