"""What cards show besides their names: parameters, shares of the computing cost, frozen and bypassed."""
from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from core.graph import edits
from gui.canvas import geometry
from gui.canvas.card import fit_text
from gui.canvas.ink import Ink
from gui.canvas.look import plain_look
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.theme.palette import Theme
from tests.gui.canvas.conftest import Hand, network


def wide(context: AppContext, view: CanvasView) -> None:
    """Two Dense layers: one with 3 of 4 parts of the computing, and one with the rest."""
    document = network(("input", "input", 0, 0), ("dense", "dense", 224, 0), ("dense_2", "dense", 448, 0),
                       ("output", "output", 672, 0),
                       wires=(("input", "dense"), ("dense", "dense_2"), ("dense_2", "output")))
    document = edits.set_params(edits.set_params(document, "dense", {"units": 6}), "dense_2", {"units": 1})
    context.history.restart(document)
    view.zoom_to(1.0)
    view.centerOn(400, 28)
    QApplication.processEvents()


def pixel(view: CanvasView, x: float, y: float) -> QColor:
    return view.grab().toImage().pixelColor(view.mapFromScene(QPointF(x, y)))


def test_a_card_shows_its_parameters_in_short_and_its_tool_tip_in_full(context: AppContext, view: CanvasView,
                                                                       hand: Hand) -> None:
    wide(context, view)
    context.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 400}))
    card = view.node_item("dense")
    assert card._text.count == "1.2 k"
    hand.hover(card.card().center())
    assert "1,200 parameters" in card.toolTip()
    assert view.node_item("input")._text.count == ""


def test_the_bar_along_the_bottom_is_as_long_as_the_share(context: AppContext, view: CanvasView, hand: Hand) -> None:
    wide(context, view)
    card = view.node_item("dense")
    assert (card.cost.operations, card.share) == (12, 12 / 18)
    end = 224 + round(geometry.WIDTH * 12 / 18)
    bar, y = QColor(context.theme.tokens.wire).name(), card.card().bottom() - 2
    assert pixel(view, end - 4, y).name() == bar
    assert pixel(view, end + 4, y).name() != bar
    hand.hover(card.card().center())
    assert "67 % of the computing cost: 12 multiply-adds per sample" in card.toolTip()


def test_an_edit_elsewhere_changes_the_shares_of_all(context: AppContext, view: CanvasView, hand: Hand) -> None:
    wide(context, view)
    context.edit("Narrow", lambda d: edits.set_params(d, "dense", {"units": 2}))
    assert view.node_item("dense").state.bar == round(geometry.WIDTH * 4 / 6)
    context.edit("Bypass", lambda d: edits.bypass(d, "dense", True))
    assert view.node_item("dense_2").share == 1.0
    hand.hover(view.node_item("dense_2").card().center())
    assert "100 % of the computing cost" in view.node_item("dense_2").toolTip()
    context.history.undo()
    assert view.node_item("dense").share == 4 / 6


def test_a_card_counts_anew_when_only_its_input_changes(context: AppContext, view: CanvasView) -> None:
    wide(context, view)
    assert view.node_item("dense_2")._text.count == "7"
    context.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 9}))
    assert view.node_item("dense_2")._text.count == "10"


def test_a_bypassed_card_is_faded_and_a_wire_runs_through_it(context: AppContext, view: CanvasView) -> None:
    wide(context, view)
    middle = pixel(view, 224 + 160, geometry.HEIGHT / 2).name()
    context.edit("Bypass", lambda d: edits.bypass(d, "dense", True))
    look = view.node_item("dense").look
    assert (look.bypassed, look.detail, look.frozen) == (True, "bypassed", False)
    assert pixel(view, 224 + 160, geometry.HEIGHT / 2).name() == QColor(context.theme.tokens.wire).name() != middle
    assert pixel(view, 224 + 160, geometry.HEIGHT - 16).name() == QColor(context.theme.tokens.canvas).name()


def test_a_frozen_card_is_cold(context: AppContext, view: CanvasView) -> None:
    wide(context, view)
    context.edit("Freeze", lambda d: edits.freeze(d, "dense", True))
    assert pixel(view, 224 + 100, 10).name() == QColor(context.theme.tokens.paper("blue")).name()


def test_a_title_keeps_room_beside_the_count_and_loses_none_to_a_count_of_nothing(theme: Theme) -> None:
    ink, shown = Ink(theme.tokens), replace(plain_look("dense"), title="Multi-head attention")
    crowded = fit_text(shown, ink, "101 k")
    assert crowded.count == "101 k"
    assert crowded.title.endswith("…")
    assert len(crowded.title) > 8
    assert fit_text(shown, ink).title.startswith(crowded.title[:-1])
    assert crowded.count_x + ink.small_metrics.horizontalAdvance("101 k") <= geometry.WIDTH


def test_parameters_that_do_not_fit_are_told_by_their_values(context: AppContext, view: CanvasView) -> None:
    look, ink = replace(plain_look("conv2d"), shape="(24, 24, 16)", brief="16 · 5×5"), Ink(context.theme.tokens)
    assert fit_text(replace(look, detail="filters 16 · kernel size (5, 5)"), ink).detail == "16 · 5×5"
    assert fit_text(replace(look, detail="filters 16"), ink).detail == "filters 16"


def test_a_node_describes_itself_in_one_line(context: AppContext, view: CanvasView) -> None:
    wide(context, view)
    context.edit("Freeze", lambda d: edits.freeze(d, "dense", True))
    context.edit("Widen", lambda d: edits.set_params(d, "dense_2", {"units": 3}))
    assert view.node_item("dense").description() == "Dense, units 6, output shape (6), frozen, 18 parameters"
    assert view.node_item("output").description() == "Output, Mean squared error, output shape (3), 1 problem"
