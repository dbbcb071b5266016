"""The Explore panel offers what makes sense for the data, loads aside, and costs nothing while nobody looks."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS, Task
from core.errors import DataError, Problem
from core.graph import edits
from core.preprocessing import Column, ColumnSpec
from gui import export
from gui.context import AppContext
from gui.desk import Desk
from gui.panels.explore import READING, ExplorePanel
from tests.core.statistics._columns import category, number, text
from tests.gui.panels._explore import explored, give, settled, use
from tests.gui.panels._run import shown


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics of all slow work that was asked for."""
    found: list[str] = []
    ask = Desk.ask

    def noted(self: Desk, topic: str, work: Callable[[Task], Any], *rest: Any) -> None:
        if topic.startswith("explore"):
            found.append(topic)
        ask(self, topic, work, *rest)

    monkeypatch.setattr(Desk, "ask", noted)
    return found


@pytest.mark.parametrize(("source", "offered"), [
    ("iris", ["Table", "Columns", "Correlation", "Scatter"]),
    ("spiral", ["Scatter", "Table", "Columns", "Correlation"]),
    ("digits", ["Pictures", "Table", "Columns", "Correlation", "Scatter"]),
])
def test_only_what_makes_sense_is_offered(qtbot: QtBot, context: AppContext, source: str, offered: list[str]) -> None:
    assert explored(qtbot, context, source).segments.words == offered


def test_texts_are_offered_as_texts_only(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (text(["one", "two"]), category([0, 1])))
    panel = explored(qtbot, context, "iris")
    assert panel.segments.words == ["Text", "Table", "Columns"]
    assert panel.segments.word == "Text"


