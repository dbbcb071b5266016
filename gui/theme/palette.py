"""Tokens become the palette of the application, and one object says when they change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.theme import fonts, style
from gui.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "light", "dark"]

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}

_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "sunken",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_faint",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_ink",
    QPalette.ColorRole.LinkVisited: "accent_ink",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border_strong",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "shadow",
}

_DISABLED = {
    QPalette.ColorRole.WindowText: "text_disabled",
    QPalette.ColorRole.Text: "text_disabled",
    QPalette.ColorRole.ButtonText: "text_disabled",
    QPalette.ColorRole.PlaceholderText: "text_disabled",
    QPalette.ColorRole.Link: "text_disabled",
    QPalette.ColorRole.LinkVisited: "text_disabled",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.Highlight: "border_strong",
    QPalette.ColorRole.HighlightedText: "text_disabled",
    QPalette.ColorRole.Accent: "border_strong",
}


def palette(tokens: Tokens) -> QPalette:
    """Every role of Qt's palette, in the theme's colours; panels stand on ``surface``."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(QPalette.ColorGroup.All, role, QColor(getattr(tokens, name)))
    for role, name in _DISABLED.items():
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(getattr(tokens, name)))
    return result


def system_is_dark() -> bool:
    """Whether the desktop asks for dark windows; False where it does not say."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


class Theme(QObject):
    """The theme of the running application. ``changed`` is sent once per real change, with the new tokens."""

    changed = Signal(object)

    def __init__(self, app: QApplication, mode: Mode) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._mode: Mode = mode
        self._tokens: Tokens | None = None
        self._images = style.Images()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system)
        self.set_mode(mode)

    @property
    def tokens(self) -> Tokens:
        assert self._tokens is not None
        return self._tokens

    @property
    def mode(self) -> Mode:
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Follow the system, or stay light or dark. Raises KeyError for anything else."""
        scheme = _SCHEMES[mode]
        self._mode = mode
        # Native title bars follow this; the platform may ignore it, so our own palette comes on top.
        self._app.styleHints().setColorScheme(scheme)
        self._refresh()

    @contextmanager
    def lent(self, widget: QWidget | None, tokens: Tokens) -> Iterator[None]:
        """Within the block `widget` looks as it does in another theme, and all who follow `changed` do as well.

        Nobody sees that, as long as the block lets no event through: it is for drawing into a file.
        """
        own = self.tokens
        if tokens is own:
            yield
            return
        sheet = "" if widget is None else widget.styleSheet()
        # Qt hands no palette down where there are style sheets.
        self._dress(widget, tokens, f"QWidget {{ color: {tokens.text}; }}\n" + style.sheet(tokens, self._images))
        try:
            yield
        finally:
            self._dress(widget, own, sheet)

    def _dress(self, widget: QWidget | None, tokens: Tokens, sheet: str) -> None:
        self._tokens = tokens
        if widget is not None:
            widget.setStyleSheet(sheet)
        self.changed.emit(tokens)

    @Slot()
    def _on_system(self) -> None:
        if self._mode == "system":
            self._refresh()

    def _refresh(self) -> None:
        wanted = self._mode
        if wanted == "system":
            wanted = "dark" if system_is_dark() else "light"
        tokens = DARK if wanted == "dark" else LIGHT
        if tokens is not self._tokens:
            self._tokens = tokens
            self._show(tokens)
            self.changed.emit(tokens)

    def _show(self, tokens: Tokens) -> None:
        self._app.setFont(fonts.font(tokens))
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style.sheet(tokens, self._images))
        pg.setConfigOptions(background=tokens.plot, foreground=tokens.text_muted, antialias=True)


def _find() -> Theme | None:
    app = QApplication.instance()
    return None if app is None else app.findChild(Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly)


def apply(app: QApplication, mode: Mode = "system") -> Theme:
    """Dress the application; called again, it only changes the mode."""
    theme = _find()
    if theme is None:
        return Theme(app, mode)
    theme.set_mode(mode)
    return theme


def current() -> Theme:
    """The theme in use. Raises RuntimeError before ``apply``."""
    theme = _find()
    if theme is None:
        raise RuntimeError("No theme is in use yet: call gui.theme.palette.apply first.")
    return theme
