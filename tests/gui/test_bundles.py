"""Bundles in the window: save a training, open it again, and it goes on exactly; weights taken over by node."""
from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.io import checkpoints, documents, examples, weights
from core.train.control import Control
from core.train.loop import train
from core.train.session import Session
from gui.main_window import MainWindow
from tests.gui.test_files import answer, said

TRAINING = {"epochs": 40, "batch_size": 1, "optimizer": "adam", "learning_rate": 0.01}


def network(**training: object) -> Document:
    return edits.set_training(examples.load("xor-mlp"), {**TRAINING, **training})


def wait(qtbot: QtBot, window: MainWindow, *states: str) -> None:
    qtbot.waitUntil(lambda: window.context.trainer.state in states, timeout=20_000)


def until_step(qtbot: QtBot, window: MainWindow, step: int) -> None:
    """Train to a step in the middle of an epoch, and pause there."""
    trainer = window.context.trainer
    while trainer.step_count < step:
        trainer.step()
        reached = trainer.step_count + 1
        qtbot.waitUntil(lambda: trainer.step_count == reached and trainer.state == "paused", timeout=20_000)  # noqa: B023


@pytest.fixture
def trained(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window on a network that was trained for six steps, which is an epoch and a half."""
    window.context.trainer.set_pace(0.0)
    window.context.history.restart(network())
    wait(qtbot, window, "ready")
    until_step(qtbot, window, 6)
    return window


@pytest.fixture
def bundle(trained: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its bundle; the window shows something else again."""
    path = tmp_path / "half.loom"
    answer(monkeypatch, path)
    trained.actions_by_id["file.save_bundle"].trigger()
    assert said(trained.context) == "Saved “half.loom”."
    assert trained.files.open_example("perceptron-and")
    return path


def test_what_was_trained_comes_back_and_goes_on_exactly(trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    trainer = trained.context.trainer
    assert trained.files.open_path(bundle)
    wait(qtbot, trained, "paused")
    assert (trainer.epoch, trainer.step_count, len(trainer.series)) == (1, 6, 1)
    assert trained.context.document == network()
    assert trained.windowTitle() == "half[*] — Layerloom"
    trainer.toggle()
    wait(qtbot, trained, "finished")
    whole = Session(network())
    list(train(whole, Control()))
    for name, array in trainer.weights().items():
        assert np.array_equal(array, whole.network.copies()[name])
    assert np.array_equal(trainer.series.since(0)[:, :4], whole.series.since(0)[:, :4])


def test_a_bundle_of_the_network_that_is_open_already_brings_its_own_weights(
        trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    trained.context.history.restart(network())
    wait(qtbot, trained, "ready")
    trainer = trained.context.trainer
    trainer.toggle()
    wait(qtbot, trained, "finished")
    assert trained.files.open_path(bundle)
    wait(qtbot, trained, "paused")
    assert trainer.step_count == 6


def test_saved_again_at_once_it_keeps_the_training(trained: MainWindow, bundle: Path) -> None:
    assert trained.files.open_path(bundle)
    assert trained.context.trainer.state == "preparing"
    assert trained.files.can_save
    assert trained.files.save()
    assert checkpoints.read(bundle).memory.values["step"] == 6


def test_a_network_that_this_version_cannot_train_keeps_its_training_in_the_file(
        trained: MainWindow, bundle: Path) -> None:
    read = checkpoints.read(bundle)
    newer = {**read.document.nodes, "hidden": replace(read.document.nodes["hidden"], kind="of_tomorrow", params={})}
    checkpoints.write(bundle, replace(read, document=replace(read.document, nodes=newer)))
    assert trained.files.open_path(bundle)
    assert trained.context.trainer.state == "invalid"
    assert trained.files.save()
    assert checkpoints.read(bundle).memory.values["step"] == 6


def test_after_an_edit_the_bundle_holds_the_network_as_it_is(trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    trained.files.open_path(bundle)
    trained.context.edit("Widen", lambda d: edits.set_params(d, "hidden", {"units": 6}))
    wait(qtbot, trained, "ready")
    assert trained.files.save()
    session = checkpoints.resume(checkpoints.read(bundle), name="half.loom")
    assert session.step == 0
    assert session.network.weights["hidden"]["W"].shape == (2, 6)


def test_save_writes_to_the_bundle_that_is_open(trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    trained.files.open_path(bundle)
    wait(qtbot, trained, "paused")
    until_step(qtbot, trained, 8)
    trained.actions_by_id["file.save"].trigger()
    assert checkpoints.read(bundle).memory.values["step"] == 8


def test_it_can_be_saved_while_training_runs(trained: MainWindow, tmp_path: Path, qtbot: QtBot,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trained.context.trainer
    trained.context.edit("Epochs", lambda d: edits.set_training(d, {"epochs": 1_000_000}))
    trainer.set_pace(200.0)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 5, timeout=20_000)
    answer(monkeypatch, tmp_path / "running")
    assert trained.files.save_bundle()
    assert trainer.state == "running"
    read = checkpoints.read(tmp_path / "running.loom")
    assert read.document == trained.context.document
    session = checkpoints.resume(read, name="running.loom")
    assert session.epoch > 5


def test_it_holds_a_picture_of_the_network(bundle: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as archive:
        assert archive.read("preview.png").startswith(b"\x89PNG")
        assert documents.loads(archive.read("network.json")) == network()


def test_a_name_with_another_suffix_becomes_a_bundle_all_the_same(
        trained: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "net.json")
    assert trained.files.save_bundle()
    assert trained.files.path == tmp_path / "net.json.loom"
    assert checkpoints.is_bundle(tmp_path / "net.json.loom")


def test_a_network_that_cannot_be_trained_is_kept_alone(window: MainWindow, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.restart(edits.remove_nodes(network(), ["hidden"]))
    answer(monkeypatch, tmp_path / "broken.loom")
    assert window.files.save_bundle()
    assert window.files.open_path(tmp_path / "broken.loom")
    assert "hidden" not in window.context.document.nodes
    assert window.context.trainer.state == "invalid"


def test_a_damaged_bundle_leaves_everything_as_it_was(trained: MainWindow, tmp_path: Path) -> None:
    for content in [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"", b"{"]:
        trained.context.notify.notices.clear()
        trained.context.history.mark_saved()
        document = trained.context.document
        path = tmp_path / "bad.loom"
        path.write_bytes(content)
        assert not trained.files.open_path(path)
        assert trained.context.document is document
        assert trained.context.trainer.step_count == 6
        assert "bad.loom" in said(trained.context)


def test_a_training_state_that_does_not_fit_is_said_and_the_network_starts_fresh(
        trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    read = checkpoints.read(bundle)
    del read.memory.values["epoch"]
    checkpoints.write(bundle, read)
    assert trained.files.open_path(bundle)
    wait(qtbot, trained, "ready")
    assert trained.context.document == network()
    warned = [notice.prose for notice in trained.context.notify.notices if notice.level == "warning"]
    assert warned[-1] == ("half.loom: The training state is damaged: epoch is no whole number from 0 to "
                          "9223372036854775807. Training starts anew.")


def test_reset_after_opening_draws_the_first_weights(trained: MainWindow, bundle: Path, qtbot: QtBot) -> None:
    trained.files.open_path(bundle)
    wait(qtbot, trained, "paused")
    trained.context.trainer.reset()
    wait(qtbot, trained, "ready")
    first = Session(network()).network.copies()
    for name, array in trained.context.trainer.weights().items():
        assert np.array_equal(array, first[name])


def test_weights_are_taken_over_by_node_and_the_notice_says_which(
        trained: MainWindow, bundle: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    deeper = edits.add_node(network(), Node("extra", "dense", {"units": 4}))
    deeper = edits.connect(edits.connect(deeper, Edge("hidden_sigmoid", "extra")), Edge("extra", "decision"))
    trained.context.history.restart(deeper)
    wait(qtbot, trained, "ready")
    answer(monkeypatch, bundle)
    trained.actions_by_id["file.load_weights"].trigger()
    assert said(trained.context) == "hidden, decision take the weights of “half.loom”; extra starts fresh."
    now, then = trained.context.trainer.weights(), weights.read(bundle)
    assert all(np.array_equal(now[name], array) for name, array in then.items())


def test_weights_of_which_none_fits_change_nothing(trained: MainWindow, bundle: Path, qtbot: QtBot,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    trained.context.history.restart(edits.set_params(network(), "hidden", {"units": 5}))
    wait(qtbot, trained, "ready")
    before = trained.context.trainer.weights()
    answer(monkeypatch, bundle)
    assert not trained.files.load_weights()
    assert "no weights for any node" in said(trained.context)
    assert all(np.array_equal(array, before[name]) for name, array in trained.context.trainer.weights().items())


def test_without_a_network_weights_have_no_place(window: MainWindow, bundle: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.mark_saved()
    assert window.files.new()
    assert not window.actions_by_id["file.load_weights"].isEnabled()
    answer(monkeypatch, bundle)
    assert not window.files.load_weights()
    assert "no network ready" in said(window.context)


def test_dialogs_that_are_cancelled_do_nothing(trained: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "")
    assert not trained.files.save_bundle()
    assert not trained.files.load_weights()
    assert trained.files.path is None
