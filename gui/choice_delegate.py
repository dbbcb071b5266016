"""Paints one line of a picker: icon, text with the typed letters standing out, where it is found, its keys."""
from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.choices import CHOICE, RULED, TYPED, Choice
from gui.theme import fonts, icons, palette
from gui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 34
SIDE = 12
ICON = 16
CAP = 18


class ChoiceDelegate(QStyledItemDelegate):
    """Keeps the fonts of the theme at hand."""

    def __init__(self) -> None:
        super().__init__()
        tokens = palette.current().tokens
        self._plain, self._strong = fonts.font(tokens), fonts.font(tokens, strong=True)
        self._small = fonts.font(tokens, small=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = palette.current().tokens
        choice: Choice = index.data(CHOICE)
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(RULED):
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawLine(row.topLeft() + QPointF(SIDE, 0.5), row.topRight() + QPointF(-SIDE, 0.5))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), tokens.radius, tokens.radius)
        self._picture(painter, row, choice, tokens)
        area = row.adjusted(SIDE + ICON + SIDE, 0, -SIDE, 0)
        area.setRight(self._caps(painter, area, choice, tokens))
        self._line(painter, area, choice, index.data(TYPED), tokens)
        painter.restore()

    def _picture(self, painter: QPainter, row: QRectF, choice: Choice, tokens: Tokens) -> None:
        if choice.icon:
            colour = (choice.tint or tokens.text_muted) if choice.enabled else tokens.text_disabled
            picture = icons.pixmap(choice.icon, ICON, colour, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(row.left() + SIDE, row.center().y() - ICON / 2), picture)

    def _caps(self, painter: QPainter, area: QRectF, choice: Choice, tokens: Tokens) -> float:
        """The keys as small caps at the right end. Gives where they begin."""
        right = area.right()
        if not choice.keys:
            return right
        metrics = QFontMetricsF(self._small)
        painter.setFont(self._small)
        for name in reversed(split(choice.keys)):
            width = max(CAP, metrics.horizontalAdvance(name) + 10)
            cap = QRectF(right - width + 0.5, area.center().y() - CAP / 2 + 0.5, width - 1, CAP - 1)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.setBrush(QColor(tokens.window))
            painter.drawRoundedRect(cap, tokens.radius_s, tokens.radius_s)
            painter.setPen(QColor(tokens.text_muted if choice.enabled else tokens.text_disabled))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, name)
            right -= width + 3
        return right - 9

    def _line(self, painter: QPainter, area: QRectF, choice: Choice, typed: str, tokens: Tokens) -> None:
        small = QFontMetricsF(self._small)
        reserved = min(small.horizontalAdvance(choice.path), area.width() / 2) if choice.path else 0
        room = area.width() - (reserved + SIDE if reserved else 0)
        text = QFontMetricsF(self._plain).elidedText(choice.text, Qt.TextElideMode.ElideRight, room)
        left = area.left()
        for part, hit in pieces(text, typed):
            font = self._strong if hit and choice.enabled else self._plain
            colour = tokens.text_disabled if not choice.enabled else tokens.accent_ink if hit else tokens.text
            left += _write(painter, QRectF(left, area.top(), area.width(), area.height()), part, font, colour)
        if reserved:
            place = QRectF(area.right() - reserved, area.top(), reserved + 1, area.height())
            path = small.elidedText(choice.path, Qt.TextElideMode.ElideRight, reserved + 1)
            _write(painter, place, path, self._small, tokens.text_muted if choice.enabled else tokens.text_disabled)


def split(keys: str) -> list[str]:
    """The single keys of "Ctrl+Shift+N", also of "Ctrl++"."""
    names = keys.split("+")
    if keys.endswith("+"):
        names = [*names[:-2], "+"]
    return [name.strip() for name in names if name.strip()]


def pieces(text: str, typed: str) -> list[tuple[str, bool]]:
    """`text` cut where words of `typed` are found in it, each part with whether it was typed."""
    line, hits = text.casefold(), [False] * len(text)
    if len(line) != len(text):
        return [(text, False)]
    for word in typed.casefold().split():
        at = next((i for i in range(len(line)) if line.startswith(word, i) and (i == 0 or not line[i - 1].isalnum())),
                  line.find(word))
        if at >= 0:
            hits[at : at + len(word)] = [True] * len(word)
    result: list[tuple[str, bool]] = []
    for letter, hit in zip(text, hits, strict=True):
        if result and result[-1][1] == hit:
            result[-1] = (result[-1][0] + letter, hit)
        else:
            result.append((letter, hit))
    return result


def _write(painter: QPainter, area: QRectF, text: str, font: QFont, colour: str) -> float:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    return QFontMetricsF(font).horizontalAdvance(text)
