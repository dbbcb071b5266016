"""Pictures, heat maps, axes, bars and captions."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

from gui.plots import picture
from gui.plots.axis import Axis
from gui.plots.board import Board, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.heat_map import HeatMap
from gui.plots.picture import Picture
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.palette import Theme
from gui.theme.tokens import LIGHT


def test_levels_run_from_low_to_high_and_keep_nan_apart() -> None:
    found = picture.levels(np.array([-1.0, 0.0, 1.0, -9.0, 9.0, np.inf, np.nan]), -1.0, 1.0)
    top = picture.LEVELS - 1
    assert found.tolist() == [0, top // 2, top, 0, top, top, picture.LEVELS]


def test_levels_of_a_single_value_do_not_divide_by_zero() -> None:
    assert picture.levels(np.array([3.0]), 3.0, 3.0).tolist() == [0]


def test_packed_colours_are_those_of_the_table(theme: Theme) -> None:
    table = diverging_lut(LIGHT, picture.LEVELS)
    colours = picture.with_gap(table, "#123456")
    assert QColor(int(colours[0])).name() == LIGHT.negative
    assert QColor(int(colours[picture.LEVELS // 2])).name() == LIGHT.neutral
    assert QColor(int(colours[picture.LEVELS - 1])).name() == LIGHT.positive
    assert QColor(int(colours[-1])).name() == "#123456"


def test_a_blend_goes_from_the_colour_to_the_other() -> None:
    colours = picture.packed(np.array([[200, 100, 0, 255]], np.uint8))
    assert QColor(int(picture.blend(colours, "#000000", 0.0)[0])).getRgb() == (200, 100, 0, 255)
    assert QColor(int(picture.blend(colours, "#000000", 0.5)[0])).getRgb() == (100, 50, 0, 255)
    assert QColor(int(picture.blend(colours, "#ffffff", 1.0)[0])).getRgb() == (255, 255, 255, 255)


def test_a_picture_paints_row_0_at_the_first_edge(qtbot: QtBot) -> None:
    shown = Picture()
    colours = picture.packed(np.array([[255, 0, 0, 255], [0, 255, 0, 255]], np.uint8))
    shown.draw(np.array([[0, 0], [1, 1]]), colours, QRectF(0, 0, 20, 20))
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    shown.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    assert image.pixelColor(10, 2).name() == "#ff0000"
    assert image.pixelColor(10, 17).name() == "#00ff00"


def test_an_empty_picture_paints_nothing(qtbot: QtBot) -> None:
    shown = HeatMap()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    shown.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    assert image.pixelColor(1, 1).name() == "#000000"


def heat_map(rows: int, columns: int) -> HeatMap:
    shown = HeatMap()
    shown.restyle(QFont(), "#ffffff")
    colours = picture.with_gap(diverging_lut(LIGHT, picture.LEVELS), "#888888")
    shown.draw(np.zeros((rows, columns), int), colours, QRectF(0, 0, columns, rows))
    return shown


def test_a_heat_map_knows_the_cell_at_a_place() -> None:
    shown = heat_map(3, 2)
    assert shown.cell_at(1.5, 2.5) == (2, 1)
    assert shown.cell_at(2.0, 3.0) == (2, 1)
    assert shown.cell_at(2.5, 1.0) is None


def written_at(qtbot: QtBot, width: int, height: int) -> list[tuple[int, int]]:
    """The cells whose text is asked for when a 4 x 4 map is painted in a board of that size."""
    board = Board(LIGHT)
    qtbot.addWidget(board)
    plot = quiet_plot(Axis("left"), Axis("bottom"))
    board.layout_item.addItem(plot)
    restyle_plot(plot, LIGHT, grid=False)
    shown = heat_map(4, 4)
    asked: list[tuple[int, int]] = []

    def write(row: int, column: int) -> str:
        asked.append((row, column))
        return "−0.00"

    shown.write, shown.sample = write, "−0.00"
    plot.addItem(shown)
    plot.vb.setRange(QRectF(0, 0, 4, 4), padding=0)
    board.show_plots()
    board.resize(width, height)
    with qtbot.waitExposed(board):
        board.show()
    board.grab()
    return asked


def test_values_are_written_where_there_is_room_and_not_else(qtbot: QtBot, theme: Theme) -> None:
    assert set(written_at(qtbot, 500, 300)) == {(row, column) for row in range(4) for column in range(4)}
    assert written_at(qtbot, 120, 100) == []


def test_names_of_cells_are_thinned_but_those_without_number_stay(theme: Theme) -> None:
    axis = Axis("left")
    axis.setStyle(tickFont=fonts.font(LIGHT, small=True))
    axis.set_cells([(index + 0.5, str(index)) for index in range(100)] + [(104.0, "b")])
    (_, places), = axis.tickValues(0, 108, 200.0)
    texts = axis.tickStrings(places, 1.0, 0.0)
    assert texts[:3] == ["0", "10", "20"]
    assert texts[-1] == "b"


def test_a_long_name_is_elided(theme: Theme) -> None:
    axis = Axis("left")
    axis.setStyle(tickFont=fonts.font(LIGHT, small=True))
    axis.set_cells([(0.5, "a name that is far too long for the axis")], widest=60.0)
    assert axis.tickStrings([0.5], 1.0, 0.0)[0].endswith("…")
    assert axis.room() <= 70


def test_an_axis_keeps_its_width_whatever_it_says(theme: Theme) -> None:
    axis = Axis("left")
    before = axis.room()
    axis.tickStrings([0.001, 0.002], 1.0, 0.001)
    assert axis.room() == before


def test_decades_are_labelled_on_a_logarithmic_axis() -> None:
    axis = Axis("left")
    axis.set_log(True)
    (spacing, places), = axis.tickValues(-4.0, 0.0, 200.0)
    assert axis.tickStrings(places, 1.0, spacing) == ["1e−4", "0.001", "0.01", "0.1", "1"]


def test_less_than_a_decade_is_labelled_too() -> None:
    axis = Axis("left")
    axis.set_log(True)
    (spacing, places), = axis.tickValues(-0.8, -0.1, 200.0)
    assert axis.tickStrings(places, 1.0, spacing) == ["0.2", "0.5"]


def test_a_caption_draws_again_only_if_it_says_something_else(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caption = Caption(LIGHT)
    calls: list[int] = []
    monkeypatch.setattr(caption, "update", lambda: calls.append(1))
    caption.say("Loss", [Reading("0.1")])
    caption.say("Loss", [Reading("0.1")])
    assert len(calls) == 1
    caption.say("Loss", [Reading("0.2")])
    assert len(calls) == 2


def test_a_board_shows_a_sentence_or_the_plots(qtbot: QtBot) -> None:
    board = Board(LIGHT)
    qtbot.addWidget(board)
    assert board.empty
    board.show_plots()
    assert not board.empty
    board.say("Nothing yet.")
    assert board.empty
    assert board.message.text() == "Nothing yet."


def painted(caption: Caption, width: float) -> QImage:
    caption.resize(width, caption.size().height())
    image = QImage(int(width), 20, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.plot))
    painter = QPainter(image)
    caption.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_without_room_for_lines_the_digits_take_their_colour(qtbot: QtBot, theme: Theme) -> None:
    caption = Caption(LIGHT)
    caption.say("Loss", [Reading("0.1234", "train", "train"), Reading("0.2345", "validation", "validation")])
    assert LIGHT.train in {painted(caption, 300).pixelColor(x, 10).name() for x in range(300)}
    assert LIGHT.text in colours(painted(caption, 300))
    narrow = colours(painted(caption, 130))
    assert LIGHT.text not in narrow
    assert LIGHT.validation in narrow


def test_what_is_spare_gives_way_to_the_title(qtbot: QtBot, theme: Theme) -> None:
    caption, alone = Caption(LIGHT), Caption(LIGHT)
    caption.say("Most likely class", [Reading("train", mark="filled", spare=True)])
    alone.say("Most likely class")
    assert painted(caption, 110) == painted(alone, 110)
    assert painted(caption, 300) != painted(alone, 300)
