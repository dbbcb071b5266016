"""How many sessions the worker keeps for undo."""
from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest

from core.datasets import DATASETS, Recipe, prepare
from core.io import examples
from core.train.control import Control
from gui.worker import KEPT, Ready, Runner, Task


def alive(count: int) -> list[bool]:
    """Which of so many sessions, one after another, are still there at the end."""
    doc = examples.load("perceptron-and")
    runner, made = Runner(), []

    def note(event: object) -> None:
        if isinstance(event, Ready):
            made.append(weakref.ref(event.session))

    runner.told.connect(note)
    for number in range(count):
        seeded = replace(doc, data={**doc.data, "seed": number})
        runner.work(Task(number, seeded, number, Control()))
    gc.collect()
    return [session() is not None for session in made]


def test_the_newest_ones_are_kept() -> None:
    assert alive(KEPT + 2) == [False] * 2 + [True] * KEPT


def test_where_samples_take_much_memory_only_the_last_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.worker.HELD", 1)
    assert alive(3) == [False, False, True]


def test_samples_that_are_not_copied_count_once() -> None:
    digits = DATASETS["digits"]()
    whole = digits.load(0)
    assert prepare(digits, Recipe()).nbytes == whole.x.nbytes + whole.y.nbytes
    halved = prepare(digits, Recipe(validation=0.5)).nbytes
    assert halved == whole.x.nbytes + whole.y.nbytes
