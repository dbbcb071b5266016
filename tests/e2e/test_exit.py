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


def test_a_window_that_copied_grouped_and_showed_neurons_ends_cleanly(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAYERLOOM_CONFIG": str(tmp_path),
                    "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=surroundings, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
