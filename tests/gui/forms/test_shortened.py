"""A line that makes do with the room that there is."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.forms.shortened import Shortened
from gui.theme.palette import Theme


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> Shortened:
    made = Shortened("small")
    qtbot.addWidget(made)
    made.setText("59.3 µs a step, 127 µs in this run")
    return made


def test_where_there_is_room_all_is_said(line: Shortened) -> None:
    line.brief = "59.3 µs a step"
    line.resize(600, 20)
    assert line.shown() == line.text()


def test_a_text_that_would_be_cut_gives_way_to_the_brief_one(line: Shortened) -> None:
    line.resize(line.fontMetrics().horizontalAdvance("59.3 µs a step") + 8, 20)
    assert line.shown().endswith("…")
    line.brief = "59.3 µs a step"
    assert line.shown() == "59.3 µs a step"
