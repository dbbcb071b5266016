"""The neuron inspector shows what the probes say, and leads on to other neurons and samples."""
from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.io import examples
from core.train.probes.excites import Excites
from core.train.probes.neuron import Neuron
from core.train.references import NeuronRef, SampleRef
from core.train.session import Session
from gui.context import AppContext
from gui.neuron.ledger import ROW, Ledger
from gui.panels.neuron import NeuronPanel
from gui.plots.numbers import MINUS
from tests.gui.panels._run import look, shown


def opened(qtbot: QtBot, context: AppContext, name: str, width: int = 420) -> tuple[NeuronPanel, Session]:
    document = examples.load(name)
    context.history.restart(document)
    panel, session = shown(qtbot, NeuronPanel, context, width, 400), Session(document)
    see(panel, session)
    return panel, session


def see(panel: NeuronPanel, session: Session) -> tuple[Neuron, Excites]:
    """What it needs is known after two looks: which neuron it is, and then what excites that."""
    look(panel, session)
    look(panel, session)
    return panel.answer, panel.answers["excites"]


def value(text: str) -> float:
    return float(text.replace(MINUS, "-").replace(",", ""))


def figures(ledger: Ledger) -> dict[str, float]:
    return {row.name: value(row.figure) for row in ledger.rows if re.match(f"^[{MINUS}0-9]", row.figure)}


