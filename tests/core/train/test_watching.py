"""Early stopping, the best weights, and schedules that wait: all by the number that is watched."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import DataSpec
from core.graph.watching import watching_problems
from core.train.control import Control
from core.train.events import EpochDone, Finished, Paused
from core.train.loop import train
from core.train.progress import Progress
from core.train.session import Session
from core.train.watch import Judge, Watch
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of, run, steer, until, well_formed

NEVER = {"learning_rate": 0.0}


def cloud(data=None, **training):
    settings = {"epochs": 40, "batch_size": 8, "learning_rate": 0.1, "optimizer": "adam", **training}
    return chain(dense(6), "relu", dense(1), "sigmoid", loss="binary_crossentropy",
                 data={"validation": 0.3, **(data or {})},
                 source={"kind": "gaussians", "params": {"samples": 60, "noise": 0.5}}, **settings)


def keras(values, patience, min_delta, falling):
    """The epoch after which Keras's EarlyStopping ends, and its best epoch; written down from its description."""
    best, best_epoch, wait = None, 0, 0
    for epoch, value in enumerate(values, 1):
        wait += 1
        gain = math.inf if best is None else best - value if falling else value - best
        if gain > min_delta:
            best, best_epoch, wait = value, epoch, 0
        elif wait >= patience:
            return epoch, best_epoch
    return None, best_epoch


@given(st.lists(st.integers(0, 8), max_size=40), st.integers(1, 6), st.sampled_from([0.0, 1.0, 2.0]), st.booleans())
def test_it_ends_when_keras_would_and_finds_the_same_best_epoch(values, patience, min_delta, falling):
    judge = Judge(Watch("loss" if falling else "accuracy", min_delta))
    ended = None
    for value in values:
        judge.see(float(value))
        if ended is None and judge.waited(0) >= patience:
            ended = judge.epoch, judge.best_epoch
    assert (ended or (None, judge.best_epoch)) == keras(values, patience, min_delta, falling)


def test_a_number_that_is_none_is_no_improvement():
    judge = Judge(Watch("loss"))
    for value in (math.nan, math.nan, 1.0, math.nan):
        judge.see(value)
    assert (judge.best, judge.best_epoch, judge.waited(0)) == (1.0, 3, 1)


@pytest.mark.parametrize(("monitor", "validation", "column"), [
    ("auto", 0.3, "validation_loss"), ("auto", 0.0, "loss"), ("loss", 0.3, "loss"), ("accuracy", 0.0, "score"),
    ("validation_accuracy", 0.3, "validation_score")])
def test_the_monitor_names_a_column_of_the_history(monitor, validation, column):
    session = Session(cloud({"validation": validation}, monitor=monitor))
    assert session.progress.watch.column == column


def test_a_run_without_progress_ends_early_and_says_which_epoch_was_the_best():
    session, events = run(xor(early_stopping=3, epochs=50, **NEVER))
    assert well_formed(events)
    assert (events[-1].reason, events[-1].epoch) == ("early", 4)
    loss = session.series.since(0)[0, 2]
    assert events[-1].summary == ("Stopped early after epoch 4: 3 epochs without an improvement; the best was loss "
                                  f"{loss:.4g} in epoch 1.")


def test_off_a_run_without_progress_goes_on_to_its_last_epoch():
    _, events = run(xor(epochs=50, **NEVER))
    assert (events[-1].reason, events[-1].epoch) == ("done", 50)


def test_the_end_depends_on_nothing_but_the_history():
    session, events = run(cloud(early_stopping=5, epochs=200))
    assert events[-1].reason == "early"
    held_out = session.series.since(0)[:, 4].tolist()
    ended, best = keras(held_out, 5, 0.0, True)
    assert (events[-1].epoch, session.epoch) == (ended, ended)
    assert f"in epoch {best}." in events[-1].summary


def test_an_improvement_smaller_than_min_delta_is_none():
    patient, _ = run(cloud(early_stopping=3, epochs=100, learning_rate=0.01))
    strict, _ = run(cloud(early_stopping=3, epochs=100, learning_rate=0.01, min_delta=0.5))
    assert strict.epoch < patient.epoch


def copies_by_epoch(session):
    kept = {}
    for event in train(session, Control()):
        if isinstance(event, EpochDone):
            kept[event.epoch] = session.network.weights.flat.copy()
    return kept, event


@pytest.mark.parametrize("patience", [0, 4])
def test_the_weights_of_the_best_epoch_come_back_at_the_end(patience):
    session = Session(cloud(restore_best=True, early_stopping=patience, epochs=60))
    kept, end = copies_by_epoch(session)
    best = int(np.nanargmin(session.series.since(0)[:, 4])) + 1
    assert best < session.epoch
    assert np.array_equal(session.network.weights.flat, kept[best])
    assert f"in epoch {best}" in end.summary
    assert end.reason == ("early" if patience else "done")
    value, _ = session.network.evaluate(session.parts.validation, session.validation_targets)
    assert value == pytest.approx(session.series.since(0)[best - 1, 4], rel=1e-6)


def test_what_nodes_remember_comes_back_with_the_weights():
    doc = chain(dense(6), "batch_norm", "relu", dense(1), "sigmoid", loss="binary_crossentropy",
                data={"validation": 0.3}, source={"kind": "gaussians", "params": {"samples": 60, "noise": 0.5}},
                epochs=40, batch_size=8, learning_rate=0.1, optimizer="adam", restore_best=True)
    session, _ = run(doc)
    best = session.progress.best.epoch
    value, _ = session.network.evaluate(session.parts.validation, session.validation_targets)
    assert 0 < best < session.epoch
    assert value == pytest.approx(session.series.since(0)[best - 1, 4], rel=1e-6)


