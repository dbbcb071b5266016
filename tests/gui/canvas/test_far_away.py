"""What can still be told of cards when all is small, and that everything is sharp on fine screens."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.canvas import card
from gui.canvas.card import CardState, fit_text, paint_card
from gui.canvas.column import Column
from gui.canvas.ink import Ink
from gui.canvas.look import NodeLook, plain_look
from gui.theme import palette
from gui.theme.tokens import mix

LONG = "A very long title that nobody can read from far away"


@pytest.fixture
def ink(theme: palette.Theme) -> Iterator[Ink]:
    return Ink(theme.tokens)


def painted(look: NodeLook, ink: Ink, zoom: float, ratio: float = 1.0) -> QImage:
    scale = zoom * ratio
    image = QImage(round(180 * scale) + 1, round(70 * scale) + 1, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(scale, scale)
    paint_card(painter, look, fit_text(look, ink), ink, CardState(), scale, zoom)
    painter.end()
    return image


def inked(image: QImage, area: QRectF, scale: float, colour: QColor) -> int:
    """How many pixels of an area of the card are nearly of this colour."""
    found = 0
    for x in range(round(area.left() * scale), round(area.right() * scale)):
        for y in range(round(area.top() * scale), round(area.bottom() * scale)):
            at = image.pixelColor(x, y)
            away = abs(at.red() - colour.red()) + abs(at.green() - colour.green()) + abs(at.blue() - colour.blue())
            found += away < 120
    return found


def test_the_smallest_cards_are_boxes_in_the_colour_of_their_category(ink: Ink) -> None:
    for kind in ("dense", "relu"):
        look = plain_look(kind)
        wanted = QColor(mix(ink.tokens.raised, ink.tokens.category_colour(look.category), card.TINT))
        assert painted(look, ink, 0.15).pixelColor(18, 4) == wanted
    assert painted(plain_look("dense"), ink, 0.3).pixelColor(45, 3) == ink.colour("raised")


def test_small_cards_say_their_name_in_the_middle_and_larger_than_on_a_full_card(ink: Ink) -> None:
    look, text = plain_look("dense"), QColor(ink.tokens.text)
    small, full = painted(look, ink, 0.5), painted(look, ink, 0.56)
    lower = QRectF(card.HEADLINE_X, 28, 100, 8)
    assert inked(small, lower, 0.5, text) > 4
    assert inked(full, QRectF(card.TITLE_X, 27, 100, 3), 0.56, text) == 0


def test_a_long_name_is_shortened_to_the_card(ink: Ink) -> None:
    look = plain_look("dense")
    assert fit_text(look, ink).headline == look.title
    named = NodeLook(LONG, look.icon, look.category)
    text = fit_text(named, ink)
    words = text.headline
    assert words.endswith("…")
    assert card.HEADLINE_X + text.loudness * ink.title_metrics.horizontalAdvance(words) <= 168


@pytest.mark.parametrize("zoom", [0.45, 1.0])
def test_icons_are_drawn_in_as_many_pixels_as_a_fine_screen_has(ink: Ink, zoom: float) -> None:
    look = plain_look("dense")
    plain, fine = painted(look, ink, zoom), painted(look, ink, zoom, 2.0)
    blown = plain.scaled(fine.size())
    middle = QPointF(card.PAD + 8, 19.0) if zoom == 1.0 else QPointF(24, 28)
    box = QRectF(middle.x() - 12, middle.y() - 12, 24, 24)
    pixels = [(x, y) for x in range(round(box.left() * 2 * zoom), round(box.right() * 2 * zoom))
              for y in range(round(box.top() * 2 * zoom), round(box.bottom() * 2 * zoom))]
    differ = sum(fine.pixelColor(x, y) != blown.pixelColor(x, y) for x, y in pixels)
    assert differ > len(pixels) * 0.1


def test_a_name_that_nearly_fits_becomes_smaller_before_it_is_shortened(ink: Ink) -> None:
    look = NodeLook("Sigmoid", "dense", "Basic", column=Column(8))
    text = fit_text(look, ink)
    assert text.headline == "Sigmoid"
    assert card.LEAST_LOUD <= text.loudness < card.LOUD
