"""Painting in the pixels of the scene, for what must not be stretched with the plot."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem


@contextmanager
def scene_pixels(item: QGraphicsItem, painter: QPainter) -> Iterator[QTransform]:
    """The painter in scene coordinates; gives the way there from the item's own.

    An export at another scale than the screen's has texts and dots in proportion, because the painter's scale is kept.
    """
    to_scene = item.sceneTransform()
    painter.save()
    painter.setWorldTransform(to_scene.inverted()[0] * painter.worldTransform())
    try:
        yield to_scene
    finally:
        painter.restore()