def test_without_it_the_weights_stay_those_of_the_last_epoch():
    session = Session(cloud(early_stopping=4, epochs=60))
    kept, _ = copies_by_epoch(session)
    assert np.array_equal(session.network.weights.flat, kept[session.epoch])


def test_a_run_that_is_stopped_is_not_over_and_keeps_its_weights():
    session, control = Session(cloud(restore_best=True)), Control()
    events = steer(session, control, {30: control.stop})
    assert events[-1].reason == "stopped"
    assert session.progress.best.epoch < 30
    plain, other = Session(cloud()), Control()
    steer(plain, other, {30: other.stop})
    assert np.array_equal(session.network.weights.flat, plain.network.weights.flat)


def test_keeping_the_best_changes_nothing_on_the_way():
    kept, plain = (run(cloud(restore_best=on))[0].series.since(0)[:, :7] for on in (True, False))
    assert np.array_equal(kept, plain)


def test_a_run_that_ended_early_stays_over_until_it_is_given_more():
    session, _ = run(xor(early_stopping=3, epochs=50, **NEVER))
    _, again = run(session)
    assert not of(again, EpochDone)
    assert again[-1].reason == "early"
    session.change(more=1)
    _, more = run(session)
    assert (len(of(more, EpochDone)), more[-1].reason, session.epochs) == (3, "early", 50)


def test_more_epochs_than_there_are_move_the_end():
    session, _ = run(xor(epochs=5))
    session.change(more=4)
    assert session.epochs == 9
    session.change(more=2)
    assert session.epochs == 9


def test_all_of_it_can_be_changed_while_the_run_goes_on():
    session, control = Session(xor(epochs=50, **NEVER)), Control()
    events = steer(session, control, {10: lambda: control.change(early_stopping=12)})
    assert (events[-1].reason, events[-1].epoch) == ("early", 13)
    session, control = Session(cloud()), Control()
    events = steer(session, control, {5: lambda: control.change(monitor="validation_accuracy", restore_best=True)})
    best = session.progress.best
    assert session.progress.watch.column == "validation_score"
    assert best.value == max(session.series.since(5)[:, 5])


def test_the_plateau_lowers_the_learning_rate_of_the_epochs_after_it():
    plateau = {"kind": "reduce_on_plateau", "params": {"factor": 0.5, "patience": 2}}
    session = Session(cloud(schedule=plateau, epochs=30))
    run(session)
    rows = session.series.since(0)
    react = session.schedule.reaction(falling=True)
    shares = [1.0, *(react(value) for value in rows[:, 4])]
    assert rows[:, 6] == pytest.approx(0.1 * np.array(shares[:-1]))
    assert len(set(shares)) > 2


def test_the_plateau_goes_by_another_number_as_if_it_always_had():
    plateau = {"kind": "reduce_on_plateau", "params": {"factor": 0.5, "patience": 1}}
    session = Session(cloud(schedule=plateau, epochs=20))
    run(session)
    session.change(monitor="accuracy")
    react = session.schedule.reaction(falling=False)
    share = [react(value) for value in session.series.since(0)[:, 3]][-1]
    assert session.rate == pytest.approx(0.1 * share)


def test_a_pause_at_the_end_can_be_left_with_more_epochs():
    session, control = Session(xor(early_stopping=2, epochs=50, **NEVER)), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.epoch(3)
    until(events, Paused)
    assert session.over
    control.change(more=1)
    control.resume()
    assert until(events, Finished).epoch == 5


@pytest.mark.parametrize(("settings", "word"), [
    ({"monitor": "validation_loss", "early_stopping": 3}, "no validation part"),
    ({"monitor": "validation_accuracy", "restore_best": True}, "no validation part"),
    ({"monitor": "validation_loss", "schedule": "reduce_on_plateau"}, "no validation part")])
def test_watching_what_is_not_held_out_is_a_problem(settings, word):
    (problem,) = watching_problems(xor(**settings), None)
    assert problem.blocks
    assert problem.param == "monitor"
    assert word in problem.message


@pytest.mark.parametrize("settings", [{"monitor": "validation_loss"}, {"early_stopping": 3},
                                      {"monitor": "accuracy", "early_stopping": 3}])
def test_a_monitor_that_nobody_goes_by_is_none(settings):
    session = Session(xor(**settings))
    assert watching_problems(session.document, session.parts.spec) == []


def test_the_accuracy_of_numbers_is_a_problem():
    doc = xor(monitor="accuracy", early_stopping=3)
    assert "no classes are predicted" in watching_problems(doc, DataSpec((2,), targets=1))[0].message
    pictures = xor(monitor="accuracy", early_stopping=3, rule="autoencoder")
    assert "no classes are predicted" in watching_problems(pictures, DataSpec((2,), classes=("a", "b")))[0].message


def test_following_from_the_start_or_epoch_by_epoch_comes_to_the_same():
    session, _ = run(cloud(schedule="reduce_on_plateau", early_stopping=50))
    other = Progress(session.schedule)
    other.follow(session.progress.watch, session.series.since(0))
    assert (other.share, other.described()) == (session.progress.share, session.progress.described())
