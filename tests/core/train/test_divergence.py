"""Divergence: where training goes back to, what is said of it, and that it goes on from there."""
import math
from dataclasses import replace

import numpy as np
import pytest

from core.graph import edits
from core.graph.check import check
from core.graph.fixes import fixes
from core.train.control import Control
from core.train.events import EpochDone, Failed, Finished
from core.train.loop import train
from core.train.moments import Moments
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.train._drive import of, run


def wild(**training):
    """Large inputs and no squashing: easy to blow up."""
    return chain(dense(4), "relu", dense(1), source={"kind": "circle", "params": {"samples": 60}}, **training)


def autoencoder(**training):
    """The same, to give the input back."""
    source = {"kind": "circle", "params": {"samples": 60}}
    return chain(dense(3), dense(2), source=source, rule="autoencoder", **training)


def loss_of(session):
    x, y = session.parts.train.x, session.parts.train.y
    return session.network.evaluate(session.parts.train, session.network.targets(y))[0] if len(x) else math.nan


def blown_up(doc, *, at=30, moments=True, rate=1000.0):
    """A session that learned for a while, then took steps that were far too large, and the problem that ended it."""
    session = Session(doc)
    if moments:
        session.moments = Moments(session)
    events = []
    for event in train(session, Control()):
        events.append(event)
        if isinstance(event, EpochDone) and event.epoch == at:
            session.change(learning_rate=rate)
    assert isinstance(events[-1], Failed), events[-1]
    return session, events[-1].problem


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
@pytest.mark.parametrize("size", [0, 7])
@pytest.mark.parametrize("build", [wild, autoencoder])
def test_training_goes_back_to_good_weights_and_on_from_them_at_a_lower_rate(build, size, optimizer):
    doc = build(learning_rate=0.01, epochs=200, batch_size=size, optimizer=optimizer)
    session, _ = blown_up(doc)
    assert np.isfinite(session.network.weights.flat).all()
    good = loss_of(session)
    assert good <= 2 * session.first_loss
    session.change(learning_rate=0.001, more=30)
    events = list(train(session, Control()))
    assert isinstance(events[-1], Finished)
    losses = [event.loss for event in of(events, EpochDone)]
    assert all(math.isfinite(loss) and loss <= 3 * max(good, session.first_loss) for loss in losses)
    assert losses[-1] <= losses[0] * 1.05


def test_the_generator_and_the_discriminator_go_on_too():
    from core.io.examples import load

    doc = edits.set_training(load("gan"), {"epochs": 40})
    session = Session(doc)
    session.moments = Moments(session)
    original, steps = session.rule.step, [0]

    def sabotaged(batch):
        steps[0] += 1
        if steps[0] == 100:
            session.network.weights.flat[...] = np.inf
            for updater in session.rule._updaters:
                for slot in updater.slots.values():
                    slot.fill(np.nan)
        return original(batch)

    session.rule.step = sabotaged
    events = list(train(session, Control()))
    assert isinstance(events[-1], Failed)
    assert np.isfinite(session.network.weights.flat).all()
    session.change(more=3)
    events = list(train(session, Control()))
    assert isinstance(events[-1], Finished)
    assert all(math.isfinite(event.loss) for event in of(events, EpochDone))
    assert np.isfinite(session.network.weights.flat).all()


def test_weights_come_from_the_newest_good_moment_not_from_the_start_of_an_epoch(monkeypatch):
    # However busy the machine is, every moment is kept that is due.
    monkeypatch.setattr("core.train.moments.LONG", math.inf)
    doc = wild(learning_rate=0.01, epochs=50, batch_size=2)
    session = Session(doc)
    session.moments = Moments(session)
    original = session.rule.step

    def sabotaged(batch):
        if session.step == 59 + session.rule.batches * 2:
            session.network.weights.flat[...] = np.nan
        return original(batch)

    session.rule.step = sabotaged
    events = list(train(session, Control()))
    *_, kept, present = session.moments.steps
    assert present == session.step
    assert kept > session.epoch * session.rule.batches, "within the epoch"
    assert f"The weights are those of step {kept:,} again" in events[-1].problem.hint
    assert session.network.weights.flat.tobytes() == session.moments.at(kept).weights.tobytes()
    assert session.network.weights.flat.tobytes() == session.moments.at(present).weights.tobytes()