def test_series_are_offered_as_lines(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    series = Column(ColumnSpec("x", shape=(50, 2)), np.zeros((4, 50, 2), np.float32))
    give(monkeypatch, (series, category([0, 1, 2, 1])))
    assert explored(qtbot, context, "iris").segments.word == "Lines"


@pytest.mark.parametrize(("source", "first"), [("spiral", "Scatter"), ("digits", "Pictures"), ("iris", "Table")])
def test_the_first_look_is_the_one_that_says_most(qtbot: QtBot, context: AppContext, source: str,
                                                  first: str) -> None:
    assert explored(qtbot, context, source).segments.word == first


def test_the_look_that_was_chosen_stays_for_other_data(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "iris")
    panel.look_at("Columns")
    use(context, "digits")
    settled(qtbot, panel, context)
    assert panel.segments.word == "Columns"
    assert panel.facts.text() == "1,797 rows, 65 columns"


def test_the_keys_go_from_one_look_to_the_next(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "iris")
    panel.segments.setFocus()
    qtbot.keyClick(panel.segments, Qt.Key.Key_Right)
    settled(qtbot, panel, context)
    assert panel.segments.word == "Columns"


def test_nobody_looks_nothing_is_computed(qtbot: QtBot, context: AppContext, asked: list[str]) -> None:
    panel = shown(qtbot, ExplorePanel, context)
    panel.hide()
    context.document_changed.connect(panel.on_document)
    for source in ("iris", "spiral", "digits"):
        use(context, source)
    assert asked == []


def test_the_rows_are_read_once_and_columns_are_counted_only_where_they_are_seen(
        qtbot: QtBot, context: AppContext, asked: list[str]) -> None:
    panel = explored(qtbot, context, "iris")
    for _ in range(5):
        panel.on_tick()
    assert asked == ["explore.frame"]
    panel.look_at("Columns")
    settled(qtbot, panel, context)
    assert asked == ["explore.frame", "explore.summaries"]
    panel.look_at("Table")
    panel.look_at("Columns")
    settled(qtbot, panel, context)
    assert len(asked) == 2


def test_what_has_nothing_to_do_with_the_rows_reads_nothing(qtbot: QtBot, context: AppContext,
                                                           asked: list[str]) -> None:
    panel = explored(qtbot, context, "iris")
    context.edit("Split", lambda document: edits.set_data(document, {"validation": 0.3}))
    context.edit("Train", lambda document: edits.set_training(document, {"epochs": 7}))
    settled(qtbot, panel, context)
    assert asked == ["explore.frame"]


def test_undo_needs_no_second_count(qtbot: QtBot, context: AppContext, asked: list[str]) -> None:
    panel = explored(qtbot, context, "iris")
    panel.look_at("Columns")
    settled(qtbot, panel, context)
    use(context, "spiral")
    settled(qtbot, panel, context)
    asked.clear()
    context.history.undo()
    settled(qtbot, panel, context)
    assert asked == ["explore.frame"]
    assert panel.store.complete


def test_what_is_counted_of_other_data_is_never_shown(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "xor")
    panel.look_at("Columns")
    use(context, "iris")
    settled(qtbot, panel, context)
    assert [summary.rows for summary in panel.store.summaries] == [150] * 5


def test_large_data_are_counted_in_pieces_the_first_of_which_are_seen_at_once(
        qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    monkeypatch.setattr("gui.explore.store.BATCH", 300)
    panel = explored(qtbot, context, "iris")
    seen: list[int] = []
    panel.store.summarised.connect(lambda: seen.append(len(panel.store.summaries)))
    panel.look_at("Columns")
    settled(qtbot, panel, context)
    assert seen == [2, 4, 5]
    assert asked.count("explore.summaries") == 3


def test_while_rows_are_read_it_says_so(qtbot: QtBot, context: AppContext) -> None:
    use(context, "iris")
    panel = shown(qtbot, ExplorePanel, context)
    panel.on_tick()
    assert panel.message.text() == READING
    assert panel.exports() is None
    settled(qtbot, panel, context)
    assert panel.view is not None


def test_data_that_cannot_be_read_are_explained(qtbot: QtBot, context: AppContext,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, seed: int) -> None:
        raise DataError(Problem("data.file", "The file is gone.", hint="Choose another one."))

    monkeypatch.setattr(DATASETS["iris"], "table", broken)
    panel = explored(qtbot, context, "iris")
    assert panel.view is None
    assert panel.message.text() == "The file is gone. Choose another one."
    use(context, "spiral")
    settled(qtbot, panel, context)
    assert panel.view is not None


def test_the_switch_shows_what_the_network_gets_with_the_parts(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "iris", steps=[{"kind": "standardise"}], validation=0.2)
    qtbot.mouseClick(panel.prepared, Qt.MouseButton.LeftButton)
    settled(qtbot, panel, context)
    frame = panel.store.frame
    assert frame is not None
    assert frame.parts is not None
    assert frame.columns[0].values[frame.parts == 0].mean() == pytest.approx(0, abs=1e-5)
    qtbot.mouseClick(panel.prepared, Qt.MouseButton.LeftButton)
    settled(qtbot, panel, context)
    assert panel.store.frame is not None
    assert panel.store.frame.parts is None


def test_a_step_that_fails_is_explained_and_the_raw_rows_are_there_still(qtbot: QtBot, context: AppContext) -> None:
    names = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
    panel = explored(qtbot, context, "iris", roles=dict.fromkeys(names, "ignore"))
    assert panel.store.frame is not None
    panel.prepared.setChecked(True)
    settled(qtbot, panel, context)
    assert panel.view is None
    assert "input" in panel.message.text()


def test_after_a_while_without_a_look_the_rows_are_forgotten(qtbot: QtBot, context: AppContext,
                                                             asked: list[str]) -> None:
    panel = explored(qtbot, context, "iris")
    panel.hide()
    panel._forget.timeout.emit()
    assert panel.store.frame is None
    assert panel.views == {}
    panel.show()
    settled(qtbot, panel, context)
    assert panel.store.frame is not None
    assert asked == ["explore.frame", "explore.frame"]


def test_large_rows_are_forgotten_before_others_are_read(qtbot: QtBot, context: AppContext,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.explore.store.SMALL", 10)
    panel = explored(qtbot, context, "iris")
    use(context, "spiral")
    panel.on_tick()
    assert panel.store.frame is None
    settled(qtbot, panel, context)
    assert panel.store.frame is not None


def test_one_row_and_constant_and_empty_columns_can_be_looked_at(qtbot: QtBot, context: AppContext,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    nan = float("nan")
    give(monkeypatch, (number([nan], "empty"), number([3.0], "constant"), category([-1])))
    panel = explored(qtbot, context, "iris")
    for title in panel.segments.words:
        panel.look_at(title)
        settled(qtbot, panel, context)
        assert panel.grab().size() == panel.size() * panel.devicePixelRatioF()


def test_a_data_set_without_rows_can_be_looked_at(qtbot: QtBot, context: AppContext,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([], "a"), number([], "b"), category([]), text([])))
    panel = explored(qtbot, context, "iris")
    for title in panel.segments.words:
        panel.look_at(title)
        settled(qtbot, panel, context)
        panel.grab()
    assert panel.facts.text() == "0 rows, 4 columns"


def test_every_look_takes_the_colours_of_the_theme(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "digits")
    for title in panel.segments.words:
        panel.look_at(title)
        settled(qtbot, panel, context)
        light = panel.grab().toImage()
        context.theme.set_mode("dark")
        try:
            assert panel.grab().toImage() != light
        finally:
            context.theme.set_mode("light")


@pytest.mark.parametrize("title", ["Pictures", "Table", "Columns", "Correlation", "Scatter"])
def test_every_look_can_be_exported_with_its_numbers(qtbot: QtBot, context: AppContext, title: str) -> None:
    panel = explored(qtbot, context, "digits")
    panel.look_at(title)
    settled(qtbot, panel, context)
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert all(len(row) == len(names) for row in rows)
    assert export.png_bytes(exported).startswith(b"\x89PNG")
    assert b"<svg" in export.svg_bytes(exported)
