"""Several selected nodes in the inspector: their common values, changed for all at once."""
from __future__ import annotations

import gc
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.optimizers import OPTIMIZERS
from core.params import Bool, Choice, Float, IntTuple, KindOf
from gui.context import AppContext
from gui.forms._editor import SEVERAL, Editor, editor
from gui.forms.choice_editor import Combo
from gui.forms.form import Form
from gui.forms.rows import Rows
from gui.forms.several_form import SeveralForm
from gui.forms.switch import Switch
from gui.panels.inspector import InspectorPanel
from tests.gui.forms.test_editors import write

LEFT = Qt.MouseButton.LeftButton


def document() -> Document:
    """Input, Dense (4 units), Dense (8 units), ReLU, Output."""
    made = edits.empty()
    kinds = {"input": "input", "a": "dense", "b": "dense", "relu": "relu", "output": "output"}
    for name, kind in kinds.items():
        made = edits.add_node(made, Node(name, kind))
    for source, target in pairwise(kinds):
        made = edits.connect(made, Edge(source, target))
    return edits.set_params(made, "b", {"units": 8})


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> InspectorPanel:
    context.history.restart(document())
    made = InspectorPanel(context)
    context.document_changed.connect(made.on_document)
    qtbot.addWidget(made)
    made.resize(300, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    context.select(["a", "b"])
    QApplication.processEvents()
    return made


def form(panel: InspectorPanel) -> SeveralForm:
    assert panel.several is not None
    return panel.several


def units(context: AppContext) -> list[int]:
    return [context.document.nodes[name].params["units"] for name in ("a", "b")]


def test_a_value_that_differs_is_called_several_and_one_that_is_common_is_shown(panel: InspectorPanel) -> None:
    fields = form(panel).form
    assert fields.editor("units").value() is SEVERAL
    assert fields.editor("bias").value() is True


def test_typing_a_number_sets_it_for_all_in_one_step(panel: InspectorPanel, context: AppContext) -> None:
    write(form(panel).form.editor("units"), "6")
    assert units(context) == [6, 6]
    assert context.history.undo_label == "Change units of 2 nodes"
    assert form(panel).form.editor("units").value() == 6
    context.history.undo()
    assert units(context) == [4, 8]
    assert form(panel).form.editor("units").value() is SEVERAL


def test_leaving_the_field_as_it_is_changes_nothing(panel: InspectorPanel, context: AppContext) -> None:
    field = form(panel).form.editor("units").field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert units(context) == [4, 8]
    assert not context.history.can_undo


def test_a_switch_in_between_goes_on_for_all(panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Turn off", lambda d: edits.set_params(d, "a", {"bias": False}))
    switch = form(panel).form.editor("bias").field
    assert isinstance(switch, Switch)
    assert switch.checkState() == Qt.CheckState.PartiallyChecked
    QTest.mouseClick(switch, LEFT)
    assert [context.document.nodes[n].params["bias"] for n in ("a", "b")] == [True, True]
    assert switch.checkState() == Qt.CheckState.Checked
    QTest.mouseClick(switch, LEFT)
    assert [context.document.nodes[n].params["bias"] for n in ("a", "b")] == [False, False]


def test_a_kind_is_chosen_for_all(panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Choose", lambda d: edits.set_params(d, "a", {"initializer": "he_normal"}))
    combo = form(panel).form.editor("initializer").field
    assert isinstance(combo, Combo)
    assert (combo.currentIndex(), combo.placeholderText()) == (-1, "several")
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("zeros"))
    combo.activated.emit(combo.currentIndex())
    assert {context.document.nodes[n].params["initializer"].kind for n in ("a", "b")} == {"zeros"}
    assert context.history.undo_label == "Change initializer of 2 nodes"


def test_freezing_and_bypassing_are_for_all_that_can_be(panel: InspectorPanel, context: AppContext) -> None:
    context.select(["a", "b", "relu", "output"])
    QTest.mouseClick(form(panel).frozen.field, LEFT)
    assert context.history.undo_label == "Freeze 2 nodes"
    assert [context.document.nodes[n].frozen for n in ("a", "b", "relu")] == [True, True, False]
    QTest.mouseClick(form(panel).bypassed.field, LEFT)
    assert context.history.undo_label == "Bypass 3 nodes"
    assert not context.document.nodes["output"].bypassed
    context.edit("One", lambda d: edits.bypass(d, "a", False))
    assert form(panel).bypassed.value() is SEVERAL


def test_nodes_with_nothing_in_common_say_so(panel: InspectorPanel, context: AppContext) -> None:
    context.select(["input", "output"])
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "They have no parameter in common." in words
    assert not form(panel).frozen.isVisible()


def test_a_problem_of_one_of_them_is_said_with_its_name(panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Rename", lambda d: edits.rename(d, "a", "Hidden"))
    context.edit("Cut", lambda d: edits.disconnect(d, [Edge("input", "a")]))
    words = [label.text() for label in form(panel).findChildren(QLabel) if label.isVisible()]
    assert "Hidden: Dense: its input is not connected." in words


def test_the_list_below_selects_one_of_them(panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Rename", lambda d: edits.rename(d, "a", "Hidden"))
    entries = {b.text(): b for b in panel.findChildren(QPushButton) if b.isVisible()}
    QTest.mouseClick(entries["Hidden"], LEFT)
    assert context.selection == {"a"}
    assert panel.several is None


EDITORS = [Bool(default=True, doc="x", name="x"), Float(default=1.0, doc="x", name="x"),
           Choice(default="a", options={"a": "A", "b": "B"}, doc="x", name="x"),
           IntTuple(default=(2, 2), shortest=1, longest=2, doc="x", name="x"),
           KindOf(default="sgd", of=OPTIMIZERS, doc="x", name="x")]


@pytest.mark.parametrize("param", EDITORS, ids=lambda p: type(p).__name__)
def test_every_editor_can_show_several_and_a_value_again(qtbot: QtBot, context: AppContext, param: object) -> None:
    made: Editor = editor(param)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    heard: list[object] = []
    made.changed.connect(heard.append)
    before = made.grab().toImage()
    made.set_value(SEVERAL)
    assert made.value() is SEVERAL
    assert made.error == ""
    assert made.grab().toImage() != before
    made.restore()
    assert made.value() is SEVERAL
    made.set_value(made.param.initial)
    assert made.value() == made.param.initial
    assert made.grab().toImage() == before
    assert heard == []


def test_deleting_all_of_them_leaves_the_form_in_peace(panel: InspectorPanel, context: AppContext) -> None:
    shown, names = form(panel), form(panel).nodes
    context.edit("Delete", lambda d: edits.remove_nodes(d, names))
    shown.show_document(context.document)
    shown.show_report(context.report)
    assert not context.document.nodes.keys() & set(names)
    assert panel.several is None


def test_a_form_that_is_taken_away_leaves_no_field_behind(panel: InspectorPanel, context: AppContext) -> None:
    for chosen in (["input", "relu"], ["relu", "output"], ["a", "input"], ["relu"], []):
        context.select(chosen)
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    orphans = [w for w in QApplication.allWidgets() if isinstance(w, (Editor, Form)) and w.parent() is None]
    assert not orphans


def test_no_part_of_a_form_ever_is_a_window_of_its_own(panel: InspectorPanel, context: AppContext,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    windows: list[QWidget] = []
    monkeypatch.setattr(Rows, "showEvent", lambda rows, event: windows.append(rows) if rows.isWindow() else None,
                        raising=False)
    for chosen in (["a", "b"], ["input", "relu"], ["a"], ["input"]):
        context.select(chosen)
        QApplication.processEvents()
    assert not windows
