"""A form: rows from a declaration, edits as undo steps, and values that follow the document."""
from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.graph import edits
from core.graph.settings import TrainingSettings
from core.params import Declared
from gui.context import AppContext
from gui.forms import Form, Section
from gui.forms.field_label import PIXELS_PER_STEP, FieldLabel
from gui.forms.fold import Fold
from gui.forms.kind_editor import KindEditor
from gui.forms.number_editor import NumberEditor
from gui.forms.settings_form import settings_form
from tests.gui.forms.catalogue import DECLARED
from tests.gui.forms.test_editors import write

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def form(qtbot: QtBot, context: AppContext) -> Form:
    made = settings_form(context, TrainingSettings, (), edits.set_training)
    made.set_values(context.document.training)
    context.document_changed.connect(lambda diff, document: made.set_values(document.training))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def steps(context: AppContext) -> int:
    count = 0
    while context.history.can_undo:
        context.history.undo()
        count += 1
    return count


def spoken(form: Form) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = []
    form.submitted.connect(lambda name, value: said.append((name, value)))
    return said


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.__name__)
def test_every_kind_has_a_form_with_a_row_for_each_parameter(qtbot: QtBot, declared: type[Declared]) -> None:
    form = Form(declared)
    qtbot.addWidget(form)
    said = spoken(form)
    form.set_values(declared().config())
    labels = [label.text() for label in form.findChildren(FieldLabel)]
    for name, param in declared.params.items():
        assert form.editor(name).value() == param.initial
        assert param.title in labels
    assert said == []


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.__name__)
def test_no_form_is_wider_than_the_column_it_stands_in(qtbot: QtBot, declared: type[Declared]) -> None:
    form = Form(declared)
    qtbot.addWidget(form)
    assert form.minimumSizeHint().width() <= 276


def test_a_typed_value_is_one_undo_step_with_a_name(form: Form, context: AppContext) -> None:
    write(form.editor("epochs"), "250")
    assert context.document.training["epochs"] == 250
    assert context.history.undo_label == "Change epochs"
    write(form.editor("epochs"), "300")
    assert steps(context) == 2


def test_a_series_of_steps_is_one_undo_step(form: Form, context: AppContext) -> None:
    field = form.editor("learning_rate").field
    field.setFocus()
    for _ in range(4):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert context.document.training["learning_rate"] == 2.0
    form.editor("epochs").field.setFocus()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert steps(context) == 2


def test_dragging_a_label_steps_the_number_as_one_undo_step(form: Form, context: AppContext) -> None:
    label = next(found for found in form.findChildren(FieldLabel) if found.text() == "Epochs")
    start = QPoint(4, 8)
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(label, start + QPoint(step * PIXELS_PER_STEP, 0))
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=start)
    assert context.document.training["epochs"] == 130
    assert steps(context) == 1


def test_undo_shows_the_old_value_and_sends_nothing(form: Form, context: AppContext) -> None:
    write(form.editor("epochs"), "250")
    field = form.editor("epochs").field
    said = spoken(form)
    context.history.undo()
    assert (field.text(), form.editor("epochs").value()) == ("100", 100)
    assert field.hasFocus()
    assert said == []
    context.history.redo()
    assert (field.text(), said) == ("250", [])


def test_a_change_elsewhere_leaves_what_is_being_typed_and_the_cursor(form: Form, context: AppContext) -> None:
    epochs = form.editor("epochs")
    assert isinstance(epochs, NumberEditor)
    write(epochs, "12345", end=None)
    epochs.field.line.setCursorPosition(2)
    context.edit("Change seed", lambda document: edits.set_training(document, {"seed": 7}))
    assert form.editor("seed").value() == 7
    assert (epochs.text, epochs.field.line.cursorPosition()) == ("12345", 2)


