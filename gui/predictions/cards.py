"""What a sample looks like in the grid, with what the network says about it."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from core.statistics import brightness
from core.train.cases import Cases
from core.train.generating import Generated
from gui.plots import numbers
from gui.predictions import words
from gui.predictions.painting import (
    LINE,
    MARK,
    difference_of,
    image_of,
    paint_bar,
    paint_error,
    paint_image,
    paint_mark,
    paint_series,
    paint_values,
    paint_words,
)
from gui.theme.tokens import Tokens

GAP, EDGE = 8, 12
SMALLEST, LARGEST = 60, 92
WIDE = 216
BAR = 3
PAD = 6
KEPT = 2000


class Cards:
    """Cards of one size. `fit` finds out how many stand side by side, and how large one is."""

    framed = False

    def __init__(self, tokens: Tokens):
        self.tokens = tokens
        self.across, self.width, self.height = 1, SMALLEST, SMALLEST
        self._images: dict[object, QImage] = {}

    def __len__(self) -> int:
        raise NotImplementedError

    def fit(self, room: int) -> None:
        """Share a width among as many cards as it has room for."""
        least = self.least(room)
        self.across = max(1, (room - 2 * EDGE + GAP) // (least + GAP))
        self.width = max(least, (room - 2 * EDGE + GAP) // self.across - GAP)
        self.height = self.tall()

    def least(self, room: int) -> int:
        """The smallest width of a card."""
        return SMALLEST

    def tall(self) -> int:
        """The height that belongs to `width`."""
        raise NotImplementedError

    def paint(self, painter: QPainter, area: QRect, place: int) -> None:
        """Paint the card of the sample at a place."""
        raise NotImplementedError

    def image(self, key: object, make: Callable[[], QImage]) -> QImage:
        """A picture, made once."""
        if key not in self._images:
            if len(self._images) > KEPT:
                self._images.clear()
            self._images[key] = make()
        return self._images[key]


class CaseCards(Cards):
    """Cards of judged samples."""

    def __init__(self, found: Cases, tokens: Tokens):
        super().__init__(tokens)
        self.found = found

    def __len__(self) -> int:
        return len(self.found)

    def _number(self, place: int) -> int:
        return int(self.found.numbers[place])

    def picture(self, place: int) -> QImage:
        """The sample itself."""
        pictures, number = self.found.gallery.pictures, self._number(place)
        assert pictures is not None
        return self.image(number, lambda: image_of(pictures[number], self.found.gallery.limits))

    def _says(self, painter: QPainter, line: QRect, place: int) -> None:
        """A tick or a cross, and what was said."""
        found, tokens = self.found, self.tokens
        if found.right is not None:
            paint_mark(painter, QPointF(line.x() + MARK / 2, line.center().y() + 0.5), bool(found.right[place]), tokens)
            line = line.adjusted(MARK + 4, 0, 0, 0)
        paint_words(painter, line, words.said(found, place), tokens.text, tokens, strong=True)


class PictureCards(CaseCards):
    """A picture, how sure the network is, what it says and what is true."""

    def tall(self) -> int:
        return min(self.width, LARGEST) + BAR + 2 + 2 * LINE

    def paint(self, painter: QPainter, area: QRect, place: int) -> None:
        found, tokens, side = self.found, self.tokens, min(area.width(), LARGEST)
        paint_image(painter, QRect(area.x(), area.y(), side, side), self.picture(place), tokens)
        line = QRect(area.x(), area.y() + side + BAR + 2, side, LINE)
        if found.sure is not None:
            paint_bar(painter, QRect(area.x(), area.y() + side + 1, side, BAR), float(found.sure[place]),
                      tokens.accent, tokens)
        self._says(painter, line, place)
        told = f"is {words.true(found, place)}"
        if found.kind == "numbers":
            told = words.written_error(found, place)
        elif found.right is not None and found.right[place]:
            told = words.sure(found, place)
        paint_words(painter, line.translated(0, LINE - 1), told, tokens.text_muted, tokens)


class PairCards(CaseCards):
    """The truth above what the network gives, with the loss; with `difference`, where the two differ as well."""

    def __init__(self, found: Cases, tokens: Tokens, difference: bool):
        super().__init__(found, tokens)
        assert found.pictures is not None
        self.truth, self.said = found.pictures
        self.difference = difference
        self.limits = brightness(self.truth)
        self.scale = max(self.limits[1] - self.limits[0], 1e-12)

    @property
    def rows(self) -> int:
        """How many pictures stand one above another."""
        return 3 if self.difference else 2

    def tall(self) -> int:
        return self.rows * (min(self.width, LARGEST) + 2) + LINE

    def paint(self, painter: QPainter, area: QRect, place: int) -> None:
        side = min(area.width(), LARGEST)
        for row in range(self.rows):
            box = QRect(area.x(), area.y() + row * (side + 2), side, side)
            paint_image(painter, box, self.image((row, place), partial(self.shown, row, place)), self.tokens)
        line = QRect(area.x(), area.y() + self.rows * (side + 2), side, LINE)
        paint_words(painter, line, numbers.measured(float(self.found.losses[place])), self.tokens.text_muted,
                    self.tokens)

    def shown(self, row: int, place: int) -> QImage:
        """The truth, the prediction, or how they differ."""
        if row == 2:
            return difference_of(self.said[place], self.truth[place], self.scale, self.tokens)
        return image_of((self.truth, self.said)[row][place], self.limits)


class RowCards(CaseCards):
    """What is said and what is true in a line, and below it a text, a series or the values that tell most."""

    framed = True
    BODY = 30

    def __init__(self, found: Cases, tokens: Tokens):
        super().__init__(found, tokens)
        gaps = np.abs(found.said[:, 0] - found.truth[:, 0]) if found.kind == "numbers" else np.ones(1)
        self._widest = float(np.nanmax(gaps[np.isfinite(gaps)], initial=1e-12))

    def least(self, room: int) -> int:
        return min(WIDE, room - 2 * EDGE)

    def tall(self) -> int:
        return 2 * PAD + LINE + BAR + 4 + self.BODY

    def paint(self, painter: QPainter, area: QRect, place: int) -> None:
        found, tokens = self.found, self.tokens
        inner = area.adjusted(PAD + 2, PAD, -PAD - 2, -PAD)
        line = QRect(inner.x(), inner.y(), inner.width(), LINE)
        self._head(painter, line, place)
        bar = QRect(inner.x(), line.bottom() + 3, inner.width(), BAR)
        if found.sure is not None:
            paint_bar(painter, bar, float(found.sure[place]), tokens.accent, tokens)
        elif found.kind == "numbers":
            paint_error(painter, bar, words.error(found, place) / self._widest, tokens)
        self._body(painter, QRect(inner.x(), bar.bottom() + 3, inner.width(), self.BODY), place)

    def _figure(self, place: int) -> str:
        if self.found.kind == "numbers" and self.found.said.shape[1] == 1:
            return words.written_error(self.found, place)
        if self.found.sure is not None:
            return words.sure(self.found, place)
        return numbers.measured(float(self.found.losses[place]))

    def _head(self, painter: QPainter, line: QRect, place: int) -> None:
        """What is said, what is true, and where there is room a figure."""
        found, tokens = self.found, self.tokens
        values = found.kind == "values"
        said = f"No. {self._number(place) + 1:,}" if values else words.said(found, place)
        wrong = not values and (found.right is None or not found.right[place])
        true, figure = f"is {words.true(found, place)}" if wrong else "", self._figure(place)
        if found.right is not None:
            paint_mark(painter, QPointF(line.x() + MARK / 2, line.center().y() + 0.5), bool(found.right[place]), tokens)
            line = line.adjusted(MARK + 4, 0, 0, 0)
        taken = paint_words(painter, line, said, tokens.text, tokens, strong=True) + 6
        paint_words(painter, line.adjusted(min(taken, line.width()), 0, 0, 0), true, tokens.text_muted, tokens)
        room = line.width() - taken - painter.fontMetrics().horizontalAdvance(true + figure) - 8
        if room >= 0:
            paint_words(painter, line, figure, tokens.text_muted, tokens, right=True)

    def _body(self, painter: QPainter, box: QRect, place: int) -> None:
        gallery, number, tokens = self.found.gallery, self._number(place), self.tokens
        if self.found.kind == "values":
            paint_values(painter, box, self._given_back(place), tokens)
        elif gallery.look == "series" and gallery.series is not None:
            paint_series(painter, box, gallery.series[number], tokens)
        elif gallery.look == "texts":
            paint_words(painter, box, gallery.text(number), tokens.text_muted, tokens, wrap=True)
        elif gallery.look == "pictures":
            paint_image(painter, box, self.picture(place), tokens)
        else:
            paint_values(painter, box, gallery.row(number), tokens)

    def _given_back(self, place: int) -> list[tuple[str, str]]:
        """The values that came back the worst."""
        truth, said, names = self.found.truth[place], self.found.said[place], self.found.names
        worst = np.argsort(-np.abs(said - truth), kind="stable").tolist()
        return [(names[i], f"{words.plain(float(truth[i]))} → {words.plain(float(said[i]))}") for i in worst]


class GeneratedCards(Cards):
    """Generated samples: a picture or a row of values, and how sure the discriminator is that it is real."""

    def __init__(self, found: Generated, tokens: Tokens):
        super().__init__(tokens)
        self.found = found
        self.framed = found.pictures is None

    def __len__(self) -> int:
        return len(self.found.values)

    def least(self, room: int) -> int:
        return min(WIDE, room - 2 * EDGE) if self.framed else SMALLEST

    def tall(self) -> int:
        return 2 * PAD + 2 * LINE + BAR + 4 if self.framed else min(self.width, LARGEST) + BAR + 2

    def paint(self, painter: QPainter, area: QRect, place: int) -> None:
        found, tokens = self.found, self.tokens
        share, pictures = float(np.clip(found.taken[place], 0.0, 1.0)), found.pictures
        if pictures is not None:
            side = min(area.width(), LARGEST)
            image = self.image(place, lambda: image_of(pictures[place], found.limits))
            paint_image(painter, QRect(area.x(), area.y(), side, side), image, tokens)
            paint_bar(painter, QRect(area.x(), area.y() + side + 1, side, BAR), share, tokens.accent, tokens)
            return
        inner = area.adjusted(PAD + 2, PAD, -PAD - 2, -PAD)
        told = [(name, words.plain(float(value)))
                for name, value in zip(found.names, found.values[place], strict=True)]
        paint_bar(painter, QRect(inner.x(), inner.y(), inner.width(), BAR), share, tokens.accent, tokens)
        paint_values(painter, inner.adjusted(0, BAR + 4, 0, 0), told, tokens)


def cards_for(found: Cases | Generated, tokens: Tokens, *, difference: bool = False) -> Cards:
    """The cards that suit the samples."""
    if isinstance(found, Generated):
        return GeneratedCards(found, tokens)
    if found.pictures is not None:
        return PairCards(found, tokens, difference)
    if found.gallery.look == "pictures" and found.kind != "values":
        return PictureCards(found, tokens)
    return RowCards(found, tokens)


def frame(painter: QPainter, area: QRect, tokens: Tokens, *, traced: bool, card: bool) -> None:
    """The paper of a card, and around the sample that is followed the frame that says so."""
    if card:
        painter.setPen(QColor(tokens.border))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), tokens.radius_s, tokens.radius_s)
    if traced:
        pen = painter.pen()
        pen.setColor(QColor(tokens.accent_ink))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(QColor(0, 0, 0, 0))
        edge = area if card else area.adjusted(-3, -3, 3, 3)
        painter.drawRoundedRect(edge.adjusted(1, 1, -1, -1), tokens.radius_s, tokens.radius_s)
