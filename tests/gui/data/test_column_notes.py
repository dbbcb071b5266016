"""A column that was read otherwise than one might think is marked, and can be ignored with one click."""
from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.roles import columns_of, roles_of
from core.params import Kind
from gui.data.columns_model import Line
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.core._build import xor

SENTENCE = 'table.csv, line 3,002: the column "a" is taken as category, because "unknown" does not fit what comes ' \
           "before it."


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> DataPanel:
    path = tmp_path / "table.csv"
    path.write_text("a,b,same,class\n" + "".join(f"{n % 2},{n},7,{n % 2}\n" for n in range(3000)) + "unknown,1,7,1\n")
    window.docks.show("data")
    window.context.history.restart(edits.set_data(xor(), {"source": Kind("table", {"path": str(path)})}))
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    qtbot.waitUntil(lambda: any(problem.message == SENTENCE for problem in window.context.report.problems))
    return panel


def lines(panel: DataPanel) -> dict[str, Line]:
    return {line.spec.name: line for line in panel.columns.model.lines if isinstance(line, Line)}


def test_the_list_marks_such_columns_and_says_why_as_a_tool_tip(panel: DataPanel) -> None:
    found = lines(panel)
    assert {name for name, line in found.items() if line.note} == {"a", "same"}
    model = panel.columns.model
    row = model.lines.index(found["a"])
    assert str(model.data(model.index(row), Qt.ItemDataRole.ToolTipRole)).endswith(SENTENCE)
    assert not model.data(model.index(model.lines.index(found["b"])), Qt.ItemDataRole.ToolTipRole).count("\n")


def test_a_click_in_the_panel_ignores_the_column(window: MainWindow, panel: DataPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Ignore the column" in [button.text() for button in panel.notices.buttons])
    button = next(button for button in panel.notices.buttons if button.text() == "Ignore the column")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    document = window.context.document
    assert roles_of(document, columns_of(document))["a"] == "ignore"
    assert SENTENCE not in [problem.message for problem in window.context.report.problems]
    window.context.history.undo()
    assert SENTENCE in [problem.message for problem in window.context.report.problems]
