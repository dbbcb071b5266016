"""The numbers in the tables of a slow step: there where they have room, and told from each other."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from core.train.plates import Plate
from gui.main_window import MainWindow
from gui.panels.slow import SlowPanel
from gui.plots.numbers import MINUS
from gui.slow import words
from gui.slow.arranging import Block, arranged
from gui.slow.tables import Shown, Tables
from gui.slow.written import Written, significant, written
from gui.theme.tokens import LIGHT
from tests.gui.panels.test_slow import panel_of

CELL = (32.0, 14.0)


def read(found: Written) -> np.ndarray:
    """The numbers that a reader takes from a table."""
    return np.array([[float(text.replace(MINUS, "-")) for text in row] for row in found.rows]) * 10.0**found.power


def go_to(panel: SlowPanel, way: str, node: str) -> None:
    motion = panel.motion
    assert motion.told is not None
    motion.go(next(number for number, place in enumerate(motion.told.places) if (place.way, place.node) == (way, node)))


@pytest.mark.parametrize(("way", "node"), [("forward", "hidden_1"), ("forward", "hidden_2"), ("backward", "hidden_2"),
                                           ("memory", "hidden_1"), ("update", "hidden_1")])
def test_every_table_of_an_ordinary_layer_has_its_numbers(window: MainWindow, qtbot: QtBot, way: str,
                                                          node: str) -> None:
    window.resize(1600, 1000)
    panel = panel_of(window, qtbot, "spiral")
    panel.resize(1090, 331)
    go_to(panel, way, node)
    found = panel.tables.numbers()
    assert len(found) == len(panel.plates()) >= 4
    for plate, text in zip(panel.plates(), found, strict=True):
        assert text is not None, plate.caption
        size = float(np.abs(plate.table).max())
        np.testing.assert_allclose(read(text), plate.table, atol=0.05 * size)


def test_vectors_have_numbers_though_the_table_beside_them_has_no_room_for_its_own(qtbot: QtBot) -> None:
    tables = Tables(LIGHT)
    qtbot.addWidget(tables)
    tables.resize(800, 120)
    row, wide = np.linspace(-1, 1, 8).reshape(1, 8), np.linspace(-1, 1, 1200).reshape(8, 150)
    tables.put([Shown(Plate("value", "in", "a", row, (8,), False), "in (8)"),
                Shown(Plate("weight", "W", "a", wide, wide.shape, False, "×"), "W (8, 150)"),
                Shown(Plate("value", "out", "a", row, (8,), False, "="), "out (8)")], LIGHT)
    assert [text is not None for text in tables.numbers()] == [True, False, True]


def test_small_numbers_have_one_factor_and_read_differently() -> None:
    table = np.array([[1.1e-3, 1.3e-3, -9e-4, 1.25e-3]])
    found = written(table)
    assert found.factor == f"× 1e{MINUS}3"
    assert found.rows == (("1.10", "1.30", f"{MINUS}0.90", "1.25"),)


@pytest.mark.parametrize("values", [[0.9991, 0.9987, 0.9992, 0.9989, 0.9996, 0.9981],
                                    [3e-9, 1e-6, 4e-4, 0.9995, 2e-7, 5e-8], [-0.02, -0.021, 0.0214, 0.0196],
                                    [1e5, 1.1e5, -3e5], [-3e-41, 2e-41], [4e30, 2e25, 1e20]], ids=str)
def test_numbers_that_differ_do_not_read_the_same(values: list[float]) -> None:
    found = written(np.array([values]))
    assert len(set(found.rows[0])) == len(values)
    np.testing.assert_allclose(read(found)[0], values, rtol=0.05)


def test_whole_numbers_are_written_as_such_and_what_is_no_number_is_left_out() -> None:
    assert written(np.array([[0.0, 1.0, np.nan, -3.0]])).rows == (("0", "1", "", f"{MINUS}3"),)
    assert written(np.array([[np.nan]])) == Written()


@pytest.mark.parametrize(("value", "said"), [(0.00412, "4.1e−3"), (-2e-12, "−2.0e−12"), (123456.0, "1.2e5"),
                                             (0.0347, "0.035"), (12.34, "12"), (0.0, "0"), (9.97, "10")])
def test_a_number_has_two_significant_digits(value: float, said: str) -> None:
    assert significant(value, 2) == said


def test_a_single_number_needs_no_factor() -> None:
    assert written(np.array([[-9.187e-5]])) == Written(((f"{MINUS}9.19e{MINUS}5",),))


def test_lines_break_where_numbers_need_the_room_and_something_new_begins() -> None:
    group = [Block(1, 8, 40.0, CELL, begins=not number) for number in range(3)]
    boxes = arranged([*group, *group], QRectF(0, 0, 1000, 200))
    assert [box.top() for box in boxes[:3]] == [boxes[0].top()] * 3
    assert boxes[3].top() > boxes[2].bottom()
    assert all(box.width() >= 8 * CELL[0] for box in boxes)


def test_what_fits_stays_in_one_line_and_is_drawn_no_larger_than_its_numbers_look_good() -> None:
    boxes = arranged([Block(1, 2, 40.0, CELL, True), Block(2, 4, 40.0, CELL), Block(1, 4, 40.0, CELL)],
                     QRectF(0, 0, 1000, 200))
    assert len({round(box.center().y()) for box in boxes}) == 1
    assert [round(box.width()) for box in boxes] == [104, 208, 208]


def test_pictures_are_not_made_small_for_the_numbers_beside_them() -> None:
    picture = Block(28, 28, 60.0, CELL, begins=True, picture=True)
    alone, = arranged([picture], QRectF(0, 0, 500, 180))
    beside, vector = arranged([picture, Block(1, 14, 60.0, CELL)], QRectF(0, 0, 500, 180))
    assert (beside.width(), beside.height()) == (alone.width(), alone.height())
    assert vector.width() < 14 * CELL[0]


@pytest.mark.parametrize("room", [QRectF(0, 0, 420, 190), QRectF(0, 0, 700, 110), QRectF(0, 0, 1900, 500)], ids=str)
def test_tables_never_lie_on_each_other(room: QRectF) -> None:
    blocks = [Block(rows, columns, 90.0, CELL, not number, picture) for number, (rows, columns, picture) in enumerate(
        [(1, 784, False), (28, 28, True), (96, 128, False), (1, 10, False), (8, 1, False)])]
    boxes = arranged(blocks, room)
    for number, box in enumerate(boxes):
        assert box.width() > 0
        assert box.height() > 0
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_where_activation_and_loss_are_derived_together_the_place_of_the_loss_says_so(window: MainWindow,
                                                                                      qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "spiral")
    go_to(panel, "loss", "output")
    assert panel.text.text().endswith("derived together with Sigmoid: dL/d in = (prediction − target) / 10.")
    prediction, target, slope = panel.plates()
    assert words.caption(window.context.document, slope).startswith("dL/d in · ")
    np.testing.assert_allclose(slope.table, (prediction.table - target.table) / 10, rtol=1e-5, atol=1e-8)


def test_where_they_are_not_the_place_of_the_loss_says_nothing_of_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "xor-mlp")
    go_to(panel, "loss", "output")
    assert "together" not in panel.text.text()
    assert len(panel.plates()) == 2


def test_the_optimizer_is_called_by_its_name(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "spiral")
    go_to(panel, "update", "hidden_1")
    assert "Adam moves every weight" in panel.text.text()


def test_the_input_of_words_shows_the_words(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "brackets-lstm")
    window.context.slow.go(0)
    spec = window.context.report.spec
    assert spec is not None
    table, shown = panel.plates()[-1].table, panel.tables.shown[-1]
    assert written(table, shown.words).rows[0] == tuple(spec.words[int(number)] for number in table[0])
    box = panel.tables.boxes()[-1]
    last = panel.tables.value_at(box.bottomRight() - QPointF(2, 2))
    assert last.endswith(f": {table[0, -1]:g}  {spec.words[int(table[0, -1])]}")


def test_looking_words_up_is_not_shown_as_a_product(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "brackets-lstm")
    go_to(panel, "forward", "embedding")
    assert [plate.sign for plate in panel.plates()][1:] == ["→", "→"]
    tables = panel.plates()
    np.testing.assert_array_equal(tables[2].table, tables[1].table[tables[0].table[0].astype(int)])
    spiral = panel_of(window, qtbot, "spiral")
    go_to(spiral, "forward", "hidden_2")
    assert [plate.sign for plate in spiral.plates()][1:] == ["×", "+", "="]
