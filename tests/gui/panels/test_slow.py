"""A step in slow motion, at the real window."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.spotlight import Spotlight
from gui.main_window import MainWindow
from gui.panels.slow import SlowPanel

LEFT = Qt.MouseButton.LeftButton


def panel_of(window: MainWindow, qtbot: QtBot, example: str = "xor-mlp") -> SlowPanel:
    window.files.open_example(example)
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=10_000)
    window.actions_by_id["train.explain"].trigger()
    qtbot.waitUntil(lambda: window.context.slow.told is not None, timeout=10_000)
    qtbot.waitUntil(lambda: window.context.trainer.state == "paused", timeout=10_000)
    found = window.panels["slow"]
    assert isinstance(found, SlowPanel)
    return found


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> SlowPanel:
    """Open, after one slow step of XOR, and standing at its beginning."""
    found = panel_of(window, qtbot)
    window.context.slow.go(0)
    return found


def test_the_action_opens_the_panel_trains_one_batch_and_plays_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot)
    assert panel.isVisible()
    assert window.context.trainer.step_count == 1
    assert window.context.slow.playing
    qtbot.waitUntil(lambda: window.context.slow.number > 0, timeout=5000)
    QTest.mouseClick(panel.play, LEFT)
    assert not window.context.slow.playing


def test_the_slider_goes_forward_and_back(window: MainWindow, panel: SlowPanel) -> None:
    motion = window.context.slow
    assert motion.told is not None
    panel.slider.setFocus()
    QTest.keyClick(panel.slider, Qt.Key.Key_End)
    assert motion.number == len(motion.told.places) - 1
    assert panel.head.text().startswith(f"{len(motion.told.places)} of {len(motion.told.places)}, update")
    QTest.keyClick(panel.slider, Qt.Key.Key_Left)
    assert motion.number == len(motion.told.places) - 2
    QTest.mouseClick(panel.before, LEFT)
    assert motion.number == len(motion.told.places) - 3
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    assert motion.number == 0


def test_the_tables_hold_the_numbers_of_the_engine(window: MainWindow, panel: SlowPanel) -> None:
    motion = window.context.slow
    motion.go(1)
    given, W, b, out = (plate.table for plate in panel.plates())
    np.testing.assert_allclose(given @ W + b, out, rtol=1e-6, atol=1e-7)
    motion.go(99)
    before, change, after = (plate.table for plate in panel.plates()[:3])
    np.testing.assert_allclose(before + change, after, rtol=1e-5, atol=1e-7)
    weights = window.context.trainer.weights()
    assert weights is not None
    node = motion.place
    assert node is not None
    assert np.array_equal(after, weights[f"{node.node}.W"])


def test_the_number_under_the_pointer_is_told_exactly(panel: SlowPanel, window: MainWindow) -> None:
    window.context.slow.go(1)
    box = panel.tables.boxes()[1]
    value = panel.tables.shown[1].plate.table[0, 0]
    assert panel.tables.value_at(box.topLeft() + QPointF(2, 2)).endswith(f": {value:.6g}")
    assert panel.tables.value_at(QPointF(1, 1)) == ""


def test_numbers_stay_on_the_nodes_that_were_passed(window: MainWindow, panel: SlowPanel) -> None:
    chips = window.canvas.canvas_scene.companion(Spotlight).chips
    motion = window.context.slow
    assert motion.told is not None
    assert len(chips) == 1
    motion.go(3)
    assert len(chips) == 4
    assert [name for name, chip in chips.items() if chip.lit] == [motion.told.places[3].node]
    motion.go(8)
    assert chips[motion.told.places[8].node].text.startswith("∂")
    motion.go(0)
    assert len(chips) == 1


def test_another_sample_has_other_numbers(window: MainWindow, panel: SlowPanel) -> None:
    first = panel.plates()[0].table.copy()
    QTest.mouseClick(panel.sample, LEFT)
    assert not np.array_equal(panel.plates()[0].table, first)


def test_training_on_puts_it_away(window: MainWindow, panel: SlowPanel, qtbot: QtBot) -> None:
    window.context.trainer.one_epoch()
    qtbot.waitUntil(lambda: window.context.slow.told is None, timeout=5000)
    assert not window.canvas.canvas_scene.companion(Spotlight).chips
    assert panel.stack.currentIndex() == 0
    qtbot.waitUntil(lambda: window.context.trainer.state == "paused", timeout=5000)


def test_an_edit_that_needs_another_session_puts_it_away(window: MainWindow, panel: SlowPanel) -> None:
    from core.graph import edits

    window.context.edit("Units", lambda doc: edits.set_params(doc, "hidden", {"units": 3}))
    assert window.context.slow.told is None


def test_hiding_the_panel_pauses_it(window: MainWindow, panel: SlowPanel) -> None:
    window.context.slow.play()
    assert window.context.slow.playing
    window.docks.docks["slow"].close()
    assert not window.context.slow.playing


def test_the_table_for_export_holds_every_number(window: MainWindow, panel: SlowPanel) -> None:
    window.context.slow.go(1)
    plot = panel.exports()
    assert plot is not None
    names, rows = plot.table()
    assert names == ["array", "row", "column", "value"]
    assert len(rows) == sum(plate.table.size for plate in panel.plates())
