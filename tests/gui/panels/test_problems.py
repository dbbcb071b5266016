"""The problems panel lists everything that stands in the way, and leads there."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Edge, Node
from gui.context import AppContext
from gui.panels.problems import ProblemsPanel
from gui.theme.palette import Theme
from tests.gui.panels.test_inspector import chain


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ProblemsPanel:
    context.history.restart(chain(context.document))
    made = ProblemsPanel(context)
    context.document_changed.connect(made.on_document)
    qtbot.addWidget(made)
    made.resize(700, 160)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def break_it(context: AppContext) -> None:
    context.edit("Cut", lambda document: edits.disconnect(document, [Edge("dense", "sigmoid")]))
    context.edit("Add", lambda document: edits.add_node(document, Node("relu", "relu")))


def row_of(panel: ProblemsPanel, node: str) -> QModelIndex:
    rows = [problem.node for problem, _ in panel.model.rows]
    return panel.model.index(rows.index(node), 0)


def test_a_sound_network_has_no_problems_and_the_panel_says_so(panel: ProblemsPanel) -> None:
    assert panel.count == 0
    assert not panel.view.isVisible()


def test_all_problems_are_listed_errors_first(panel: ProblemsPanel, context: AppContext) -> None:
    break_it(context)
    assert panel.view.isVisible()
    listed = [problem for problem, _ in panel.model.rows]
    assert sorted(map(repr, listed)) == sorted(map(repr, context.report.problems))
    severities = [problem.severity for problem in listed]
    assert severities == sorted(severities, key=("error", "warning", "info").index)
    assert len(set(severities)) > 1


def test_the_count_is_sent_when_it_changes(panel: ProblemsPanel, context: AppContext) -> None:
    counts: list[int] = []
    panel.count_changed.connect(counts.append)
    break_it(context)
    assert counts[-1] == panel.count == len(context.report.problems)
    while context.history.can_undo:
        context.history.undo()
    assert counts[-1] == panel.count == 0


def test_a_click_selects_the_node(panel: ProblemsPanel, context: AppContext) -> None:
    break_it(context)
    place = panel.view.visualRect(row_of(panel, "sigmoid")).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert context.selection == {"sigmoid"}


def test_the_keyboard_leads_to_the_node(panel: ProblemsPanel, context: AppContext) -> None:
    break_it(context)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert context.selection == {panel.model.rows[1][0].node}


def test_a_problem_without_a_node_leaves_the_selection(panel: ProblemsPanel, context: AppContext) -> None:
    context.select(["dense"])
    context.edit("Data", lambda document: edits.set_data(document, {"validation": 0.5, "test": 0.5}))
    panel.view.clicked.emit(panel.model.index(0, 0))
    assert context.selection == {"dense"}


def test_a_row_says_everything_to_a_screen_reader(panel: ProblemsPanel, context: AppContext) -> None:
    break_it(context)
    context.edit("Rename", lambda document: edits.rename(document, "sigmoid", "Squash"))
    spoken = row_of(panel, "sigmoid").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Error: ")
    assert "Drag a wire" in spoken
    assert spoken.endswith("Squash")


def test_a_row_is_painted_with_its_icon_in_the_colour_of_its_severity(panel: ProblemsPanel, context: AppContext,
                                                                     theme: Theme) -> None:
    break_it(context)
    picture = panel.view.viewport().grab().toImage()
    row = panel.view.visualRect(row_of(panel, "sigmoid"))
    colours = {picture.pixelColor(x, y).name() for x in range(4, 30) for y in range(row.top(), row.bottom())}
    assert theme.tokens.error in colours
