"""Training that diverges at the window: what is said, and the button that lets it go on from the last good weights."""
from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.train.events import Event, Resumed
from gui.main_window import MainWindow
from gui.panels.problems import ProblemsPanel
from gui.panels.training import TrainingPanel


@pytest.fixture
def diverged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A network that learned for a while, and then was given a rate that is far too high."""
    context, trainer = window.context, window.context.trainer
    window.files.open_example("regression-plane")
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10000)
    context.edit("Epochs", lambda doc: edits.set_training(doc, {"epochs": 1_000_000}))
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 20, timeout=10000)
    context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 1000.0}))
    qtbot.waitUntil(lambda: trainer.state == "finished", timeout=20000)
    return window


def goes_on(window: MainWindow, qtbot: QtBot, heard: list[Event]) -> None:
    context, trainer = window.context, window.context.trainer
    assert context.document.training["learning_rate"] == 0.002
    assert context.history.undo_label == "Continue with learning rate 0.002"
    qtbot.waitUntil(lambda: any(isinstance(event, Resumed) for event in heard), timeout=10000)
    started = next(event for event in heard if isinstance(event, Resumed))
    assert started.epoch >= 20, "not from the start"
    trainer.stop()


def listen(window: MainWindow) -> list[Event]:
    heard: list[Event] = []
    window.context.trainer.told.connect(heard.append)
    return heard


def test_the_notice_offers_to_go_on_with_a_lower_rate(diverged: MainWindow, qtbot: QtBot) -> None:
    context = diverged.context
    notice = context.notify.notices[-1]
    assert notice.level == "error"
    assert notice.action_text == "Continue with learning rate 0.002"
    assert "Lower the learning rate (it is 1000; it learned with 0.002)" in notice.hint
    assert notice.action is not None
    heard = listen(diverged)
    notice.action()
    goes_on(diverged, qtbot, heard)


def test_the_weights_are_good_ones_after_a_divergence(diverged: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: diverged.context.trainer.weights() is not None, timeout=5000)
    weights = diverged.context.trainer.weights()
    assert weights
    assert all(np.isfinite(array).all() and float(np.abs(array).max()) < 1e3 for array in weights.values())


def test_the_problems_panel_lists_what_went_wrong_until_training_goes_on(diverged: MainWindow, qtbot: QtBot) -> None:
    panel = diverged.panels["problems"]
    assert isinstance(panel, ProblemsPanel)
    problem = diverged.context.trainer.problem
    assert [p for p, _ in panel.model.rows] == [problem]
    assert problem is not None
    menu = panel.fix_menu(problem)
    assert "Continue with learning rate 0.002" in [action.text() for action in menu.actions()]
    menu.deleteLater()
    trainer = diverged.context.trainer
    diverged.context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 0.01}))
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running, timeout=10000)
    assert panel.count == 0
    qtbot.waitUntil(lambda: trainer.series is not None and len(trainer.series) > 0
                    and math.isfinite(trainer.series.last()["loss"]), timeout=10000)
    trainer.stop()


def test_the_training_panel_has_the_button_while_it_is_needed(diverged: MainWindow, qtbot: QtBot) -> None:
    panel = diverged.panels["training"]
    assert isinstance(panel, TrainingPanel)
    diverged.docks.show("training")
    button: QPushButton = panel.onward
    qtbot.waitUntil(button.isVisible, timeout=5000)
    assert "Lower the learning rate" in panel.form.editor("learning_rate").error
    heard = listen(diverged)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    goes_on(diverged, qtbot, heard)
