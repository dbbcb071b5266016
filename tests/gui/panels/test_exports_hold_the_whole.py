"""What is exported holds also what is scrolled out of sight: in a table all of it, in a picture a page."""
from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.io.examples import load
from core.train.cases import Wish, ranked
from core.train.control import Control
from core.train.loop import train
from core.train.session import Session
from gui import export
from gui.context import AppContext
from gui.dialogs.plot import PlotDialog
from gui.explore.texts import TextsView
from gui.main_window import MainWindow
from gui.panels import Exportable, Panel
from gui.panels.explore import ExplorePanel
from gui.panels.predictions import PredictionsPanel
from gui.predictions.page import MOST
from gui.theme.tokens import DARK
from tests.core._build import chain, dense
from tests.gui.panels._explore import explored, settled
from tests.gui.panels._run import look, shown
from tests.gui.panels.test_predictions import cases, choose


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> PredictionsPanel:
    return shown(qtbot, PredictionsPanel, context, 240, 200)


def exported(panel: Panel) -> Exportable:
    found = panel.exports()
    assert found is not None
    return found


def written(plot: Exportable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.csv_bytes(plot).decode())))


def numbers_in(plot: Exportable) -> str:
    return re.sub(r"<[^>]*>", " ", export.svg_bytes(plot).decode())


def digits() -> Session:
    return Session(load("digits-mlp"))


def test_every_judged_sample_is_in_the_table_in_the_order_that_is_shown(panel: PredictionsPanel) -> None:
    session = digits()
    look(panel, session)
    choose(panel.wishes.parts, "Training")
    look(panel, session)
    rows, part = written(exported(panel)), session.parts.train
    assert cases(panel).part == "train"
    assert len(panel.grid.seen()) < MOST < len(rows) == len(part)
    p = session.network.predict(part.x)
    order = ranked(cases(panel), Wish("worst"))
    assert [int(row["sample"]) - 1 for row in rows] == order.tolist()
    said = np.array([[float(row[f"confidence in {name}"]) for name in session.parts.spec.classes] for row in rows])
    np.testing.assert_allclose(said, p[order], rtol=1e-6)
    assert [row["prediction"] for row in rows] == [str(label) for label in p[order].argmax(axis=1)]


def test_the_table_keeps_to_the_filter(panel: PredictionsPanel) -> None:
    session = Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                            data={"validation": 0.4}, epochs=4))
    list(train(session, Control()))
    look(panel, session)
    choose(panel.wishes.filter, "Errors only")
    rows = written(exported(panel))
    assert 0 < len(rows) == len(panel.grid.order) < len(cases(panel))
    assert all(row["truth"] != row["prediction"] for row in rows)


def test_a_picture_shows_cards_that_are_out_of_sight_and_says_how_many(panel: PredictionsPanel) -> None:
    session = Session(load("diabetes"))
    look(panel, session)
    plot = exported(panel)
    assert plot.note == ""
    text, order = numbers_in(plot), panel.grid.order
    assert len(panel.grid.seen()) < len(order) < MOST
    found = cases(panel)
    for place in (order[0], order[-1]):
        assert f"{found.said[place, 0]:.4g}" in text
    assert f"Validation, {len(order)} samples, worst first" in text


def test_a_page_of_many_samples_says_which_part_it_shows(panel: PredictionsPanel) -> None:
    session = digits()
    look(panel, session)
    choose(panel.wishes.parts, "Training")
    look(panel, session)
    plot, total = exported(panel), len(session.parts.train)
    assert f"first {MOST} of {total:,} samples" in plot.note
    assert f"first {MOST} of {total:,} samples" in numbers_in(plot)
    assert "CSV" in plot.note


def test_the_page_takes_the_colours_that_are_asked_for(panel: PredictionsPanel) -> None:
    look(panel, Session(load("diabetes")))
    drawn = export.picture(exported(panel), export.Options(scale=1.0, theme="dark"))
    assert drawn.pixelColor(1, drawn.height() - 2).name() == DARK.plot
    assert panel.tokens is not DARK


