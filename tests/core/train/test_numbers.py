"""What comes out of a run: repeatable bits, true losses and shares, exact batches."""
import numpy as np
import pytest

from core.engine.network import Network
from core.graph.check import check
from core.io import examples
from core.train.control import Control
from core.train.events import EpochDone
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of, run, until, well_formed


def cloud(samples=40, data=None, **training):
    settings = {"epochs": 5, "batch_size": 16, "learning_rate": 0.05, "optimizer": "adam", **training}
    return chain(dense(6), "relu", ("dropout", {"rate": 0.3}), dense(1), "sigmoid", loss="binary_crossentropy",
                 source={"kind": "gaussians", "params": {"samples": samples, "noise": 0.3}}, data=data, **settings)


def bits(session):
    return session.network.weights.flat.tobytes()


@pytest.mark.parametrize("doc", [cloud(), xor(), cloud(batch_size=0)], ids=["batches", "xor", "whole"])
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(doc):
    from core.graph import edits

    one, same = run(doc)[0], run(doc)[0]
    assert bits(one) == bits(same)
    assert one.series.since(0)[:, :4].tobytes() == same.series.since(0)[:, :4].tobytes()
    assert bits(one) != bits(run(edits.set_training(doc, {"seed": 1}))[0])


@pytest.mark.parametrize("kind", ["sgd", "momentum", "rmsprop", "adam"])
@pytest.mark.parametrize("stops", [[1], [3, 4], [7, 9]])
def test_a_run_that_is_stopped_and_resumed_ends_with_the_same_bits(kind, stops):
    doc = cloud(optimizer=kind, data={"validation": 0.2})
    whole, _ = run(doc)
    session = Session(doc)
    for stop in stops:
        control = Control(paused=True)
        control.step(stop - session.step)
        for _event in train(session, control):
            if session.step == stop:
                control.stop()
        assert session.step == stop
    _, events = run(session)
    assert events[0].step == stops[-1]
    assert well_formed(events)
    assert bits(session) == bits(whole)
    assert np.array_equal(session.series.since(0)[:, :7], whole.series.since(0)[:, :7], equal_nan=True)


def test_a_finished_session_trains_on_when_it_is_given_more_epochs():
    whole, _ = run(cloud(epochs=8))
    session, _ = run(cloud(epochs=5))
    _, again = run(session)
    assert not of(again, EpochDone)
    session.change(epochs=8)
    run(session)
    assert bits(session) == bits(whole)


@pytest.mark.parametrize(("size", "batches"), [(1, 40), (16, 3), (39, 2), (40, 1), (1000, 1), (0, 1)])
def test_every_sample_is_used_once_an_epoch_whatever_the_batch_size(size, batches):
    session = Session(cloud(batch_size=size))
    seen = []
    assert all(batch.n <= (size or 40) for batch in session.rule.minibatches)
    original = session.rule.step

    def watched(batch):
        value = original(batch)
        seen.append(session.rule.minibatches[batch].plans[0].x.copy())
        return value

    session.rule.step = watched
    events = train(session, Control())
    until(events, EpochDone)
    assert len(seen) == batches == session.rule.batches
    rows = np.concatenate(seen)
    assert np.array_equal(np.sort(rows, 0), np.sort(session.parts.train.x, 0))
    events.close()


def test_all_samples_at_once_give_the_same_weights_however_that_is_said():
    results = {bits(run(cloud(batch_size=size))[0]) for size in (0, 40, 41, 1000)}
    assert len(results) == 1


def test_shuffling_draws_a_new_order_for_every_epoch_unless_it_is_off():
    def orders(shuffle):
        session = Session(cloud(shuffle=shuffle, epochs=3))
        found = []
        for event in train(session, Control()):
            if isinstance(event, EpochDone):
                found.append(session.rule._order.tolist())
        return found

    shuffled = orders(True)
    assert all(sorted(order) == list(range(40)) for order in shuffled)
    assert len({tuple(order) for order in shuffled}) == 3
    assert orders(False) == [list(range(40))] * 3


def test_full_batch_training_agrees_with_gradient_descent_written_by_hand():
    session, events = run(xor(epochs=10), dtype=np.float64)
    start = Network(xor(), check(xor()), seed=0, dtype=np.float64).weights
    w1, b1 = start["dense"]["W"].copy(), start["dense"]["b"].copy()
    w2, b2 = start["dense_2"]["W"].copy(), start["dense_2"]["b"].copy()
    x, t = session.parts.train.x.astype(float), session.parts.train.y.reshape(-1, 1)
    losses = []
    for _ in range(10):
        h = 1 / (1 + np.exp(-(x @ w1 + b1)))
        p = 1 / (1 + np.exp(-(h @ w2 + b2)))
        losses.append(np.mean((p - t) ** 2))
        dz2 = 2 * (p - t) / 4 * p * (1 - p)
        dz1 = dz2 @ w2.T * h * (1 - h)
        w2, b2, w1, b1 = w2 - h.T @ dz2, b2 - dz2.sum(0), w1 - x.T @ dz1, b1 - dz1.sum(0)
    assert session.network.weights["dense"]["W"] == pytest.approx(w1, rel=1e-10)
    assert session.network.weights["dense_2"]["b"] == pytest.approx(b2, rel=1e-10)
    assert [e.loss for e in of(events, EpochDone)] == pytest.approx(losses, rel=1e-10)


