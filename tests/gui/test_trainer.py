"""The run behind the window: states, commands, sessions that undo brings back."""
from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Edge, Node
from core.io import examples
from core.train.events import EpochDone, Event, Failed, Finished, Snapshot, Warned
from core.train.request import Request
from gui.context import AppContext
from gui.trainer import Trainer

WEIGHTS = Request.of("weights", node="hidden")


class Listener:
    """Keeps what the trainer says."""

    def __init__(self, trainer: Trainer):
        self.events: list[Event] = []
        self.states: list[str] = []
        trainer.told.connect(self.events.append)
        trainer.state_changed.connect(self.states.append)

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def trainer(context: AppContext, qtbot: QtBot) -> Trainer:
    context.history.restart(examples.load("xor-mlp"))
    wait(qtbot, context.trainer, "ready")
    return context.trainer


def wait(qtbot: QtBot, trainer: Trainer, *states: str) -> None:
    qtbot.waitUntil(lambda: trainer.state in states, timeout=10_000)


def test_a_document_with_problems_cannot_be_trained(context: AppContext, qtbot: QtBot) -> None:
    assert context.trainer.state == "invalid"
    context.trainer.toggle()
    qtbot.wait(50)
    assert context.trainer.state == "invalid"
    assert context.trainer.weights() is None