def click_row(ledger: Ledger, name: str) -> None:
    place = next(place for place, row in enumerate(ledger.rows) if row.name == name)
    QTest.mouseClick(ledger, Qt.MouseButton.LeftButton, pos=QPoint(10, place * ROW + ROW // 2))


def test_it_shows_the_products_the_sum_and_the_activation(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "xor-mlp")
    context.inspect(NeuronRef("hidden", 2))
    context.trace(SampleRef("train", 3))
    found, _ = see(panel, session)
    x, weights = session.parts.train.x[3], session.network.weights["hidden"]
    shown_now = figures(panel.page.forward)
    assert shown_now["x1"] == pytest.approx(float(x[0] * weights["W"][0, 2]), abs=5e-4)
    assert shown_now["x2"] == pytest.approx(float(x[1] * weights["W"][1, 2]), abs=5e-4)
    z = float(x @ weights["W"][:, 2] + weights["b"][2])
    assert shown_now["Sum z"] == pytest.approx(z, abs=5e-4)
    assert shown_now["a = sigmoid(z)"] == pytest.approx(found.behind.a, abs=5e-4)
    assert panel.page.formula.text().startswith("z = ")
    assert "·x1" in panel.page.formula.text()
    assert panel.neuron.label.text() == "hidden 3 of 4"


def test_it_shows_the_chain_rule_and_what_the_update_does(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "xor-mlp")
    context.inspect(NeuronRef("hidden", 0))
    context.trace(SampleRef("train", 1))
    found, _ = see(panel, session)
    back, weights = figures(panel.page.back), figures(panel.page.weights)
    behind = found.behind
    assert back["decision #1"] == pytest.approx(behind.shares[0].product, rel=1e-2)
    assert back["Sum dL/da"] == pytest.approx(behind.slope_a, rel=1e-2)
    assert back["da/dz, slope"] == pytest.approx(behind.steepness, rel=1e-2)
    assert back["dL/dz = dL/da · da/dz"] == pytest.approx(behind.slope_z, rel=1e-2)
    assert found.sum is not None
    assert weights["x2"] == pytest.approx(found.sum.terms[1].slope, rel=1e-2)
    assert panel.page.update_rows.rows


def test_many_inputs_end_with_what_the_others_sum_to(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "digits-mlp")
    context.inspect(NeuronRef("hidden", 5))
    found, _ = see(panel, session)
    assert found.sum is not None
    row = next(row for row in panel.page.forward.rows if row.name == "52 more")
    assert value(row.figure) == pytest.approx(found.sum.rest, rel=1e-2)


def test_the_step_buttons_go_round_the_neurons_and_the_samples(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "xor-mlp")
    QTest.mouseClick(panel.neuron.next, Qt.MouseButton.LeftButton)
    assert context.neuron == NeuronRef("hidden", 1)
    see(panel, session)
    for _ in range(2):
        QTest.mouseClick(panel.neuron.back, Qt.MouseButton.LeftButton)
        see(panel, session)
    assert context.neuron == NeuronRef("hidden", 3)
    QTest.mouseClick(panel.sample.next, Qt.MouseButton.LeftButton)
    assert context.sample == SampleRef("train", 1)


def test_a_click_on_an_input_or_a_reader_inspects_that_neuron(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "spiral")
    context.inspect(NeuronRef("hidden_2", 1))
    see(panel, session)
    click_row(panel.page.forward, "hidden_1 #4")
    assert context.neuron == NeuronRef("hidden_1", 3)
    see(panel, session)
    click_row(panel.page.back, "hidden_2 #7")
    assert context.neuron == NeuronRef("hidden_2", 6)


def test_the_keyboard_follows_an_input_too(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "spiral")
    context.inspect(NeuronRef("hidden_2", 1))
    see(panel, session)
    panel.page.forward.setFocus()
    QTest.keyClick(panel.page.forward, Qt.Key.Key_Down)
    QTest.keyClick(panel.page.forward, Qt.Key.Key_Down)
    QTest.keyClick(panel.page.forward, Qt.Key.Key_Return)
    assert context.neuron == NeuronRef("hidden_1", 1)


def test_a_click_on_a_card_follows_that_sample(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "digits-mlp")
    _, excites = see(panel, session)
    cards = panel.page.cards
    QTest.mouseClick(cards, Qt.MouseButton.LeftButton, pos=cards.card(1).center().toPoint())
    assert context.sample == excites.best[1]


def test_a_neuron_that_nothing_excites_is_called_dead(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "digits-mlp")
    session.network.weights["hidden"]["b"][4] = -100.0
    context.inspect(NeuronRef("hidden", 4))
    see(panel, session)
    assert "dead neuron" in panel.page.spread_title.text()
    assert panel.page.cards.isHidden()
    context.inspect(NeuronRef("hidden", 5))
    see(panel, session)
    assert "Answers to 1,258" in panel.page.spread_title.text()
    assert not panel.page.cards.isHidden()


def test_selecting_another_node_inspects_it(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "spiral")
    context.inspect(NeuronRef("hidden_1", 2))
    context.select(["hidden_2"])
    assert context.neuron == NeuronRef("hidden_2", 0)
    found, _ = see(panel, session)
    assert found.ref == NeuronRef("hidden_2", 0)


@pytest.mark.parametrize("name", ["digits-mlp", "brackets-lstm", "autoencoder", "transformer-parts"])
@pytest.mark.parametrize("width", [200, 640, 1000])
def test_every_node_of_any_network_has_something_to_show(qtbot: QtBot, context: AppContext, name: str,
                                                         width: int) -> None:
    panel, session = opened(qtbot, context, name, width)
    for unit in session.network.units:
        context.inspect(NeuronRef(unit.id, 0))
        look(panel, session)
        assert panel.page.forward.rows
        assert panel.page.back.rows
        assert not panel.board.empty


def test_hidden_it_asks_for_nothing(qtbot: QtBot, context: AppContext) -> None:
    panel, _ = opened(qtbot, context, "xor-mlp")
    panel.hide()
    assert panel.requests() == ()


def test_its_numbers_can_be_exported(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "xor-mlp")
    found, _ = see(panel, session)
    exported = panel.exports()
    assert exported is not None
    header, rows = exported.table()
    assert all(len(row) == len(header) for row in rows)
    assert found.sum is not None
    assert rows[0] == ["x1", *(getattr(found.sum.terms[0], name) for name in ("value", "weight", "product", "slope"))]


def test_samples_made_of_words_are_read_on_their_cards(qtbot: QtBot, context: AppContext) -> None:
    panel, session = opened(qtbot, context, "brackets-lstm", 640)
    context.inspect(NeuronRef("lstm", 0))
    look(panel, session)
    _, excites = see(panel, session)
    for place, text in enumerate(excites.texts):
        assert set(text) <= set("()[] ")
        assert panel.page.cards.about(place) == f"{text}  {excites.truths[place]}"
    assert excites.texts
