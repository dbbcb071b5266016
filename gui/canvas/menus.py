"""The context menu of a node, a wire, or the empty canvas."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from core.layers import LAYERS
from gui.canvas import changes
from gui.theme import icons

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def context_menu(canvas: CanvasView) -> QMenu:
    """The menu for what is selected at present. It deletes itself when it is closed."""
    menu = QMenu(canvas)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if canvas.context.selection or canvas.canvas_scene.selected_wires:
        _entry(menu, "Delete", "delete", "Del", canvas.delete_selection)
        _freezing(menu, canvas)
        menu.addSeparator()
    some = bool(canvas.context.document.nodes)
    _entry(menu, "Select all", "select-all", "Ctrl+A", canvas.select_all, some)
    _entry(menu, "Zoom to fit", "zoom-fit", "F", canvas.fit, some)
    _entry(menu, "Zoom to 100 %", "zoom-100", "", canvas.zoom_reset, canvas.zoom != 1.0)
    return menu


def _entry(menu: QMenu, text: str, icon: str, keys: str, run: Callable[[], None], enabled: bool = True) -> None:
    # The keys are only named here: what they do belongs to the view and the window.
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    if icon:
        icons.bind(action, icon)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked: run())


def _freezing(menu: QMenu, canvas: CanvasView) -> None:
    document = canvas.context.document
    nodes = [document.nodes[name] for name in canvas.context.selection]
    able = [n for n in nodes if n.kind in LAYERS and LAYERS[n.kind].build is not LAYERS["input"].build]
    if able:
        frozen = all(node.frozen for node in able)
        change = changes.freeze(document, [node.id for node in able], not frozen)
        _entry(menu, "Unfreeze weights" if frozen else "Freeze weights", "", "", lambda: _do(canvas, change))


def _do(canvas: CanvasView, change: changes.Change) -> None:
    canvas.do(change)
