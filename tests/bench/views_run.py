"""The cost of one refresh of each live panel: `python -m tests.bench.views_run FILE ROUNDS`.

"answers" is what the run's thread spends on what the panel asks for, "drawing" what the window spends on taking the
answers and painting them; medians of some rounds, with a step of training before each. "looking back" is the time from
a move of the slider over the past to a window that shows that moment, in the views that are quick to answer and in
all of them, with the panels of a first start.
"""
from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from core.train.events import Snapshot
from core.train.request import Request
from tests.bench.window_run import _run, live

if TYPE_CHECKING:
    from gui.main_window import MainWindow

SECONDS = 1.5


def costs(file: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds by panel."""
    from gui.app import SWITCH_INTERVAL, make_window
    from gui.collector import Collector

    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(SWITCH_INTERVAL)
    window = make_window(app)
    collector = Collector(window)
    window.resize(1280, 800)
    window.show()
    window.files.open_path(file)
    trainer = window.context.trainer
    _run(60.0, lambda: trainer.state == "ready")
    trainer.toggle()
    _run(SECONDS)
    if trainer.running:
        trainer.toggle()
    _run(20.0, lambda: trainer.state in ("paused", "finished"))
    _run(0.5)
    found = {name: _panel(window, name, rounds) for name in live(window)}
    window.docks.reset()
    _run(0.5)
    found["looking back"] = {"first views": _back(window, rounds), "all views": _back(window, rounds, everything=True)}
    window.context.history.mark_saved()
    window.close()
    collector.stop()
    return found


def _panel(window: MainWindow, name: str, rounds: int) -> dict[str, float]:
    from core.train.probes import answer

    dock = window.docks.docks[name]
    dock.setFloating(True)
    dock.show()
    dock.resize(420, 300)
    _run(0.3)
    session = window.context.trainer._session
    assert session is not None
    answering, drawing = [], []
    panel: Any = dock.panel
    for _ in range(rounds):
        with window.context.trainer._control.standstill():
            requests = panel.wanted() if hasattr(panel, "wanted") else panel.requests()
            begun = time.perf_counter()
            answers = {request: answer(session, request) for request in requests}
            answering.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        panel.on_train(Snapshot(1, session.epoch, session.step, answers, 0.0))
        panel.on_tick()
        _paint(panel)
        drawing.append(time.perf_counter() - begun)
    dock.setFloating(False)
    dock.close()
    return {"answers": 1e3 * statistics.median(answering), "drawing": 1e3 * statistics.median(drawing)}


def _paint(panel: QWidget) -> None:
    for area in panel.findChildren(QAbstractScrollArea):
        if area.isVisible():
            area.viewport().repaint()
    panel.repaint()


def _back(window: MainWindow, rounds: int, *, everything: bool = False) -> float:
    """Milliseconds until a moment that was asked for is on the screen: what comes first of it, or all."""
    trainer, taken = window.context.trainer, []
    steps = trainer.moments
    seen: set[Request] = set()

    def hear(event: object) -> None:
        if isinstance(event, Snapshot) and event.past and event.step == step:
            seen.update(event.answers)

    trainer.told.connect(hear)
    for number in range(rounds):
        step = steps[(7 * number + 3) % max(1, len(steps) - 1)]
        seen.clear()
        begun = time.perf_counter()
        trainer.view(step)
        while not (trainer._requests <= seen if everything else seen) and time.perf_counter() < begun + 10:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        window.frame()
        for name in live(window):
            if window.docks.docks[name].seen:
                _paint(window.docks.docks[name].panel)
        taken.append(time.perf_counter() - begun)
        QApplication.processEvents()
    trainer.told.disconnect(hear)
    trainer.view(None)
    _run(0.3)
    return 1e3 * statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("rounds", type=int)
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LAYERLOOM_CONFIG"] = folder
        print(json.dumps(costs(chosen.file, chosen.rounds)))


if __name__ == "__main__":
    main()
