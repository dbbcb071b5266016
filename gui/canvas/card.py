"""Painting of one card, for the scene and for what the pointer carries out of the palette."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from gui.canvas import geometry
from gui.canvas.ink import Ink
from gui.canvas.look import NodeLook

EDGE = 4.0
PAD = 14.0
ICON = 16
TITLE_X = PAD + ICON + 8
TITLE_Y = 19.0
DETAIL_Y = 39.0
MARK = 14
TEXT_ZOOM = 0.4
DETAIL_ZOOM = 0.55


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card stands out at present."""

    selected: bool = False
    hovered: bool = False
    faded: bool = False


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, shortened to fit; measured once, not in every paint."""

    title: str
    detail: str
    shape: str
    shape_x: float


def fit_text(look: NodeLook, ink: Ink) -> CardText:
    """Shorten the words of a card to its width."""
    right = geometry.WIDTH - PAD
    room = right - TITLE_X - (MARK + 4) * bool(look.severity) - (MARK + 4) * look.frozen
    elide = Qt.TextElideMode.ElideRight
    shape_x = right - ink.small_metrics.horizontalAdvance(look.shape)
    detail_room = (shape_x - 8 if look.shape else right) - PAD
    detail = ink.small_metrics.elidedText(look.detail, elide, detail_room)
    if not detail and ink.small_metrics.horizontalAdvance(look.summary) <= detail_room:
        detail = look.summary
    return CardText(ink.title_metrics.elidedText(look.title, elide, room), detail, look.shape, shape_x)


@lru_cache(maxsize=32)
def outline(height: float, radius: float, grow: float = 0.0) -> QPainterPath:
    """The rounded border of a card, moved outwards by `grow`."""
    path = QPainterPath()
    box = QRectF(0, 0, geometry.WIDTH, height).adjusted(-grow, -grow, grow, grow)
    path.addRoundedRect(box, radius + grow, radius + grow)
    return path


@lru_cache(maxsize=32)
def _edge(height: float, radius: float, width: float) -> QPainterPath:
    strip = QPainterPath()
    strip.addRect(QRectF(0, 0, width, height))
    return outline(height, radius).intersected(strip)


def paint_card(painter: QPainter, look: NodeLook, text: CardText, ink: Ink, state: CardState, scale: float,
               zoom: float) -> None:
    """Paint a card with its top left corner at the origin. `scale` is device pixels per unit, `zoom` what the
    user sees as zoom: below 40 % the words give way to the icon."""
    height = geometry.card_height(len(look.inputs))
    _body(painter, look, ink, state, height, zoom)
    if zoom < TEXT_ZOOM:
        _emblem(painter, look, ink, height, scale)
        return
    icon_ink = ink.category(look.category).name() if look.known else ink.tokens.text_faint
    painter.drawPixmap(QPointF(PAD, TITLE_Y - ICON / 2), ink.icon(look.icon, ICON, icon_ink, scale))
    painter.setFont(ink.title_font)
    painter.setPen(ink.colour("text" if look.known else "text_muted"))
    painter.drawText(QPointF(TITLE_X, _baseline(TITLE_Y, ink.title_metrics.capHeight())), text.title)
    _marks(painter, look, ink, scale)
    if zoom >= DETAIL_ZOOM:
        baseline = _baseline(DETAIL_Y, ink.small_metrics.capHeight())
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text_muted" if look.detail else "text_faint"))
        painter.drawText(QPointF(PAD, baseline), text.detail)
        painter.setPen(ink.colour("text_muted"))
        painter.drawText(QPointF(text.shape_x, baseline), text.shape)


def card_pixmap(look: NodeLook, ink: Ink, ratio: float) -> QPixmap:
    """A card as a picture, with room for its shadow, as the pointer carries it while dragging."""
    height, margin = geometry.card_height(len(look.inputs)), 8
    size = QRectF(0, 0, geometry.WIDTH + 2 * margin, height + 2 * margin)
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(margin, margin)
    paint_card(painter, look, fit_text(look, ink), ink, CardState(hovered=True), ratio, 1.0)
    painter.end()
    return picture


def _body(painter: QPainter, look: NodeLook, ink: Ink, state: CardState, height: float, zoom: float) -> None:
    tokens = ink.tokens
    radius = float(tokens.radius_l)
    painter.setPen(Qt.PenStyle.NoPen)
    if zoom >= TEXT_ZOOM:
        _shadow(painter, ink, height, radius, state.hovered)
    painter.setBrush(ink.colour("raised"))
    painter.drawPath(outline(height, radius))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_border(look, ink, state))
    painter.drawPath(outline(height, radius, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.category(look.category) if look.known else ink.colour("text_disabled"))
    painter.drawPath(_edge(height, radius, EDGE if zoom >= TEXT_ZOOM else 3 * EDGE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state.selected:
        painter.setPen(ink.pen("accent_ink", max(2.0, 1.2 / zoom)))
        painter.drawPath(outline(height, radius, 2.0))


def _border(look: NodeLook, ink: Ink, state: CardState) -> QPen:
    quiet = "text_faint" if state.hovered else "border_strong"
    token, width = {"error": ("error", 1.5), "warning": ("warning", 1.0)}.get(look.severity, (quiet, 1.0))
    pen = ink.pen(token, width)
    if not look.known:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _shadow(painter: QPainter, ink: Ink, height: float, radius: float, lifted: bool) -> None:
    layers = 4 if lifted else 3
    colour = QColor(ink.colour("shadow"))
    colour.setAlpha(ink.tokens.shadow_alpha // 3)
    painter.setBrush(QBrush(colour))
    painter.save()
    painter.translate(0, 1.5)
    for grow in range(layers):
        painter.drawPath(outline(height, radius, grow - 0.5))
    painter.restore()


def _emblem(painter: QPainter, look: NodeLook, ink: Ink, height: float, scale: float) -> None:
    size = 32
    icon_ink = {"error": ink.tokens.error, "warning": ink.tokens.warning}.get(look.severity, ink.tokens.text_muted)
    place = QPointF((geometry.WIDTH - size) / 2, (height - size) / 2)
    painter.drawPixmap(place, ink.icon(look.icon, size, icon_ink, scale))


def _marks(painter: QPainter, look: NodeLook, ink: Ink, scale: float) -> None:
    x = geometry.WIDTH - PAD - MARK
    if look.severity:
        icon, token = {"error": ("error", "error"), "warning": ("warning", "warning")}.get(
            look.severity, ("info", "text_muted"))
        painter.drawPixmap(QPointF(x, TITLE_Y - MARK / 2), ink.icon(icon, MARK, getattr(ink.tokens, token), scale))
        if len(look.problems) > 1:
            painter.setFont(ink.small_font)
            painter.setPen(ink.colour(token))
            count = str(len(look.problems))
            x -= ink.small_metrics.horizontalAdvance(count) + 3
            painter.drawText(QPointF(x, _baseline(TITLE_Y, ink.small_metrics.capHeight())), count)
        x -= MARK + 4
    if look.frozen:
        _snowflake(painter, QPointF(x + MARK / 2, TITLE_Y), ink)


def _snowflake(painter: QPainter, middle: QPointF, ink: Ink) -> None:
    painter.save()
    painter.translate(middle)
    painter.setPen(ink.pen("accent_ink", 1.2))
    for _ in range(6):
        painter.drawLine(QPointF(0, 0), QPointF(0, -6))
        painter.drawLine(QPointF(0, -3.6), QPointF(-1.8, -5.4))
        painter.drawLine(QPointF(0, -3.6), QPointF(1.8, -5.4))
        painter.rotate(60)
    painter.restore()


def _baseline(middle: float, cap_height: float) -> float:
    return middle + cap_height / 2
