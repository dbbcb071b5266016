"""Line icons from ``resources/icons``, in any colour, crisp on every screen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from gui.theme import palette
from gui.theme.drawings import names, svg
from gui.theme.tokens import Tokens

__all__ = ["app_icon", "bind", "icon", "names", "paint", "pixmap"]

SIZES = (16, 20, 24)


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg(name, colour)))


@lru_cache(maxsize=1024)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` logical pixels for a screen with ``ratio`` pixels per logical one."""
    renderer = _renderer(name, colour)
    extent = round(size * ratio)
    picture = QPixmap(extent, extent)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, extent, extent))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint(painter: QPainter, place: QRectF, name: str, colour: str) -> None:
    """Draw the icon as shapes, which stay shapes in files that hold shapes."""
    _renderer(name, colour).render(painter, place)


@lru_cache(maxsize=256)
def icon(name: str, colour: Tokens | str) -> QIcon:
    """The icon for buttons and menus.

    With tokens it is drawn in the text colour and knows the states disabled and on (checked: the accent);
    with one colour it is that colour in every state but disabled, which Qt then fades.
    """
    result = QIcon()
    if isinstance(colour, str):
        _add(result, name, colour, QIcon.Mode.Normal, QIcon.State.Off)
        return result
    _add(result, name, colour.text_muted, QIcon.Mode.Normal, QIcon.State.Off)
    _add(result, name, colour.text, QIcon.Mode.Active, QIcon.State.Off)
    _add(result, name, colour.text_disabled, QIcon.Mode.Disabled, QIcon.State.Off)
    _add(result, name, colour.accent_ink, QIcon.Mode.Normal, QIcon.State.On)
    return result


def _add(target: QIcon, name: str, colour: str, mode: QIcon.Mode, state: QIcon.State) -> None:
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    for size in sorted({round(size * ratio) for size in SIZES for ratio in ratios}):
        target.addPixmap(pixmap(name, size, colour), mode, state)


def app_icon() -> QIcon:
    """The mark of the application, for windows and task bars."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(pixmap("app", size, "#000000"))
    return result


class _Binding(QObject):
    """Keeps the icon of its parent in the colours of the theme."""

    def __init__(self, target: QAction | QAbstractButton, name: str) -> None:
        super().__init__(target)
        self._target = target
        self.name = name
        theme = palette.current()
        theme.changed.connect(self.refresh)
        self.refresh(theme.tokens)

    @Slot(object)
    def refresh(self, tokens: Tokens) -> None:
        self._target.setIcon(icon(self.name, tokens))


def bind(target: QAction | QAbstractButton, name: str) -> None:
    """Give ``target`` an icon that follows the theme; bound again, it takes the new name."""
    for child in target.children():
        if isinstance(child, _Binding):
            child.name = name
            child.refresh(palette.current().tokens)
            return
    _Binding(target, name)
