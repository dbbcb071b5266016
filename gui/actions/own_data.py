"""Actions that make something of one's own the data: drawn points."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph import painting
from gui.actions._base import ActionInfo
from gui.pad.drawing_on import begin_empty, draw_on_top

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _draw(window: MainWindow) -> None:
    """Open the pad with the present data if they can be drawn, else with no points."""
    context = window.context
    if painting.points_of(context.document) is not None or painting.may_be_drawn(context.document):
        draw_on_top(context, lambda: window.docks.show("pad"))
        return
    begin_empty(context)
    window.docks.show("pad")


ActionInfo(id="edit.draw_points", text="Draw Points", menu="Edit", group=6, order=1, icon="pad",
           tip="Paint points with the mouse as the data, on top of the present ones if these lie in a plane", run=_draw)
ActionInfo(id="file.use_data", text="Use File as Data…", menu="File", group=1, order=5, icon="table",
           tip="Take the samples from a table, an array or pictures", shortcuts=("Ctrl+Shift+O",),
           run=lambda w: w.dropping.ask_file())
ActionInfo(id="file.use_folder", text="Use Folder as Data…", menu="File", group=1, order=6, icon="data",
           tip="Take the samples from a folder that holds a folder for each class",
           run=lambda w: w.dropping.ask_folder())
ActionInfo(id="network.first", text="Make a First Network", menu="Network", group=5, order=1, icon="plus",
           tip="Make a small network that fits the data, with loss and training",
           enabled=lambda w: w.first_offer.possible, run=lambda w: w.first_offer.make())