def test_an_untrained_network_is_ready_and_answers_requests(trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    trainer.want([WEIGHTS])
    qtbot.waitUntil(lambda: bool(listener.of(Snapshot)), timeout=5000)
    answered = listener.of(Snapshot)[-1].answers[WEIGHTS]
    assert np.array_equal(answered.values["W"], trainer.weights()["hidden.W"])
    assert trainer.step_count == 0


def test_one_step_trains_one_batch_and_pauses(trainer: Trainer, qtbot: QtBot) -> None:
    before = trainer.weights()
    trainer.step()
    wait(qtbot, trainer, "paused")
    assert (trainer.step_count, trainer.epoch) == (1, 1)
    assert not np.array_equal(before["hidden.W"], trainer.weights()["hidden.W"])


def test_one_epoch_of_small_batches_ends_with_the_epoch(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    context.edit("Batch", lambda doc: edits.set_training(doc, {"batch_size": 1}))
    wait(qtbot, trainer, "ready")
    trainer.one_epoch()
    wait(qtbot, trainer, "paused")
    assert (trainer.step_count, trainer.epoch) == (4, 1)


def test_a_run_ends_with_its_last_epoch_and_can_be_trained_as_long_again(trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    assert [event.reason for event in listener.of(Finished)] == ["done"]
    assert (trainer.epoch, len(trainer.series)) == (5000, 5000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch == 10_000 and trainer.state == "finished", timeout=10_000)


def test_epochs_reach_the_window_far_fewer_than_there_are(trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    assert 0 < len(listener.of(EpochDone)) < 500
    assert listener.of(EpochDone)[-1].epoch == 5000


def test_stop_keeps_what_was_learned_and_training_goes_on_from_there(trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(100.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 5, timeout=5000)
    trainer.stop()
    wait(qtbot, trainer, "finished")
    reached = trainer.epoch
    trainer.set_pace(0.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch == 5000 and trainer.state == "finished", timeout=10_000)
    assert reached < 5000


def test_undo_brings_the_trained_weights_back(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    trained = trainer.weights()
    context.edit("Widen", lambda doc: edits.set_params(doc, "hidden", {"units": 8}))
    wait(qtbot, trainer, "ready")
    assert [event.problem.code for event in listener.of(Warned)] == ["train.restart"]
    assert trainer.weights()["hidden.W"].shape == (2, 8)
    context.history.undo()
    wait(qtbot, trainer, "paused")
    assert trainer.epoch == 5000
    for name, array in trainer.weights().items():
        assert np.array_equal(array, trained[name])


def test_opening_another_network_is_no_loss_to_tell_of(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    context.history.restart(examples.load("perceptron-and"))
    wait(qtbot, trainer, "ready")
    assert not listener.of(Warned)


def test_moving_a_node_leaves_the_run_alone(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(200.0)
    trainer.toggle()
    wait(qtbot, trainer, "running")
    context.edit("Move", lambda doc: edits.move(doc, {"hidden": (400.0, 400.0)}))
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=5000)
    assert trainer.state == "running"


def test_a_node_that_is_not_wired_yet_leaves_the_run_alone(
    context: AppContext, trainer: Trainer, qtbot: QtBot
) -> None:
    trainer.set_pace(200.0)
    trainer.toggle()
    wait(qtbot, trainer, "running")
    context.edit("Add", lambda doc: edits.add_node(doc, Node("loose", "dense")))
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=5000)
    assert trainer.state == "running"


def test_the_learning_rate_changes_while_it_runs(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(500.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 5, timeout=5000)
    context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 0.25}))
    qtbot.waitUntil(lambda: trainer.series.last()["learning_rate"] == 0.25, timeout=5000)
    assert trainer.state == "running"
    assert trainer.series.since(0)[0][trainer.series.names.index("learning_rate")] == 1.0


@pytest.mark.parametrize("setting", [{"early_stopping": 50_000}, {"restore_best": True}, {"monitor": "accuracy"},
                                     {"min_delta": 0.5}])
def test_what_ends_a_run_can_be_set_while_it_goes_on(
    context: AppContext, trainer: Trainer, qtbot: QtBot, setting: dict[str, object]
) -> None:
    trainer.set_pace(200.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 5, timeout=5000)
    context.edit("Ending", lambda doc: edits.set_training(doc, setting))
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=5000)
    assert trainer.state == "running"


def test_a_run_that_ended_early_can_be_trained_on(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    listener = Listener(trainer)
    context.edit("Still", lambda doc: edits.set_training(doc, {"learning_rate": 0.0, "early_stopping": 3}))
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    assert [(event.reason, event.epoch) for event in listener.of(Finished)] == [("early", 4)]
    trainer.toggle()
    qtbot.waitUntil(lambda: len(listener.of(Finished)) == 2, timeout=10_000)
    assert [(event.reason, event.epoch) for event in listener.of(Finished)] == [("early", 4), ("early", 7)]
    assert trainer.epochs == 5000


def test_another_learning_rate_leaves_the_epochs_that_were_added(
    context: AppContext, trainer: Trainer, qtbot: QtBot
) -> None:
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    trainer.set_pace(50.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 5003, timeout=10_000)
    assert (trainer.state, trainer.epochs) == ("running", 10_000)
    context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 0.5}))
    reached = trainer.epoch
    qtbot.waitUntil(lambda: trainer.epoch > reached + 3, timeout=10_000)
    assert (trainer.state, trainer.epochs) == ("running", 10_000)


def test_reset_starts_over_from_the_same_weights(trainer: Trainer, qtbot: QtBot) -> None:
    first = trainer.weights()
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    trainer.reset()
    wait(qtbot, trainer, "ready")
    assert (trainer.epoch, len(trainer.series)) == (0, 0)
    for name, array in trainer.weights().items():
        assert np.array_equal(array, first[name])


def test_weights_can_be_copied_while_it_runs_between_two_steps(trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(1000.0)
    trainer.toggle()
    wait(qtbot, trainer, "running")
    copies = [trainer.weights()["hidden.W"] for _ in range(5)]
    assert all(np.isfinite(array).all() for array in copies)
    assert trainer.state in ("running", "finished")


def test_held_the_run_stands_still_until_released(trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(1000.0)
    trainer.toggle()
    wait(qtbot, trainer, "running")
    trainer.hold()
    qtbot.wait(50)
    rows = len(trainer.series)
    qtbot.wait(50)
    assert len(trainer.series) == rows
    trainer.release()
    qtbot.waitUntil(lambda: len(trainer.series) > rows, timeout=5000)


def test_training_that_blows_up_ends_with_a_reason_and_can_be_reset(
    context: AppContext, trainer: Trainer, qtbot: QtBot
) -> None:
    context.edit("Linear", lambda doc: edits.remove_nodes(edits.connect(edits.connect(
        doc, Edge("hidden", "decision")), Edge("decision", "output")), ["hidden_sigmoid", "decision_sigmoid"]))
    context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 900.0}))
    wait(qtbot, trainer, "ready")
    listener = Listener(trainer)
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    problem = listener.of(Failed)[-1].problem
    assert problem.code in ("train.not_finite", "train.diverged")
    assert "learning rate" in problem.hint
    assert trainer.problem == problem
    trainer.reset()
    wait(qtbot, trainer, "ready")
    assert trainer.problem is None


def test_train_pressed_while_preparing_starts_when_ready(context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    context.edit("Widen", lambda doc: edits.set_params(doc, "hidden", {"units": 6}))
    assert trainer.state == "preparing"
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    assert trainer.epoch == 5000


def test_shutdown_while_training_ends_the_thread(trainer: Trainer, qtbot: QtBot) -> None:
    trainer.set_pace(1000.0)
    trainer.toggle()
    wait(qtbot, trainer, "running")
    assert trainer.shutdown()
