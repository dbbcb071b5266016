"""A table is exported whole: also rows and columns that are scrolled out of sight."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from gui import export
from gui.panels import Exportable
from gui.plots.whole_table import LINE, WIDEST, WholeTable
from gui.theme import palette


@pytest.fixture
def model(theme: palette.Theme) -> QStandardItemModel:
    made = QStandardItemModel()
    made.setHorizontalHeaderLabels(["Layer", "Hidden", "Parameters"])
    for name, count in (("input", "0"), ("dense", "4,160"), ("last one", "650")):
        cells = [QStandardItem(name), QStandardItem("secret"), QStandardItem(count)]
        for cell in cells:
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.appendRow(cells)
    return made


def test_every_row_and_every_chosen_column_is_drawn(model: QStandardItemModel) -> None:
    plot = Exportable("table", WholeTable(model, [0, 2]), lambda: ([], []))
    drawn = export.svg_bytes(plot).decode()
    for text in ("Layer", "Parameters", "input", "dense", "last one", "4,160", "650"):
        assert f">{text}<" in drawn
    assert "secret" not in drawn


def test_it_has_room_for_its_rows_and_for_its_longest_text(model: QStandardItemModel) -> None:
    table = WholeTable(model, [0])
    before = table.size()
    model.appendRow([QStandardItem("a layer with a longer name"), QStandardItem(""), QStandardItem("")])
    assert table.size().height() == before.height() + LINE
    assert table.size().width() > before.width()
    model.item(0, 0).setText("x" * 400)
    assert WIDEST < table.size().width() < 2 * WIDEST
