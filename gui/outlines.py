"""Turns the words of an SVG into shapes, so that it looks the same where our fonts are not installed."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath

SVG = "http://www.w3.org/2000/svg"
TEXT, PATH = f"{{{SVG}}}text", f"{{{SVG}}}path"
KEPT = ("fill", "fill-opacity", "opacity", "transform")


def outlined(data: bytes) -> bytes:
    """The same drawing with a path in the place of every text; the words stay as its label."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(data)
    for text in root.iter(TEXT):
        _outline(text)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _outline(text: ET.Element) -> None:
    words = "".join(text.itertext())
    place = QPointF(float(text.get("x", "0")), float(text.get("y", "0")))
    path = _path(words, text.get("font-family", ""), float(text.get("font-size", "12")),
                 int(text.get("font-weight", "400")), text.get("font-style") == "italic")
    kept = {name: text.attrib[name] for name in KEPT if name in text.attrib}
    text.clear()
    text.tag = PATH
    text.attrib.update(kept)
    text.set("stroke", "none")
    text.set("d", _data(path.translated(place)))
    text.set("aria-label", words)


@lru_cache(maxsize=1024)
def _path(words: str, family: str, size: float, weight: int, italic: bool) -> QPainterPath:
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    path = QPainterPath()
    path.addText(QPointF(), font, words)
    return path


def _data(path: QPainterPath) -> str:
    """The commands of a path, as SVG writes them."""
    parts: list[str] = []
    for i in range(path.elementCount()):
        element = path.elementAt(i)
        command = {QPainterPath.ElementType.MoveToElement: "M", QPainterPath.ElementType.LineToElement: "L",
                   QPainterPath.ElementType.CurveToElement: "C"}.get(element.type, "")
        parts.append(f"{command}{_figure(element.x)},{_figure(element.y)}")
    return " ".join(parts)


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
