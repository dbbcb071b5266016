"""The live views in one list, and those that look into a node."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from gui.actions._base import ActionInfo, Heading, Line, MenuInfo
from gui.panels._base import Heading as Title

if TYPE_CHECKING:
    from gui.main_window import MainWindow

HEADINGS = get_args(Title)


def _views(window: MainWindow) -> Iterator[Line]:
    live = sorted((dock for dock in window.docks.docks.values() if dock.info.heading),
                  key=lambda dock: (HEADINGS.index(dock.info.heading), dock.info.order))
    for heading, docks in groupby(live, key=lambda dock: str(dock.info.heading)):
        yield Heading(heading)
        yield from (dock.toggleViewAction() for dock in docks)
        yield None
    yield Heading("On the Canvas")
    yield window.actions_by_id["view.thumbnails"]
    yield window.submenus["view.signals"].menuAction()
    yield None
    yield window.actions_by_id["view.reset_layout"]


def _one(window: MainWindow) -> bool:
    return len(window.context.selection) == 1


def _weighted(window: MainWindow) -> bool:
    """True if one node is selected, and it has weights."""
    return _one(window) and all(window.context.costs.of(name).parameters for name in window.context.selection)


def _look_into(panel: str, window: MainWindow) -> None:
    """Open a view on the selected node."""
    (node,) = window.context.selection
    window.panels[panel].show_node(node)
    window.docks.show(panel)


MenuInfo(id="view.views", text="Views", tip="Views of the network while it learns: open or close them", menu="View",
         group=3, order=0, icon="views", toolbar=32, entries=_views)
ActionInfo(id="view.inspect_neurons", text="Inspect Neurons", menu="View", group=2, order=7, icon="neuron",
           tip="See the neurons of the selected node in numbers", context=("node",), fold="Look Inside",
           enabled=_one, run=partial(_look_into, "neuron"))
ActionInfo(id="view.show_weights", text="Show Weights", menu="View", group=2, order=8, icon="weights",
           tip="See the weights of the selected node", context=("node",), fold="Look Inside",
           enabled=_weighted, run=partial(_look_into, "weights"))
ActionInfo(id="view.show_activations", text="Show Activations", menu="View", group=2, order=9, icon="activity",
           tip="See what the selected node gives, among its neighbours", context=("node",), fold="Look Inside",
           enabled=_one, run=partial(_look_into, "activity"))
