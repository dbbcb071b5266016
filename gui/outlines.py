"""Turns the words of an SVG into shapes, so that it looks the same where our fonts are not installed."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath

from gui import svg

TEXT, PATH, GROUP = f"{{{svg.SVG}}}text", f"{{{svg.SVG}}}path", f"{{{svg.SVG}}}g"
FONT = ("font-family", "font-size", "font-weight", "font-style")
KEPT = ("fill", "fill-opacity", "opacity")
# The second and third point of a curve follow without a command of their own.
COMMANDS = {QPainterPath.ElementType.MoveToElement: "M", QPainterPath.ElementType.LineToElement: "L",
            QPainterPath.ElementType.CurveToElement: "C"}


def outlined(data: bytes) -> bytes:
    """The same drawing, as `gui.svg` makes it portable, with a path in the place of every text. The path keeps the
    words as its label."""
    root = ET.fromstring(data)
    svg.simplify(root)
    for text in root.iter(TEXT):
        _outline(text)
    for element in root.iter():
        element[:] = [child for child in element if not _empty(child)]
        for name in FONT:
            element.attrib.pop(name, None)
    return svg.written(root)


def _empty(element: ET.Element) -> bool:
    """A text without words, or what Qt opens for every change of the pen, also where nothing is drawn with it."""
    return not len(element) if element.tag == GROUP else element.get("d") == ""


def _outline(text: ET.Element) -> None:
    words = "".join(text.itertext())
    data = _data(words, text.get("font-family", ""), float(text.get("font-size", "12")),
                 int(text.get("font-weight", "400")), text.get("font-style") == "italic")
    kept = {name: text.attrib[name] for name in KEPT if name in text.attrib}
    place = f"translate({_figure(float(text.get('x', '0')))},{_figure(float(text.get('y', '0')))})"
    kept["transform"] = f"{text.get('transform', '')} {place}".strip()
    text.clear()
    text.tag = PATH
    text.attrib.update(kept)
    text.set("stroke", "none")
    text.set("d", data)
    text.set("aria-label", words)


@lru_cache(maxsize=1024)
def _data(words: str, family: str, size: float, weight: int, italic: bool) -> str:
    """The outline of words that begin at the origin, as SVG writes it."""
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    path = QPainterPath()
    path.addText(QPointF(), font, words)
    elements = (path.elementAt(i) for i in range(path.elementCount()))
    return " ".join(f"{COMMANDS.get(e.type, '')}{_figure(e.x)},{_figure(e.y)}" for e in elements)


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
