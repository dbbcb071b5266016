"""Every point of the boundary has the pen and the brush that belong to it, however many there are."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QBrush, QColor, QPen
from pytestqt.qtbot import QtBot

from core.train.probes.boundary import Boundary
from core.train.probes.points import Points
from core.train.sampling import PARTS
from gui.boundary.spots import FAINT, STEPS, Spots
from gui.plots import picture
from gui.plots.dots import Dots
from gui.theme.diverging import sequential_lut
from gui.theme.tokens import DARK, LIGHT, Tokens

COUNT, LIMITS = 600, (-2.0, 2.0)
KINDS = {"two": ("probability", ("no", "yes")), "ten": ("classes", tuple("abcdefghij")), "numbers": ("value", ())}


def map_of(kind: str, classes: tuple[str, ...]) -> Boundary:
    cells = np.zeros((2, 2), np.float32)
    winners = np.zeros((2, 2), np.intp) if kind == "classes" else None
    return Boundary(kind, cells, (0.0, 1.0), (0.0, 1.0), LIMITS, ("x", "y"), classes, winners)


def points_for(classes: tuple[str, ...], seed: int, *, held: bool) -> Points:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, len(classes), COUNT) if classes else rng.normal(size=COUNT).astype(np.float32)
    if not classes:
        y[3] = np.nan
    near = rng.random(COUNT).astype(np.float32) if held else None
    places = rng.normal(size=(COUNT, 2)).astype(np.float32)
    return Points(places, y, rng.integers(0, 3, COUNT).astype(np.uint8), np.arange(COUNT), COUNT, near)


def expected(found: Boundary, points: Points, tokens: Tokens, width: float) -> list[tuple[QPen, QBrush]]:
    """One point after another."""
    looks = []
    for row in range(len(points.x)):
        if found.kind == "value":
            table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.plot_grid)
            ink = QColor.fromRgb(int(table[picture.levels(points.y[row : row + 1], *LIMITS)[0]]))
        else:
            ink = QColor(tokens.label_colour(int(points.y[row]), len(found.classes)))
        if points.near is not None:
            ink.setAlpha(round(255 * (FAINT + (1 - FAINT) * round(float(points.near[row]) * STEPS) / STEPS)))
        looks.append((pg.mkPen(tokens.plot, width=width), pg.mkBrush(ink)) if points.part[row] == 0
                     else (pg.mkPen(ink, width=width + 0.5), pg.mkBrush(tokens.plot)))
    return looks


def drawn(dots: Dots) -> list[tuple[QPen, QBrush]]:
    return [(spot.pen(), spot.brush()) for spot in dots.points()]


@pytest.mark.parametrize("held", [False, True], ids=["in the plane", "beside the plane"])
@pytest.mark.parametrize("name", list(KINDS))
def test_pens_and_brushes_are_those_of_each_point(qtbot: QtBot, name: str, held: bool) -> None:
    found, spots = map_of(*KINDS[name]), Spots(pg.PlotItem())
    for seed, tokens, shown in ((0, LIGHT, PARTS), (1, LIGHT, PARTS[1:]), (1, DARK, PARTS[:1])):
        points = points_for(found.classes, seed, held=held)
        spots.draw(found, points, frozenset(shown), tokens, 400.0)
        seen = [PARTS[part] in shown for part in points.part]
        wanted = expected(found, points, tokens, 0.75)
        assert drawn(spots.dots) == [look for look, there in zip(wanted, seen, strict=True) if there]
        np.testing.assert_array_equal(np.column_stack(spots.dots.getData()), points.x[seen])


def test_what_many_points_share_is_made_once(qtbot: QtBot) -> None:
    found, spots = map_of(*KINDS["ten"]), Spots(pg.PlotItem())
    points = points_for(found.classes, 0, held=False)
    spots.draw(found, points, frozenset(PARTS), LIGHT, 400.0)
    pens = set(map(id, spots.dots.data["pen"]))
    assert len(pens) <= 2 * len(found.classes)
    assert len(spots.dots.fragmentAtlas) == 2 * len(found.classes)
    spots.draw(found, points_for(found.classes, 1, held=False), frozenset(PARTS), LIGHT, 400.0)
    assert set(map(id, spots.dots.data["pen"])) == pens
    assert len(spots.dots.fragmentAtlas) == 2 * len(found.classes)


def test_dots_are_painted_as_those_of_the_library(qtbot: QtBot) -> None:
    places = np.random.default_rng(0).uniform(0, 1, (80, 2))
    looks = [(pg.mkPen("#0877bd", width=1), pg.mkBrush("#f59322")), (pg.mkPen("#202020", width=2), pg.mkBrush(None))]
    which = np.arange(80) % 2
    images = []
    for ours in (True, False):
        view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(view)
        view.resize(200, 200)
        plot, dots = view.addPlot(), Dots()
        plot.addItem(dots)
        plot.setRange(xRange=(0, 1), yRange=(0, 1))
        with qtbot.waitExposed(view):
            view.show()
        if ours:
            dots.put(places, 9, looks, which)
        else:
            dots.setData(x=places[:, 0], y=places[:, 1], size=9, pen=[looks[i][0] for i in which],
                         brush=[looks[i][1] for i in which])
        images.append(view.grab().toImage())
    assert images[0] == images[1]


def test_no_dots_are_no_error(qtbot: QtBot) -> None:
    dots = Dots()
    dots.put(np.zeros((2, 2)), 5, [(pg.mkPen("#000000"), pg.mkBrush("#ffffff"))], np.zeros(2, np.intp))
    dots.put(np.empty((0, 2)), 5, [], np.empty(0, np.intp))
    assert len(dots.points()) == 0
