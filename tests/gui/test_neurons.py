"""Neurons in the real window: the switch, the weights of a run as lines, and setting one by hand."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import furniture
from core.graph.document import Edge
from core.io import examples
from core.io.documents import dumps, loads
from core.train.request import Request
from gui.canvas.bundle import Bundle
from gui.canvas.weighing import Weighing
from gui.canvas.weight_field import WeightField
from gui.main_window import MainWindow
from tests.core._build import chain, dense

FIRST = Edge("input", "hidden")
LEFT = Qt.MouseButton.LeftButton


def wait(qtbot: QtBot, window: MainWindow, *states: str) -> None:
    qtbot.waitUntil(lambda: window.context.trainer.state in states, timeout=10_000)


@pytest.fixture
def xor(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.context.history.restart(examples.load("xor-mlp"))
    wait(qtbot, window, "ready")
    return window


@pytest.fixture
def neurons(xor: MainWindow, qtbot: QtBot) -> MainWindow:
    """All of XOR as neurons, with its first weights on the lines."""
    xor.actions_by_id["view.all_neurons"].trigger()
    qtbot.waitUntil(lambda: bool(first(xor).shares), timeout=5000)
    return xor


def first(window: MainWindow) -> Bundle:
    return window.canvas.canvas_scene.neurons.bundles[FIRST]


def weighing(window: MainWindow) -> Weighing:
    return window.canvas.canvas_scene.neurons.weighing


def weight(window: MainWindow, name: str = "hidden.W", index: tuple[int, ...] = (0, 3)) -> float:
    weights = window.context.trainer.weights()
    assert weights is not None
    return float(weights[name][index])


def on_line(window: MainWindow, line: int) -> QPointF:
    # Between the cards, where no two lines cross.
    return first(window).rails.path(line).pointAtPercent(0.6)


def click(window: MainWindow, at: QPointF) -> None:
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=window.canvas.mapFromScene(at))


def open_field(window: MainWindow) -> WeightField:
    """The field for the weight from the first input to the last hidden neuron."""
    click(window, on_line(window, 3))
    field = weighing(window).field
    assert field is not None
    return field


def asked(window: MainWindow) -> set[Request]:
    return {request for these in window._asked.values() for request in these if request.probe == "neurons"}


def test_e_switches_the_selected_nodes_and_shift_e_all_of_them(xor: MainWindow) -> None:
    xor.canvas.setFocus()
    xor.context.select(["hidden"])
    QTest.keyClick(xor.canvas, Qt.Key.Key_E)
    assert [n.id for n in xor.context.document.nodes.values() if n.neurons] == ["hidden"]
    assert xor.actions_by_id["view.neurons"].isChecked()
    assert not xor.actions_by_id["view.all_neurons"].isChecked()
    QTest.keyClick(xor.canvas, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert all(n.neurons for n in xor.context.document.nodes.values())
    assert xor.actions_by_id["view.all_neurons"].isChecked()
    QTest.keyClick(xor.canvas, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert not any(n.neurons for n in xor.context.document.nodes.values())


def test_the_switch_is_one_step_with_the_places_that_it_needs(xor: MainWindow) -> None:
    before = xor.context.document
    xor.actions_by_id["view.all_neurons"].trigger()
    cards = [item.card() for item in xor.canvas.canvas_scene.nodes.values()]
    assert not any(a.intersects(b) for a in cards for b in cards if a is not b)
    assert xor.context.history.undo_label == "Show 6 nodes as neurons"
    xor.context.history.undo()
    assert xor.context.document is before


def test_the_whole_network_is_in_view_after_the_switch(xor: MainWindow) -> None:
    xor.actions_by_id["view.all_neurons"].trigger()
    QApplication.processEvents()
    view = xor.canvas.mapToScene(xor.canvas.viewport().rect()).boundingRect()
    assert view.contains(xor.canvas.canvas_scene.content_rect(xor.context.document.nodes))


def test_it_is_off_where_nothing_can_be_drawn_as_neurons(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.actions_by_id["view.all_neurons"].isEnabled()
    pictures = chain(("reshape", {"target": (8, 8, 1)}), "conv2d", "flatten", dense(10), "softmax",
                     loss="categorical_crossentropy", source="digits")
    window.context.history.restart(pictures)
    wait(qtbot, window, "ready")
    window.context.select(["conv2d"])
    assert not window.actions_by_id["view.neurons"].isEnabled()
    window.context.select(["conv2d", "dense"])
    assert window.actions_by_id["view.neurons"].isEnabled()
    assert window.actions_by_id["view.all_neurons"].isEnabled()


def test_it_survives_saving_and_opening(neurons: MainWindow) -> None:
    assert loads(dumps(neurons.context.document)) == neurons.context.document


def test_cards_ask_nothing_of_the_run_and_neurons_only_for_layers_in_view(xor: MainWindow, qtbot: QtBot) -> None:
    xor.frame()
    assert asked(xor) == set()
    assert "neurons" not in {request.probe for request in xor.canvas.requests()}
    xor.actions_by_id["view.all_neurons"].trigger()
    QApplication.processEvents()
    xor.frame()
    both = {Request.of("neurons", node="hidden"), Request.of("neurons", node="decision")}
    assert asked(xor) == both
    xor.canvas.centerOn(9000, 9000)
    xor.frame()
    assert asked(xor) == set()
    xor.context.history.undo()
    xor.canvas.fit()
    xor.frame()
    assert asked(xor) == set()


def test_while_training_runs_weights_are_asked_for_ten_times_a_second_at_most(neurons: MainWindow) -> None:
    feed = neurons.canvas.canvas_scene.neurons.feed
    trainer = neurons.context.trainer
    trainer.state = "running"
    try:
        feed._answered = float("inf")
        assert "neurons" not in {request.probe for request in neurons.canvas.requests()}
        feed._answered = 0.0
        assert sum(request.probe == "neurons" for request in neurons.canvas.requests()) == 2
    finally:
        trainer.state = "ready"


def test_untrained_weights_are_shown_and_training_changes_them(neurons: MainWindow, qtbot: QtBot) -> None:
    before = list(first(neurons).shares)
    scale = neurons.canvas.canvas_scene.neurons.feed.lines["hidden"].scale
    assert before[3] * scale == pytest.approx(weight(neurons))
    neurons.context.trainer.one_epoch()
    qtbot.waitUntil(lambda: first(neurons).shares != before, timeout=5000)
    wait(qtbot, neurons, "paused")


def test_a_typed_weight_is_set_in_the_network_and_shown_at_once(neurons: MainWindow, qtbot: QtBot) -> None:
    was = weight(neurons)
    others = neurons.context.trainer.weights()
    field = open_field(neurons)
    QTest.keyClicks(field.field, "-2.5")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert weight(neurons) == -2.5
    assert weighing(neurons).field is None
    lines = neurons.canvas.canvas_scene.neurons.feed
    qtbot.waitUntil(lambda: lines.weight("hidden", 0, 3) == -2.5, timeout=5000)
    qtbot.waitUntil(lambda: first(neurons).shares[3] < 0, timeout=5000)
    said = neurons.context.notify.notices[-1]
    assert said.text.startswith("w[x1 → neuron 4] was set from ")
    assert said.text.endswith(" to −2.5000.")
    assert said.action is not None
    said.action()
    now = neurons.context.trainer.weights()
    assert weight(neurons) == was
    assert others is not None
    assert now is not None
    assert all((now[name] == others[name]).all() for name in now)


def test_escape_brings_the_first_value_back(neurons: MainWindow) -> None:
    was = weight(neurons)
    said = len(neurons.context.notify.notices)
    field = open_field(neurons)
    QTest.keyClick(field.field, Qt.Key.Key_Up)
    assert weight(neurons) == pytest.approx(was + 0.1, abs=1e-3)
    QTest.keyClick(field.field, Qt.Key.Key_Escape)
    assert weight(neurons) == was
    assert weighing(neurons).field is None
    assert len(neurons.context.notify.notices) == said


def test_a_click_elsewhere_keeps_what_was_typed(neurons: MainWindow) -> None:
    field = open_field(neurons)
    QTest.keyClicks(field.field, "1.25")
    click(neurons, neurons.canvas.mapToScene(20, 20))
    assert weight(neurons) == 1.25
    assert weighing(neurons).field is None


def test_the_name_is_dragged_to_change_the_weight(neurons: MainWindow) -> None:
    was = weight(neurons)
    field = open_field(neurons)
    label = field.label
    QTest.mousePress(label, LEFT, pos=label.rect().center())
    QTest.mouseMove(label, label.rect().center() + QPointF(31, 0).toPoint())
    QTest.mouseRelease(label, LEFT, pos=label.rect().center() + QPointF(31, 0).toPoint())
    assert weight(neurons) == pytest.approx(was + 0.5, abs=1e-3)
    assert weighing(neurons).field is field
    QTest.keyClick(field.field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("typed", ["abc", "1e99"])
def test_what_is_no_weight_stays_to_be_mended(neurons: MainWindow, typed: str) -> None:
    was = weight(neurons)
    field = open_field(neurons)
    QTest.keyClicks(field.field, typed)
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert weight(neurons) == was
    assert field.editor.error
    assert weighing(neurons).field is field
    QTest.keyClick(field.field, Qt.Key.Key_Escape)
    assert weighing(neurons).field is None


def test_the_key_e_in_the_field_is_a_letter(neurons: MainWindow) -> None:
    field = open_field(neurons)
    QTest.keyClicks(field.field, "1e-1")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert weight(neurons) == pytest.approx(0.1)
    assert all(node.neurons for node in neurons.context.document.nodes.values())


def test_a_bias_is_read_and_set_at_its_mark(neurons: MainWindow) -> None:
    item = neurons.canvas.node_item("hidden")
    assert item.column is not None
    at = item.pos() + item.column.column.bias_box(1, item.head).center()
    QTest.mouseMove(neurons.canvas.viewport(), neurons.canvas.mapFromScene(at))
    click(neurons, at)
    field = weighing(neurons).field
    assert field is not None
    assert field.accessibleName() == "b[neuron 2]"
    QTest.keyClicks(field.field, "0.75")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert weight(neurons, "hidden.b", (1,)) == 0.75


def test_a_weight_can_be_set_while_training_runs(neurons: MainWindow, qtbot: QtBot) -> None:
    trainer = neurons.context.trainer
    trainer.set_pace(10.0)
    trainer.toggle()
    wait(qtbot, neurons, "running")
    assert trainer.set_weight("decision", "W", (0, 0), 25.0) is not None
    trainer.toggle()
    wait(qtbot, neurons, "paused")
    assert weight(neurons, "decision.W", (0, 0)) > 20.0


def test_without_a_network_no_weight_can_be_set(window: MainWindow) -> None:
    assert window.context.trainer.set_weight("hidden", "W", (0, 0), 1.0) is None


def test_an_edit_of_the_network_closes_the_field(neurons: MainWindow) -> None:
    open_field(neurons)
    neurons.context.history.undo()
    assert weighing(neurons).field is None
    assert neurons.canvas.canvas_scene.neurons.bundles == {}


def test_a_neuron_that_is_added_by_its_button_gets_lines(neurons: MainWindow, qtbot: QtBot) -> None:
    item = neurons.canvas.node_item("hidden")
    assert item.column is not None
    click(neurons, item.pos() + item.column.column.button(1).center())
    assert len(first(neurons).rails.pairs) == 2 * 5
    qtbot.waitUntil(lambda: len(first(neurons).shares) == 10, timeout=10_000)


def test_copies_of_neurons_are_neurons(neurons: MainWindow) -> None:
    neurons.context.select(["hidden", "hidden_sigmoid"])
    neurons.actions_by_id["edit.copy"].trigger()
    neurons.actions_by_id["edit.paste"].trigger()
    copies = [n for name, n in neurons.context.document.nodes.items() if name not in examples.load("xor-mlp").nodes]
    assert len(copies) == 2
    assert all(copy.neurons for copy in copies)


def test_lines_go_with_the_nodes_into_a_collapsed_group(neurons: MainWindow) -> None:
    neurons.context.edit("Group", lambda doc: furniture.group(doc, ["hidden", "hidden_sigmoid"]))
    shown = neurons.canvas.canvas_scene.neurons.bundles
    before = set(shown)
    (name,) = neurons.context.document.groups
    neurons.context.edit("Collapse", lambda doc: furniture.collapse(doc, name, True))
    assert before - set(shown) == {FIRST, Edge("hidden", "hidden_sigmoid"), Edge("hidden_sigmoid", "decision")}
    neurons.frame()
    assert asked(neurons) == {Request.of("neurons", node="decision")}
    neurons.context.history.undo()
    assert set(shown) == before
