"""A neuron has one number: in the weights as on the cards, in the neuron panel and under the pointer."""
from __future__ import annotations

from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.graph.document import Document
from core.io import examples
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.references import NeuronRef
from core.train.session import Session
from gui.context import AppContext
from gui.panels.weights import WeightsPanel
from tests.core._build import xor
from tests.gui.panels._run import shown


def opened(qtbot: QtBot, context: AppContext, document: Document, node: str) -> WeightsPanel:
    context.history.restart(document)
    panel = shown(qtbot, WeightsPanel, context)
    context.select([node])
    request = panel.wanted()[0]
    panel.on_train(Snapshot(1, 0, 0, {request: answer(Session(document), request)}, 0.0))
    panel.on_tick()
    return panel


def read(panel: WeightsPanel, x: float, y: float) -> str:
    panel.board.hovered.emit(panel.view.plot.vb.mapViewToScene(QPointF(x, y)))
    return panel.caption.readings[0].value.split(" = ")[0]


def test_the_column_of_a_neuron_has_the_number_that_it_has_elsewhere(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, xor(), "dense")
    view = panel.view
    assert list(view.bottom.cells.values()) == ["1", "2", "3", "4"]
    assert list(view.left.cells.values()) == ["1", "2", "b"]
    there = view.plot.vb.mapViewToScene(QPointF(1.5, 0.5))
    assert view.neuron(panel.answer, there) == NeuronRef("dense", 1), "the second, as the column says"
    assert read(panel, 1.5, 0.5) == "W[1, 2]"


def test_the_rows_of_an_embedding_are_words_which_are_counted_from_zero(qtbot: QtBot, context: AppContext) -> None:
    panel = opened(qtbot, context, examples.load("brackets-lstm"), "embedding")
    assert list(panel.view.left.cells.values()) == ["0", "1", "2", "3", "4"]
    assert list(panel.view.bottom.cells.values()) == [str(number) for number in range(1, 9)]
    assert read(panel, 2.5, 0.5) == "W[0, 3]"
    assert [row[0] for row in panel.exports().table()[1]] == ["W[0]", "W[1]", "W[2]", "W[3]", "W[4]"]
