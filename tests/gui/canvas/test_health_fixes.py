"""What mends a layer that is not well stands as buttons in the bubble of its mark."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.train.events import Snapshot
from core.train.probes.health import Health
from gui.canvas.bubble import Bubble
from gui.canvas.health import ASK, HealthMarks
from gui.main_window import MainWindow


def ill(count: int) -> Problem:
    return Problem("health.saturated", f"Tanh is saturated: {count} % of its outputs are at the flat ends.", "warning",
                   node="hidden_1_tanh", hint="Use ReLU instead.")


def tell(window: MainWindow, *findings: Problem) -> None:
    feed = window.canvas.canvas_scene.companion(HealthMarks).feed
    for _ in range(2):
        feed._take(Snapshot(1, 0, 0, {ASK[0]: Health(0, findings)}, 0.0))


@pytest.fixture
def bubble(window: MainWindow, qtbot: QtBot) -> Bubble:
    """That of a saturated Tanh under the pointer."""
    window.files.open_example("spiral")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready")
    tell(window, ill(90))
    window.canvas.fit()
    scene = window.canvas.canvas_scene
    card = scene.nodes["hidden_1_tanh"].card()
    scene.hover(scene.hit(QPointF(card.center().x(), card.top() + 6)))
    window.canvas.bubble.refresh()
    return window.canvas.bubble


def test_a_click_mends_it_as_one_step_and_can_be_undone(window: MainWindow, bubble: Bubble) -> None:
    context = window.context
    assert bubble.problem == ill(90)
    assert [button.text() for button in bubble.buttons] == ["Use ReLU instead of Tanh", "Insert Batch norm before it"]
    before = context.document
    QTest.mouseClick(bubble.buttons[0], Qt.MouseButton.LeftButton)
    assert context.document.nodes["hidden_1_tanh"].kind == "relu"
    assert context.history.undo_label == "Use ReLU instead of Tanh"
    context.history.undo()
    assert context.document == before


def test_the_numbers_of_a_finding_may_change_while_it_is_read(window: MainWindow, bubble: Bubble) -> None:
    tell(window, ill(95))
    bubble._place()
    assert bubble.isVisible()
    bubble.refresh()
    assert bubble.problem == ill(95)


def test_a_finding_that_was_closed_stays_closed_when_its_numbers_change(window: MainWindow, bubble: Bubble) -> None:
    bubble.close_up()
    tell(window, ill(95))
    bubble.refresh()
    assert bubble.problem is None


def test_no_line_ends_between_a_number_and_its_per_cent_sign(bubble: Bubble) -> None:
    shown = [label.text() for label in bubble.findChildren(QLabel) if "saturated" in label.text()]
    assert shown == ["Tanh is saturated: 90\u00a0% of its outputs are at the flat ends."]
