"""Selecting by where nodes stand in the network."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph import order
from gui.actions._base import ActionInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _any(window: MainWindow) -> bool:
    return bool(window.context.selection)


def _invert(window: MainWindow) -> None:
    window.canvas.choose(window.context.document.nodes.keys() - window.context.selection)


def _upstream(window: MainWindow) -> None:
    window.canvas.choose(order.upstream(window.context.document, window.context.selection))


def _downstream(window: MainWindow) -> None:
    window.canvas.choose(order.downstream(window.context.document, window.context.selection))


ActionInfo(id="edit.invert", text="Invert Selection", tip="Select the nodes that are not selected", menu="Edit",
           group=4, order=2, shortcuts=("Ctrl+I",), run=_invert, enabled=lambda w: bool(w.context.document.nodes))
ActionInfo(id="edit.select_upstream", text="Select Upstream", tip="Also select everything that feeds the selection",
           menu="Edit", group=4, order=3, shortcuts=("Ctrl+[",), context=("node",), fold="Select",
           enabled=_any, run=_upstream)
ActionInfo(id="edit.select_downstream", text="Select Downstream", menu="Edit", group=4, order=4,
           tip="Also select everything that the selection leads to", shortcuts=("Ctrl+]",), context=("node",),
           fold="Select", enabled=_any, run=_downstream)
