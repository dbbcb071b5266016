"""What a run says, and how it obeys."""
import threading
import time

import numpy as np
import pytest

from core.train import control as control_module
from core.train.control import Control
from core.train.events import EpochDone, Failed, Finished, Paused, Resumed, Snapshot, Started, Warned
from core.train.loop import train
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of, run, steer, until, well_formed

WEIGHTS = Request.of("weights", node="dense")


def moons(**training):
    settings = {"epochs": 4, "batch_size": 30, "learning_rate": 0.1, **training}
    return chain(dense(6), "tanh", dense(1), "sigmoid", loss="binary_crossentropy",
                 source={"kind": "moons", "params": {"samples": 100}}, **settings)


def test_a_run_starts_with_started_counts_its_epochs_and_ends_with_finished():
    session, events = run(xor(epochs=5))
    assert events[0] == Started(1, 0, 0, 5, 1, session.network.parameters)
    assert [e.epoch for e in of(events, EpochDone)] == [1, 2, 3, 4, 5]
    assert [type(e) for e in events[1:-1]] == [EpochDone] * 5
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "done"
    assert events[-1].summary.startswith("Trained 5 epochs: loss ")


def test_every_event_carries_the_number_of_its_run():
    events = list(train(Session(xor(epochs=2)), Control(), run=42))
    assert {event.run for event in events} == {42}


def test_steps_count_batches_across_epochs():
    _, events = run(moons())
    assert events[0].batches == 4
    assert [e.step for e in of(events, EpochDone)] == [4, 8, 12, 16]


def test_a_run_that_is_paused_from_the_start_trains_nothing_until_it_is_resumed():
    session, control = Session(xor(epochs=3)), Control(paused=True)
    events = train(session, control)
    assert isinstance(next(events), Started)
    assert next(events) == Paused(1, 0, 0)
    assert session.step == 0
    control.resume()
    assert next(events) == Resumed(1, 0, 0)
    rest = list(events)
    assert [e.epoch for e in of(rest, EpochDone)] == [1, 2, 3]
    assert not of(rest, Paused)


def test_pausing_and_resuming_is_told_once_each_and_in_this_order():
    session, control = Session(xor(epochs=6)), Control()
    events = train(session, control)
    until(events, EpochDone, 2)
    control.pause()
    assert next(events) == Paused(1, 2, 2)
    control.pause()
    control.resume()
    assert next(events) == Resumed(1, 2, 2)
    assert well_formed(list(events))


@pytest.mark.parametrize("paused", [True, False])
def test_stop_ends_the_run_paused_or_not(paused):
    session, control = Session(xor(epochs=1000)), Control()
    events = train(session, control)
    until(events, EpochDone, 3)
    if paused:
        control.pause()
        until(events, Paused)
    control.stop()
    assert list(events) == [Finished(1, 3, 3, "stopped", "Stopped after epoch 3.")]


def test_stop_within_an_epoch_says_in_which():
    session, control = Session(moons()), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.step(2)
    until(events, Paused)
    control.stop()
    assert list(events) == [Finished(1, 0, 2, "stopped", "Stopped in epoch 1.")]


def test_stop_before_the_start_trains_nothing():
    control = Control()
    control.stop()
    session, events = run(xor(), control)
    assert [type(e) for e in events] == [Started, Finished]
    assert session.step == 0


@pytest.mark.parametrize("batches", [1, 3, 4, 6])
def test_a_budget_of_steps_is_kept_to_exactly(batches):
    session, control = Session(moons()), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.step(batches)
    assert isinstance(next(events), Resumed)
    paused = until(events, Paused)
    assert paused.step == session.step == batches
    assert session.epoch == batches // 4
    control.stop()
    list(events)


@pytest.mark.parametrize("epochs", [1, 2])
def test_a_budget_of_epochs_ends_with_the_epoch_even_from_its_middle(epochs):
    session, control = Session(moons()), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.step(2)
    until(events, Paused)
    control.epoch(epochs)
    assert until(events, Paused).epoch == session.epoch == epochs
    assert session.batch == 0
    control.stop()
    list(events)


def test_a_budget_that_a_pause_ends_is_forgotten():
    session, control = Session(moons()), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.epoch(3)
    until(events, EpochDone)
    control.pause()
    assert until(events, Paused).epoch == 1
    control.resume()
    assert not of(list(events), Paused)


