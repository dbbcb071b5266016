"""The slider over the past of a run, at the real window."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.timeline import Timeline

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def timeline(window: MainWindow, qtbot: QtBot) -> Timeline:
    """That of the window, after 40 epochs of XOR."""
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    for epoch in range(1, 41):
        trainer.one_epoch()
        qtbot.waitUntil(lambda epoch=epoch: trainer.epoch == epoch and trainer.state == "paused", timeout=10_000)
    found = window.findChild(Timeline)
    assert found is not None
    return found


def whole_epochs(window: MainWindow, step: int) -> int:
    """How many the engine had done at a kept moment."""
    session = window.context.trainer._session
    assert session is not None
    assert session.moments is not None
    return session.moments.at(step).epoch


def test_before_training_there_is_nothing_to_look_back_at(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=10_000)
    timeline = window.findChild(Timeline)
    assert timeline is not None
    assert not timeline.slider.isEnabled()
    assert not timeline.back.isEnabled()
    assert not timeline.now.isEnabled()


def test_home_shows_the_first_weights_in_every_view_and_the_button_returns(
        window: MainWindow, timeline: Timeline, qtbot: QtBot) -> None:
    weights, present = window.panels["weights"], window.context.trainer.weights()
    assert present is not None
    last = present[f"{weights.answer.node}.W"]
    qtbot.waitUntil(lambda: np.array_equal(weights.answer.values["W"], last), timeout=5000)
    now = {name: array.copy() for name, array in weights.answer.values.items()}
    timeline.slider.setFocus()
    QTest.keyClick(timeline.slider, Qt.Key.Key_Home)
    assert window.context.trainer.moment == 0
    assert timeline.label.text() == "step 0"
    qtbot.waitUntil(lambda: not np.array_equal(weights.answer.values["W"], now["W"]), timeout=5000)
    QTest.mouseClick(timeline.now, LEFT)
    assert timeline.label.text() == "now"
    qtbot.waitUntil(lambda: np.array_equal(weights.answer.values["W"], now["W"]), timeout=5000)


def test_looking_back_leaves_the_weights_that_are_saved_alone(
        window: MainWindow, timeline: Timeline, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    before = trainer.weights()
    assert before is not None
    timeline.slider.setValue(3)
    qtbot.waitUntil(lambda: trainer.moment == trainer.moments[3], timeout=5000)
    after = trainer.weights()
    assert after is not None
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_continue_trains_on_from_there_and_the_notice_leads_back(
        window: MainWindow, timeline: Timeline, qtbot: QtBot) -> None:
    trainer, notify = window.context.trainer, window.context.notify
    last = trainer.weights()
    assert last is not None
    left: list[object] = []
    trainer.left_behind.connect(left.append)
    timeline.slider.setValue(10)
    QTest.mouseClick(timeline.back, LEFT)
    qtbot.waitUntil(lambda: trainer.running and trainer.moment is None, timeout=5000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=5000)
    assert len(left) == 1
    assert len(left[0].rows) == 40  # type: ignore[attr-defined]
    notice = notify.notices[-1]
    assert notice.action_text == "Back to Step 40"
    assert notice.action is not None
    notice.action()
    qtbot.waitUntil(lambda: trainer.state == "paused" and trainer.epoch == 40, timeout=5000)
    found = trainer.weights()
    assert found is not None
    assert all(np.array_equal(found[name], last[name]) for name in last)


def test_training_returns_to_the_present(window: MainWindow, timeline: Timeline, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    timeline.slider.setValue(5)
    assert trainer.moment is not None
    trainer.one_epoch()
    assert trainer.moment is None
    qtbot.waitUntil(lambda: trainer.epoch == 41 and trainer.state == "paused", timeout=5000)


def test_a_word_over_the_canvas_says_that_the_past_is_shown_and_leads_back(
        window: MainWindow, timeline: Timeline) -> None:
    word = window.overlays.looking_back
    assert not word.isVisible()
    timeline.slider.setValue(4)
    assert word.isVisible()
    step = window.context.trainer.moments[4]
    assert word.label.text() == f"All views show step {step} (epoch {whole_epochs(window, step)})"
    QTest.mouseClick(word.back, LEFT)
    assert window.context.trainer.moment is None
    assert not word.isVisible()


@pytest.mark.parametrize("width", [1280, 1024])
def test_the_word_keeps_its_size_at_every_moment_and_is_read_whole(
        window: MainWindow, timeline: Timeline, width: int) -> None:
    window.resize(width, 800)
    word, trainer = window.overlays.looking_back, window.context.trainer
    assert len(trainer.moments) > 10
    found = set()
    for place, step in enumerate(trainer.moments):
        timeline.slider.setValue(place)
        assert word.label.text() == f"All views show step {step} (epoch {whole_epochs(window, step)})"
        assert word.label.fontMetrics().horizontalAdvance(word.label.text()) <= word.label.width()
        found.add((word.size().toTuple(), word.go_on.pos().toTuple(), word.back.pos().toTuple()))
    assert len(found) == 1
    assert word.geometry().right() <= window.canvas.width()
    assert all(button.width() >= button.sizeHint().width() for button in (word.go_on, word.back))


def test_in_the_middle_of_an_epoch_the_word_names_those_that_were_done(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("spiral")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    for epoch in (1, 2, 3):
        trainer.one_epoch()
        qtbot.waitUntil(lambda epoch=epoch: trainer.epoch == epoch and trainer.state == "paused", timeout=10_000)
    each, found = trainer.step_count // 3, {}
    for step in trainer.moments:
        trainer.view(step)
        found[step] = window.overlays.looking_back.label.text()
    assert found == {step: f"All views show step {step} (epoch {step // each})" for step in trainer.moments}
    assert {step // each for step in found if step % each} >= {0, 1}
