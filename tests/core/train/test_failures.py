"""Training that goes wrong: it stops, says why and where, and leaves numbers behind."""
import math

import numpy as np
import pytest

from core.errors import CoreError
from core.graph import edits
from core.train.events import EpochDone, Failed, Started
from core.train.rescue import Rescue
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.train._drive import of, run, well_formed


def regression_like(**training):
    """Large inputs and no squashing: easy to blow up."""
    return chain(dense(4), "relu", dense(1), source={"kind": "circle", "params": {"samples": 60}}, **training)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
@pytest.mark.parametrize("size", [0, 7])
def test_a_learning_rate_that_is_far_too_high_stops_with_a_cause_a_place_and_a_hint(optimizer, size):
    session, events = run(regression_like(learning_rate=1000.0, epochs=500, batch_size=size, optimizer=optimizer))
    assert well_formed(events)
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert not failed.trace
    assert failed.problem.code in ("train.not_finite", "train.diverged")
    assert "Lower the learning rate (it is 1000)" in failed.problem.hint
    assert "scaling the data helps too" in failed.problem.hint
    assert np.isfinite(session.network.weights.flat).all()


def test_a_loss_that_is_no_number_names_the_first_node_that_gives_none():
    session = Session(edits.rename(regression_like(epochs=5), "dense_2", "Last one"))
    session.network.weights["dense_2"]["W"][...] = np.nan
    _, events = run(session)
    assert [type(e) for e in events] == [Started, Failed]
    problem = events[-1].problem
    assert problem.code == "train.not_finite"
    assert problem.node == "dense_2"
    assert problem.message == ("The loss became not a number in epoch 1 (step 1), first in Last one: "
                               "the weights grew too large.")


def test_weights_that_are_all_nan_are_no_reason_to_stumble():
    session = Session(regression_like(epochs=5))
    session.network.weights.flat[...] = np.nan
    _, events = run(session)
    assert events[-1].problem.node == "dense"
    assert not events[-1].trace


def test_inputs_that_overflow_are_blamed_on_the_values_not_on_the_weights():
    session = Session(regression_like(epochs=5))
    session.parts.train.x[...] = 3e38
    session.rule._bind()
    _, events = run(session)
    assert events[-1].problem.message.endswith("its values overflow.")


@pytest.mark.parametrize("size", [0, 7, 20])
def test_the_last_finite_weights_are_kept(size):
    doc = regression_like(learning_rate=0.05, epochs=50, batch_size=size)
    healthy = Session(doc)
    run(healthy)
    session = Session(doc)
    steps, original = [0], session.rule.step

    def sabotaged(batch):
        value = original(batch)
        steps[0] += 1
        if steps[0] == 25:
            session.network.weights.flat[...] = np.inf
        return value

    session.rule.step = sabotaged
    _, events = run(session)
    assert isinstance(events[-1], Failed)
    assert np.isfinite(session.network.weights.flat).all()
    assert session.network.weights.flat.any()
    fresh = Session(doc)
    assert session.network.weights.flat.tobytes() != fresh.network.weights.flat.tobytes(), "not the very first ones"


def test_a_rescue_keeps_copies_of_the_last_two_times_with_their_steps():
    w = np.array([1.0, 2.0])
    rescue = Rescue(w)
    for step in (3, 6, 9):
        w[...] = step
        rescue.keep(step)
    w[...] = np.nan
    assert [(step, copy.tolist()) for step, (copy,) in rescue.kept()] == [(9, [9.0, 9.0]), (6, [6.0, 6.0])]


def test_a_loss_that_grows_beyond_all_bounds_stops_at_that_step_before_it_overflows():
    session = Session(regression_like(learning_rate=1.0, epochs=5000, batch_size=7, optimizer="momentum"))
    losses, original = [], session.rule.step

    def noted(batch):
        losses.append(original(batch))
        return losses[-1]

    session.rule.step = noted
    _, events = run(session)
    problem = events[-1].problem
    assert problem.code == "train.diverged"
    assert problem.message.startswith(f"Training diverges: the loss grew from {losses[0]:.3g} to {losses[-1]:.3g} in "
                                      f"epoch {session.epoch + 1} (step {len(losses)})")
    bound = 1e6 * (1 + losses[0])
    assert losses[-1] > bound
    assert all(loss <= bound for loss in losses[:-1])
    assert all(math.isfinite(e.loss) for e in of(events, EpochDone))


def test_data_that_is_scaled_gets_no_advice_to_scale_it():
    doc = edits.set_data(regression_like(learning_rate=1000.0, epochs=500), {"steps": ["standardise"]})
    _, events = run(doc)
    assert "scaling" not in events[-1].problem.hint


def test_a_document_that_cannot_be_trained_makes_no_session():
    with pytest.raises(CoreError, match="not connected"):
        Session(edits.disconnect(xor(), xor().edges))


def test_a_split_that_leaves_nothing_makes_no_session():
    with pytest.raises(CoreError):
        Session(edits.set_data(xor(), {"validation": 0.45, "test": 0.45}))


def test_the_summary_of_a_run_without_epochs_says_so():
    session = Session(xor(epochs=1))
    session.epochs = 0
    _, events = run(session)
    assert events[-1].summary == "There were no epochs to train."


def test_words_that_an_embedding_does_not_know_are_named_as_the_cause():
    words = ("embedding", {"input_dim": 2, "output_dim": 3})
    doc = chain(words, "flatten", dense(1), "sigmoid", source="moons", epochs=2)
    _, events = run(doc)
    (failed,) = of(events, Failed)
    assert failed.problem.code == "train.domain"
    assert "first in Embedding" in failed.problem.message
    assert "whole numbers" in failed.problem.hint
