"""JSON text to plain values, with what Python's reader lets pass refused: double keys, NaN, depth."""
from __future__ import annotations

import json
import math
from typing import Any

from core.errors import FormatError, Problem

DEEPEST = 64


def parse(text: str | bytes, name: str) -> Any:
    """The value that `text` holds. Raises FormatError with one sentence; `name` is how it calls the text."""
    string = _decoded(text, name) if isinstance(text, bytes) else text
    try:
        value = json.loads(string, object_pairs_hook=_unique, parse_constant=_no_constant,
                           parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _bad(name, f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except _Refused as error:
        raise _bad(name, str(error)) from None
    except RecursionError:
        raise _bad(name, "it is nested too deeply") from None
    except ValueError:
        raise _bad(name, "it holds a number that is too long") from None
    if _depth(value) > DEEPEST:
        raise _bad(name, "it is nested too deeply")
    return value


class _Refused(Exception):  # noqa: N818
    """Carries the reason out of the JSON reader."""


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(name, "it is not text in UTF-8") from None


def _bad(name: str, why: str) -> FormatError:
    return FormatError(Problem("file.json", f"{name} is not a Layerloom network: {why}.",
                               hint="Choose a network saved by Layerloom."))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise _Refused(f'"{key[:60]}" stands there twice')
        table[key] = value
    return table


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused(f"{digits[:20]} is too large a number")
    return number


def _no_constant(word: str) -> Any:
    raise _Refused(f"{word} is not a number that a file may hold")


def _depth(value: Any) -> int:
    deepest, ahead = 0, [(value, 1)]
    while ahead:
        item, level = ahead.pop()
        deepest = max(deepest, level)
        if isinstance(item, dict):
            ahead += [(v, level + 1) for v in item.values()]
        elif isinstance(item, list):
            ahead += [(v, level + 1) for v in item]
    return deepest
