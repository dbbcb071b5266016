"""Actions that help to find one's way on the canvas."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gui import motion
from gui.actions._base import ActionInfo
from gui.dialogs.diagram import DiagramDialog

if TYPE_CHECKING:
    from gui.main_window import MainWindow


CLOSEST = 2.0


def _keep_still(window: MainWindow) -> None:
    settings = window.context.settings
    settings.reduce_motion = not settings.reduce_motion
    settings.save()
    motion.ask(settings.reduce_motion)
    window.refresh_actions()


def _map(window: MainWindow) -> None:
    window.overlays.toggle_minimap()
    window.refresh_actions()


def _thumbnails(window: MainWindow) -> None:
    window.canvas.canvas_scene.thumbnails.toggle()
    window.refresh_actions()


def _fit_selection(window: MainWindow) -> None:
    scene, chosen = window.canvas.canvas_scene, window.context.selection
    area = QRectF()
    for name in chosen:
        area = area.united(scene.groups.rect_of(name))
    window.canvas.show_area(area, CLOSEST)


ActionInfo(id="view.fit_selection", text="Fit Selection", tip="Show the selected nodes as large as they fit",
           menu="View", group=1, order=5, icon="fit-selection", shortcuts=("Shift+F",),
           run=_fit_selection, enabled=lambda w: bool(w.context.selection))
ActionInfo(id="view.minimap", text="Minimap", tip="A map of the whole network in the corner of the canvas",
           menu="View", group=1, order=6, icon="minimap", shortcuts=("Ctrl+M", "Alt+M"), run=_map,
           checked=lambda w: w.context.settings.minimap)
ActionInfo(id="view.thumbnails", text="Thumbnails", tip="Show on every node what it computes", menu="View", group=1,
           order=7, icon="thumbnails", run=_thumbnails, checked=lambda w: w.context.settings.thumbnails)
ActionInfo(id="edit.find", text="Find Node…", tip="Find nodes by name, kind or parameter", menu="Edit", group=4,
           order=9, icon="find", shortcuts=("Ctrl+F",), context=("canvas",), run=lambda w: w.overlays.find_bar.open(),
           enabled=lambda w: bool(w.context.document.nodes))
ActionInfo(id="view.reduce_motion", text="Reduce Motion", tip="Show changes at once instead of moving there",
           menu="View", group=4, order=2, run=_keep_still, checked=lambda w: w.context.settings.reduce_motion)
ActionInfo(id="file.export_diagram", text="Export Diagram…", menu="File", group=3, order=3, icon="export",
           tip="Write the drawing of the network to a file: SVG, PDF or PNG",
           run=lambda w: DiagramDialog.open_for(w), enabled=lambda w: bool(w.context.document.nodes))
