"""A network is tried out: with typed rows, drawn pictures and written texts."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document
from core.preprocessing import Column
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.session import Session
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.panels.try_it import TryPanel
from gui.trying.from_data import FromData
from gui.trying.sentence import Sentence
from gui.trying.sketch import Sketch
from gui.trying.typed import Typed
from tests.core._build import chain, dense
from tests.gui.panels._run import shown

SOFT = {"loss": "sparse_categorical_crossentropy"}


def flowers(**data: object) -> Document:
    return chain(dense(3), "softmax", source="iris", data=data, **SOFT)


def small_digits() -> Document:
    return chain(dense(10), "softmax", source="digits", **SOFT)


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> TryPanel:
    return shown(qtbot, TryPanel, context, 300, 700)


def use(panel: TryPanel, document: Document) -> Session:
    """The panel on a network, with a sample of its data."""
    panel.context.history.restart(document)
    session = Session(document)
    ask(panel, session)
    ask(panel, session)
    return session


def ask(panel: TryPanel, session: Session) -> None:
    answers = {request: answer(session, request) for request in panel.requests()}
    panel.on_train(Snapshot(1, 0, 0, answers, 0.0))
    panel.on_tick()


def figures(panel: TryPanel) -> list[str]:
    return [bar.figure for bar in panel.bars.bars]


def said(session: Session, x: np.ndarray) -> list[str]:
    return [f"{100 * value:.1f} %" for value in session.network.predict(x[None]).ravel()]


def stroke(panel: TryPanel, *places: tuple[int, int], button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    assert isinstance(panel.way, Sketch)
    sheet = panel.way.sheet
    QTest.mousePress(sheet, button, pos=QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(sheet, QPoint(*place))
    QTest.mouseRelease(sheet, button, pos=QPoint(*places[-1]))


def test_it_begins_with_a_sample_of_the_data_and_says_what_is_true(panel: TryPanel) -> None:
    session = use(panel, flowers(steps=["standardise"], validation=0.2))
    assert isinstance(panel.way, Typed)
    truth = session.parts.spec.classes[session.parts.validation.y[0]]
    assert panel.origin.text() == f"Sample 1 of 30 (validation), target: {truth}"
    assert figures(panel) == said(session, session.parts.validation.x[0])


def test_a_number_that_is_typed_changes_the_prediction_through_all_steps(panel: TryPanel) -> None:
    session = use(panel, flowers(steps=["standardise"]))
    assert isinstance(panel.way, Typed)
    field = panel.way.form.editor("column_2").field
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "6.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    ask(panel, session)
    raw = session.parts.raw[0][0].values[0].copy()
    raw[2] = 6.5
    learned = session.parts.chain.fitted[0].learned["x"]
    assert figures(panel) == said(session, ((raw - learned.shift) / learned.scale).astype(np.float32))
    assert panel.origin.text() == ""


def test_the_next_sample_and_the_one_before_are_a_click_away(panel: TryPanel) -> None:
    session = use(panel, flowers())
    panel.next.click()
    ask(panel, session)
    assert panel.origin.text().startswith("Sample 2 of 150 (training)")
    panel.back.click()
    ask(panel, session)
    assert panel.origin.text().startswith("Sample 1 of 150")


def test_the_likeliest_class_stands_out(panel: TryPanel) -> None:
    session = use(panel, flowers())
    best = int(session.network.predict(session.parts.train.x[:1]).argmax())
    assert [bar.strong for bar in panel.bars.bars] == [number == best for number in range(3)]


def test_a_drawn_picture_is_judged_while_it_is_drawn(panel: TryPanel) -> None:
    session = use(panel, small_digits())
    panel.clear.click()
    ask(panel, session)
    assert "sample" in panel.message.text()
    stroke(panel, (100, 40), (100, 120))
    ask(panel, session)
    first = figures(panel)
    assert len(first) == 10
    stroke(panel, (100, 120), (180, 200))
    ask(panel, session)
    assert figures(panel) != first
    sample = np.frombuffer(panel.way.row()[0][1], np.float32)
    assert figures(panel) == said(session, sample)


def test_what_is_rubbed_out_is_gone(panel: TryPanel) -> None:
    use(panel, small_digits())
    panel.clear.click()
    stroke(panel, (100, 40), (100, 120))
    stroke(panel, (100, 30), (100, 130), button=Qt.MouseButton.RightButton)
    assert panel.way.row() is None


def test_delete_clears_the_sheet(panel: TryPanel) -> None:
    use(panel, small_digits())
    panel.clear.click()
    stroke(panel, (100, 40), (100, 120))
    QTest.keyClick(panel.way.sheet, Qt.Key.Key_Delete)
    assert panel.way.row() is None


def drop(panel: TryPanel, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    panel.way.sheet.dropEvent(event)


def test_a_picture_file_may_be_dropped_on_the_sheet(panel: TryPanel, tmp_path: Path) -> None:
    session = use(panel, small_digits())
    picture = np.zeros((80, 80), np.uint8)
    picture[10:70, 35:45] = 255
    Image.fromarray(picture).save(tmp_path / "one.png")
    before = panel.way.row()
    drop(panel, tmp_path / "one.png")
    ask(panel, session)
    assert panel.way.row() != before
    assert figures(panel) == said(session, np.frombuffer(panel.way.row()[0][1], np.float32))


def test_a_file_that_is_no_picture_is_refused_and_the_sample_stays(panel: TryPanel, tmp_path: Path,
                                                                 qtbot: QtBot) -> None:
    use(panel, small_digits())
    (tmp_path / "notes.txt").write_text("hello")
    before = panel.way.row()
    drop(panel, tmp_path / "notes.txt")
    assert panel.way.row() == before
    assert "notes.txt" in panel.context.notify.notices[-1].text


def test_a_text_is_judged_while_it_is_typed(panel: TryPanel) -> None:
    doc = chain(("embedding", {"input_dim": 300, "output_dim": 4}), "flatten", dense(1), "sigmoid", source="sentences",
                loss="binary_crossentropy", data={"steps": [{"kind": "tokens", "params": {"vocabulary": 300}}]})
    session = use(panel, doc)
    assert isinstance(panel.way, Sentence)
    assert panel.way.field.toPlainText()
    panel.way.field.clear()
    QTest.keyClicks(panel.way.field, "a wonderful film")
    ask(panel, session)
    first = figures(panel)
    QTest.keyClicks(panel.way.field, " without any joy")
    ask(panel, session)
    assert figures(panel) != first
    column = Column(session.parts.chain.inputs[0], np.array(["a wonderful film without any joy"], object))
    sure = float(session.network.predict(session.parts.chain.apply((column,)))[0, 0])
    assert figures(panel) == [f"{100 * share:.1f} %" for share in (1 - sure, sure)]


def test_hidden_it_asks_for_nothing(panel: TryPanel) -> None:
    use(panel, flowers())
    assert panel.requests()
    panel.hide()
    assert panel.requests() == ()


def test_another_split_brings_a_sample_of_the_new_parts(panel: TryPanel) -> None:
    use(panel, flowers())
    context = panel.context
    context.edit("Split", lambda doc: edits.set_data(doc, {"validation": 0.2}))
    ask(panel, Session(context.document))
    assert panel.origin.text().startswith("Sample 1 of 30 (validation)")


def test_other_data_bring_the_way_that_fits_them(panel: TryPanel) -> None:
    use(panel, flowers())
    use(panel, small_digits())
    assert isinstance(panel.way, Sketch)


def test_a_network_that_gives_pictures_back_shows_the_picture(panel: TryPanel) -> None:
    session = use(panel, chain(dense(64), source="digits", rule="autoencoder"))
    assert panel.picture.isVisible()
    assert not panel.bars.isVisible()
    assert panel.picture.image.width() == 8
    assert session.network.goals[0].encoding == "input"


def test_without_a_network_it_says_what_to_do(panel: TryPanel) -> None:
    assert "network" in panel.message.text()


def test_at_the_window_the_prediction_moves_while_training_runs(window: MainWindow, qtbot: QtBot) -> None:
    window.context.history.restart(flowers(steps=["standardise"]))
    window.docks.show("try")
    panel = window.docks.panels["try"]
    assert isinstance(panel, TryPanel)
    qtbot.waitUntil(lambda: len(panel.bars.bars) == 3, timeout=10_000)
    first = figures(panel)
    window.context.trainer.toggle()
    qtbot.waitUntil(lambda: figures(panel) != first, timeout=10_000)
    window.context.trainer.stop()
    qtbot.waitUntil(lambda: not window.context.trainer.running, timeout=10_000)


def test_a_series_is_drawn_with_a_line_for_each_of_its_numbers(panel: TryPanel) -> None:
    doc = chain("flatten", dense(1), source={"kind": "adding", "params": {"samples": 40, "length": 6}})
    use(panel, doc)
    assert isinstance(panel.way, FromData)
    assert not panel.way.trace.isHidden()
    lines = panel.way.trace.lines()
    assert [line.count() for line in lines] == [6, 6]
    marks = panel.way.trace.values[:, 1]
    assert [point.y() == min(p.y() for p in lines[1]) for point in lines[1]] == [mark == 1 for mark in marks]


def test_a_sequence_of_words_is_written_out(panel: TryPanel) -> None:
    doc = chain("flatten", dense(1), "sigmoid", source={"kind": "brackets", "params": {"samples": 40, "length": 6}},
                loss="binary_crossentropy")
    session = use(panel, doc)
    assert isinstance(panel.way, FromData)
    assert panel.way.text.text() == " ".join("·()"[int(word)] for word in session.parts.train.x[0])
    assert panel.way.trace.isHidden()
    assert not panel.way.text.isHidden()


def test_a_sample_that_was_asked_for_comes_though_the_split_changes_meanwhile(panel: TryPanel) -> None:
    panel.context.history.restart(chain(dense(1), source={"kind": "line", "params": {"samples": 40}}))
    panel.context.edit("Split", lambda doc: edits.set_data(doc, {"validation": 0.2}))
    ask(panel, Session(panel.context.document))
    assert panel.origin.text().startswith("Sample 1 of 8 (validation)")
