"""The small control in the corner of the canvas: how large things are, and steps to larger and smaller."""
from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from gui.canvas.zoom import ZoomView
from gui.theme import fonts, palette

LEVELS = (25, 50, 100, 200)
ICON = 16
BUTTON = 26
NUMBER = 52
ACTIONS = ("view.minimap", "view.zoom_out", "", "view.zoom_in", "view.zoom_fit")


class ZoomBar(QFrame):
    """Buttons of actions around a number; a click on the number offers others."""

    def __init__(self, view: ZoomView, actions: Mapping[str, QAction]):
        super().__init__(view)
        self._view = view
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.number = QToolButton()
        self.number.setFixedSize(NUMBER, BUTTON)
        self.number.setToolTip("Choose a zoom")
        self.number.setFont(fonts.font(palette.current().tokens, small=True))
        self.number.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        for name in ACTIONS:
            button = self._button(actions[name]) if name else self.number
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._fit = actions["view.zoom_fit"]
        view.zoom_changed.connect(self.refresh)
        self.refresh()
        self.resize(self.sizeHint())

    @Slot()
    def refresh(self) -> None:
        """Show the present zoom."""
        words = f"{self._view.zoom * 100:.0f} %"
        self.number.setText(words)
        self.number.setAccessibleName(f"Zoom {words}")

    @Slot()
    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for level in LEVELS:
            entry = menu.addAction(f"{level} %")
            entry.setCheckable(True)
            entry.setChecked(round(self._view.zoom * 100) == level)
            entry.triggered.connect(partial(self._view.zoom_to, level / 100))
        menu.addSeparator()
        menu.addAction(self._fit)
        corner = self.number.mapToGlobal(self.number.rect().topLeft())
        corner.setY(corner.y() - menu.sizeHint().height() - 4)
        menu.popup(corner)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRepeat(action.autoRepeat())
        button.setIconSize(QSize(ICON, ICON))
        button.setFixedSize(BUTTON, BUTTON)
        button.setAccessibleName(action.text())
        return button
