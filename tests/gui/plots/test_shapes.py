"""What stands beside a plot can be pointed at with a button held: Qt asks for its shape then."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.plots.legend import Legend
from gui.theme.tokens import LIGHT


@pytest.mark.parametrize("kind", [Caption, ColourBar, Legend])
def test_the_shape_is_that_of_the_item_also_after_a_change_of_size(qtbot: QtBot, kind: type) -> None:
    item = kind(LIGHT)
    for width in (200.0, 90.0):
        item.setGeometry(QRectF(0, 0, width, 40))
        assert item.shape().boundingRect() == item.boundingRect()
        assert item.boundingRect().width() > 0
