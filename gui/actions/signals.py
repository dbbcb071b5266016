"""Whether wires pulse with what flows along them."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gui.actions._base import Entry, Line, MenuInfo
from gui.canvas.signals import Signals

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.settings import Signals as Direction

CHOICES: tuple[tuple[Direction, str, str], ...] = (
    ("off", "Off", "Wires stay calm"),
    ("forward", "Forward", "While training runs, dots travel with the outputs of the layers: the larger, the stronger"),
    ("backward", "Backward", "While training runs, dots travel back with the gradients: the larger, the stronger"),
)


def _entries(window: MainWindow) -> Iterator[Line]:
    signals = window.canvas.canvas_scene.companion(Signals)
    for direction, text, tip in CHOICES:
        yield Entry(text=text, tip=tip, checked=signals.direction == direction, run=partial(signals.choose, direction))


MenuInfo(id="view.signals", text="Signals on Wires", menu="View", group=1, order=8, icon="signals",
         tip="Let wires pulse with the size of the signal while training runs", entries=_entries, context=("canvas",))