def test_with_differences_the_page_has_them_too(panel: PredictionsPanel) -> None:
    look(panel, Session(load("autoencoder")))
    before = export.pixels(exported(panel), 1.0)
    panel.difference.click()
    after = export.pixels(exported(panel), 1.0)
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_the_dialog_tells_what_a_picture_leaves_out(qtbot: QtBot, window: MainWindow) -> None:
    window.start("example:digits-mlp")
    window.docks.show("predictions")
    panel = window.docks.panels["predictions"]
    assert isinstance(panel, PredictionsPanel)
    qtbot.waitUntil(lambda: panel.cases is not None and len(panel.grid.order) > 0, timeout=15_000)
    choose(panel.wishes.parts, "Training")
    qtbot.waitUntil(lambda: panel.cases is not None and panel.cases.part == "train", timeout=15_000)
    dialog = PlotDialog(window)
    qtbot.addWidget(dialog)
    dialog.plot.setCurrentIndex(dialog.plot.findData("predictions"))
    assert f"first {MOST} of" in dialog.note.text()
    dialog.format.setCurrentIndex(dialog.format.findData("csv"))
    assert "first" not in dialog.note.text()


# Explore


def at(qtbot: QtBot, context: AppContext, source: str, title: str) -> ExplorePanel:
    panel = explored(qtbot, context, source)
    panel.look_at(title)
    settled(qtbot, panel, context)
    return panel


def test_the_table_of_the_data_is_written_whole_with_plain_numbers(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "diabetes", "Table")
    frame = panel.store.frame
    assert frame is not None
    rows = written(exported(panel))
    assert [int(row["row"]) for row in rows] == list(range(1, frame.rows + 1))
    for column in frame.columns:
        np.testing.assert_array_equal([float(row[column.spec.name]) for row in rows], column.values)


def test_a_sorted_table_is_written_in_its_order(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "iris", "Table")
    table, frame = panel.view, panel.store.frame
    assert frame is not None
    table.sort_by(0, True)
    qtbot.waitUntil(lambda: table.model.sorted is not None)
    rows = written(exported(panel))
    values = frame.columns[0].values
    order = np.array([int(row["row"]) - 1 for row in rows])
    np.testing.assert_array_equal(order, [table.model.row_at(line) for line in range(frame.rows)])
    np.testing.assert_allclose([float(row[frame.columns[0].spec.name]) for row in rows], values[order], rtol=1e-6)


def test_the_picture_of_a_table_has_its_first_rows_with_their_numbers(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "diabetes", "Table")
    plot = exported(panel)
    assert "the first 200 of 442 rows" in plot.note
    text = numbers_in(plot).split()
    assert "200" in text
    assert "201" not in text[-1:]
    assert export.pixels(plot, 1.0)[1] > panel.height()


def test_a_page_of_pictures_has_more_than_what_is_in_sight(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "digits", "Pictures")
    plot = exported(panel)
    frame = panel.store.frame
    assert frame is not None
    assert f"first 200 of {frame.rows:,} pictures" in plot.note
    page = export.picture(plot, export.Options(scale=1.0))
    assert page.height() > panel.height()
    last = page.copy(0, page.height() - 80, page.width(), 60)
    assert len({last.pixel(x, 30) for x in range(0, last.width(), 3)}) > 3
    assert len(written(plot)) == frame.rows


def test_every_column_is_on_the_page_of_columns(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "digits", "Columns")
    plot = exported(panel)
    text = numbers_in(plot)
    frame = panel.store.frame
    assert frame is not None
    assert all(column.spec.name in text for column in frame.columns)
    assert "Deviation" in text


def test_texts_are_written_in_full(qtbot: QtBot, context: AppContext) -> None:
    panel = at(qtbot, context, "sentences", "Text")
    assert isinstance(panel.view, TextsView)
    plot, model = exported(panel), panel.view.model
    assert [row["text"] for row in written(plot)] == [model.text(row) for row in range(model.rowCount())]
    assert model.text(min(90, model.rowCount() - 1)).split()[0] in numbers_in(plot)
