"""What was learned outlives edits, at the window: a run goes on by itself, and undo leads back to the moment of the
edit."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.io import examples
from core.train.events import Event, Paused, Warned
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.trainer import Trainer
from tests.core._build import chain, dense
from tests.gui.test_trainer import Listener, wait


def deep(**training: object) -> Document:
    """2-6-5-1: something is left when one layer changes."""
    return chain(dense(6), "tanh", dense(5), "tanh", dense(1), "sigmoid", epochs=100_000, optimizer="adam",
                 learning_rate=0.01, **training)


def swap(document: Document, node: str, kind: str) -> Document:
    """Another activation, in the same place."""
    before = document.sources(node)["x"]
    after = [edge for edge in document.edges if edge.source == node]
    new = edits.fresh_id(document, kind)
    document = edits.add_node(edits.remove_nodes(document, [node]), Node(new, kind))
    for edge in (Edge(before, new), *(Edge(new, edge.target, edge.port) for edge in after)):
        document = edits.connect(document, edge)
    return document


def widen(document: Document, units: int = 7, node: str = "dense_2") -> Document:
    return edits.set_params(document, node, {"units": units})


@pytest.fixture
def trainer(context: AppContext, qtbot: QtBot) -> Trainer:
    context.history.restart(deep())
    wait(qtbot, context.trainer, "ready")
    return context.trainer


@pytest.fixture
def running(trainer: Trainer, qtbot: QtBot) -> Trainer:
    trainer.set_pace(200.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=10_000)
    return trainer


def paused(trainer: Trainer, qtbot: QtBot) -> dict[str, np.ndarray]:
    trainer.toggle()
    wait(qtbot, trainer, "paused")
    weights = trainer.weights()
    assert weights is not None
    return weights


def steady(trainer: Trainer, qtbot: QtBot) -> None:
    """Wait until the session of the present document stands still."""
    assert trainer.state == "preparing"
    wait(qtbot, trainer, "paused")


def test_another_activation_while_it_runs_lets_it_run_on_with_its_weights(window: MainWindow, qtbot: QtBot) -> None:
    context, trainer = window.context, window.context.trainer
    context.history.restart(examples.load("xor-mlp"))
    wait(qtbot, trainer, "ready")
    listener = Listener(trainer)
    standing: dict[int, tuple[int, dict[str, np.ndarray]]] = {}

    def note(event: Event) -> None:
        if isinstance(event, Paused):
            standing[event.run] = event.epoch, trainer.weights()

    trainer.told.connect(note)
    trainer.set_pace(50.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=10_000)
    activation = next(edge.target for edge in context.document.edges if edge.source == "hidden")
    other = "relu" if context.document.nodes[activation].kind != "relu" else "tanh"
    context.edit("Replace", lambda doc: swap(doc, activation, other))
    left = trainer.series.since(0)
    stopped = trainer._lineage.source
    qtbot.waitUntil(lambda: trainer._run in standing, timeout=10_000)
    assert stopped is not None
    at_edit, (epoch, weights) = stopped.network.copies(), standing[trainer._run]
    assert weights.keys() == at_edit.keys()
    assert all(np.array_equal(weights[name], at_edit[name]) for name in weights)
    assert epoch == stopped.epoch >= len(left)
    wait(qtbot, trainer, "running")
    qtbot.waitUntil(lambda: trainer.epoch > epoch + 5, timeout=10_000)
    assert np.array_equal(trainer.series.since(0)[: len(left)], left, equal_nan=True)
    assert not listener.of(Warned)


def test_a_paused_run_stays_paused_at_its_epoch(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    weights, epoch = paused(running, qtbot), running.epoch
    context.edit("Replace", lambda doc: swap(doc, "tanh", "relu"))
    steady(running, qtbot)
    after = running.weights()
    assert after is not None
    assert after.keys() == weights.keys()
    assert all(np.array_equal(after[name], weights[name]) for name in weights)
    assert running.epoch == epoch == len(running.series)
    QApplication.processEvents()
    assert running.state == "paused"


def test_one_sentence_says_which_layers_start_fresh(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    listener = Listener(running)
    weights = paused(running, qtbot)
    context.edit("Widen", widen)
    steady(running, qtbot)
    told = [event.problem for event in listener.of(Warned)]
    assert [(problem.severity, problem.message) for problem in told] == [
        ("info", "dense_2, dense_3 start fresh; everything else keeps what it learned.")]
    after = running.weights()
    assert after is not None
    assert np.array_equal(after["dense.W"], weights["dense.W"])
    assert after["dense_2.W"].shape == (6, 7)


def test_undo_leads_back_to_the_moment_of_the_edit_and_redo_to_that_of_the_undo(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    at_edit, epoch = paused(running, qtbot), running.epoch
    context.edit("L2", lambda doc: edits.set_training(doc, {"l2": 0.01}))
    steady(running, qtbot)
    running.toggle()
    qtbot.waitUntil(lambda: running.epoch > epoch + 5, timeout=10_000)
    at_undo, later = paused(running, qtbot), running.epoch
    context.history.undo()
    steady(running, qtbot)
    assert running.epoch == epoch
    assert all(np.array_equal(running.weights()[name], at_edit[name]) for name in at_edit)
    context.history.redo()
    steady(running, qtbot)
    assert running.epoch == later
    assert all(np.array_equal(running.weights()[name], at_undo[name]) for name in at_undo)


def test_setting_a_value_back_by_hand_is_an_edit_and_no_undo(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    at_edit, epoch = paused(running, qtbot), running.epoch
    context.edit("L2", lambda doc: edits.set_training(doc, {"l2": 0.01}))
    steady(running, qtbot)
    running.step()
    wait(qtbot, running, "running", "paused")
    qtbot.waitUntil(lambda: running.epoch == epoch + 1 and running.state == "paused", timeout=10_000)
    context.edit("L2", lambda doc: edits.set_training(doc, {"l2": 0.0}))
    steady(running, qtbot)
    assert running.epoch == epoch + 1
    context.history.undo()
    steady(running, qtbot)
    context.history.undo()
    steady(running, qtbot)
    assert running.epoch == epoch
    assert all(np.array_equal(running.weights()[name], at_edit[name]) for name in at_edit)


def test_undo_finds_the_weights_though_nodes_were_moved_before_and_after(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    epoch = running.epoch
    paused(running, qtbot)
    epoch = running.epoch
    context.edit("Move", lambda doc: edits.move(doc, {"dense": (400.0, 300.0)}))
    context.edit("Widen", widen)
    steady(running, qtbot)
    context.edit("Move", lambda doc: edits.move(doc, {"dense": (0.0, 0.0)}))
    context.history.undo()
    context.history.undo()
    steady(running, qtbot)
    assert running.epoch == epoch
    assert running.weights()["dense_2.W"].shape == (6, 5)


def test_while_a_wire_is_missing_nothing_is_lost_and_then_it_runs_on(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    wire = Edge("dense", "tanh")
    source = running._lineage.source
    context.edit("Disconnect", lambda doc: edits.disconnect(doc, [wire]))
    assert running.state == "invalid"
    context.edit("Add", lambda doc: edits.add_node(doc, Node("relu", "relu")))
    context.edit("Connect", lambda doc: edits.connect(doc, Edge("dense", "relu")))
    context.edit("Connect", lambda doc: edits.connect(doc, Edge("relu", "tanh")))
    wait(qtbot, running, "running")
    assert source is not None
    assert running._lineage.source is not source
    assert running.epoch >= source.epoch > 20


def test_the_same_wire_drawn_again_goes_on_with_the_same_session(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    source = running._lineage.source
    context.edit("Disconnect", lambda doc: edits.disconnect(doc, [Edge("dense", "tanh")]))
    context.edit("Connect", lambda doc: edits.connect(doc, Edge("dense", "tanh")))
    wait(qtbot, running, "running")
    assert running._lineage.source is source


def test_a_layer_deleted_and_added_again_starts_fresh(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    listener = Listener(running)
    paused(running, qtbot)
    context.edit("Delete", lambda doc: edits.remove_nodes(doc, ["dense_2"]))
    assert running.state == "invalid"
    context.edit("Add", lambda doc: edits.add_node(doc, Node("dense_2", "dense", {"units": 5})))
    context.edit("Connect", lambda doc: edits.connect(doc, Edge("tanh", "dense_2")))
    context.edit("Connect", lambda doc: edits.connect(doc, Edge("dense_2", "tanh_2")))
    steady(running, qtbot)
    assert [event.problem.message for event in listener.of(Warned)] == [
        "dense_2 starts fresh; everything else keeps what it learned."]


def test_a_run_goes_on_after_undo(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    source = running._lineage.source
    context.edit("Widen", widen)
    wait(qtbot, running, "running")
    context.history.undo()
    assert running.state == "preparing"
    wait(qtbot, running, "running")
    assert running._lineage.source is source


def test_a_step_that_was_asked_for_is_no_run_to_go_on_with(
        context: AppContext, trainer: Trainer, qtbot: QtBot) -> None:
    trainer.one_epoch()
    wait(qtbot, trainer, "paused")
    context.edit("L2", lambda doc: edits.set_training(doc, {"l2": 0.01}))
    steady(trainer, qtbot)
    for _ in range(5):
        QApplication.processEvents()
    assert (trainer.state, trainer.epoch) == ("paused", 1)


def test_a_row_of_edits_makes_one_session_and_runs_on(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    source = running._lineage.source
    for number in range(1, 9):
        context.edit("L2", lambda doc, n=number: edits.set_training(doc, {"l2": n / 1000}), merge="l2")
    wait(qtbot, running, "running")
    assert running._lineage.source is not source
    assert running._lineage.source.training.l2 == 0.008
    assert running.epoch >= source.epoch > 20
    context.history.undo()
    wait(qtbot, running, "preparing")
    wait(qtbot, running, "running")
    assert running._lineage.source is source


def test_other_data_start_anew_and_wait_to_be_trained(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    listener = Listener(running)
    context.edit("Data", lambda doc: edits.set_data(doc, {"source": "moons"}))
    wait(qtbot, running, "ready")
    assert running.step_count == 0
    assert [event.problem.code for event in listener.of(Warned)] == ["train.restart"]


def test_an_equal_network_that_is_opened_knows_nothing_of_the_one_before(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    listener = Listener(running)
    context.history.restart(deep())
    wait(qtbot, running, "ready")
    assert running.step_count == 0
    assert len(running.series) == 0
    assert not listener.of(Warned)


def test_a_finished_training_goes_on_after_an_edit(context: AppContext, qtbot: QtBot) -> None:
    trainer = context.trainer
    context.history.restart(edits.set_training(deep(), {"epochs": 30}))
    wait(qtbot, trainer, "ready")
    trainer.toggle()
    wait(qtbot, trainer, "finished")
    context.edit("Replace", lambda doc: swap(doc, "tanh", "relu"))
    steady(trainer, qtbot)
    assert trainer.epoch == 30
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch == 60 and trainer.state == "finished", timeout=10_000)


def test_a_bypassed_layer_that_computes_again_has_its_weights(
        context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    context.history.restart(chain(dense(4), "tanh", dense(4), "tanh", dense(1), epochs=1000))
    wait(qtbot, running, "ready")
    running.step()
    wait(qtbot, running, "paused")
    learned = running.weights()
    for bypassed in (True, False):
        context.edit("Bypass", lambda doc, on=bypassed: edits.bypass(doc, "dense_2", on))
        steady(running, qtbot)
    assert all(np.array_equal(running.weights()[name], learned[name]) for name in learned)


def test_reset_still_draws_the_first_weights(context: AppContext, running: Trainer, qtbot: QtBot) -> None:
    context.edit("L2", lambda doc: edits.set_training(doc, {"l2": 0.01}))
    wait(qtbot, running, "running")
    running.reset()
    wait(qtbot, running, "ready")
    assert (running.step_count, len(running.series)) == (0, 0)


def test_shapes_are_known_without_waiting_for_a_step(running: Trainer) -> None:
    weights = running.weights()
    assert running.shapes() == {name: array.shape for name, array in weights.items()}