def test_steps_taken_one_by_one_give_the_same_bits_as_a_run_in_one_piece():
    whole, _ = run(moons())
    session, control = Session(moons()), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    for _ in range(whole.step):
        control.step()
        until(events, Paused)
    control.resume()
    assert well_formed(list(events))
    assert session.network.weights.flat.tobytes() == whole.network.weights.flat.tobytes()


def test_the_learning_rate_can_be_changed_while_it_runs():
    session, control = Session(xor(epochs=6)), Control()
    events = steer(session, control, {3: lambda: control.change(learning_rate=0.25)})
    assert [e.learning_rate for e in of(events, EpochDone)] == [1.0, 1.0, 1.0, 0.25, 0.25, 0.25]
    other = Session(xor(epochs=6))
    steer(other, other_control := Control(), {3: lambda: other_control.change(learning_rate=0.25)})
    plain, _ = run(xor(epochs=6))
    assert session.network.weights.flat.tobytes() == other.network.weights.flat.tobytes()
    assert session.network.weights.flat.tobytes() != plain.network.weights.flat.tobytes()


def test_a_learning_rate_of_0_changes_no_weight():
    session = Session(xor(epochs=3))
    session.change(learning_rate=0.0)
    before = session.network.weights.flat.tobytes()
    run(session)
    assert session.network.weights.flat.tobytes() == before


@pytest.mark.parametrize(("epochs", "end"), [(9, 9), (4, 4), (1, 3)])
def test_the_number_of_epochs_can_be_changed_while_it_runs(epochs, end):
    session, control = Session(xor(epochs=6)), Control()
    events = steer(session, control, {3: lambda: control.change(epochs=epochs)})
    assert session.epoch == end
    assert events[-1].reason == "done"


def test_a_setting_that_is_not_allowed_ends_the_run_and_says_so():
    session, control = Session(xor()), Control()
    control.change(learning_rate=-1.0)
    _, events = run(session, control)
    assert well_formed(events)
    assert events[-1].problem.param == "learning_rate"
    assert not events[-1].trace


def test_what_is_wanted_is_answered_while_paused_and_only_when_asked():
    session, control = Session(xor(epochs=5)), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.want([WEIGHTS])
    first = next(events)
    assert isinstance(first, Snapshot)
    assert first.answers.keys() == {WEIGHTS}
    assert 0.0 <= first.share <= 1.0
    control.look()
    second = next(events)
    assert isinstance(second, Snapshot)
    assert np.array_equal(first.answers[WEIGHTS].values["W"], second.answers[WEIGHTS].values["W"])
    control.resume()
    assert not of(list(events), Snapshot)


def test_answers_are_copies_that_training_leaves_alone():
    session, control = Session(xor(epochs=5)), Control()
    control.want([WEIGHTS])
    events = train(session, control)
    snapshot = until(events, Snapshot)
    before = snapshot.answers[WEIGHTS].values["W"].copy()
    list(events)
    assert np.array_equal(before, snapshot.answers[WEIGHTS].values["W"])
    assert not np.array_equal(before, session.network.weights["dense"]["W"])


def test_looking_changes_no_bit_of_the_training():
    plain, _ = run(moons())
    session, control = Session(moons()), Control()
    control.want([WEIGHTS, Request.of("boundary", size=20), Request.of("confusion"), Request.of("points")])
    for event in train(session, control):
        if not isinstance(event, Snapshot):
            control.look()
    assert session.network.weights.flat.tobytes() == plain.network.weights.flat.tobytes()


def test_a_question_that_nobody_can_answer_is_told_with_a_trace_and_the_run_goes_on():
    session, control = Session(xor()), Control()
    control.want([Request.of("no_such_probe")])
    _, events = run(session, control)
    assert well_formed(events)
    assert isinstance(events[-1], Finished)
    warning, = of(events, Warned)
    assert warning.problem.code == "probe.bug"
    assert "no_such_probe" in warning.trace


def test_equal_requests_are_one():
    assert Request.of("weights", node="a", more=1) == Request.of("weights", more=1, node="a")
    assert len({Request.of("weights", node="a"), Request.of("weights", node="a")}) == 1


def in_thread(session, control):
    events = []
    thread = threading.Thread(target=lambda: events.extend(train(session, control)))
    thread.start()
    return thread, events


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.001)


