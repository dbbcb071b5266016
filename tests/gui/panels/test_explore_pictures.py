"""Pictures stand side by side, texts one below the other."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from core.preprocessing import Column, ColumnSpec
from core.statistics import as_bytes, brightness
from gui.context import AppContext
from gui.explore.pictures import PicturesView
from gui.explore.texts import TextsView
from gui.panels.explore import ExplorePanel
from tests.core.statistics._columns import category, text
from tests.gui.panels._explore import explored, give, settled, use, view


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ExplorePanel:
    return explored(qtbot, context, "digits")


@pytest.fixture
def pictures(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> PicturesView:
    return view(qtbot, panel, context, PicturesView)


def test_every_sample_is_a_picture(pictures: PicturesView) -> None:
    assert len(pictures.grid.rows) == 1797
    assert pictures.said.text() == "1,797 pictures of 8 × 8 pixels"
    found = pictures.frame.pictures
    assert found is not None
    image = pictures.grid.image(5)
    expected = [[round(float(value) * 255) for value in line] for line in found[5]]
    assert [[image.pixelColor(x, y).red() for x in range(8)] for y in range(8)] == expected


def test_one_class_is_chosen(pictures: PicturesView) -> None:
    pictures.choice.setCurrentIndex(pictures.choice.findText("7"))
    assert len(pictures.grid.rows) == 179
    assert all(pictures.frame.columns[-1].values[pictures.grid.rows] == 7)


def test_the_pointer_tells_the_row_and_enlarges_the_picture(qtbot: QtBot, pictures: PicturesView) -> None:
    before = pictures.grid.viewport().grab().toImage()
    qtbot.mouseMove(pictures.grid.viewport(), pictures.grid.place_of(12).center())
    assert pictures.grid.under == 12
    assert pictures.said.text() == "Row 13, 2"
    assert pictures.grid.viewport().grab().toImage() != before
    qtbot.mouseMove(pictures.grid.viewport(), QPoint(1, 1))
    assert pictures.grid.under is None


def test_only_pictures_in_sight_are_drawn_wherever_one_scrolls(pictures: PicturesView) -> None:
    grid = pictures.grid
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    grid.grab()
    assert 1796 in grid._drawn
    assert len(grid._drawn) < 200
    last = grid.place_of(1796)
    assert grid.viewport().rect().contains(last)
    assert grid.number_at(last.center()) == 1796
    assert grid.number_at(QPoint(last.right() + 4, last.top())) is None


def test_colour_pictures_keep_their_colours(qtbot: QtBot, context: AppContext,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.zeros((2, 5, 6, 3), np.float32)
    values[1, 2, 3] = (1.0, 0.5, 0.0)
    give(monkeypatch, (Column(ColumnSpec("x", shape=(5, 6, 3)), values), category([0, 1])))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, PicturesView)
    image = shown.grid.image(1)
    assert (image.width(), image.height()) == (6, 5)
    assert image.pixelColor(3, 2).getRgb()[:3] == (255, 128, 0)


@pytest.mark.parametrize(("values", "limits"), [
    ([0.1, 0.9], (0, 1)), ([0, 200], (0, 255)), ([-1, 3], (-1, 3)), ([float("nan")], (0, 1)), ([], (0, 1))])
def test_black_and_white_are_those_of_the_whole_range(values: list[float], limits: tuple[float, float]) -> None:
    assert brightness(np.asarray(values, np.float32).reshape(-1, 1, 1)) == limits


def test_what_is_not_a_number_is_black_or_white() -> None:
    values = np.array([[float("nan"), -1, 0.5, 2, float("inf"), -float("inf")]], np.float32)
    assert as_bytes(values, (0.0, 1.0)).tolist() == [[0, 0, 128, 255, 255, 0]]


def test_every_text_stands_in_its_row(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (text(["A good\nday", "", "x" * 1000]), category([0, 1, 2])))
    shown = view(qtbot, panel := explored(qtbot, context, "iris"), context, TextsView)
    assert [shown.model.index(row, 0).data() for row in range(3)] == ["A good day", "", "x" * 200]
    assert shown.said.text() == "3 texts"
    assert shown.model.tokens(0) == []
    panel.grab()


def test_the_words_of_a_text_are_shown_as_the_network_gets_them(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "sentences", steps=[{"kind": "tokens", "params": {"vocabulary": 50}}])
    shown = view(qtbot, panel, context, TextsView)
    known = shown.model.vocabulary
    assert known is not None
    tokens = shown.model.tokens(0)
    assert [word for word, _ in tokens] == known.tokens(shown.model.text(0))
    assert {known.number(word) != 1 for word, _ in tokens} == {True, False}
    assert all(understood == (known.number(word) != 1) for word, understood in tokens)
    assert "the network knows 48 words" in shown.said.text()
    panel.grab()


def test_without_the_step_there_are_no_words(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "sentences", steps=[{"kind": "tokens"}])
    shown = view(qtbot, panel, context, TextsView)
    assert shown.model.tokens(0)
    use(context, "sentences", steps=[])
    settled(qtbot, panel, context)
    assert shown.model.tokens(0) == []