def test_mini_batches_in_double_precision_agree_with_single_precision():
    single, _ = run(cloud(optimizer="sgd"))
    double, _ = run(cloud(optimizer="sgd"), dtype=np.float64)
    assert single.network.weights.flat == pytest.approx(double.network.weights.flat, rel=1e-3, abs=1e-4)


def test_the_loss_of_an_epoch_is_the_mean_over_samples_not_over_batches():
    session, events = run(cloud(batch_size=16, learning_rate=0.0, epochs=1))
    dropless = chain(dense(6), "relu", dense(1), "sigmoid", loss="binary_crossentropy",
                     source={"kind": "gaussians", "params": {"samples": 40, "noise": 0.3}}, batch_size=16,
                     learning_rate=0.0, epochs=1)
    session, events = run(dropless)
    (done,) = of(events, EpochDone)
    loss, score = session.network.evaluate(session.parts.train, session.network.targets(session.parts.train.y))
    assert done.loss == pytest.approx(loss, rel=1e-6)
    assert done.score == pytest.approx(score)


def test_validation_numbers_are_those_of_the_weights_at_the_end_of_the_epoch():
    doc = cloud(samples=100, data={"validation": 0.3, "test": 0.1, "steps": ["standardise"]})
    session = Session(doc)
    assert [len(part) for part in (session.parts.train, session.parts.validation, session.parts.test)] == [60, 30, 10]
    for event in train(session, Control()):
        if isinstance(event, EpochDone):
            p = session.network.predict(session.parts.validation.x)[:, 0].astype(float)
            y = session.parts.validation.y
            assert event.validation_loss == pytest.approx(-np.log(np.where(y, p, 1 - p)).mean(), rel=1e-4)
            assert event.validation_score == pytest.approx(((p > 0.5) == y).mean())


def test_without_a_validation_part_its_numbers_are_nan():
    _, events = run(xor(epochs=1))
    (done,) = of(events, EpochDone)
    assert np.isnan([done.validation_loss, done.validation_score]).all()


def test_a_validation_part_changes_no_bit_of_what_is_learned_from_the_others():
    doc = cloud(samples=100, data={"validation": 0.3})
    watched, blind = Session(doc), Session(doc)
    blind.parts.validation.x.setflags(write=True)
    object.__setattr__(blind.parts, "validation", blind.parts.validation.take(np.arange(0)))
    assert bits(run(watched)[0]) == bits(run(blind)[0])


def test_the_series_holds_what_the_events_said():
    session, events = run(cloud(data={"validation": 0.2}))
    rows = session.series.since(0)
    assert session.series.names == ("epoch", "step", "loss", "score", "validation_loss", "validation_score",
                                    "learning_rate", "seconds", "gradient_norm")
    assert rows[-1, 8] == pytest.approx(float(np.linalg.norm(session.network.gradients.flat)), rel=1e-5)
    told = [[getattr(e, name) for name in session.series.names] for e in of(events, EpochDone)]
    assert rows.tolist() == told
    assert (np.diff(rows[:, 7]) > 0).all(), "time runs on"
    assert rows[-1, 7] == pytest.approx(session.seconds)


def test_time_spent_paused_does_not_count_as_training(monkeypatch):
    from core.train import loop

    now = [0.0]
    monkeypatch.setattr(loop.time, "perf_counter", lambda: now[0])
    session, control = Session(xor(epochs=2)), Control(paused=True)
    events = train(session, control)
    until(events, loop.Paused)
    now[0] += 100.0
    control.resume()
    list(events)
    assert session.seconds == 0.0


def test_frozen_nodes_keep_their_bits():
    doc = chain(dense(4), "tanh", dense(1), "sigmoid", frozen=("dense",), optimizer="adam", l2=0.1, epochs=5)
    session = Session(doc)
    before = {k: v.tobytes() for k, v in session.network.weights.copies().items()}
    run(session)
    after = {k: v.tobytes() for k, v in session.network.weights.copies().items()}
    assert {k for k in before if before[k] != after[k]} == {"dense_2.W", "dense_2.b"}


def test_l2_makes_the_weights_smaller_without_entering_the_loss():
    plain, plain_events = run(cloud(epochs=1, batch_size=0))
    decayed, events = run(cloud(epochs=30, batch_size=0, l2=0.1))
    free, _ = run(cloud(epochs=30, batch_size=0))
    assert of(events, EpochDone)[0].loss == of(plain_events, EpochDone)[0].loss
    assert np.linalg.norm(decayed.network.weights["dense"]["W"]) < np.linalg.norm(free.network.weights["dense"]["W"])
    assert plain.step == 1


@pytest.mark.parametrize("seed", [0, 3])
def test_the_xor_example_is_learned(seed):
    from core.graph import edits

    doc = edits.set_training(examples.load("xor-mlp"), {"seed": seed})
    session, events = run(doc)
    assert of(events, EpochDone)[-1].score == 1.0
    assert (session.network.predict(session.parts.train.x)[:, 0] > 0.5).tolist() == [False, True, True, False]


def test_batches_stay_bound_to_their_samples_after_predictions_in_between():
    session = Session(xor(epochs=10))
    plain, _ = run(xor(epochs=10))
    for event in train(session, Control()):
        if isinstance(event, EpochDone):
            session.network.predict(np.full((7, 2), 99.0))
    assert bits(session) == bits(plain)
