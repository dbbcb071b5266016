"""Actions that make the canvas usable without a mouse."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui import areas
from gui.actions._base import ActionInfo
from gui.canvas import plug, travel

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _some(window: MainWindow) -> bool:
    return bool(window.context.document.nodes)


def _cycle(window: MainWindow) -> travel.WireCycle:
    return window.canvas.canvas_scene.companion(travel.WireCycle)


ActionInfo(id="edit.select_next", text="Select Next", tip="Select the next node along the wires", menu="Edit",
           group=5, order=1, shortcuts=("Alt+Right",), repeats=True, enabled=_some,
           run=lambda w: travel.along(w.canvas, True))
ActionInfo(id="edit.select_previous", text="Select Previous", tip="Select the previous node along the wires",
           menu="Edit", group=5, order=2, shortcuts=("Alt+Left",), repeats=True, enabled=_some,
           run=lambda w: travel.along(w.canvas, False))
ActionInfo(id="edit.select_above", text="Select Above", tip="Select the nearest node above", menu="Edit", group=5,
           order=3, shortcuts=("Alt+Up",), repeats=True, enabled=_some, run=lambda w: travel.across(w.canvas, False))
ActionInfo(id="edit.select_below", text="Select Below", tip="Select the nearest node below", menu="Edit", group=5,
           order=4, shortcuts=("Alt+Down",), repeats=True, enabled=_some, run=lambda w: travel.across(w.canvas, True))
ActionInfo(id="edit.select_wire", text="Select Next Wire", tip="Select the wires of the selected node one by one",
           menu="Edit", group=5, order=5, shortcuts=("Alt+W",), repeats=True, enabled=lambda w: _cycle(w).can_step(),
           run=lambda w: _cycle(w).step(w.canvas))
ActionInfo(id="network.connect_to", text="Connect To…", tip="Choose where the output of the selected node goes",
           menu="Network", group=2, order=1, icon="connect-to", shortcuts=("W",), context=("node",), fold="Connect",
           enabled=lambda w: plug.can_connect(w.canvas, forward=True),
           run=lambda w: plug.connect(w.canvas, forward=True))
ActionInfo(id="network.connect_from", text="Connect From…", tip="Choose what an input of the selected node gets",
           menu="Network", group=2, order=2, icon="connect-from", shortcuts=("Shift+W",), context=("node",),
           fold="Connect", enabled=lambda w: plug.can_connect(w.canvas, forward=False),
           run=lambda w: plug.connect(w.canvas, forward=False))
ActionInfo(id="view.next_area", text="Next Area", tip="Go to the next part of the window", menu="View", group=6,
           order=1, shortcuts=("F6",), run=lambda w: areas.go(w, True))
ActionInfo(id="view.previous_area", text="Previous Area", tip="Go to the previous part of the window", menu="View",
           group=6, order=2, shortcuts=("Shift+F6",), run=lambda w: areas.go(w, False))
