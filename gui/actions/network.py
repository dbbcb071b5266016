"""Actions on what the selected nodes are."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph import edits
from core.graph.document import Node
from gui.actions._base import ActionInfo
from gui.canvas import changes

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _chosen(window: MainWindow) -> list[Node]:
    return [window.context.document.nodes[name] for name in sorted(window.context.selection)]


def _weighty(window: MainWindow) -> list[Node]:
    return [n for n in _chosen(window) if edits.may_learn(n)]


def _passable(window: MainWindow) -> list[Node]:
    return [n for n in _chosen(window) if edits.passable(n)]


def _frozen(window: MainWindow) -> bool:
    nodes = _weighty(window)
    return bool(nodes) and all(node.frozen for node in nodes)


def _bypassed(window: MainWindow) -> bool:
    nodes = _passable(window)
    return bool(nodes) and all(node.bypassed for node in nodes)


def _freeze(window: MainWindow) -> None:
    names = [node.id for node in _weighty(window)]
    window.canvas.do(changes.freeze(window.context.document, names, not _frozen(window)))


def _bypass(window: MainWindow) -> None:
    names = [node.id for node in _passable(window)]
    window.canvas.do(changes.bypass(window.context.document, names, not _bypassed(window)))


ActionInfo(id="network.bypass", text="Bypass", tip="Hand on the input as it is, as if the node were not there",
           menu="Network", group=1, order=1, icon="bypass", shortcuts=("Ctrl+B",), context=("node",), checked=_bypassed,
           enabled=lambda w: bool(_passable(w)), run=_bypass)
ActionInfo(id="network.freeze", text="Freeze Weights", tip="Keep these weights as they are while the others train",
           menu="Network", group=1, order=2, icon="freeze", shortcuts=("Ctrl+Shift+F",), context=("node",),
           checked=_frozen, enabled=lambda w: bool(_weighty(w)), run=_freeze)
