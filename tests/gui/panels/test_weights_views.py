"""The ways to look at weights: what is drawn is what the network has, and what is clicked is inspected."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.io import examples
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.probes.kernels import COLOUR, Kernels
from core.train.probes.weights import Weights, reduced
from core.train.references import NeuronRef
from core.train.session import Session
from gui.context import AppContext
from gui.panels.weights import WeightsPanel
from gui.weights.history import HistoryView
from gui.weights.kernels import KernelsView
from gui.weights.matrix import MatrixView
from gui.weights.shades import Shades, brief, judged
from gui.weights.words import BY_ID
from tests.core._build import chain, dense, xor
from tests.gui.panels._run import look, picked, settle, shown, trained

DIGITS = {"kind": "digits", "params": {}}


def convolutional() -> Any:
    return chain(("reshape", {"target": [8, 8, 1]}), ("conv2d", {"filters": 3}), ("conv2d", {"filters": 4}), "flatten",
                 dense(10), "softmax", loss="sparse_categorical_crossentropy", source=DIGITS)


def opened(qtbot: QtBot, context: AppContext, document: Any, width: int = 640, height: int = 360) -> WeightsPanel:
    context.history.restart(document)
    return shown(qtbot, WeightsPanel, context, width, height)


def pixel(panel: WeightsPanel, x: float, y: float) -> QPoint:
    scene = panel.view.plot.vb.mapViewToScene(QPointF(x, y))
    return panel.board.view.mapFromScene(scene)


def click(panel: WeightsPanel, x: float, y: float) -> None:
    QTest.mouseClick(panel.board.view.viewport(), Qt.MouseButton.LeftButton, pos=pixel(panel, x, y))


def double_click(panel: WeightsPanel, at: QPoint) -> None:
    """As a mouse does it: the second press is the double click itself."""
    port = panel.board.view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    for kind, held in ((QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton),
                       (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)):
        QApplication.sendEvent(port, QMouseEvent(kind, QPointF(at), QPointF(port.mapToGlobal(at)),
                                                 Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_the_words_above_choose_the_way_to_look(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, convolutional())
    session = Session(convolutional())
    settle(panel, session)
    assert panel.choices.segments.isVisible()
    assert panel.choices.segments.words == ["Matrix", "Kernels", "Over time"]
    for word, kind in (("Kernels", KernelsView), ("Over time", HistoryView), ("Matrix", MatrixView)):
        panel.choices.segments.setCurrentIndex(panel.choices.segments.words.index(word))
        assert isinstance(panel.view, kind)
        settle(panel, session)
        assert panel.view.plot.scene() is panel.board.view.scene()
        assert panel.answer is not None


def test_in_a_small_panel_a_menu_stands_for_the_words(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, xor(), 195, 240)
    settle(panel, Session(xor()))
    assert not panel.choices.segments.isVisible()
    picked(panel.choices.ways.menu(), "Over time")
    assert isinstance(panel.view, HistoryView)
    assert panel.width() == 195
    assert panel.minimumSizeHint().width() <= 195


def test_only_what_makes_sense_is_offered(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, xor())
    settle(panel, Session(xor()))
    assert panel.choices.segments.words == ["Matrix", "Over time"]


def test_pictures_come_back_with_the_next_node_that_has_some(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, convolutional()), Session(convolutional())
    settle(panel, session)
    panel.choices.look("Kernels")
    settle(panel, session)
    context.select(["dense"])
    settle(panel, session)
    assert isinstance(panel.view, MatrixView)
    assert panel.answer.node == "dense"
    context.select(["conv2d_2"])
    settle(panel, session)
    assert isinstance(panel.view, KernelsView)
    assert panel.answer.node == "conv2d_2"


@pytest.mark.parametrize("quantity", ["Change", "Per step", "Gradient"])
def test_every_quantity_is_written_as_the_probe_measured_it(qtbot: QtBot, context: AppContext, quantity: str) -> None:
    panel, session = opened(qtbot, context, xor()), trained(xor(), 15)
    settle(panel, session)
    picked(panel.choices.what.menu(), quantity)
    settle(panel, session)
    found = panel.answer
    assert found.quantity == {"Change": "change", "Per step": "step", "Gradient": "gradient"}[quantity]
    for (row, column), text in panel.view.maps["W"].written().items():
        assert number(text) == pytest.approx(float(found.values["W"][row, column]), rel=0.06, abs=0.006)
    exported = panel.exports()
    names, rows = exported.table()
    np.testing.assert_allclose([row[1:] for row in rows[:2]], found.values["W"])
    assert panel.choices.what.text() == quantity
    assert names[0] == BY_ID[found.quantity].column
    assert exported.name == f"weights-{found.quantity}-{found.node}", "the file says what is in it"


def test_the_change_is_that_of_the_weights(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor()), trained(xor(), 15)
    panel.choices.quantity = "change"
    settle(panel, session)
    first = session.moments.at(0).weights[session.network.weights.places["dense", "W"]].reshape(2, 4)
    table = panel.exports().table()[1]
    np.testing.assert_array_equal(np.array([row[1:] for row in table[:2]], np.float32),
                                  session.network.weights["dense"]["W"] - first)
    assert "since step 0" in panel.caption.title


def test_a_step_is_judged_in_words(qtbot: QtBot, context: AppContext) -> None:
    assert judged(1e-3) == "1.0e−3, healthy"
    assert judged(1e-5).endswith("little")
    assert judged(0.5).endswith("much")
    panel, session = opened(qtbot, context, xor()), trained(xor(), 3)
    panel.choices.quantity = "step"
    settle(panel, session)
    assert judged(panel.answer.ratios["W"]) in panel.caption.title
    assert [text for _, text in panel.beside.marks] == ["10⁻⁵", "10⁻³", "10⁻¹"]


def test_kernels_are_the_weights_of_each_filter(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, convolutional()), Session(convolutional())
    panel.choices.look("Kernels")
    context.select(["conv2d_2"])
    settle(panel, session)
    W = session.network.weights["conv2d_2"]["W"]
    names, rows = panel.exports().table()
    assert names == ["filter", "row", "column", "weight"]
    assert len(rows) == 4 * 9
    for filter_, row, column, value in rows:
        assert value == pytest.approx(float(W[row - 1, column - 1, :, filter_ - 1].mean()), rel=1e-5, abs=1e-7)
    picked(panel.choices.inlet.menu(), "Input 3")
    settle(panel, session)
    assert panel.exports().table()[1][-1][3] == float(W[2, 2, 2, 3])
    assert "input 3" in panel.caption.title
    place = panel.view.mosaic.place(3)
    panel.board.hovered.emit(panel.view.plot.vb.mapViewToScene(place.topLeft() + QPointF(1.5, 0.5)))
    assert panel.caption.readings[0].value == f"filter 4 [1, 2] = {panel.view.shades.read(float(W[0, 1, 2, 3]))}"


def test_the_colour_of_a_pixel_is_that_of_its_weight(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, convolutional()), Session(convolutional())
    panel.choices.look("Kernels")
    context.select(["conv2d"])
    settle(panel, session)
    pixels = panel.view.mosaic._pixels
    shades = Shades.of("now", panel.answer.scale)
    expected = shades.table(context.theme.tokens)[shades.codes(session.network.weights["conv2d"]["W"][..., 0, :])]
    np.testing.assert_array_equal(pixels, np.moveaxis(expected, -1, 0))


def test_three_inputs_can_be_seen_in_colour(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, convolutional()), Session(convolutional())
    panel.choices.look("Kernels")
    context.select(["conv2d_2"])
    settle(panel, session)
    picked(panel.choices.inlet.menu(), "Colour")
    settle(panel, session)
    assert panel.answer.channel == COLOUR
    W, scale = session.network.weights["conv2d_2"]["W"], panel.view.shades.scale
    value = int(panel.view.mosaic._pixels[1, 2, 0])
    parts = [value >> shift & 255 for shift in (16, 8, 0)]
    np.testing.assert_allclose(parts, 127.5 + 127.5 * W[2, 0, :, 1] / scale, atol=0.51)


def test_the_units_of_a_first_layer_look_for_pictures(qtbot: QtBot, context: AppContext) -> None:
    document = examples.load("digits-mlp")
    panel, session = opened(qtbot, context, document), Session(document)
    settle(panel, session)
    assert "Fields" in panel.choices.segments.words
    panel.choices.look("Fields")
    settle(panel, session)
    found: Kernels = panel.answer
    np.testing.assert_array_equal(found.pictures[2].ravel(), session.network.weights[found.node]["W"][:, 2])
    assert "units, 8 × 8" in panel.caption.title
    panel.grab()


def test_a_click_inspects_the_neuron_and_it_is_framed(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor()), Session(xor())
    settle(panel, session)
    click(panel, 2.5, 0.5)
    assert context.neuron == NeuronRef("dense", 2)
    areas = panel.view.frames.areas
    assert {(area.left(), area.right()) for area in areas} == {(2.0, 3.0)}
    assert len(areas) == 2
    context.inspect(NeuronRef("sigmoid", 1))
    assert {area.left() for area in panel.view.frames.areas} == {1.0}
    context.inspect(NeuronRef("dense_2", 0))
    assert panel.view.frames.areas == ()


def test_a_click_on_a_kernel_inspects_its_filter(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, convolutional()), Session(convolutional())
    panel.choices.look("Kernels")
    context.select(["conv2d_2"])
    settle(panel, session)
    centre = panel.view.mosaic.place(1).center()
    click(panel, centre.x(), centre.y())
    assert context.neuron == NeuronRef("conv2d_2", 1)
    [area] = panel.view.frames.areas
    assert area.contains(panel.view.mosaic.place(1))


def test_every_gate_of_a_recurrent_neuron_is_framed(qtbot: QtBot, context: AppContext) -> None:
    document = examples.load("brackets-lstm")
    panel, session = opened(qtbot, context, document), Session(document)
    context.select(["lstm"])
    context.inspect(NeuronRef("lstm", 3))
    settle(panel, session)
    units = session.network.weights["lstm"]["U"].shape[0]
    assert {area.left() for area in panel.view.frames.areas} == {3.0 + gate * units for gate in range(4)}


def test_the_wheel_magnifies_about_the_pointer_and_a_double_click_shows_all(qtbot: QtBot, context: AppContext) -> None:
    document = examples.load("digits-mlp")
    panel, session = opened(qtbot, context, document), Session(document)
    settle(panel, session)
    whole = panel.view.plot.vb.viewRange()
    view, at = panel.board.view, pixel(panel, 8.5, 10.5)
    wheel = QWheelEvent(QPointF(at), QPointF(view.viewport().mapToGlobal(at)), QPoint(), QPoint(0, 360),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), wheel)
    (left, right), (low, high) = near = panel.view.plot.vb.viewRange()
    assert right - left < 0.9 * (whole[0][1] - whole[0][0])
    assert left < 8.5 < right
    assert low < 10.5 < high
    settle(panel, session)
    look(panel, session)
    assert panel.view.plot.vb.viewRange() == near
    panel.grab()
    double_click(panel, at)
    assert panel.view.plot.vb.viewRange() == whole


def test_the_history_is_counted_and_read_by_the_pointer(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor()), trained(xor(), 20)
    panel.choices.look("Over time")
    settle(panel, session)
    found = panel.answer
    assert found.pending == 0
    assert found.steps == tuple(range(21))
    assert panel.view.ridge.labels == tuple(map(str, range(21)))
    names, rows = panel.exports().table()
    assert len(names) == 2 + len(found.edges) - 1
    assert all(sum(row[2:]) == found.total == 8 for row in rows)
    newest, _ = np.histogram(session.network.weights["dense"]["W"].astype(float), found.edges)
    assert rows[-1][2:] == newest.tolist()
    column = int(newest.argmax())
    middle = float(found.edges[column] + found.edges[column + 1]) / 2
    panel.board.hovered.emit(panel.view.plot.vb.mapViewToScene(QPointF(middle, 0.05)))
    assert panel.caption.readings[0].value.startswith(f"{newest[column]} from ")
    assert "epoch 20" in panel.caption.title


def test_the_pointer_reads_what_is_drawn_not_what_has_only_come(qtbot: QtBot, context: AppContext) -> None:
    panel, long, short = opened(qtbot, context, xor()), trained(xor(), 20), trained(xor(), 1)
    panel.choices.look("Over time")
    settle(panel, long)
    first = panel.view.plot.vb.mapViewToScene(QPointF(0.0, panel.view.ridge.area.center().y()))
    panel.board.hovered.emit(first)
    read = panel.caption.title
    fresh = {request: answer(short, request) for request in panel.requests()}
    panel.on_train(Snapshot(1, short.epoch, short.step, fresh, 0.0))
    panel.board.hovered.emit(first)
    assert panel.caption.title == read
    panel.on_tick()
    assert panel.caption.title != read, "drawn, and read again"


def test_an_array_of_a_layer_can_be_chosen(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor()), trained(xor(), 3)
    panel.choices.look("Over time")
    settle(panel, session)
    picked(panel.choices.part.menu(), "b")
    settle(panel, session)
    assert panel.answer.name == "b"
    assert panel.answer.total == 4


def test_a_layer_can_be_kept_whatever_is_selected(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor()), Session(xor())
    settle(panel, session)
    picked(panel.choices.node.menu(), "dense_2")
    context.select(["dense"])
    settle(panel, session)
    assert panel.answer.node == "dense_2"
    assert panel.choices.node.text() == "dense_2"
    picked(panel.choices.node.menu(), "Selected layer")
    settle(panel, session)
    assert panel.answer.node == "dense"


def test_of_a_large_layer_the_blocks_are_named(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, xor())
    array = np.random.default_rng(0).normal(size=(65_536, 64)).astype(np.float32)
    small, block = reduced(array)
    found = Weights("dense", {"W": small}, float(np.abs(array).max()), shapes={"W": array.shape}, blocks={"W": block})
    panel.on_train(Snapshot(1, 0, 0, {panel.wanted()[0]: found}, 0.0))
    panel.on_tick()
    assert "W 65,536 × 64 by 16 × 1" in panel.caption.title
    panel.board.hovered.emit(panel.view.plot.vb.mapViewToScene(QPointF(5.5, 3.5)))
    extreme = float(small[3, 5])
    assert panel.caption.readings[0].value.startswith("extreme of W[49, 6] to [64, 6] = ")
    assert number(panel.caption.readings[0].value.split(" = ")[1]) == pytest.approx(extreme, abs=1e-4)
    panel.grab()


@pytest.mark.parametrize(("value", "text"), [(0.0012, "1.2e−3"), (-35000.0, "−3.5e4"), (0.0, "0"), (np.nan, "–")])
def test_small_and_large_numbers_are_brief(value: float, text: str) -> None:
    assert brief(value) == text


def test_rows_are_named_once_and_again_only_when_there_are_others(qtbot: QtBot, context: AppContext,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    panel, session = opened(qtbot, context, xor()), Session(xor())
    named: list[int] = []
    settle(panel, session)
    tell = panel.view.left.set_cells
    monkeypatch.setattr(panel.view.left, "set_cells", lambda cells: (named.append(len(cells)), tell(cells)))
    for _ in range(3):
        session.network.weights.flat[:] += 0.25
        look(panel, session)
    assert number(panel.view.maps["W"].written()[0, 0]) == pytest.approx(session.network.weights["dense"]["W"][0, 0],
                                                                         abs=0.005)
    assert named == []
    context.select(["dense_2"])
    look(panel, session)
    assert named == [5], "four rows and the bias"


def test_where_a_caption_has_no_room_it_leaves_out_what_the_button_says(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, xor())
    panel.choices.quantity = "gradient"
    settle(panel, Session(xor()))
    assert panel.caption.title == "dense, gradient of the loss  W 2 × 4, b 4"
    assert panel.caption.short == "dense  W 2 × 4, b 4"


def test_longer_times_get_more_room_beside_the_ridge(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, xor(), 640, 360), trained(xor(), 1200)
    panel.choices.look("Over time")
    settle(panel, session)
    view = panel.view
    labels = view.left.tickStrings(view.left.tickValues(*view.left.range, panel.board.tall)[0][1], 1.0, 1.0)
    assert "1,200" in labels
    widest = max(map(view.left._metrics().horizontalAdvance, labels))
    assert view.left.width() >= widest + view.left.label.boundingRect().height() / 2
