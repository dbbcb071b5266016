"""The menu of a plot: the panel's own entries, and its way out of the window."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from gui.theme import icons

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.panels import Panel

EXPORTS = (("file.export_plot", "Export…", "export"), ("edit.copy_picture", "Copy Picture", "image"),
           ("edit.copy_numbers", "Copy Numbers", "table"))


def plot_menu(window: MainWindow, panel: Panel) -> QMenu | None:
    """The menu of a panel, or None if there is nothing that could be done. It deletes itself when closed."""
    menu = QMenu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    panel.fill_menu(menu)
    if panel.exports() is not None:
        if menu.actions():
            menu.addSeparator()
        for name, text, icon in EXPORTS:
            action = menu.addAction(text)
            icons.bind(action, icon)
            action.setToolTip(window.actions_by_id[name].statusTip())
            action.triggered.connect(window.actions_by_id[name].trigger)
    if menu.actions():
        return menu
    menu.deleteLater()
    return None
