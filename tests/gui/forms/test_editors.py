"""Every declared parameter has an editor that shows its value, takes a new one, and refuses what is not allowed."""
from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.optimizers import OPTIMIZERS
from core.params import Bool, Choice, Float, FloatTuple, Int, IntTuple, Kind, KindOf, Param
from gui.forms import Editor, editor
from gui.forms.kind_editor import KindEditor
from gui.forms.number_editor import NumberEditor
from tests.gui.forms.catalogue import params

pytestmark = pytest.mark.usefixtures("theme")

UNITS = Int(default=4, low=1, high=64, name="units", doc="Number of neurons.")
RATE = Float(default=0.1, low=0.0, high=10.0, log=True, name="rate", doc="Size of a step.")
SHARE = Float(default=0.2, low=0.0, high=0.9, unit="share", name="share", doc="A share.")
SHAPE = IntTuple(default=(), name="shape", special="as the data", doc="Shape of one sample.")
WEIGHTS = FloatTuple(default=(), name="weights", special="all 1", doc="A number for each class.")


def shown(qtbot: QtBot, param: Param[Any]) -> Editor:
    made = editor(param)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def heard(made: Editor) -> list[Any]:
    values: list[Any] = []
    made.changed.connect(values.append)
    return values


def write(made: Editor, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    made.field.setFocus()
    QTest.keyClick(made.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made.field, Qt.Key.Key_Delete)
    QTest.keyClicks(made.field, text)
    if end is not None:
        QTest.keyClick(made.field, end)


def turn(widget: QWidget, notches: int) -> QWheelEvent:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(centre, widget.mapToGlobal(centre), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize("param", params())
def test_every_parameter_has_an_editor_that_shows_its_default(qtbot: QtBot, param: Param[Any]) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    assert made.value() == param.initial
    made.set_value(param.to_json(param.initial))
    assert (made.value(), made.error, values) == (param.initial, "", [])
    assert param.doc in made.field.toolTip()
    assert made.field.accessibleName() == param.title


@pytest.mark.parametrize("param", params(Int, Float))
def test_what_a_number_editor_shows_means_its_default(qtbot: QtBot, param: Int | Float) -> None:
    made = shown(qtbot, param)
    assert isinstance(made, NumberEditor)
    values = heard(made)
    write(made, made.text)
    assert (made.value(), made.error, values) == (param.initial, "", [])


@pytest.mark.parametrize("param", params(Int, Float))
def test_a_number_out_of_range_is_refused_with_the_reason_and_stays_to_be_mended(
        qtbot: QtBot, param: Int | Float) -> None:
    made = shown(qtbot, param)
    assert isinstance(made, NumberEditor)
    values = heard(made)
    for typed in ("-9e12" if param.low is not None else None, "9e12" if param.high is not None else None, "abc"):
        if typed is not None:
            write(made, typed)
            assert made.text == typed
            assert "number" in made.error.lower()
            assert made.error.lower().startswith("a ")
            assert made.field.property("state") == "error"
            assert made.field.accessibleDescription() == made.error
    assert (made.value(), values) == (param.initial, [])
    write(made, "1", end=None)
    QTest.keyClick(made.field, Qt.Key.Key_Escape)
    assert (made.value(), made.error, made.field.property("state")) == (param.initial, "", None)


@pytest.mark.parametrize("param", params(Int, Float))
def test_arrows_step_a_number_within_its_limits(qtbot: QtBot, param: Int | Float) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    made.field.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        QTest.keyClick(made.field, key)
    assert values
    assert [param.check(v) for v in values] == values


@pytest.mark.parametrize("param", params(Bool))
def test_a_click_turns_a_switch(qtbot: QtBot, param: Bool) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    QTest.mouseClick(made.field, Qt.MouseButton.LeftButton)
    assert values == [made.value()] == [not param.default]
    QTest.keyClick(made.field, Qt.Key.Key_Space)
    assert made.value() is param.default


@pytest.mark.parametrize("param", params(Choice))
def test_every_option_can_be_chosen_by_its_label(qtbot: QtBot, param: Choice) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    combo = made.field
    assert [combo.itemText(i) for i in range(combo.count())] == list(param.options.values())
    others = [key for key in param.options if key != param.default]
    for key in (*others, param.default):
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
    assert values == [*others, param.default]


@pytest.mark.parametrize("param", params(KindOf))
def test_every_kind_can_be_chosen_and_brings_a_form_of_its_own(qtbot: QtBot, param: KindOf) -> None:
    made = shown(qtbot, param)
    assert isinstance(made, KindEditor)
    for key, kind in param.of.items():
        index = made.field.findData(key)
        assert made.field.itemText(index) == kind.info.title
        assert made.field.itemData(index, Qt.ItemDataRole.ToolTipRole) == kind.info.summary
        made.field.setCurrentIndex(index)
        made.field.activated.emit(index)
        assert made.value() == param.check(key)
        assert all(made.nested(name) is not None for name in kind.params)
        assert (made.form is not None) == bool(kind.params)
        assert kind.info.summary in made.summary.text()


@pytest.mark.parametrize("param", params(IntTuple))
def test_a_shape_that_is_not_allowed_is_refused_with_the_reason(qtbot: QtBot, param: IntTuple) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    for typed in ("2, x", "0, 3", ", ".join("1" * (param.longest + 1)), "2.5"):
        write(made, typed)
        assert "whole numbers" in made.error
        assert made.field.text() == typed
    assert (made.value(), values) == (param.initial, [])


@pytest.mark.parametrize(("text", "value"), [
    ("28, 28, 1", (28, 28, 1)), ("28 28", (28, 28)), ("(4,)", (4,)), ("8x8", (8, 8)), ("3 × 2", (3, 2)), ("", ()),
])
def test_a_shape_is_read_as_people_write_it(qtbot: QtBot, text: str, value: tuple[int, ...]) -> None:
    made = shown(qtbot, SHAPE)
    made.set_value([7])
    write(made, text)
    assert (made.value(), made.error) == (value, "")


@pytest.mark.parametrize("param", params(FloatTuple))
def test_numbers_that_are_not_allowed_are_refused_with_the_reason(qtbot: QtBot, param: FloatTuple) -> None:
    made = shown(qtbot, param)
    values = heard(made)
    for typed in ("2, x", "0.5, -3", ", ".join("1" * (param.longest + 1)), "1; 2; nan"):
        write(made, typed)
        assert "numbers" in made.error
        assert made.field.text() == typed
    assert (made.value(), values) == (param.initial, [])


@pytest.mark.parametrize(("text", "value"), [
    ("0.5, 2, 1e-3", (0.5, 2.0, 0.001)), ("0.5,2", (0.5, 2.0)), ("1 2.5", (1.0, 2.5)), ("[1; .25]", (1.0, 0.25)),
    ("0,5; 2,25", (0.5, 2.25)), ("3", (3.0,)), ("", ()),
])
def test_numbers_are_read_as_people_write_them(qtbot: QtBot, text: str, value: tuple[float, ...]) -> None:
    made = shown(qtbot, WEIGHTS)
    made.set_value([7.0])
    write(made, text)
    assert (made.value(), made.error) == (value, "")
    assert all(type(number) is float for number in made.value())


def test_a_row_of_numbers_is_shown_without_losing_a_digit(qtbot: QtBot) -> None:
    made = shown(qtbot, WEIGHTS)
    made.set_value([0.1, 1 / 3, 2.0])
    assert made.field.text() == "0.1, 0.3333333333333333, 2"


def test_an_empty_shape_says_what_that_means(qtbot: QtBot) -> None:
    made = shown(qtbot, SHAPE)
    assert (made.field.text(), made.field.placeholderText()) == ("", "as the data")


def test_a_typed_number_counts_on_enter_and_keeps_its_writing(qtbot: QtBot) -> None:
    made = shown(qtbot, RATE)
    values = heard(made)
    write(made, "1e-3", end=None)
    assert values == []
    QTest.keyClick(made.field, Qt.Key.Key_Return)
    assert (values, made.text) == ([0.001], "1e-3")
    made.set_value(0.001)
    assert made.text == "1e-3"


def test_a_typed_number_counts_on_leaving_the_field(qtbot: QtBot) -> None:
    made = shown(qtbot, UNITS)
    values = heard(made)
    write(made, "8", end=None)
    made.field.clearFocus()
    assert values == [8]


def test_a_share_is_shown_and_typed_as_percent(qtbot: QtBot) -> None:
    made = shown(qtbot, SHARE)
    assert made.field.text() == "20 %"
    write(made, "35%")
    assert (made.value(), made.field.text()) == (0.35, "35 %")


def test_the_lowest_batch_size_is_shown_as_a_word(qtbot: QtBot) -> None:
    made = shown(qtbot, Int(default=0, low=0, high=100, special="all", name="batch", doc="Samples per step."))
    assert made.field.text() == "all"
    write(made, "8")
    write(made, "all")
    assert made.value() == 0


def test_an_emptied_number_comes_back(qtbot: QtBot) -> None:
    made = shown(qtbot, UNITS)
    write(made, "")
    assert (made.field.text(), made.error, made.value()) == ("4", "", 4)


def test_an_error_goes_as_soon_as_the_text_is_mended(qtbot: QtBot) -> None:
    made = shown(qtbot, UNITS)
    write(made, "99")
    assert made.error == "A whole number from 1 to 64, got 99."
    QTest.keyClick(made.field, Qt.Key.Key_End)
    QTest.keyClick(made.field, Qt.Key.Key_Backspace)
    assert (made.field.text(), made.error) == ("9", "")


def test_a_value_from_elsewhere_replaces_an_error_but_the_same_value_leaves_what_is_being_typed(qtbot: QtBot) -> None:
    made = shown(qtbot, UNITS)
    values = heard(made)
    write(made, "1", end=None)
    made.set_value(4)
    assert made.field.text() == "1"
    write(made, "99")
    made.set_value(5)
    assert (made.field.text(), made.error, values) == ("5", "", [])


def test_a_value_that_is_not_allowed_is_shown_as_it_is_with_the_reason(qtbot: QtBot) -> None:
    for param, raw in ((UNITS, "four"), (RATE, -1.0), (SHAPE, [0]), (WEIGHTS, [-1.5])):
        made = shown(qtbot, param)
        made.set_value(raw)
        assert str(raw).strip("[]") in made.field.text()
        assert made.error
        made.set_value(param.initial)
        assert made.error == ""


def test_the_wheel_changes_a_field_only_while_it_has_the_focus(qtbot: QtBot) -> None:
    options = Choice(default="a", options={"a": "A", "b": "B"}, name="c", doc="One of two.")
    for param, before in ((UNITS, 4), (options, "a")):
        made = shown(qtbot, param)
        made.field.clearFocus()
        assert not turn(made.field, -1).isAccepted()
        assert made.value() == before
        made.field.setFocus()
        turn(made.field, -1)
        assert made.value() != before


def test_a_series_of_steps_ends_when_the_field_is_left(qtbot: QtBot) -> None:
    made = shown(qtbot, UNITS)
    ends: list[int] = []
    made.finished.connect(lambda: ends.append(made.value()))
    made.field.setFocus()
    for _ in range(3):
        QTest.keyClick(made.field, Qt.Key.Key_Up)
    assert ends == []
    made.field.clearFocus()
    assert ends == [7]


def test_a_kind_keeps_its_other_parameters_when_one_changes(qtbot: QtBot) -> None:
    made = shown(qtbot, KindOf(default="adam", of=OPTIMIZERS, name="optimizer", doc="How gradients become steps."))
    assert isinstance(made, KindEditor)
    values = heard(made)
    nested = made.nested("beta1")
    assert nested is not None
    nested.take(0.8)
    made.set_value(values[-1])
    assert isinstance(made.value(), Kind)
    assert dict(made.value().params) == {"beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8}
    assert made.nested("beta1") is nested