def test_a_run_in_another_thread_obeys_every_command():
    session, control = Session(xor(epochs=10_000_000)), Control()
    thread, events = in_thread(session, control)
    wait_for(lambda: session.epoch > 10)
    control.pause()
    wait_for(lambda: of(events, Paused))
    standing = session.step
    control.want([WEIGHTS])
    wait_for(lambda: of(events, Snapshot))
    assert session.step == standing
    control.step(5)
    wait_for(lambda: len(of(events, Paused)) == 2)
    assert session.step == standing + 5
    control.change(learning_rate=0.5)
    wait_for(lambda: session.learning_rate == 0.5)
    control.resume()
    wait_for(lambda: session.step > standing + 100)
    control.stop()
    thread.join(20)
    assert well_formed(events)
    assert events[-1].reason == "stopped"


def test_a_held_run_stands_still_until_it_is_released():
    session, control = Session(xor(epochs=10_000_000)), Control()
    thread, events = in_thread(session, control)
    wait_for(lambda: session.epoch > 10)
    control.hold()
    wait_for(lambda: control._standing)
    standing = session.step
    time.sleep(0.02)
    assert session.step == standing
    assert control.held
    control.release()
    wait_for(lambda: session.step > standing)
    control.hold()
    control.stop()
    thread.join(20)
    assert well_formed(events)
    assert not of(events, Paused), "holding is not pausing"


def test_within_a_standstill_no_step_is_computed():
    session, control = Session(moons(epochs=10_000_000)), Control()
    thread, events = in_thread(session, control)
    wait_for(lambda: session.epoch > 2)
    for _ in range(20):
        with control.standstill():
            before = session.network.weights.flat.copy()
            time.sleep(0.001)
            assert np.array_equal(before, session.network.weights.flat)
    moving = session.step
    wait_for(lambda: session.step > moving)
    control.stop()
    thread.join(20)
    assert well_formed(events)


def test_many_threads_may_command_at_once():
    session, control = Session(moons(epochs=10_000_000)), Control()
    thread, events = in_thread(session, control)

    def pester(number):
        for turn in range(100):
            [control.pause, control.resume, control.look, control.hold, control.release,
             lambda: control.want([WEIGHTS]), lambda: control.change(learning_rate=0.1)][(turn + number) % 7]()

    others = [threading.Thread(target=pester, args=(number,)) for number in range(4)]
    for other in others:
        other.start()
    for other in others:
        other.join(20)
    control.release()
    control.stop()
    thread.join(20)
    assert well_formed(events)


def test_a_pace_makes_epochs_wait_for_their_time(monkeypatch):
    naps = []
    monkeypatch.setattr(control_module.Control, "nap", lambda self, seconds: naps.append(seconds))
    control = Control()
    control.set_pace(10.0)
    run(xor(epochs=4), control)
    assert len(naps) == 4
    assert all(0.0 < nap <= 0.45 for nap in naps)
    naps.clear()
    control = Control()
    control.set_pace(0.0)
    run(xor(epochs=4), control)
    assert not naps


def test_a_command_ends_the_nap_between_two_paced_epochs():
    session, control = Session(xor(epochs=10)), Control()
    control.set_pace(0.001)
    thread, events = in_thread(session, control)
    wait_for(lambda: session.epoch == 1)
    control.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert events[-1].reason == "stopped"


def test_a_run_that_is_abandoned_lets_go_of_the_control():
    control = Control()
    events = train(Session(xor()), control)
    next(events)
    events.close()
    with control.standstill(timeout=0.0):
        assert not control._active


@pytest.mark.parametrize(("error", "code", "traced"), [
    (RuntimeError("the layer broke"), "train.bug", True), (MemoryError(), "train.memory", False),
    (KeyError("lost"), "train.bug", True),
])
def test_an_error_inside_a_step_ends_the_run_instead_of_escaping(error, code, traced):
    session = Session(moons())
    session.rule.step = lambda batch: (_ for _ in ()).throw(error)
    _, events = run(session, broken=True)
    assert [type(e) for e in events] == [Started, Failed]
    assert events[-1].problem.code == code
    assert events[-1].problem.hint
    assert bool(events[-1].trace) == traced


def test_an_error_inside_a_layer_is_reported_with_where_it_happened():
    session = Session(moons())
    batch, _, *rest = session.rule._steps[2]

    def broken():
        raise ZeroDivisionError("division by zero")

    session.rule._steps[2] = (batch, broken, *rest)
    _, events = run(session, broken=True)
    assert events[-1].problem.message.endswith("ZeroDivisionError: division by zero.")
    assert "broken" in events[-1].trace
    assert session.step == 2