def test_a_nested_parameter_is_one_undo_step_and_keeps_its_field(form: Form, context: AppContext) -> None:
    optimizer = form.editor("optimizer")
    assert isinstance(optimizer, KindEditor)
    index = optimizer.field.findData("adam")
    optimizer.field.setCurrentIndex(index)
    optimizer.field.activated.emit(index)
    nested = optimizer.nested("beta1")
    assert nested is not None
    write(nested, "0.8")
    assert context.document.training["optimizer"].params["beta1"] == 0.8
    assert optimizer.nested("beta1") is nested
    context.history.undo()
    assert (nested.value(), optimizer.value().kind) == (0.9, "adam")
    context.history.undo()
    assert optimizer.value().kind == "sgd"


def test_a_refused_value_changes_nothing_and_tells_nobody_but_the_field(form: Form, context: AppContext) -> None:
    write(form.editor("epochs"), "0")
    assert form.editor("epochs").error == "A whole number from 1 to 10000000, got 0."
    assert not context.history.can_undo
    assert context.notify.notices == []


def test_problems_are_shown_at_the_field_that_they_name(form: Form) -> None:
    form.note([Problem("rule.perceptron", "It does not fit.", param="rule", hint="Choose another.")])
    assert form.editor("rule").error == "It does not fit. Choose another."
    form.note([])
    assert form.editor("rule").error == ""


def test_advanced_parameters_are_folded_away_and_the_fold_is_remembered(qtbot: QtBot) -> None:
    first = Form(TrainingSettings)
    qtbot.addWidget(first)
    fold = next(f for f in first.findChildren(Fold) if f.isAncestorOf(first.editor("shuffle")))
    assert fold.content.isHidden()
    fold.button.click()
    second = Form(TrainingSettings)
    qtbot.addWidget(second)
    again = next(f for f in second.findChildren(Fold) if f.isAncestorOf(second.editor("shuffle")))
    assert not again.content.isHidden()
    again.button.click()
    assert again.content.isHidden()


def test_parameters_that_no_section_names_still_have_a_row(qtbot: QtBot) -> None:
    form = Form(TrainingSettings, (Section("Method", ("rule",)),))
    qtbot.addWidget(form)
    assert {label.text() for label in form.findChildren(FieldLabel)} >= {"Rule", "Epochs", "Seed", "Shuffle"}


def test_labels_stand_above_their_fields_where_there_is_little_room(qtbot: QtBot) -> None:
    form = Form(TrainingSettings)
    qtbot.addWidget(form)
    form.resize(276, 600)
    form.show()
    label = next(found for found in form.findChildren(FieldLabel) if found.text() == "Epochs")
    field = form.editor("epochs").field

    def place(widget: QWidget) -> QPoint:
        return widget.mapTo(form, QPoint())

    assert place(label).x() < place(field).x()
    assert abs(place(label).y() - place(field).y()) <= 2
    form.resize(170, 900)
    qtbot.waitUntil(lambda: place(label).y() + label.height() <= place(field).y())
    assert place(label).x() == place(field).x()


def test_a_discarded_form_sends_nothing_more(form: Form, context: AppContext) -> None:
    write(form.editor("epochs"), "250", end=None)
    form.discard()
    form.hide()
    assert not context.history.can_undo


def shortcut(form: Form, keys: str) -> list[str]:
    pressed: list[str] = []
    QShortcut(QKeySequence(keys), form).activated.connect(lambda: pressed.append(keys))
    return pressed


def test_undo_takes_back_the_step_unless_something_is_being_typed(form: Form) -> None:
    pressed = shortcut(form, "Ctrl+Z")
    field = form.editor("epochs").field
    write(form.editor("epochs"), "250")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+Z"]
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+Z"]


@pytest.mark.parametrize(("keys", "key", "modifier"), [
    ("Ctrl+S", Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
    ("Space", Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
])
def test_what_was_typed_counts_before_a_shortcut_acts(
        form: Form, context: AppContext, keys: str, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    pressed = shortcut(form, keys)
    write(form.editor("epochs"), "250", end=None)
    QTest.keyClick(form.editor("epochs").field, key, modifier)
    assert pressed == [keys]
    assert context.document.training["epochs"] == 250
