"""The long random user: `python -m tests.e2e --events 10000 --seed 1` takes some minutes, and ends with what it did and
found. With `--views` he looks most of the time at the live views, and opens one example after another."""
from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LAYERLOOM_CONFIG"] = tempfile.mkdtemp(prefix="layerloom-monkey-")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from gui.app import make_window
from gui.collector import Collector
from tests.e2e.monkey import play


class Listener(logging.Handler):
    """Keeps every warning, of Python and of Qt."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    def on_qt(self, kind: QtMsgType, where: Any, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and "This plugin does not support" not in text:
            self.texts.append(f"Qt: {text}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--example", default="xor-mlp")
    parser.add_argument("--views", action="store_true")
    chosen = parser.parse_args()
    app = QApplication(["layerloom"])
    listener, failed = Listener(), []
    logging.getLogger().addHandler(listener)
    window = make_window(app)
    # As in the application: garbage is collected in the thread of the window only.
    collector = Collector(window)
    window.show()
    window.files.open_example(chosen.example)
    QApplication.processEvents()
    # After the window: its own handler comes with the application's guard, which is not there.
    qInstallMessageHandler(listener.on_qt)
    sys.excepthook = lambda kind, error, trace: failed.append((kind, error, trace))
    sys.unraisablehook = lambda found: failed.append((found.exc_type, found.exc_value, found.exc_traceback))
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="layerloom-monkey-") as folder:
            monkey = play(window, chosen.events, chosen.seed, Path(folder), views=chosen.views)
    finally:
        qInstallMessageHandler(None)
        window.context.history.mark_saved()
        window.close()
        window.context.trainer.shutdown()
        window.context.desk.shutdown()
        collector.stop()
        sys.excepthook = sys.__excepthook__
        for found in failed[:5]:
            sys.excepthook(*found)
        for text in listener.texts[:20]:
            print(text)
    print(f"{chosen.events} events in {time.monotonic() - began:.0f} s, seed {chosen.seed}: {len(failed)} exceptions, "
          f"{len(listener.texts)} log records, {len(window.context.document.nodes)} nodes at the end; "
          f"{', '.join(f'{name} {count}' for name, count in monkey.done.most_common())}")
    return 1 if failed or listener.texts else 0


if __name__ == "__main__":
    raise SystemExit(main())
