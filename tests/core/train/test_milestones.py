"""What happened in a run, worked out from its series."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.graph import edits
from core.io import checkpoints, examples
from core.schedules import SCHEDULES
from core.train.control import Control
from core.train.loop import train
from core.train.milestones import Milestones
from core.train.series import EPOCHS, Note
from core.train.session import Session
from core.train.takeover import take_over
from core.train.watch import Watch


def rows(rates: list[float], losses: list[float] | None = None) -> np.ndarray:
    table = np.full((len(rates), len(EPOCHS)), math.nan)
    table[:, EPOCHS.index("epoch")] = np.arange(1, len(rates) + 1)
    table[:, EPOCHS.index("learning_rate")] = rates
    table[:, EPOCHS.index("loss")] = losses if losses is not None else 1.0
    return table


def jumps(rates: list[float], *, scheduled: bool, chunk: int = 1000) -> list[int]:
    found, table = Milestones(Watch("loss"), scheduled=scheduled), rows(rates)
    for start in range(0, len(table), chunk):
        found.see(table[start : start + chunk])
    return [mark.epoch for mark in found.marks() if mark.kind == "rate"]


def schedule(kind: str, epochs: int, **params: object) -> list[float]:
    made = SCHEDULES[kind](**params)
    return [0.1 * made.share(epoch, epochs) for epoch in range(epochs)]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1000])
def test_a_rate_that_somebody_changed_is_marked_where_it_was_still_the_old_one(chunk: int) -> None:
    assert jumps([0.1] * 5 + [0.03] * 6 + [0.02] * 4, scheduled=False, chunk=chunk) == [5, 11]


def test_the_words_say_from_what_to_what() -> None:
    found = Milestones(Watch("loss"))
    found.see(rows([0.1, 0.1, 0.03]))
    assert [m.text for m in found.marks() if m.kind == "rate"] == ["Learning rate 0.1 → 0.03, from epoch 3 on."]


def test_changes_in_epochs_that_follow_each_other_are_one() -> None:
    found = Milestones(Watch("loss"))
    found.see(rows([0.1, 0.1, 0.08, 0.05, 0.03, 0.03]))
    assert [m.text for m in found.marks() if m.kind == "rate"] == ["Learning rate 0.1 → 0.03, from epoch 5 on."]


@pytest.mark.parametrize("chunk", [1, 4, 1000])
@pytest.mark.parametrize("kind", ["cosine", "exponential", "one_cycle"])
def test_a_smooth_schedule_has_no_jumps(kind: str, chunk: int) -> None:
    assert jumps(schedule(kind, 60), scheduled=True, chunk=chunk) == []


@pytest.mark.parametrize("chunk", [1, 2, 5, 1000])
def test_the_drops_of_a_schedule_are_jumps(chunk: int) -> None:
    rates = schedule("step", 40)
    drops = [epoch for epoch in range(1, 40) if rates[epoch] != rates[epoch - 1]]
    assert jumps(rates, scheduled=True, chunk=chunk) == drops
    assert drops


@pytest.mark.parametrize("chunk", [1, 5, 1000])
def test_of_many_jumps_the_newest_are_told(chunk: int) -> None:
    rates = [0.5 ** (epoch // 2) for epoch in range(60)]
    assert jumps(rates, scheduled=False, chunk=chunk) == list(range(36, 60, 2))


@pytest.mark.parametrize("chunk", [1, 2, 3, 1000])
def test_a_steep_fall_is_one_jump_where_it_begins(chunk: int) -> None:
    assert jumps([1.0, 1.0, 1.0, *(0.1**power for power in range(1, 8))], scheduled=True, chunk=chunk) == [3]


@pytest.mark.parametrize("chunk", [1, 3, 100])
@pytest.mark.parametrize("min_delta", [0.0, 0.15])
def test_the_best_epoch_is_the_one_that_early_stopping_counts_from(chunk: int, min_delta: float) -> None:
    losses = [1.0, 0.7, math.nan, 0.6, 0.6, 0.45, 0.5, 0.44]
    found, table = Milestones(Watch("loss", min_delta)), rows([0.1] * 8, losses)
    for start in range(0, 8, chunk):
        found.see(table[start : start + chunk])
    assert found.best_epoch == (6 if min_delta else 8)
    best = found.marks()[0]
    assert (best.kind, best.epoch) == ("best", found.best_epoch)
    assert f"loss {losses[best.epoch - 1]:.4g} in epoch {best.epoch}" in best.text


def test_of_accuracies_the_highest_is_the_best() -> None:
    found, table = Milestones(Watch("accuracy")), rows([0.1] * 4)
    table[:, EPOCHS.index("score")] = [0.2, 0.9, 0.9, 0.4]
    found.see(table)
    assert found.best_epoch == 2


def test_nothing_but_nan_has_no_best() -> None:
    found = Milestones(Watch("loss"))
    found.see(rows([0.1, 0.1], [math.nan, math.nan]))
    assert found.marks() == ()


def test_notes_stand_among_the_marks_in_the_order_of_epochs() -> None:
    found = Milestones(Watch("loss"))
    found.see(rows([0.1, 0.1, 0.05, 0.05], [4.0, 3.0, 2.0, 1.0]))
    notes = (Note(3, "edited", "Changed."),)
    assert [(m.epoch, m.kind) for m in found.marks(notes)] == [(2, "rate"), (3, "edited"), (4, "best")]


def test_a_run_that_stops_early_notes_it() -> None:
    session = Session(examples.load("xor-mlp"))
    session.change(early_stopping=3, epochs=500, min_delta=10.0)
    list(train(session, Control()))
    (note,) = session.series.notes
    assert note.kind == "early"
    assert note.epoch == session.epoch
    assert "Stopped early" in note.text


def test_a_network_that_was_edited_notes_what_became_of_it() -> None:
    old = Session(examples.load("xor-mlp"))
    old.change(epochs=5)
    list(train(old, Control()))
    new = Session(edits.set_training(old.document, {"l2": 0.001}))
    take_over(new, old)
    (note,) = new.series.notes
    assert (note.epoch, note.kind) == (5, "edited")
    assert note.text == "Changed after epoch 5: L2 0.001."


def test_a_run_that_goes_on_from_a_file_notes_it() -> None:
    session = Session(examples.load("xor-mlp"))
    session.change(epochs=5)
    list(train(session, Control()))
    again = checkpoints.resume(checkpoints.capture(session), name="kept.loom")
    assert [(note.epoch, note.kind) for note in again.series.notes] == [(5, "resumed")]
    assert "kept.loom" in again.series.notes[0].text
