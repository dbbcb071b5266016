"""The end of the application, in a process of its own."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from gui import app

make = app.make_window

def made(application):
    window = make(application)
    QTimer.singleShot(0, lambda: leave(window))
    return window

def leave(window):
    window.canvas.select_all()
    for name in ("edit.copy", "edit.paste", "view.all_neurons", "network.group"):
        window.actions_by_id[name].trigger()
    window.context.history.mark_saved()
    window.close()

app.make_window = made
sys.exit(app.run(["example:xor-mlp"]))
"""

READING = """
import sys
from PySide6.QtCore import QTimer
from core.datasets import DATASETS
from core.params import Kind
from gui import app

make = app.make_window

def made(application):
    window = make(application)
    QTimer.singleShot(0, lambda: begin(window))
    return window

def begin(window):
    source = DATASETS["table"](path=sys.argv[1])
    window.context.desk.told.connect(lambda *told: leave(window) if told[2] else None)
    window.panels["data"].chooser.take(Kind("table", source.config()))

def leave(window):
    print("closed while reading", window.panels["data"].chooser.reading)
    window.context.history.mark_saved()
    window.close()
    print("thread", window.context.desk._worker._thread.isRunning())

app.make_window = made
sys.exit(app.run([]))
"""


def run(script: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The application in a process of its own, until it ends by itself."""
    root = Path(__file__).parents[2]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAYERLOOM_CONFIG": str(folder),
                    "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-c", script, *arguments], env=surroundings, capture_output=True, text=True,
                          timeout=120)


def test_a_window_that_copied_grouped_and_showed_neurons_ends_cleanly(tmp_path: Path) -> None:
    done = run(SCRIPT, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_a_window_that_is_closed_while_a_file_is_read_ends_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"a,b,kind\n" + b"1.25,2.5,x\n3.5,4.75,y\n" * 2_000_000)
    done = run(READING, tmp_path, str(path))
    assert done.returncode == 0, done.stderr
    assert "closed while reading rows.csv is being read." in done.stdout
    assert done.stdout.endswith("thread False\n")
    assert "Traceback" not in done.stderr
    assert "QThread" not in done.stderr
