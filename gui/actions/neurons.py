"""Actions on how layers are drawn: as cards, or as neurons with a line for every weight."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from core.graph.neurons import units_of
from gui.actions._base import ActionInfo
from gui.canvas import switch

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _able(window: MainWindow, names: Iterable[str]) -> Iterator[str]:
    """The nodes of which the number of neurons is known, and those that are drawn so already. Asked for the first of
    them, it looks no further: menus ask after every edit."""
    document, report = window.context.document, window.context.report
    return (name for name in names if units_of(report, name) or document.nodes[name].neurons)


def _chosen(window: MainWindow) -> Iterator[str]:
    return _able(window, window.context.selection)


def _all(window: MainWindow) -> Iterator[str]:
    return _able(window, window.context.document.nodes)


def _drawn(window: MainWindow, names: Iterator[str]) -> bool:
    nodes = window.context.document.nodes
    drawn = (nodes[name].neurons for name in names)
    return next(drawn, False) and all(drawn)


def _toggle(window: MainWindow, names: Iterator[str]) -> None:
    able = sorted(names)
    switch.show_neurons(window.canvas, able, not _drawn(window, iter(able)))


ActionInfo(id="view.neurons", text="Show as Neurons", tip="Draw every neuron of the selected nodes, and every weight "
           "as a line", menu="View", group=2, order=5, icon="neurons", shortcuts=("E",), context=("node",),
           checked=lambda w: _drawn(w, _chosen(w)), enabled=lambda w: any(True for _ in _chosen(w)),
           run=lambda w: _toggle(w, _chosen(w)))
ActionInfo(id="view.all_neurons", text="Show All as Neurons", tip="Draw every neuron of the network, and every weight "
           "as a line", menu="View", group=2, order=6, icon="neurons", shortcuts=("Shift+E",), context=("canvas",),
           checked=lambda w: _drawn(w, _all(w)), enabled=lambda w: any(True for _ in _all(w)),
           run=lambda w: _toggle(w, _all(w)))
