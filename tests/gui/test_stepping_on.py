"""When a single step can be trained, and what the slow step says while it cannot."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.graph import edits
from gui.main_window import MainWindow
from gui.panels._live import UNSOUND
from gui.panels.slow import EMPTY, RUNNING, SlowPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slow(window: MainWindow, qtbot: QtBot) -> SlowPanel:
    """Open, on XOR, with nothing trained."""
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=10_000)
    window.docks.show("slow")
    found = window.panels["slow"]
    assert isinstance(found, SlowPanel)
    return found


def short(window: MainWindow, epochs: int) -> None:
    assert window.context.edit("Epochs", lambda d: edits.set_training(d, {"epochs": epochs})) is None


def test_after_the_last_epoch_one_more_step_is_trained_in_slow_motion(window: MainWindow, slow: SlowPanel,
                                                                      qtbot: QtBot) -> None:
    context = window.context
    short(window, 2)
    context.trainer.toggle()
    qtbot.waitUntil(lambda: context.trainer.state == "finished", timeout=10_000)
    before = context.trainer.step_count
    qtbot.waitUntil(slow.step.isEnabled, timeout=10_000)
    QTest.mouseClick(slow.step, LEFT)
    qtbot.waitUntil(lambda: context.slow.told is not None and context.trainer.state == "paused", timeout=10_000)
    assert context.trainer.step_count == before + 1


@pytest.mark.parametrize("name", ["train.step", "train.epoch", "train.explain"])
def test_after_the_last_epoch_the_actions_of_one_step_can_be_used(window: MainWindow, slow: SlowPanel, qtbot: QtBot,
                                                                 name: str) -> None:
    trainer = window.context.trainer
    short(window, 2)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "finished", timeout=10_000)
    before = trainer.step_count
    qtbot.waitUntil(window.actions_by_id[name].isEnabled, timeout=10_000)
    window.actions_by_id[name].trigger()
    qtbot.waitUntil(lambda: trainer.step_count > before and not trainer.running, timeout=10_000)


def test_while_training_runs_the_panel_says_to_pause_first(window: MainWindow, slow: SlowPanel, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    short(window, 1_000_000)
    assert slow.message.text() == EMPTY
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running, timeout=10_000)
    assert slow.message.text() == RUNNING
    trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)
    assert slow.message.text() == EMPTY


def test_a_network_with_problems_is_named_as_the_reason(window: MainWindow, slow: SlowPanel) -> None:
    context = window.context
    wire = next(iter(context.document.edges))
    assert context.edit("Cut", lambda d: edits.disconnect(d, [wire])) is None
    assert slow.message.text() == UNSOUND
    window.actions_by_id["edit.undo"].trigger()
    assert slow.message.text() == EMPTY


def test_who_presses_train_before_the_network_is_ready_does_not_press_in_vain(window: MainWindow,
                                                                              qtbot: QtBot) -> None:
    trainer = window.context.trainer
    window.files.open_example("spiral")
    assert trainer.state == "preparing"
    action = window.actions_by_id["train.toggle"]
    qtbot.waitUntil(action.isEnabled)
    assert trainer.state == "preparing"
    action.trigger()
    qtbot.waitUntil(lambda: trainer.step_count > 0, timeout=10_000)
