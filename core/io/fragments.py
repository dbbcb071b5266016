"""Fragments as text that survives a mail: what stands around it, quote marks and wrapped lines do not matter."""
from __future__ import annotations

import json
import re

from core.errors import FormatError, Problem
from core.graph.document import Document
from core.io.documents import LARGEST, dumps, loads

NAME = "The pasted text"
_START = re.compile(r'\{[\s>]*"format"')
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# A string of JSON, or a space that JSON does not know.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|[\u00a0\u2007\u202f]', re.DOTALL)


def to_text(fragment: Document) -> str:
    """The fragment as JSON. It is a document of its own, so that it can also be opened as a file."""
    return dumps(fragment)


def from_text(text: str) -> Document:
    """The fragment, or whole network, in `text`. Raises FormatError with one sentence."""
    if len(text) > LARGEST:
        raise FormatError(Problem("file.size", f"{NAME} is too long for a network.", hint="Copy fewer nodes."))
    start = _START.search(text)
    if start is None and "{" not in text:
        raise FormatError(Problem("clip.empty", "There are no layers in the clipboard.",
                                  hint="Copy nodes first, or the text of a network."))
    try:
        return loads(text, NAME)
    except FormatError:
        if start is None:
            raise
    return loads(_first_value(_mended(text[start.start():])), NAME)


def _mended(text: str) -> str:
    """Without the marks and line breaks that mail programs put in."""
    plain = _QUOTED.sub("", text.replace("\r\n", "\n"))
    return _STRING.sub(lambda found: re.sub(r" ?\n", " ", found.group()) if len(found.group()) > 1 else " ", plain)


def _first_value(text: str) -> str:
    """Without what stands behind the JSON."""
    try:
        return text[:json.JSONDecoder().raw_decode(text)[1]]
    except (ValueError, RecursionError):
        return text
