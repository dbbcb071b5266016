"""What stands beside a plot answers the pointer, as Qt asks whatever lies under it for its shape."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.plots.legend import Legend
from gui.theme.tokens import LIGHT


@pytest.mark.parametrize("kind", [Caption, ColourBar, Legend])
def test_what_stands_beside_a_plot_has_a_shape(qtbot: QtBot, kind: type) -> None:
    item = kind(LIGHT)
    item.resize(200, 20)
    assert item.shape().boundingRect() == item.boundingRect()
