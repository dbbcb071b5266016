"""The real window, off screen, training flat out: `python -m tests.bench.window_run FILE SECONDS [--all]`.

With `--all` every panel that shows something of a run is open, each in a window of its own.

Reaction: a process of its own writes the time into a pipe every 15 ms, as a mouse would send events. The window reads
the pipe in its event loop, moves the mouse over the canvas by a real event, and takes the time when that is done.
Events that had to wait are all counted, each from the moment at which it was sent, so that a long standstill weighs
as much as it would for a person. The process sends, not a thread: a thread would itself wait for the interpreter.

Frames: paint events of the widgets that the live panels draw into. Rate: steps of the session while the window is
watched, with the mouse at rest and while it moves, against steps of the same document by `train` in the same process
while the window's run is paused; they take turns, and the median of the ratios counts.
"""
from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from core.graph import edits
from core.io import documents
from tests.bench.ours import Training

if TYPE_CHECKING:
    from core.train.session import Session
    from gui.main_window import MainWindow

EVERY = 0.015
SENDER = f"""
import os, struct, time
due = time.monotonic()
while True:
    due += {EVERY}
    time.sleep(max(0.0, due - time.monotonic()))
    os.write(1, struct.pack("d", time.monotonic()))
"""
ENDLESS = 10_000_000
ROUNDS = 6


class Mouse(QObject):
    """Moves over the canvas whenever the sender says so, and notes how late it was."""

    def __init__(self, target: QWidget):
        super().__init__()
        self.target, self.delays, self.count = target, [], 0
        self.sender = subprocess.Popen([sys.executable, "-c", SENDER], stdout=subprocess.PIPE)
        assert self.sender.stdout is not None
        self.pipe = self.sender.stdout.fileno()
        self.notifier = QSocketNotifier(self.pipe, QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.move)

    @Slot()
    def move(self) -> None:
        sent = memoryview(os.read(self.pipe, 8 * 1024)).cast("d")
        for moment in sent:
            self.count += 1
            place = QPointF(20 + 7 * self.count % max(self.target.width() - 40, 1), self.target.height() / 2)
            event = QMouseEvent(QEvent.Type.MouseMove, place, self.target.mapToGlobal(place), Qt.MouseButton.NoButton,
                                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.target, event)
            self.delays.append(time.monotonic() - moment)

    def close(self) -> None:
        self.notifier.setEnabled(False)
        self.sender.kill()
        self.sender.communicate()


class Paints(QObject):
    """Counts what the widgets below one panel paint; a panel's frames are those of its busiest widget."""

    def __init__(self, panel: QWidget):
        super().__init__()
        self.counts: dict[int, int] = {}
        self.counting = False
        for area in panel.findChildren(QAbstractScrollArea):
            area.viewport().installEventFilter(self)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.counting and event.type() == QEvent.Type.Paint:
            self.counts[id(watched)] = self.counts.get(id(watched), 0) + 1
        return False

    @property
    def most(self) -> int:
        return max(self.counts.values(), default=0)


def watch(file: Path, seconds: float, *, everything: bool = False) -> dict[str, Any]:
    """All figures of one document, with the panels of a first start or with all that there are."""
    from gui.app import SWITCH_INTERVAL, make_window
    from gui.collector import Collector

    document = documents.read(file)
    headless = Training(document, 1)
    headless.run()
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    window = make_window(app)
    collector = Collector(window)
    window.resize(1280, 800)
    window.show()
    window.files.open_path(file)
    trainer = window.context.trainer
    window.context.edit("Train long", lambda doc: edits.set_training(doc, {"epochs": ENDLESS}))
    _run(60.0, lambda: trainer.state == "ready")
    trainer.set_pace(0.0)
    session = trainer._session
    if session is None:
        raise RuntimeError("there is nothing to train")
    if everything:
        open_all(window)
    delays: list[float] = []
    paints = {n: Paints(p) for n, p in window.panels.items() if p.isVisible()}
    took, rates, moved = 0.0, [], []
    alone = [_headless(headless, seconds / ROUNDS / 2)]
    for _ in range(ROUNDS):
        trainer.toggle()
        _run(0.5)
        for paint in paints.values():
            paint.counting = True
        rate, passed = _rate(session, seconds / ROUNDS)
        for paint in paints.values():
            paint.counting = False
        rates.append(rate)
        took += passed
        mouse = Mouse(window.canvas.viewport())
        moved.append(_rate(session, seconds / ROUNDS)[0])
        mouse.close()
        delays += mouse.delays
        trainer.toggle()
        _run(10.0, lambda: trainer.state == "paused")
        alone.append(_headless(headless, seconds / ROUNDS / 2))
    frames = {name: paint.most / took for name, paint in paints.items()}
    # What the machine could do during a round lies between what it could before and after.
    able = [(before + after) / 2 for before, after in pairwise(alone)]
    window.context.history.mark_saved()
    window.close()
    collector.stop()
    sys.setswitchinterval(usual)
    delays.sort()
    return {
        "reaction_p50": 1e3 * statistics.median(delays), "reaction_p95": 1e3 * delays[int(0.95 * len(delays))],
        "reaction_max": 1e3 * delays[-1], "events": len(delays), "frames": frames, "rate": statistics.median(rates),
        "headless": statistics.median(alone), "share": _ratio(rates, able), "moved": statistics.median(moved),
        "moved_share": _ratio(moved, able),
    }


def _rate(session: Session, seconds: float) -> tuple[float, float]:
    """Steps a second while the event loop runs, and how many seconds that took."""
    begun, first = time.perf_counter(), session.step
    _run(seconds)
    passed = time.perf_counter() - begun
    return (session.step - first) / passed, passed


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def open_all(window: MainWindow) -> None:
    """Open every live panel so that all of them can be seen at once."""
    for number, name in enumerate(live(window)):
        dock = window.docks.docks[name]
        dock.setFloating(True)
        dock.show()
        dock.resize(420, 300)
        dock.move(40 * number, 30 * number)
    _run(0.5)


def live(window: MainWindow) -> list[str]:
    """The panels below the canvas: those that draw what a run does."""
    from gui.panels import Panel

    return [name for name, dock in window.docks.docks.items()
            if dock.info.area == "bottom" and type(dock.panel).on_tick is not Panel.on_tick]


def _headless(training: Training, seconds: float) -> float:
    training.run()
    rates, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        rates.append(training.run())
        # Rounds long enough that starting a run does not count.
        training.epochs = max(1, round(training.epochs * min(4.0, 0.3 / (time.perf_counter() - begun))))
    return statistics.median(rates[len(rates) // 3 :])


def _run(seconds: float, done: Callable[[], bool] | None = None) -> None:
    """Let the event loop run, undisturbed, until the time is over or `done`."""
    loop, end, poll = QEventLoop(), QTimer(), QTimer()
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    end.start(round(1000 * seconds))
    if done is not None:
        poll.timeout.connect(lambda: loop.quit() if done() else None)
        poll.start(20)
    loop.exec()
    poll.stop()
    if done is not None and not done():
        raise TimeoutError(f"nothing came in {seconds:g} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LAYERLOOM_CONFIG"] = folder
        print(json.dumps(watch(chosen.file, chosen.seconds, everything=chosen.all)))


if __name__ == "__main__":
    main()
