"""Painting of one card, for the scene and for what the pointer carries out of the palette."""
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from gui.canvas import geometry
from gui.canvas.ink import Ink, sharp
from gui.canvas.look import NodeLook
from gui.theme.tokens import mix

EDGE = 4.0
# Words and icons of a card end above that height, and so far from its edges its rounded corners do, too.
LOWEST = 46.0
RIM = 4.0
PAD = 14.0
ICON = 16
TITLE_X = PAD + ICON + 8
TITLE_Y = 19.0
DETAIL_Y = 39.0
MARK = 14
BAR = 3.0
LEAST_TITLE = 64.0
FADED = 0.5
SHADOW = 8
LOUD, LEAST_LOUD = 1.5, 1.15
HEADLINE_X = 3 * EDGE + ICON * LOUD + 6
EMBLEM = 32
EMBLEM_ZOOM = 0.25
# Token and width of the border by the worst problem.
BORDERS = {"error": ("error", 1.5), "warning": ("warning", 1.0)}
TINT = 0.45
TEXT_ZOOM = 0.4
DETAIL_ZOOM = 0.55


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card stands out at present. `bar` is the length of the bar that shows its share of the computing cost."""

    selected: bool = False
    hovered: bool = False
    bar: float = 0.0


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, shortened to fit; measured once, not in every paint."""

    title: str
    detail: str
    shape: str
    shape_x: float
    count: str = ""
    count_x: float = 0.0
    headline: str = ""
    loudness: float = 1.0


def fit_text(look: NodeLook, ink: Ink, count: str = "") -> CardText:
    """Shorten the words of a card to its width. `count` says how many parameters it has; a long title that cannot
    do without its room is shown without it."""
    right = look.width - PAD
    room = right - TITLE_X - _marks_width(look, ink)
    count_x = TITLE_X + room - ink.small_metrics.horizontalAdvance(count)
    if count and count_x - 8 - TITLE_X >= min(LEAST_TITLE, ink.title_metrics.horizontalAdvance(look.title)):
        room = count_x - 8 - TITLE_X
    else:
        count = ""
    elide = Qt.TextElideMode.ElideRight
    shape_x = right - ink.small_metrics.horizontalAdvance(look.shape)
    detail_room = (shape_x - 8 if look.shape else right) - PAD
    fits = ink.small_metrics.horizontalAdvance(look.detail) <= detail_room
    detail = ink.small_metrics.elidedText(look.detail if fits or not look.brief else look.brief, elide, detail_room)
    if not detail and ink.small_metrics.horizontalAdvance(look.summary) <= detail_room:
        detail = look.summary
    space = look.width - HEADLINE_X - EDGE
    loudness = headline_scale(look.title, space, ink)
    headline = ink.title_metrics.elidedText(look.title, elide, space / loudness)
    return CardText(ink.title_metrics.elidedText(look.title, elide, room), detail, look.shape, shape_x, count, count_x,
                    headline, loudness)


def headline_scale(title: str, room: float, ink: Ink) -> float:
    """How many times as large as on a full card a title is that stands alone: as far as it fits."""
    return max(LEAST_LOUD, min(LOUD, (room - 1) / max(1.0, ink.title_metrics.horizontalAdvance(title))))


@lru_cache(maxsize=32)
def outline(height: float, radius: float, grow: float = 0.0, width: float = geometry.WIDTH) -> QPainterPath:
    """The rounded border of a card, moved outwards by `grow`."""
    path = QPainterPath()
    box = QRectF(0, 0, width, height).adjusted(-grow, -grow, grow, grow)
    path.addRoundedRect(box, radius + grow, radius + grow)
    return path


@lru_cache(maxsize=32)
def _edge(height: float, radius: float) -> QPainterPath:
    strip = QPainterPath()
    strip.addRect(QRectF(0, 0, EDGE, height))
    return outline(height, radius).intersected(strip)


@lru_cache(maxsize=256)
def _foot(height: float, radius: float, length: float, width: float) -> QPainterPath:
    strip = QPainterPath()
    strip.addRect(QRectF(0, height - BAR, length, BAR))
    return outline(height, radius, -0.5, width).intersected(strip)


def paint_card(painter: QPainter, look: NodeLook, text: CardText, ink: Ink, state: CardState, scale: float,
               zoom: float, below: float = 0.0) -> None:
    """Paint a card with its top left corner at the origin. `scale` is device pixels per unit, `zoom` what the
    user sees as zoom: below 40 % the words give way to the icon. `below` is room for something else on the card."""
    height = geometry.card_height(len(look.inputs))
    if ink.plain:
        state = replace(state, selected=False, hovered=False)
    if zoom < TEXT_ZOOM:
        _far(painter, look, ink, state, height, scale, zoom, below)
        return
    _body(painter, look, ink, state, height + below, scale)
    if look.bypassed:
        _through(painter, look, ink, height)
        painter.setOpacity(FADED)
    if zoom < DETAIL_ZOOM:
        _headline(painter, look, text, ink, height, scale)
        return
    icon_ink = ink.category(look.category).name() if look.known else ink.tokens.text_faint
    ink.paint_icon(painter, QRectF(PAD, TITLE_Y - ICON / 2, ICON, ICON), look.icon, icon_ink, scale)
    painter.setFont(ink.title_font)
    painter.setPen(ink.colour("text" if look.known else "text_muted"))
    painter.drawText(QPointF(TITLE_X, _baseline(TITLE_Y, ink.title_metrics.capHeight())), text.title)
    painter.setOpacity(1.0)
    _marks(painter, look, ink, scale)
    _details(painter, look, text, ink)


