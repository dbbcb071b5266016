"""A short random user; `python -m tests.e2e` is the long one."""
from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from tests.e2e.monkey import play

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_user_breaks_nothing_and_undo_leads_back_to_the_start(window: MainWindow, tmp_path: Path,
                                                                       seed: int) -> None:
    window.files.open_example("xor-mlp")
    QApplication.processEvents()
    monkey = play(window, 300, seed, tmp_path)
    assert monkey.changes > 20
    window.context.history.mark_saved()
