"""The weights panel shows the weights of the node that is selected."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Node
from core.train.events import Snapshot
from core.train.probes.weights import Weights
from core.train.session import Session
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.panels.weights import WeightsPanel
from tests.core._build import xor
from tests.gui.panels._run import look, shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> WeightsPanel:
    context.history.restart(xor())
    return shown(qtbot, WeightsPanel, context)


def give(panel: WeightsPanel, **values: Any) -> None:
    arrays = {name: np.asarray(array, np.float32) for name, array in values.items()}
    scale = max(float(np.nanmax(np.abs(array), initial=0.0)) for array in arrays.values())
    found = Weights("dense", arrays, scale)
    panel.on_train(Snapshot(1, 0, 0, {panel.wanted()[0]: found}, 0.0))
    panel.on_tick()


def hover(panel: WeightsPanel, x: float, y: float) -> str:
    panel.board.hovered.emit(panel.view.plot.vb.mapViewToScene(QPointF(x, y)))
    return panel.caption.readings[0].value if panel.caption.readings else ""


def test_before_anything_ran_it_says_what_to_do(panel: WeightsPanel) -> None:
    assert panel.board.empty
    assert "Dense" in panel.board.message.text()


def test_it_asks_for_the_selected_node_and_else_for_the_first(panel: WeightsPanel, context: AppContext) -> None:
    assert dict(panel.requests()[0].arguments) == {"node": ""}
    context.select(["dense_2"])
    assert dict(panel.requests()[0].arguments) == {"node": "dense_2"}
    context.select(["dense", "dense_2"])
    assert dict(panel.requests()[0].arguments) == {"node": ""}


def test_hidden_it_asks_for_nothing(panel: WeightsPanel) -> None:
    panel.hide()
    assert panel.requests() == ()


def test_every_cell_holds_the_weight_of_its_input_and_unit(panel: WeightsPanel, context: AppContext) -> None:
    session = Session(xor())
    look(panel, session)
    weights = session.network.weights["dense"]
    written = panel.view.maps["W"].written()
    assert len(written) == 8
    for (row, column), text in written.items():
        assert float(text.replace("−", "-")) == pytest.approx(float(weights["W"][row, column]), abs=0.005)
    assert panel.view.maps["b"].written() == {(0, column): "0.00" for column in range(4)}


def test_the_answer_of_another_node_is_not_drawn(panel: WeightsPanel, context: AppContext) -> None:
    session = Session(xor())
    look(panel, session)
    context.select(["dense_2"])
    assert panel.answer.node == "dense"
    look(panel, session)
    assert panel.answer.node == "dense_2"
    assert panel.view.maps["W"].columns == 1


def test_it_says_whose_weights_these_are(panel: WeightsPanel, context: AppContext) -> None:
    look(panel, Session(xor()))
    assert panel.caption.title == "dense  W 2 × 4, b 4"
    context.edit("Rename", lambda document: edits.rename(document, "dense", "Hidden"))
    look(panel, Session(xor()))
    assert panel.caption.title.startswith("Hidden ")


def test_zero_is_neutral_and_the_scale_is_even_on_both_sides(panel: WeightsPanel, context: AppContext) -> None:
    give(panel, W=[[0.0, 4.0], [-4.0, 1.0]])
    tokens = context.theme.tokens
    colour = panel.view.maps["W"].image.pixelColor
    assert colour(0, 0).name() == tokens.neutral
    assert colour(1, 0).name() == tokens.positive
    assert colour(0, 1).name() == tokens.negative
    assert [text for _, text in panel.beside.marks] == ["−4.0", "0", "4.0"]


def test_the_scale_moves_in_round_steps_only(panel: WeightsPanel) -> None:
    give(panel, W=[[0.31]])
    marks = panel.beside.marks
    give(panel, W=[[0.39]])
    assert panel.beside.marks == marks == ((0.0, "−0.4"), (0.5, "0"), (1.0, "0.4"))


def test_longer_numbers_beside_the_colours_have_room_at_once(panel: WeightsPanel) -> None:
    give(panel, W=[[4.0]])
    before = panel.board.inside
    give(panel, W=[[0.00024]])
    assert [text for _, text in panel.beside.marks] == ["−2.5e−4", "0", "2.5e−4"]
    panel.board.layout_item.layout.activate()
    assert panel.board.inside < before
    bar = panel.beside.sceneBoundingRect()
    assert bar.width() >= panel.beside.minimumWidth()
    assert bar.right() <= panel.board.view.width()


def test_the_bias_is_a_row_of_its_own_below(panel: WeightsPanel) -> None:
    give(panel, W=np.ones((3, 2)), b=[0.5, -0.5])
    matrix, bias = panel.view.maps["W"].rect, panel.view.maps["b"].rect
    assert bias.top() > matrix.bottom()
    assert (bias.left(), bias.right()) == (matrix.left(), matrix.right())
    assert list(panel.view.left.cells.values()) == ["1", "2", "3", "b"]


def test_a_node_without_bias_shows_its_matrix_alone(panel: WeightsPanel) -> None:
    give(panel, W=np.ones((3, 2)), b=[0.5, -0.5])
    give(panel, W=np.ones((3, 2)))
    assert list(panel.view.maps) == ["W"]


def test_the_pointer_reads_one_weight(panel: WeightsPanel) -> None:
    give(panel, W=[[0.1, 0.2], [0.3, -0.12341]], b=[7.0, 8.0])
    assert hover(panel, 1.5, 1.5) == "W[2, 2] = −0.1234"
    assert hover(panel, 0.5, 0.5) == "W[1, 1] = 0.1000"
    assert hover(panel, 1.5, panel.view.maps["b"].rect.center().y()) == "b[2] = 8.0000"
    panel.board.hovered.emit(None)
    assert panel.caption.readings == ()


def test_a_value_under_the_pointer_follows_the_training(panel: WeightsPanel) -> None:
    give(panel, W=[[0.1]])
    assert hover(panel, 0.5, 0.5) == "W[1, 1] = 0.1000"
    give(panel, W=[[0.2]])
    assert panel.caption.readings[0].value == "W[1, 1] = 0.2000"


def test_weights_that_are_not_numbers_have_no_colour_of_a_sign(panel: WeightsPanel, context: AppContext) -> None:
    give(panel, W=[[np.nan, 1.0]])
    assert panel.view.maps["W"].image.pixelColor(0, 0).name() == context.theme.tokens.plot_grid
    assert panel.view.maps["W"].written()[0, 0] == "–"


@pytest.mark.parametrize("shape", [(64, 64), (784, 256), (1, 1), (20, 1), (1, 300)])
def test_any_size_is_painted(panel: WeightsPanel, shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    give(panel, W=rng.normal(size=shape), b=rng.normal(size=shape[1]))
    image = panel.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 3
    rows, columns = shape
    assert panel.view.plot.vb.viewRange()[0] == [0.0, columns]
    assert panel.view.plot.vb.viewRange()[1][1] > rows


def test_a_kernel_is_shown_with_one_row_for_every_input_weight(panel: WeightsPanel) -> None:
    kernel = np.arange(3 * 3 * 2 * 4, dtype=float).reshape(3, 3, 2, 4)
    give(panel, W=kernel)
    assert panel.view.maps["W"].written()[17, 3] == "71.00"
    assert hover(panel, 3.5, 17.5) == "W[3, 3, 2, 4] = 71.0000"


def test_the_theme_changes_colours_but_not_the_numbers(panel: WeightsPanel, context: AppContext) -> None:
    look(panel, Session(xor()))
    image, table = panel.view.maps["W"].image.copy(), panel.exports().table()
    context.theme.set_mode("dark")
    try:
        assert panel.view.maps["W"].image != image
        assert panel.exports().table() == table
    finally:
        context.theme.set_mode("light")


def test_the_table_is_the_weights(panel: WeightsPanel) -> None:
    session = Session(xor())
    look(panel, session)
    exported = panel.exports()
    assert exported is not None
    assert exported.name == "weights-dense"
    names, rows = exported.table()
    assert names == ["weight", "unit 1", "unit 2", "unit 3", "unit 4"]
    assert [row[0] for row in rows] == ["W[1]", "W[2]", "b"]
    np.testing.assert_allclose([row[1:] for row in rows[:2]], session.network.weights["dense"]["W"])


def test_a_network_with_problems_is_not_said_to_lack_a_layer(window: MainWindow) -> None:
    panel = window.panels["weights"]
    assert "Add a Dense layer" in panel.board.message.text()
    window.context.edit("Add Dense", lambda doc: edits.add_node(doc, Node("dense", "dense")))
    assert "has problems" in panel.board.message.text()
    window.context.history.undo()
    assert "Add a Dense layer" in panel.board.message.text()
