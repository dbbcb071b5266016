"""Numbers as text: reading what a person types, writing it without losing a digit, and stepping up and down."""
from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from core.params import Float, Int

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,4})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")
_TYPED = str.maketrans({"\u2212": "-", "'": None, " ": None, "\u00a0": None, "\u2009": None, "\u202f": None})
# Below this a logarithmic scale that reaches 0 goes to 0 at once.
_SMALLEST = Decimal("1e-6")


class Numeral(Protocol):
    """How one number is written, read and stepped."""

    suffix: str

    def text(self, value: float) -> str:
        """The value as a person reads it, without the unit."""

    def parse(self, text: str) -> float:
        """The value that was typed. Raises ParamError."""

    def step(self, value: float, count: int) -> float:
        """The value `count` steps up (down, if negative), within the limits."""


def show(number: Decimal) -> str:
    """The shortest usual writing: 0.001 and 100000, but 1e-5 and 1e16."""
    if not number:
        return "-0" if number.is_signed() else "0"
    plain = number.normalize()
    magnitude = plain.adjusted()
    if -4 <= magnitude < 16:
        return format(plain, "f")
    return f"{format(plain.scaleb(-magnitude), 'f')}e{magnitude}"


def read(text: str) -> Decimal | None:
    """The number that a text means, with "." or "," before the decimals; None if it means none."""
    plain = text.translate(_TYPED)
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


class IntNumeral:
    """Whole numbers. The word `special` stands for the lowest."""

    def __init__(self, param: Int):
        self._param = param
        self.suffix = "" if param.special else param.unit

    def text(self, value: float) -> str:
        special = self._param.special
        return special if special and value == self._param.low else str(value)

    def parse(self, text: str) -> int:
        special = self._param.special
        if special and self._param.low is not None and _bare(text) == _bare(special):
            return self._param.low
        number = _whole(text)
        return self._param.check(text.strip() if number is None else number)

    def step(self, value: float, count: int) -> int:
        number = int(value)
        for _ in range(abs(count)):
            number = _next_whole(number) if count > 0 else -_next_whole(-number)
        return int(_within(number, self._param.low, self._param.high))


class FloatNumeral:
    """Numbers with decimals. Shares are written as percent; `log` ones step along 1, 2, 5, 10."""

    def __init__(self, param: Float):
        self._param = param
        self._shift = 2 if param.unit == "share" else 0
        self.suffix = "%" if self._shift else param.unit
        self._shown = replace(param, low=self._scaled(param.low), high=self._scaled(param.high))
        self._size = _fine(param)

    def text(self, value: float) -> str:
        return show(Decimal(repr(float(value))).scaleb(self._shift))

    def parse(self, text: str) -> float:
        number = read(text)
        if number is None:
            raise self._shown.refuse(text.strip())
        if not self._shift:
            return self._param.check(float(number))
        self._shown.check(_plain(number))
        return self._param.check(float(number.scaleb(-self._shift)))

    def step(self, value: float, count: int) -> float:
        number = Decimal(repr(float(value)))
        for _ in range(abs(count)):
            number = self._next(number, 1 if count > 0 else -1)
            number = Decimal(repr(_within(float(number), self._param.low, self._param.high)))
        return float(number)

    def _next(self, number: Decimal, way: int) -> Decimal:
        if not self._param.log:
            return number + way * self._size
        if number < 0 or (not number and way < 0 and (self._param.low is None or self._param.low < 0)):
            return -_rung(-number, -way)
        following = _rung(number, way)
        return Decimal(0) if way < 0 and following < _SMALLEST and not self._param.low else following

    def _scaled(self, limit: float | None) -> float | None:
        return None if limit is None else float(Decimal(repr(float(limit))).scaleb(self._shift))


def _whole(text: str) -> int | None:
    plain = text.translate(_TYPED)
    if _GROUPED.fullmatch(plain):
        return int(re.sub("[.,]", "", plain))
    number = read(text)
    if number is None or number.adjusted() > 30 or number != number.to_integral_value():
        return None
    return int(number)


def _next_whole(value: int) -> int:
    """The next number up: by 1 to 100, then by a tenth to a hundredth of itself."""
    magnitude = value if value >= 0 else -value - 1
    size = 1 if magnitude < 100 else 10 ** (len(str(magnitude)) - 2)
    return (value // size + 1) * size


def _rung(number: Decimal, way: int) -> Decimal:
    """The next of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... above (way 1) or below (way -1) a number >= 0."""
    if not number:
        return _SMALLEST if way > 0 else -_SMALLEST
    around = [Decimal((0, (digit,), number.adjusted() + tens)) for tens in (-1, 0, 1) for digit in (1, 2, 5)]
    return min(r for r in around if r > number) if way > 0 else max(r for r in around if r < number)


def _fine(param: Float) -> Decimal:
    """About a hundredth of the range, a round number; 0.1 where there is no range."""
    if param.low is None or param.high is None or param.high <= param.low:
        return Decimal("0.1")
    hundredth = Decimal(repr(float(param.high - param.low))) / 100
    return min(Decimal(1), _rung(_rung(hundredth, -1), 1))


def _plain(number: Decimal) -> float:
    return int(number) if number == number.to_integral_value() and abs(number) < 10**15 else float(number)


def _within(value: float, low: float | None, high: float | None) -> float:
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _bare(text: str) -> str:
    return "".join(text.lower().split())
