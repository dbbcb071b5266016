"""Makes the SVG that Qt writes look the same everywhere.

Qt draws curves in data coordinates with lines that do not scale, and cells as tiny pictures with hard edges; many
programs know neither. So coordinates are worked out here, and tiny pictures are enlarged.
"""
from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
PAIR = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
PICTURE = "data:image/png;base64,"
SHARP = 512

Matrix = tuple[float, ...]


def portable(svg: bytes) -> bytes:
    """The same drawing without lines that do not scale and without tiny pictures."""
    root = ET.fromstring(svg)
    simplify(root)
    return written(root)


def simplify(root: ET.Element) -> None:
    """Take lines that do not scale and tiny pictures out of a drawing."""
    for group in root.iter(f"{{{SVG}}}g"):
        _work_out(group)
    for image in root.iter(f"{{{SVG}}}image"):
        _enlarge(image)


def written(root: ET.Element) -> bytes:
    """A drawing as the content of a file."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _work_out(group: ET.Element) -> None:
    text = group.get("transform", "")
    flat = [c for c in group if c.get("vector-effect") == "non-scaling-stroke"]
    if not text.startswith("matrix(") or not flat:
        return
    matrix = tuple(float(number) for number in text[7:-1].split(","))
    del group.attrib["transform"]
    for child in group:
        if child in flat and _apply(child, matrix):
            del child.attrib["vector-effect"]
        else:
            child.set("transform", f"{text} {child.get('transform', '')}".strip())


def _apply(shape: ET.Element, matrix: Matrix) -> bool:
    """Work the matrix into the coordinates of a shape. False if that is not possible."""
    for name in ("d", "points"):
        if name in shape.attrib:
            shape.set(name, PAIR.sub(lambda m: _point(float(m[1]), float(m[2]), matrix), shape.attrib[name]))
            return True
    a, b, c, d, e, f = matrix
    if b or c or not {"x", "y", "width", "height"} <= shape.attrib.keys():
        return False
    x, y, width, height = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
    box = (min(a * x, a * (x + width)) + e, min(d * y, d * (y + height)) + f, abs(a * width), abs(d * height))
    for name, value in zip(("x", "y", "width", "height"), box, strict=True):
        shape.set(name, f"{value:.6g}")
    return True


def _point(x: float, y: float, matrix: Matrix) -> str:
    a, b, c, d, e, f = matrix
    return f"{a * x + c * y + e:.6g},{b * x + d * y + f:.6g}"


def _enlarge(image: ET.Element) -> None:
    link = image.get(HREF, "")
    picture = QImage.fromData(QByteArray(base64.b64decode(link.removeprefix(PICTURE))))
    if picture.isNull() or image.get("image-rendering") != "optimizeSpeed":
        return
    factor = max(1, SHARP // max(picture.width(), picture.height()))
    larger = picture.scaled(picture.size() * factor, Qt.AspectRatioMode.IgnoreAspectRatio,
                            Qt.TransformationMode.FastTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(larger)
    image.set(HREF, PICTURE + base64.b64encode(buffer.data().data()).decode())
