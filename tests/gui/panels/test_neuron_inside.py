"""The neuron inspector shows what goes on inside layers that are no weighted sums, step by step, and as a page."""
from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.graph.document import Document
from core.io import examples
from core.train.probes.neuron import Neuron
from core.train.references import NeuronRef
from core.train.session import Session
from gui import export
from gui.context import AppContext
from gui.neuron.ledger import Ledger, Row
from gui.neuron.pictures import Plate, Plates
from gui.panels.neuron import NeuronPanel
from gui.plots.numbers import MINUS
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown


def opened(qtbot: QtBot, context: AppContext, document: Document, width: int = 420) -> tuple[NeuronPanel, Session]:
    context.history.restart(document)
    panel, session = shown(qtbot, NeuronPanel, context, width, 400), Session(document)
    see(panel, session)
    return panel, session


def see(panel: NeuronPanel, session: Session) -> Neuron:
    look(panel, session)
    look(panel, session)
    found = panel.answer
    assert isinstance(found, Neuron)
    return found


def brackets(qtbot: QtBot, context: AppContext) -> tuple[NeuronPanel, Session]:
    panel, session = opened(qtbot, context, examples.load("brackets-lstm"))
    context.inspect(NeuronRef("lstm", 3))
    see(panel, session)
    return panel, session


def value(text: str) -> float:
    return float(text.replace(MINUS, "-").replace(",", ""))


def figures(ledger: Ledger) -> dict[str, float]:
    """Numbers by the title above them and by what stands before " = "."""
    found, above = {}, ""
    for row in ledger.rows:
        if row.heading:
            above = f"{row.name}: "
        elif re.fullmatch(f"[{MINUS}0-9.,e]+", row.figure):
            found[above + row.name.split(" = ")[0]] = value(row.figure)
    return found


def step_on(panel: NeuronPanel, forward: bool = True) -> None:
    QTest.mouseClick(panel.page.step.next if forward else panel.page.step.back, Qt.MouseButton.LeftButton)


def test_the_gates_of_an_lstm_are_those_of_its_formula(qtbot: QtBot, context: AppContext) -> None:
    panel, session = brackets(qtbot, context)
    x = session.network.predict(session.parts.train.x[:1], "embedding")[0]
    weights, units, h, c = session.network.weights["lstm"], 32, np.zeros(32), np.zeros(32)
    masked = session.document.nodes["lstm"].params.get("masked", False)
    for row in x:
        if masked and not row.any():
            continue
        total = row @ weights["W"] + h @ weights["U"] + weights["b"]
        i, f, g, o = (total[k * units : (k + 1) * units] for k in range(4))
        i, f, o, g = 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-o)), np.tanh(g)
        c = f * c + i * g
        h = o * np.tanh(c)
    now = figures(panel.page.forward)
    for name, number in {"Forget gate f: f": f, "Input gate i: i": i, "Candidate g: g": g, "Output gate o: o": o,
                         "Cell c: c": c, "State h: h": h}.items():
        assert now[name] == pytest.approx(float(number[3]), abs=5e-4, rel=1e-3)
    assert panel.page.formula.text().startswith("c = f · c before + i · g")


def test_the_way_back_through_the_gates_is_shown_factor_by_factor(qtbot: QtBot, context: AppContext) -> None:
    panel, _ = brackets(qtbot, context)
    now, back, slope = figures(panel.page.forward), figures(panel.page.back), panel.answer.behind.slope_z
    o, tanh_c = now["Output gate o: o"], now["State h: tanh(c)"]
    assert back["Output gate o: dL/do"] == pytest.approx(slope * tanh_c, rel=5e-2)
    assert back["Cell c: dL/dc"] == pytest.approx(slope * o * (1 - tanh_c**2), rel=5e-2)
    row = next(row for row in panel.page.back.rows if row.name.startswith("dL/do"))
    assert row.name == "dL/do = dL/dh · tanh(c)"
    assert " × " in row.note
    assert row.brief == "dL/do"


def test_buttons_go_through_the_steps_of_a_sequence_round_and_round(qtbot: QtBot, context: AppContext) -> None:
    panel, session = brackets(qtbot, context)
    steps = panel.answer.steps
    first = panel.answer.step
    assert panel.page.step.label.text() == f"Step {first + 1} of {steps}"
    step_on(panel, forward=False)
    assert see(panel, session).step == first - 1
    for _ in range(2):
        step_on(panel)
        see(panel, session)
    assert panel.answer.step == (first + 1) % steps


def test_another_neuron_is_seen_in_the_same_step_and_another_node_in_its_own(qtbot: QtBot, context: AppContext) -> None:
    panel, session = brackets(qtbot, context)
    step_on(panel, forward=False)
    step = see(panel, session).step
    QTest.mouseClick(panel.neuron.next, Qt.MouseButton.LeftButton)
    found = see(panel, session)
    assert (found.ref, found.step) == (NeuronRef("lstm", 4), step)
    context.inspect(NeuronRef("embedding", 0))
    own = session.network.predict(session.parts.train.x[:1], "embedding")[0, :, 0]
    assert see(panel, session).step == int(own.argmax())


def test_where_there_is_no_sequence_there_are_no_steps(qtbot: QtBot, context: AppContext) -> None:
    panel, session = brackets(qtbot, context)
    assert not panel.page.step.isHidden()
    context.inspect(NeuronRef("decision", 0))
    see(panel, session)
    assert panel.page.step.isHidden()