def blank(look: NodeLook, zoom: float, below: float) -> QRectF:
    """The part of a card with `below` on which there is nothing but paper: below its words, between its borders."""
    height = geometry.card_height(len(look.inputs))
    left = (EDGE if zoom >= TEXT_ZOOM else 4 * EDGE) + 1
    top = height - geometry.HEIGHT + LOWEST
    return QRectF(left, top, look.width - left - RIM, height + below - RIM - top)


def paint_paper(painter: QPainter, look: NodeLook, ink: Ink, area: QRectF) -> None:
    """Paint a part of `blank`."""
    painter.fillRect(area, _paper(look, ink))


def _headline(painter: QPainter, look: NodeLook, text: CardText, ink: Ink, height: float, scale: float) -> None:
    """Icon and title, larger and alone: what can be read of a card that is too small for details."""
    icon_ink = ink.category(look.category).name() if look.known else ink.tokens.text_faint
    size = ICON * LOUD
    ink.paint_icon(painter, QRectF(3 * EDGE, (height - size) / 2, size, size), look.icon, icon_ink, scale)
    painter.setFont(ink.title_font)
    painter.setPen(ink.colour("text" if look.known else "text_muted"))
    painter.translate(HEADLINE_X, height / 2)
    painter.scale(text.loudness, text.loudness)
    painter.drawText(QPointF(0, ink.title_metrics.capHeight() / 2), text.headline)
    painter.scale(1 / text.loudness, 1 / text.loudness)
    painter.translate(-HEADLINE_X, -height / 2)
    painter.setOpacity(1.0)


def _details(painter: QPainter, look: NodeLook, text: CardText, ink: Ink) -> None:
    baseline = _baseline(DETAIL_Y, ink.small_metrics.capHeight())
    painter.setFont(ink.small_font)
    painter.setPen(ink.colour("text_muted" if look.detail else "text_faint"))
    painter.drawText(QPointF(PAD, baseline), text.detail)
    painter.setPen(ink.colour("text_muted"))
    painter.drawText(QPointF(text.shape_x, baseline), text.shape)
    painter.setPen(ink.colour("text_faint"))
    painter.drawText(QPointF(text.count_x, _baseline(TITLE_Y, ink.small_metrics.capHeight())), text.count)


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
    key, lifted = ("shadow", look.width, height, state.hovered, sharp(scale)), state.hovered
    shadow = ink.picture(key, lambda: _shadow(look.width, height, ink, lifted, sharp(scale)))
    if not ink.plain:
        painter.drawPixmap(QPointF(-SHADOW, -SHADOW), shadow)
    painter.setPen(_border(look, ink, state, 1.0))
    painter.setBrush(_paper(look, ink))
    painter.drawPath(outline(height, radius, -0.5, look.width))
    painter.setPen(Qt.PenStyle.NoPen)
    if state.bar:
        painter.setBrush(ink.colour("wire"))
        painter.drawPath(_foot(height, radius, state.bar * look.width / geometry.WIDTH, look.width))
    painter.setOpacity(FADED if look.bypassed else 1.0)
    painter.setBrush(ink.category(look.category) if look.known else ink.colour("text_disabled"))
    painter.drawPath(_edge(height, radius))
    painter.setOpacity(1.0)
    if state.selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen("accent_ink", 2.0))
        painter.drawPath(outline(height, radius, 2.0, look.width))


def _far(painter: QPainter, look: NodeLook, ink: Ink, state: CardState, height: float, scale: float,
         zoom: float, below: float) -> None:
    """A card of which only colour, icon, state and selection can be made out."""
    chip = chip_of(look, ink, height + below)
    paint_chip(painter, chip if zoom < EMBLEM_ZOOM else chip._replace(paper=_paper(look, ink)), ink, state, zoom)
    if zoom >= EMBLEM_ZOOM:
        icon_ink = {"error": ink.tokens.error, "warning": ink.tokens.warning}.get(_alarm(look, ink),
                                                                                 ink.tokens.text_muted)
        place = QPointF((look.width - EMBLEM) / 2, (height - EMBLEM) / 2)
        painter.setOpacity(FADED if look.bypassed else 1.0)
        painter.drawPixmap(place, ink.icon(look.icon, EMBLEM, icon_ink, scale))
        painter.setOpacity(1.0)


class Chip(NamedTuple):
    """What is left of a card that is far away: its `box`, a `strip` of its category, and a border."""

    box: QRectF
    paper: QColor
    strip: QRectF
    category: QColor
    border: str
    width: float
    known: bool


