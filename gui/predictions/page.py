"""Cards as a drawing: from the first on, as many as make a page, also those that are scrolled out of sight."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QColor, QPainter

from gui.predictions.cards import EDGE, GAP, Cards, frame
from gui.predictions.line import HEIGHT
from gui.predictions.painting import paint_words
from gui.theme import palette
from gui.theme.tokens import Tokens

MOST = 200
WIDE, LEAST = 1136, 400


def first_of(count: int, total: int, things: str) -> str:
    """How much of the whole is on a page; nothing where all is."""
    return f"first {count:,} of {total:,} {things}" if count < total else ""


class Page:
    """The cards at `order` (k,), below a line of text with a figure; `make` gives them in the colours of a theme."""

    def __init__(self, make: Callable[[Tokens], Cards], order: np.ndarray, text: str, figure: str):
        self.order, self._make, self._text, self._figure = order[:MOST], make, text, figure
        self._total = len(order)
        self._cards: Cards | None = None

    @property
    def note(self) -> str:
        """What is not on the page, in a sentence."""
        part = first_of(len(self.order), self._total, "samples")
        return f"It shows the {part}; a CSV has all of them." if part else ""

    def size(self) -> QSizeF:
        """In logical pixels."""
        cards = self._fitted()
        lines = -(-len(self.order) // cards.across)
        width = 2 * EDGE + min(cards.across, max(1, len(self.order))) * (cards.width + GAP) - GAP
        return QSizeF(max(LEAST, width), HEIGHT + lines * (cards.height + GAP) + EDGE)

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""
        cards, tokens = self._fitted(), palette.current().tokens
        line = QRect(EDGE, 0, round(self.size().width()) - 2 * EDGE, HEIGHT)
        figure = first_of(len(self.order), self._total, "samples") or self._figure
        taken = paint_words(painter, line, figure, tokens.text, tokens, right=True) if figure else 0
        paint_words(painter, line.adjusted(0, 0, -taken - GAP, 0), self._text, tokens.text_muted, tokens)
        painter.setBrush(QColor(0, 0, 0, 0))
        for index, place in enumerate(self.order.tolist()):
            down, across = divmod(index, cards.across)
            area = QRect(EDGE + across * (cards.width + GAP), HEIGHT + 4 + down * (cards.height + GAP), cards.width,
                         cards.height)
            frame(painter, area, tokens, traced=False, card=cards.framed)
            cards.paint(painter, area, place)

    def _fitted(self) -> Cards:
        """In the present colours."""
        tokens = palette.current().tokens
        if self._cards is None or self._cards.tokens is not tokens:
            self._cards = self._make(tokens)
            self._cards.fit(WIDE)
        return self._cards
