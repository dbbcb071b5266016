"""Actions on one node: its title, and what is wrong with it."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph import rewire
from gui.actions._base import ActionInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _one(window: MainWindow) -> bool:
    return len(window.context.selection) == 1


def _rename(window: MainWindow) -> None:
    window.canvas.node_title.edit(next(iter(window.context.selection)))


def _replaceable(window: MainWindow) -> bool:
    return _one(window) and bool(rewire.replaceable(window.context.document, next(iter(window.context.selection))))


def _replace(window: MainWindow) -> None:
    window.canvas.quick_add.instead(next(iter(window.context.selection)))


def _troubled(window: MainWindow) -> bool:
    return any(problem.node or problem.blocks for problem in window.context.report.problems)


ActionInfo(id="network.rename", text="Rename", tip="Give the selected node a title of its own", menu="Network", group=1,
           order=3, icon="rename", shortcuts=("F2",), context=("node",), enabled=_one, run=_rename)
ActionInfo(id="network.replace", text="Replace…", tip="Put another kind of layer in its place, wired alike",
           menu="Network", group=1, order=4, context=("node",), enabled=_replaceable, run=_replace)
ActionInfo(id="network.fixes", text="Show Fixes", tip="Go to the problem of the selected node and to what mends it",
           menu="Network", group=1, order=5, icon="fix", shortcuts=("Ctrl+.",), context=("node",), enabled=_troubled,
           run=lambda w: w.canvas.bubble.open())
