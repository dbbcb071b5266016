"""Arrow keys on the canvas: they move what is selected, or else the paper."""
from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.canvas.view import CanvasView
from gui.context import AppContext

SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def test_arrows_move_the_selection_by_the_grid_and_with_shift_by_one_in_one_step(drawn: AppContext,
                                                                                 view: CanvasView) -> None:
    before = drawn.document
    drawn.select(["dense", "sigmoid"])
    QTest.keyClick(view, Key.Key_Right)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Left, SHIFT)
    QTest.keyClick(view, Key.Key_Up, SHIFT)
    assert drawn.document.nodes["dense"].position == (231, 7)
    assert drawn.document.nodes["sigmoid"].position == (455, 7)
    assert drawn.document.nodes["input"].position == (0, 0)
    drawn.history.undo()
    assert drawn.document is before


def test_without_a_selection_arrows_move_the_paper(drawn: AppContext, view: CanvasView) -> None:
    before = drawn.document
    ways = {Key.Key_Right: (48, 0), Key.Key_Down: (0, 48), Key.Key_Left: (-48, 0), Key.Key_Up: (0, -48)}
    for key, way in ways.items():
        start = view.mapToScene(0, 0)
        QTest.keyClick(view, key)
        moved = view.mapToScene(0, 0) - start
        assert (moved.x(), moved.y()) == way
    assert drawn.document is before