def test_what_the_next_step_sends_back_stands_beside_what_the_readers_do(qtbot: QtBot, context: AppContext) -> None:
    doc = chain(("reshape", {"target": [8, 8]}), ("gru", {"units": 4, "return_sequences": True}), "flatten", dense(10),
                "softmax", loss="sparse_categorical_crossentropy", source="digits")
    panel, session = opened(qtbot, context, doc)
    context.inspect(NeuronRef("gru", 1))
    see(panel, session)
    while panel.answer.step != 3:
        step_on(panel)
        see(panel, session)
    back = figures(panel.page.back)
    assert back["dL/dh"] == pytest.approx(back["from the readers"] + back["from the next step"], rel=2e-2)
    assert back["from the readers"] == pytest.approx(panel.answer.behind.slope_z, rel=1e-2)


@pytest.mark.parametrize("kind", ["batch_norm", "layer_norm", "rms_norm"])
def test_a_normalisation_shows_what_it_normalises_with(qtbot: QtBot, context: AppContext, kind: str) -> None:
    panel, session = opened(qtbot, context, chain(dense(6), kind, "tanh", dense(1), source="moons"))
    context.inspect(NeuronRef(kind, 2))
    see(panel, session)
    x = session.network.predict(session.parts.train.x[:1], "dense")[0]
    now = figures(panel.page.forward)
    if kind == "layer_norm":
        assert now["mean"] == pytest.approx(float(x.mean()), abs=5e-4, rel=1e-3)
        assert now["variance"] == pytest.approx(float(x.var()), abs=5e-4, rel=1e-3)
    y = float(session.network.predict(session.parts.train.x[:1], kind)[0, 2])
    assert now["y"] == pytest.approx(y, abs=5e-4, rel=1e-3)
    assert now["a"] == pytest.approx(np.tanh(y), abs=5e-4, rel=1e-3)
    assert any(row.name.startswith("dL/dx") for row in panel.page.back.rows)


@pytest.mark.parametrize("width", [187, 420, 1100])
def test_exported_it_is_a_page_with_nothing_out_of_sight(qtbot: QtBot, context: AppContext, width: int) -> None:
    panel, session = opened(qtbot, context, examples.load("brackets-lstm"), width)
    context.inspect(NeuronRef("lstm", 3))
    see(panel, session)
    exported = panel.exports()
    assert exported is not None
    sheet = exported.item
    assert isinstance(sheet, QWidget)
    assert sheet.width() >= 640
    assert sheet.width() >= panel.page.width()
    image = export.image_of(exported, 1)
    assert image.size() == sheet.size()
    for ledger in sheet.findChildren(Ledger):
        if ledger.rows:
            corner = ledger.mapTo(sheet, QPoint(0, ledger.height()))
            assert ledger.height() == ledger.sizeHint().height()
            assert corner.y() <= sheet.height()
    assert not sheet.isVisible()
    again = panel.exports()
    assert again is not None
    assert again.item is sheet


def test_the_exported_page_says_which_neuron_sample_and_step_it_is(qtbot: QtBot, context: AppContext) -> None:
    panel, _ = brackets(qtbot, context)
    panel.exports()
    assert panel._sheet is not None
    assert panel._sheet.title.text() == "lstm 4 of 32, step 16 of 16"
    assert panel._sheet.sample.text() == panel._sample_title(panel.answer)
    assert panel._sheet.page.forward.rows == panel.page.forward.rows
    assert panel._sheet.page.back.rows == panel.page.back.rows
    assert panel._sheet.page.step.isHidden()


def test_what_goes_on_inside_can_be_exported_as_numbers(qtbot: QtBot, context: AppContext) -> None:
    panel, _ = brackets(qtbot, context)
    exported, inside = panel.exports(), panel.answer.inside
    assert exported is not None
    header, rows = exported.table()
    assert all(len(row) == len(header) for row in rows)
    numbers = {row[0]: row[1] for row in rows}
    lines = {line.name: line.value for line in inside.forward}
    assert numbers["Cell c: c"] == lines["c"]
    assert numbers["Output gate o: dL/do"] == next(line.value for line in inside.back if line.name == "dL/do")


def test_a_name_that_does_not_fit_makes_room_for_its_brief_one(qtbot: QtBot) -> None:
    def drawn(row: Row, width: int) -> QImage:
        ledger = Ledger("test")
        qtbot.addWidget(ledger)
        ledger.resize(width, 19)
        ledger.rows = (row,)
        return ledger.grab().toImage()

    long, brief = Row("dL/dsum = dL/do · o · (1 − o)", "0.5", brief="dL/dsum"), Row("dL/dsum", "0.5")
    assert drawn(long, 120) == drawn(brief, 120)
    assert drawn(long, 400) != drawn(brief, 400)


def test_a_row_of_numbers_takes_no_more_height_than_it_needs(qtbot: QtBot) -> None:
    plates = Plates()
    qtbot.addWidget(plates)
    plates.show_plates([Plate(np.zeros((1, 16)), "all places")])
    low = plates.heightForWidth(200)
    plates.show_plates([Plate(np.zeros((16, 16)), "all places")])
    assert low < plates.heightForWidth(200) / 2
    assert plates.sizeHint() == QSize(plates.sizeHint().width(), plates.heightForWidth(max(plates.width(), 152)))