def chip_of(look: NodeLook, ink: Ink, height: float) -> Chip:
    """What `paint_chip` paints, worked out once."""
    border, width = BORDERS.get(_alarm(look, ink), ("border_strong", 1.0))
    category = ink.category(look.category) if look.known else ink.colour("text_disabled")
    return Chip(QRectF(0, 0, look.width, height), _tint(look, ink), QRectF(0, 0, 4 * EDGE, height), category, border,
                width, look.known)


def paint_chip(painter: QPainter, chip: Chip, ink: Ink, state: CardState, zoom: float) -> None:
    """Paint a card of which only colour, state and selection can be made out. Cheap: there may be thousands."""
    lifted = state.hovered and chip.border == "border_strong"
    pen = ink.pen("text_faint" if lifted else chip.border, max(chip.width, 0.8 / zoom))
    painter.setPen(pen if chip.known else _dashed(pen))
    painter.setBrush(chip.paper)
    painter.drawRect(chip.box)
    painter.fillRect(chip.strip, chip.category)
    if state.selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen("accent_ink", 1.5 / zoom))
        painter.drawRect(chip.box.adjusted(-3, -3, 3, 3))


def _dashed(pen: QPen) -> QPen:
    dashed = QPen(pen)
    dashed.setStyle(Qt.PenStyle.DashLine)
    return dashed


def _tint(look: NodeLook, ink: Ink) -> QColor:
    """The paper of a card that is too small for an icon: its category is all that can be told."""
    return _mixed(_paper(look, ink).name(), ink.category(look.category).name()) if look.known else _paper(look, ink)


@lru_cache(maxsize=128)
def _mixed(paper: str, colour: str) -> QColor:
    return QColor(mix(paper, colour, TINT))


def _paper(look: NodeLook, ink: Ink) -> QColor:
    """What a card is made of: cold if its weights are frozen, the canvas itself if it does nothing."""
    if look.bypassed:
        return ink.colour("canvas")
    return ink.paper("blue") if look.frozen else ink.colour("raised")


def _through(painter: QPainter, look: NodeLook, ink: Ink, height: float) -> None:
    """The wire that runs through a card which hands on its first input."""
    start = geometry.input_point(0, len(look.inputs))
    end = QPointF(look.width, start.y() if len(look.inputs) == 1 else height / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen("wire", 2.0))
    painter.drawPath(geometry.wire_path(start, end))


def _border(look: NodeLook, ink: Ink, state: CardState, zoom: float) -> QPen:
    quiet = "text_faint" if state.hovered else "border_strong"
    token, width = BORDERS.get(_alarm(look, ink), (quiet, 1.0))
    pen = ink.pen(token, max(width, 0.8 / zoom))
    return pen if look.known else _dashed(pen)


def _shadow(width: float, height: float, ink: Ink, lifted: bool, ratio: int) -> QPixmap:
    picture = QPixmap(round((width + 2 * SHADOW) * ratio), round((height + 2 * SHADOW) * ratio))
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
        painter.drawPath(outline(height, float(ink.tokens.radius_l), grow - 0.5, width))
    painter.end()
    return picture


def _alarm(look: NodeLook, ink: Ink) -> str:
    """How much a node has to be looked at. What is not well while it learns is no part of the network on paper."""
    return look.severity or ("warning" if look.health and not ink.plain else "")


def _marks(painter: QPainter, look: NodeLook, ink: Ink, scale: float) -> None:
    x = look.width - PAD - MARK
    if look.severity:
        icon, token = {"error": ("error", "error"), "warning": ("warning", "warning")}.get(
            look.severity, ("info", "text_muted"))
        ink.paint_icon(painter, QRectF(x, TITLE_Y - MARK / 2, MARK, MARK), icon, getattr(ink.tokens, token), scale)
        if len(look.problems) > 1:
            painter.setFont(ink.small_font)
            painter.setPen(ink.colour(token))
            count = str(len(look.problems))
            x -= ink.small_metrics.horizontalAdvance(count) + 3
            painter.drawText(QPointF(x, _baseline(TITLE_Y, ink.small_metrics.capHeight())), count)
        x -= MARK + 4
    if look.health:
        ink.paint_icon(painter, QRectF(x, TITLE_Y - MARK / 2, MARK, MARK), "health", ink.tokens.warning, scale)
        x -= MARK + 4
    if look.frozen and not look.bypassed:
        painter.drawPixmap(QPointF(x, TITLE_Y - MARK / 2),
                           ink.icon("freeze", MARK, ink.tokens.paper_ink("blue"), scale))


def _marks_width(look: NodeLook, ink: Ink) -> float:
    width = (MARK + 4) * (bool(look.severity) + bool(look.health) + (look.frozen and not look.bypassed))
    many = len(look.problems) > 1
    return width + (ink.small_metrics.horizontalAdvance(str(len(look.problems))) + 3 if many else 0)


def _baseline(middle: float, cap_height: float) -> float:
    return middle + cap_height / 2
