"""The palette lists every kind, finds them, and puts them on the canvas."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph.document import Edge
from core.kinds import Info
from core.layers import LAYERS
from gui.canvas import adding
from gui.catalogue import ORDER, by_category, found, score
from gui.context import AppContext
from gui.panels.palette import Palette
from gui.theme.palette import Theme


@pytest.fixture
def palette(context: AppContext) -> Iterator[Palette]:
    palette = Palette(context)
    palette.resize(palette.sizeHint())
    palette.show()
    QApplication.processEvents()
    yield palette
    palette.close()
    palette.deleteLater()


def test_every_kind_is_listed_once_under_its_category(palette: Palette) -> None:
    assert sorted(palette.list.kinds()) == sorted(LAYERS)
    categories = [category for category, _ in by_category()]
    assert categories[:2] == list(ORDER[:2])


def test_the_width_is_that_of_the_theme(palette: Palette, theme: Theme) -> None:
    assert palette.sizeHint().width() == theme.tokens.palette_width == 200


@pytest.mark.parametrize(("text", "first"), [
    ("dense", "dense"), ("fc", "dense"), ("lin", "linear"), ("relu", "relu"), ("soft", "softmax"),
    ("heaviside", "step"), ("overfit", "dropout"), ("loss", "output"), ("SIG", "sigmoid"),
])
def test_a_search_finds_a_layer_by_title_or_synonym_best_first(text: str, first: str) -> None:
    assert found(text)[0].kind == first


def test_linear_finds_dense_too() -> None:
    assert [info.kind for info in found("linear")][:2] == ["linear", "dense"]


def test_a_title_that_begins_with_the_text_comes_before_a_summary_that_holds_it() -> None:
    start, middle = Info("a", "Step", "x"), Info("b", "Other", "takes one step")
    assert (score(start, "ste") or 0) > (score(middle, "ste") or 0) > 0
    assert score(start, "zebra") is None


@pytest.mark.parametrize(("text", "kind"), [("dnse", "dense"), ("drpout", "dropout"), ("bn", "batch_norm")])
def test_missing_letters_and_initials_are_enough(text: str, kind: str) -> None:
    assert found(text)[0].kind == kind


def test_typing_narrows_the_list_and_enter_adds_the_first(palette: Palette, context: AppContext) -> None:
    QTest.keyClicks(palette.search, "drop")
    assert palette.list.kinds()[0] == "dropout"
    assert len(palette.list.kinds()) < len(LAYERS)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert "dropout" in context.document.nodes


def test_a_search_without_an_answer_says_so_and_escape_clears_it(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "zebra")
    assert not palette.list.isVisible()
    assert palette._none.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.search.text() == ""
    assert len(palette.list.kinds()) == len(LAYERS)


def test_the_list_can_be_used_by_keyboard_alone(palette: Palette, context: AppContext) -> None:
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    first = palette.list.currentItem().data(Qt.ItemDataRole.UserRole)
    assert first == palette.list.kinds()[0]
    QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert first in context.document.nodes


def test_a_double_click_adds_after_the_selected_layer_and_wires_it(palette: Palette, context: AppContext) -> None:
    for kind in ("input", "dense"):
        row = next(r for r in range(palette.list.count())
                   if palette.list.item(r).data(Qt.ItemDataRole.UserRole) == kind)
        spot = palette.list.visualItemRect(palette.list.item(row)).center()
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert context.document.edges == {Edge("input", "dense")}
    assert context.selection == {"dense"}
    assert context.history.undo_label == "Add Dense"


def test_a_heading_can_be_neither_chosen_nor_added(palette: Palette, context: AppContext) -> None:
    heading = palette.list.item(0)
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    palette.list.add(heading)
    assert context.document.nodes == {}


@pytest.mark.parametrize("kind", list(LAYERS))
def test_a_drag_carries_the_kind_and_a_picture_of_its_card(palette: Palette, kind: str) -> None:
    drag = palette.list.drag_of(kind)
    assert adding.dragged_kind(drag.mimeData()) == kind
    assert drag.pixmap().deviceIndependentSize().width() > 150
    drag.deleteLater()


def test_the_slash_key_goes_to_the_search(palette: Palette) -> None:
    palette.activateWindow()
    palette.list.setFocus()
    QTest.keyClick(palette.list, Qt.Key.Key_Slash)
    assert palette.search.hasFocus()


def test_a_change_of_theme_keeps_the_search(palette: Palette, theme: Theme) -> None:
    palette.search.setText("drop")
    theme.set_mode("dark")
    theme.set_mode("light")
    assert palette.list.kinds() == [info.kind for info in found("drop")]