def test_the_broken_epoch_begins_anew_and_its_sums_are_numbers():
    doc = wild(learning_rate=0.01, epochs=12, batch_size=7)
    session = Session(doc)
    original, broken = session.rule.step, []

    def sabotaged(batch):
        if session.step == 75 and not broken:
            broken.append(session.network.weights.flat.fill(np.nan))
        return original(batch)

    session.rule.step = sabotaged
    assert isinstance(list(train(session, Control()))[-1], Failed)
    assert (session.batch, session.skipped) == (0, 75 % session.rule.batches)
    assert isinstance(list(train(session, Control()))[-1], Finished)
    assert np.isfinite(session.series.since(0)[:, 2]).all()


def test_an_exploding_recurrent_network_is_told_to_clip_its_gradient():
    rnn = ("simple_rnn", {"units": 8, "activation": "relu"})
    doc = chain(("reshape", {"target": [2, 1]}), rnn, dense(1), source={"kind": "circle", "params": {"samples": 60}},
                learning_rate=1.0, epochs=50)
    session = Session(doc)
    session.network.weights["simple_rnn"]["U"][...] = np.abs(session.network.weights["simple_rnn"]["U"]) * 300.0
    _, events = run(session)
    problem = events[-1].problem
    assert problem.code == "train.exploding"
    assert "the gradients explode" in problem.message
    first, second = fixes(doc, check(doc), problem)
    assert (first.label, second.label) == ("Clip the gradient to 1 and continue", "Continue with learning rate 0.3")
    assert first.apply(doc).training["clip_norm"] == 1.0


def test_a_loss_that_has_no_value_for_a_prediction_is_named():
    doc = chain(dense(1), source={"kind": "circle", "params": {"samples": 60}}, epochs=50)
    session = Session(doc)
    session.rule.step = lambda batch: math.nan
    session.network.evaluate = lambda samples, targets: (math.nan, math.nan)
    _, events = run(session)
    problem = events[-1].problem
    assert problem.code == "train.loss"
    assert session.network.loss.info.title in problem.message


def test_the_weights_of_now_stay_where_they_are_good():
    session = Session(wild(learning_rate=0.01, epochs=50))
    original = session.rule.step
    session.rule.step = lambda batch: original(batch) if session.step < 20 else math.inf
    run(session)
    assert session.step == 20
    healthy = Session(wild(learning_rate=0.01, epochs=20))
    run(healthy)
    assert session.network.weights.flat.tobytes() == healthy.network.weights.flat.tobytes()


def test_a_gap_in_the_data_is_named_and_not_blamed_on_the_learning_rate():
    session = Session(wild(epochs=5))
    session.parts.train.x[16, 0] = np.nan
    session.rule._bind()
    _, events = run(session)
    problem = events[-1].problem
    assert problem.code == "train.data"
    assert "sample 17 of the training data" in problem.message
    assert "learning rate" not in problem.hint
    session.parts.train.x[16, 0] = 0.0


def test_the_remedy_lowers_the_learning_rate_by_one_step_of_the_scale():
    _, found = blown_up(wild(learning_rate=0.01, epochs=99))
    found = replace(found, value=None)
    for rate, lower in ((0.01, "0.003"), (0.03, "0.01"), (0.1, "0.03"), (0.05, "0.03"), (0.5, "0.3"), (1.0, "0.3"),
                        (3.0, "1"), (0.0003, "0.0001"), (1000.0, "1"), (2.0, "1")):
        doc = wild(learning_rate=rate)
        (first, *_) = fixes(doc, check(doc), found)
        assert first.label == f"Continue with learning rate {lower}"
        assert first.apply(doc).training["learning_rate"] == float(lower)


def test_the_remedy_is_the_rate_with_which_the_network_has_learned():
    _, found = blown_up(wild(learning_rate=0.01, epochs=99))
    assert "(it is 1000; it learned with 0.01)" in found.hint
    doc = wild(learning_rate=1000.0)
    (first, *_) = fixes(doc, check(doc), found)
    assert first.label == "Continue with learning rate 0.01"
    assert first.apply(doc).training["learning_rate"] == 0.01


def test_of_a_run_that_never_learned_no_rate_is_said_to_be_good():
    _, events = run(Session(wild(learning_rate=1000.0, epochs=30)))
    assert isinstance(events[-1], Failed)
    assert "learned with" not in events[-1].problem.hint
    assert events[-1].problem.value is None
