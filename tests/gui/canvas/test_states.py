"""States over time on a card, large, and under the pointer; strips large; no tip upon a callout."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.io import examples
from core.train.events import Snapshot
from core.train.probes._thumbnail import Thumbnail, states
from core.train.probes.health import Health
from core.train.references import NeuronRef
from gui.actions import SUBMENUS
from gui.canvas import thumbnail
from gui.canvas.health import ASK, HealthMarks
from gui.canvas.signals import Signals
from gui.main_window import MainWindow
from gui.theme.tokens import DARK, LIGHT, Tokens
from gui.thumbs import layout
from gui.thumbs.colours import images
from gui.thumbs.words import subtitle
from tests.gui.canvas.conftest import Hand, rest

AREA = QRectF(3, 5, 136, 60)


def opened(window: MainWindow, qtbot: QtBot) -> Thumbnail:
    """Open an example with an LSTM, wait for what its card shows."""
    window.resize(1280, 800)
    window.files.open_example("brackets-lstm")
    item = window.canvas.node_item("lstm")
    qtbot.waitUntil(lambda: item.thumbnail is not None and item.thumbnail.face is not None, timeout=20_000)
    window.canvas.fit()
    assert item.thumbnail is not None
    assert item.thumbnail.face is not None
    return item.thumbnail.face.found


def row_centre(window: MainWindow, node: str, place: int) -> QPointF:
    shown = window.canvas.node_item(node).thumbnail
    assert shown is not None
    assert shown.face is not None
    return window.canvas.node_item(node).mapToScene(layout.part_box(shown.face.found, shown.area, place).center())


def test_the_card_of_an_lstm_that_gives_its_last_state_shows_all_of_them(window: MainWindow, qtbot: QtBot) -> None:
    found = opened(window, qtbot)
    session = window.context.trainer._session
    assert session is not None
    assert (found.look, found.values.shape) == ("states", (32, 16))
    given = session.network.predict(session.parts.train.x[:1], "lstm")[0]
    np.testing.assert_allclose(found.values[:, -1], given, rtol=1e-5, atol=1e-6)


def test_a_click_on_a_row_of_states_inspects_its_neuron(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot)
    for place in (0, 17, 31):
        Hand(window.canvas).click(row_centre(window, "lstm", place))
        assert window.context.neuron == NeuronRef("lstm", place)
    shown = window.canvas.node_item("lstm").thumbnail
    assert shown is not None
    assert shown.ringed == 31
    assert not window.canvas.grab().isNull()


def test_states_are_enlarged_with_the_row_under_the_pointer(window: MainWindow, qtbot: QtBot,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(window, qtbot)
    lens = rest(window, row_centre(window, "lstm", 5), monkeypatch)
    assert lens.view is not None
    assert (lens.view.title, lens.view.place) == ("LSTM 6", 5)
    area = lens.picture_rect()
    assert (area.width() % 16, area.height() % 32) == (0, 0), "steps and rows of one size"
    assert area.bottom() + 12 < lens.height(), "room for the time axis below"
    assert subtitle(found, 5).startswith("neuron 6 of 32, ")
    assert not lens.grab().isNull()


def test_every_place_of_the_rows_belongs_to_the_neuron_that_is_drawn_there() -> None:
    found = states("lstm", np.zeros((7, 12), np.float32))
    for place in range(12):
        assert layout.part_at(found, AREA, layout.part_box(found, AREA, place).center()) == place
    assert layout.part_at(found, AREA, QPointF(1, 30)) is None


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_steps_that_are_padding_are_as_blank_as_the_card(tokens: Tokens) -> None:
    output = np.full((4, 2), 0.5, np.float32)
    output[2] = np.nan
    output[3] = 0.0
    found = states("lstm", output)
    drawn, = images(found, tokens)
    assert [drawn.pixelColor(step, 0).name() == tokens.raised for step in range(4)] == [False, False, True, False]
    assert found.limits == (0.0, 0.5)


@pytest.mark.parametrize("count", [5, 16, 32, 50, 128, 512])
def test_an_enlarged_strip_has_as_many_columns_as_that_of_the_card(window: MainWindow, qtbot: QtBot, count: int,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    doc = examples.load("digits-mlp")
    hidden = replace(doc.nodes["hidden"], params={**doc.nodes["hidden"].params, "units": count})
    window.context.history.restart(replace(doc, nodes={**doc.nodes, "hidden": hidden}))
    item = window.canvas.node_item("hidden")
    qtbot.waitUntil(lambda: item.thumbnail is not None and item.thumbnail.face is not None, timeout=20_000)
    window.canvas.fit()
    lens = rest(window, row_centre(window, "hidden", 3), monkeypatch)
    assert lens.isVisible()
    small, large = thumbnail.area_of(0.0), lens.picture_rect()
    assert (layout.cells(count, large.width(), large.height()).columns
            == layout.cells(count, small.width(), small.height()).columns)


def tip_at(window: MainWindow, at: QPointF) -> None:
    """As when the pointer has rested there for a while."""
    canvas = window.canvas
    place = canvas.mapFromScene(at)
    event = QHelpEvent(QEvent.Type.ToolTip, place, canvas.viewport().mapToGlobal(place))
    QApplication.sendEvent(canvas.viewport(), event)


def test_no_tip_lies_upon_the_callout_of_what_the_pointer_rests_on(window: MainWindow, qtbot: QtBot) -> None:
    canvas, scene = window.canvas, window.canvas.canvas_scene
    window.files.open_example("xor-mlp")
    ill = Problem("health.vanishing", "The gradient vanishes.", "warning", node="hidden", hint="Use ReLU.")
    for _ in range(2):
        scene.companion(HealthMarks).feed._take(Snapshot(1, 0, 0, {ASK[0]: Health(0, (ill,))}, 0.0))
    canvas.fit()
    sick, well = (canvas.node_item(name).card().topLeft() + QPointF(60, 14) for name in ("hidden", "decision"))
    Hand(canvas).hover(sick)
    tip_at(window, sick)
    assert QToolTip.isVisible(), "without a callout there is a tip"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    canvas.bubble.refresh()
    assert canvas.bubble.problem == ill
    tip_at(window, sick)
    assert not QToolTip.isVisible()
    Hand(canvas).hover(well)
    tip_at(window, well)
    assert QToolTip.isVisible(), "of another card there is one"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_signals_that_are_chosen_while_nothing_runs_say_when_they_move(window: MainWindow) -> None:
    window.files.open_example("xor-mlp")
    signals = window.canvas.canvas_scene.companion(Signals)
    said = window.context.notify.notices
    signals.choose("forward")
    assert "while training runs" in said[-1].text
    count = len(said)
    signals.choose("off")
    assert len(said) == count
    window.context.trainer.state = "running"
    signals.choose("backward")
    assert len(said) == count
    window.context.trainer.state = "ready"
    assert "while training runs" in SUBMENUS["view.signals"].tip
