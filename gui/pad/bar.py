"""The controls of the pad: tools, classes, the size of the brush."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.params import MOST_CLASSES
from gui.forms.icon_button import icon_button
from gui.pad.look import class_colour
from gui.pad.tools import TOOLS, Tool
from gui.theme import fonts
from gui.theme.palette import Theme
from gui.theme.tokens import readable_on

SWATCH = 22
SIZES, DENSITIES = (2, 30), (1, 10)


class Swatch(QAbstractButton):
    """A class by its colour and number; the chosen one has a ring."""

    def __init__(self, theme: Theme, label: int):
        super().__init__()
        self._theme = theme
        self.label, self.classes = label, 2
        self.setCheckable(True)
        self.setFixedSize(SWATCH, SWATCH)
        self.setAccessibleName(f"Class {label + 1}")
        self.setToolTip(f"Paint points of class {label + 1}  ({label + 1})")
        theme.changed.connect(self._restyle)

    @Slot()
    def _restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = class_colour(self.label, self.classes, tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5))
        painter.setPen(QColor(readable_on(colour)))
        painter.setFont(fonts.font(tokens, small=True, strong=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.label + 1))
        if self.isChecked() or self.hasFocus():
            style = Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(tokens.accent_ink if self.hasFocus() else tokens.text), 1.5, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Bar(QWidget):
    """`tool_chosen`, `label_chosen`, `size_chosen` and `density_chosen` carry what the user chose; `fit_wanted`,
    `clear_wanted` and `larger_wanted` are buttons."""

    tool_chosen = Signal(str)
    label_chosen = Signal(int)
    size_chosen = Signal(int)
    density_chosen = Signal(int)
    fit_wanted = Signal()
    clear_wanted = Signal()
    larger_wanted = Signal()

    def __init__(self, theme: Theme, size: int, density: int):
        super().__init__()
        self.tools, self.labels = QButtonGroup(self), QButtonGroup(self)
        self.buttons = {tool.id: self._tool(tool) for tool in TOOLS.values()}
        self.swatches = [Swatch(theme, label) for label in range(MOST_CLASSES)]
        for swatch in self.swatches:
            self.labels.addButton(swatch, swatch.label)
        self.fit = _button("zoom-fit", "Scale to fit", "Move and scale the points so that they reach from −5 to 5")
        self.clear = _button("delete", "Clear", "Take all points away")
        self.larger = _button("float", "Larger pad", "Paint on a larger pad, in a panel of its own")
        self.size_name, self.size_slider = QLabel("Size"), _slider("Size", SIZES, size)
        self.density_name, self.density_slider = QLabel("Density"), _slider("Density", DENSITIES, density)
        self._arrange()
        self.labels.idClicked.connect(self.label_chosen)
        self.size_slider.valueChanged.connect(self.size_chosen)
        self.density_slider.valueChanged.connect(self.density_chosen)
        self.fit.clicked.connect(self.fit_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        self.larger.clicked.connect(self.larger_wanted)

    def show_tool(self, tool: Tool) -> None:
        """Mark a tool as chosen."""
        self.buttons[tool.id].setChecked(True)
        for widget in (self.size_name, self.size_slider):
            widget.setEnabled(tool.sized)
        for widget in (self.density_name, self.density_slider):
            widget.setEnabled(tool.dense)

    def show_label(self, label: int) -> None:
        """Mark a class as chosen."""
        self.swatches[label].setChecked(True)

    def show_points(self, count: int, classes: int) -> None:
        """Say how many points there are, and of how many classes: with three the first two change their colours."""
        for swatch in self.swatches:
            swatch.classes = classes
            swatch.update()
        self.fit.setEnabled(count > 1)
        self.clear.setEnabled(count > 0)

    def _tool(self, tool: Tool) -> QToolButton:
        button = _button(tool.icon, tool.title, f"{tool.tip}  ({tool.key})")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.tool_chosen.emit(tool.id))
        self.tools.addButton(button)
        return button

    def _arrange(self) -> None:
        upper, lower, sliders = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, gap in ((upper, 2), (lower, 4), (sliders, 8)):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
        for button in self.buttons.values():
            upper.addWidget(button)
        upper.addStretch(1)
        upper.addWidget(self.fit)
        upper.addWidget(self.clear)
        for swatch in self.swatches:
            lower.addWidget(swatch)
        lower.addStretch(1)
        lower.addWidget(self.larger)
        for name, slider in ((self.size_name, self.size_slider), (self.density_name, self.density_slider)):
            name.setProperty("role", "muted")
            sliders.addWidget(name)
            sliders.addWidget(slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for row in (upper, lower, sliders):
            column.addLayout(row)


def _button(icon: str, name: str, tip: str) -> QToolButton:
    return icon_button(icon, tip, name=name, size=18)


def _slider(name: str, limits: tuple[int, int], value: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(*limits)
    slider.setValue(value)
    slider.setAccessibleName(name)
    slider.setMinimumWidth(48)
    return slider
