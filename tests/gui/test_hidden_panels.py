"""What nobody sees costs nothing: no question to the run, no drawing."""
from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.train import answering
from core.train.request import Request
from gui.main_window import MainWindow
from gui.panels import PANELS

BOTTOM = sorted(name for name, info in PANELS.items() if info.area == "bottom")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each probe was computed by the run."""
    counted: Counter[str] = Counter()
    real = answering.answer

    def answer(session: Any, request: Request) -> Any:
        counted[request.probe] += 1
        return real(session, request)

    monkeypatch.setattr(answering, "answer", answer)
    return counted


def train_for(window: MainWindow, qtbot: QtBot, epochs: int) -> None:
    trainer = window.context.trainer
    first = trainer.epoch
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch >= first + epochs, timeout=20_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=10_000)


def opened(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("spiral")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=10_000)


def test_with_all_panels_closed_only_the_canvas_asks_the_run(
        window: MainWindow, qtbot: QtBot, asked: Counter[str]) -> None:
    opened(window, qtbot)
    for dock in window.docks.docks.values():
        dock.close()
    window.frame()
    # Nothing is under way any more that was asked before.
    with window.context.trainer._control.standstill():
        asked.clear()
    train_for(window, qtbot, 20)
    of_canvas = {request.probe for request in window.canvas.requests()}
    assert set(asked) <= of_canvas | {"neurons", "thumbnails", "health", "signals"}


@pytest.mark.parametrize("name", BOTTOM)
def test_a_panel_is_drawn_when_it_is_seen_and_neither_answered_nor_drawn_when_it_is_closed_or_behind_another(
        window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    opened(window, qtbot)
    panel, dock = window.panels[name], window.docks.docks[name]
    drawn: list[str] = []
    tick = panel.on_tick
    monkeypatch.setattr(panel, "on_tick", lambda: (drawn.append(name), tick()))
    dock.close()
    train_for(window, qtbot, 5)
    assert drawn == []
    assert panel.requests() == ()
    window.docks.show(name)
    qtbot.waitUntil(lambda: bool(drawn), timeout=5000)
    front = next(other for other in window.docks.docks.values() if other.info.area == "bottom" and other is not dock)
    window.tabifyDockWidget(dock, front)
    front.show()
    front.raise_()
    qtbot.waitUntil(lambda: not dock.seen, timeout=5000)
    drawn.clear()
    train_for(window, qtbot, 5)
    assert drawn == []
    assert dock.info.id not in {other.info.id for other in window.docks.seen()}
