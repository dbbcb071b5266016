"""Putting cards in order."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.graph.layout import Edge
from gui import arranging
from gui.actions._base import ActionInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow

ALIGN: tuple[tuple[Edge, str, str, tuple[str, ...]], ...] = (
    ("left", "Align Left", "Put the left edges of the selected nodes on one line", ("Ctrl+Shift+Left",)),
    ("right", "Align Right", "Put the right edges of the selected nodes on one line", ("Ctrl+Shift+Right",)),
    ("top", "Align Top", "Put the top edges of the selected nodes on one line", ("Ctrl+Shift+Up",)),
    ("bottom", "Align Bottom", "Put the bottom edges of the selected nodes on one line", ("Ctrl+Shift+Down",)),
    ("centre", "Align Centres", "Stand the selected nodes above each other", ()),
    ("middle", "Align Middles", "Stand the selected nodes beside each other", ()),
)
SPREAD = (("across", "Distribute Horizontally", "Leave the same room beside each of the selected nodes"),
          ("down", "Distribute Vertically", "Leave the same room below each of the selected nodes"))


def _enough(least: int, window: MainWindow) -> bool:
    return arranging.count(window.canvas) >= least


def _align(edge: Edge, window: MainWindow) -> None:
    arranging.align_chosen(window.canvas, edge)


def _distribute(down: bool, window: MainWindow) -> None:
    arranging.distribute_chosen(window.canvas, down=down)


for place, (line, text, tip, keys) in enumerate(ALIGN):
    ActionInfo(id=f"arrange.align_{line}", text=text, tip=tip, menu="Arrange", group=2 + place // 4, order=place,
               icon=f"align-{line}", shortcuts=keys, context=("node",), fold="Arrange",
               enabled=partial(_enough, 2), run=partial(_align, line))
for place, (way, text, tip) in enumerate(SPREAD):
    ActionInfo(id=f"arrange.distribute_{way}", text=text, tip=tip, menu="Arrange", group=4, order=place,
               icon=f"distribute-{way}", context=("node",), fold="Arrange",
               enabled=partial(_enough, 3), run=partial(_distribute, way == "down"))
ActionInfo(id="arrange.layers_across", text="Arrange Left to Right", menu="Arrange", group=1, order=1,
           tip="Put the selected nodes, or all, in layers from left to right", icon="arrange-across", shortcuts=("L",),
           context=("canvas", "node"), fold="Arrange", enabled=lambda w: len(w.context.document.nodes) > 1,
           run=lambda w: arranging.arrange(w.canvas, down=False))
ActionInfo(id="arrange.layers_down", text="Arrange Top to Bottom", menu="Arrange", group=1, order=2,
           tip="Put the selected nodes, or all, in layers from top to bottom", icon="arrange-down",
           shortcuts=("Shift+L",), context=("node",), fold="Arrange",
           enabled=lambda w: len(w.context.document.nodes) > 1, run=lambda w: arranging.arrange(w.canvas, down=True))
ActionInfo(id="arrange.rows", text="Arrange in Rows", menu="Arrange", group=1, order=3,
           tip="Put the selected nodes, or all, in rows that fill the view", icon="arrange-rows", shortcuts=("Ctrl+L",),
           context=("canvas", "node"), fold="Arrange",
           enabled=lambda w: len(w.context.document.nodes) > 1, run=lambda w: arranging.arrange(w.canvas, rows=True))
