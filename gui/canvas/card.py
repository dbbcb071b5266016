"""Painting of one card, for the scene and for what the pointer carries out of the palette."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from gui.canvas import geometry
from gui.canvas.ink import Ink, sharp
from gui.canvas.look import NodeLook

EDGE = 4.0
PAD = 14.0
ICON = 16
TITLE_X = PAD + ICON + 8
TITLE_Y = 19.0
DETAIL_Y = 39.0
MARK = 14
SHADOW = 8
EMBLEM = 32
EMBLEM_ZOOM = 0.2
TEXT_ZOOM = 0.4
DETAIL_ZOOM = 0.55


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card stands out at present."""

    selected: bool = False
    hovered: bool = False


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
def _edge(height: float, radius: float) -> QPainterPath:
    strip = QPainterPath()
    strip.addRect(QRectF(0, 0, EDGE, height))
    return outline(height, radius).intersected(strip)


def paint_card(painter: QPainter, look: NodeLook, text: CardText, ink: Ink, state: CardState, scale: float,
               zoom: float) -> None:
    """Paint a card with its top left corner at the origin. `scale` is device pixels per unit, `zoom` what the
    user sees as zoom: below 40 % the words give way to the icon."""
    height = geometry.card_height(len(look.inputs))
    if zoom < TEXT_ZOOM:
        _far(painter, look, ink, state, height, scale, zoom)
        return
    _body(painter, look, ink, state, height, scale)
    icon_ink = ink.category(look.category).name() if look.known else ink.tokens.text_faint
    painter.drawPixmap(QPointF(PAD, TITLE_Y - ICON / 2), ink.icon(look.icon, ICON, icon_ink, scale))
    painter.setFont(ink.title_font)
    painter.setPen(ink.colour("text" if look.known else "text_muted"))
    painter.drawText(QPointF(TITLE_X, _baseline(TITLE_Y, ink.title_metrics.capHeight())), text.title)
    _marks(painter, look, ink, scale)
    if zoom >= DETAIL_ZOOM:
        _details(painter, look, text, ink)


def _details(painter: QPainter, look: NodeLook, text: CardText, ink: Ink) -> None:
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


def _body(painter: QPainter, look: NodeLook, ink: Ink, state: CardState, height: float, scale: float) -> None:
    radius = float(ink.tokens.radius_l)
    key, lifted = ("shadow", height, state.hovered, sharp(scale)), state.hovered
    shadow = ink.picture(key, lambda: _shadow(height, ink, lifted, sharp(scale)))
    painter.drawPixmap(QPointF(-SHADOW, -SHADOW), shadow)
    painter.setPen(_border(look, ink, state, 1.0))
    painter.setBrush(ink.colour("raised"))
    painter.drawPath(outline(height, radius, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.category(look.category) if look.known else ink.colour("text_disabled"))
    painter.drawPath(_edge(height, radius))
    if state.selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen("accent_ink", 2.0))
        painter.drawPath(outline(height, radius, 2.0))


def _far(painter: QPainter, look: NodeLook, ink: Ink, state: CardState, height: float, scale: float,
         zoom: float) -> None:
    """A card of which only colour, icon, state and selection can be made out. Cheap: there may be thousands."""
    box = QRectF(0, 0, geometry.WIDTH, height)
    painter.setPen(_border(look, ink, state, zoom))
    painter.setBrush(ink.colour("raised"))
    painter.drawRect(box)
    strip = ink.category(look.category) if look.known else ink.colour("text_disabled")
    painter.fillRect(QRectF(0, 0, 4 * EDGE, height), strip)
    if zoom >= EMBLEM_ZOOM:
        icon_ink = {"error": ink.tokens.error, "warning": ink.tokens.warning}.get(look.severity,
                                                                                 ink.tokens.text_muted)
        place = QPointF((geometry.WIDTH - EMBLEM) / 2, (height - EMBLEM) / 2)
        painter.drawPixmap(place, ink.icon(look.icon, EMBLEM, icon_ink, scale))
    if state.selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen("accent_ink", 1.5 / zoom))
        painter.drawRect(box.adjusted(-3, -3, 3, 3))


def _border(look: NodeLook, ink: Ink, state: CardState, zoom: float) -> QPen:
    quiet = "text_faint" if state.hovered else "border_strong"
    token, width = {"error": ("error", 1.5), "warning": ("warning", 1.0)}.get(look.severity, (quiet, 1.0))
    pen = ink.pen(token, max(width, 0.8 / zoom))
    if not look.known:
        pen = QPen(pen)
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _shadow(height: float, ink: Ink, lifted: bool, ratio: int) -> QPixmap:
    picture = QPixmap(round((geometry.WIDTH + 2 * SHADOW) * ratio), round((height + 2 * SHADOW) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(SHADOW, SHADOW + (2.5 if lifted else 1.5))
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(ink.colour("shadow"))
    shade.setAlpha(ink.tokens.shadow_alpha // 3)
    painter.setBrush(shade)
    for grow in range(5 if lifted else 3):
        painter.drawPath(outline(height, float(ink.tokens.radius_l), grow - 0.5))
    painter.end()
    return picture


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
