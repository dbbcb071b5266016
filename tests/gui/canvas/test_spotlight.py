"""The numbers above the cards while a step is shown in slow motion."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas import geometry
from gui.canvas.spotlight import LARGEST, Chip, Spotlight
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow

TEXTS = ("0.99", "4.43  2.85  −7.71  3.11", "∂ 4e−04  −8e−04  −6e−04  −3e−04")
STEP = geometry.WIDTH + geometry.GAP


@pytest.fixture
def chips(context: AppContext, view: CanvasView) -> list[Chip]:
    """Above cards as close to each other as cards are arranged."""
    made = []
    for row in range(2):
        for column, text in enumerate(TEXTS):
            chip = Chip(view.canvas_scene.ink)
            chip.put(QRectF(column * STEP, row * 184.0, geometry.WIDTH, 128.0), text, back=False, lit=False)
            view.canvas_scene.addItem(chip)
            made.append(chip)
    return made


@pytest.mark.parametrize("zoom", [0.1, 0.4, 0.55, 0.8, 1.0, 2.0])
def test_from_far_away_the_numbers_are_larger_but_come_upon_nothing(chips: list[Chip], zoom: float) -> None:
    for chip in chips:
        box, plain = chip.box(zoom), chip.box(1.0)
        assert box.height() >= plain.height()
        assert box.width() <= max(plain.width(), STEP)
        assert chip.boundingRect().contains(box)
        others = [other for other in chips if other is not chip]
        assert not any(box.intersects(other.box(zoom)) or box.intersects(other._card) for other in others)
        assert not box.intersects(chip._card)
    if zoom >= 1.0:
        assert all(chip.box(zoom) == chip.box(1.0) for chip in chips)


def test_a_short_text_keeps_its_size_on_the_screen(chips: list[Chip]) -> None:
    size = chips[0].box(1.0).height()
    assert [round(chips[0].box(zoom).height() * zoom, 6) for zoom in (1.0, 0.8, 0.5)] == [round(size, 6)] * 3
    assert chips[0].box(0.1).height() == pytest.approx(LARGEST * size)


@pytest.mark.parametrize("zoom", [0.5, 1.0])
def test_they_are_painted_where_they_stand(chips: list[Chip], view: CanvasView, zoom: float) -> None:
    view.zoom_to(zoom)
    view.centerOn(STEP, 100)
    QApplication.processEvents()
    picture, raised = view.viewport().grab().toImage(), view.canvas_scene.ink.colour("raised").name()

    def colour(at: QPointF) -> str:
        return picture.pixelColor(view.mapFromScene(at)).name()

    for chip in chips[:2]:
        box = chip.box(zoom)
        step, left, right = QPointF(3 / zoom, 0), QPointF(box.left(), box.center().y()), QPointF(box.right(), 0)
        right.setY(left.y())
        assert colour(left + step) == colour(right - step) == raised
        assert raised not in (colour(left - step), colour(right + step))


@pytest.mark.parametrize(("example", "size"), [("spiral", (1280, 800)), ("spiral", (1280, 1000)),
                                               ("autoencoder", (1280, 800))])
def test_the_paper_stands_still_while_a_step_is_gone_through(
        window: MainWindow, qtbot: QtBot, example: str, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.files.open_example(example)
    trainer, motion, canvas = window.context.trainer, window.context.slow, window.canvas
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    canvas.fit()
    window.actions_by_id["train.explain"].trigger()
    qtbot.waitUntil(lambda: motion.told is not None and trainer.state == "paused", timeout=20_000)
    assert motion.told is not None
    shown = set()
    for number in range(len(motion.told.places)):
        motion.go(number)
        QApplication.processEvents()
        shown.add(canvas.shown_area().getRect())
        lit = next(chip for chip in canvas.canvas_scene.companion(Spotlight).chips.values() if chip.lit)
        assert canvas.shown_area().contains(lit.area(canvas.zoom))
    assert len(shown) == 1


def test_who_has_moved_the_paper_keeps_it_where_it_is_when_a_step_begins(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer, motion, canvas = window.context.trainer, window.context.slow, window.canvas
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    window.docks.show("slow")
    QApplication.processEvents()
    canvas.zoom_to(0.3)
    canvas.centerOn(300, 100)
    trainer.explain()
    qtbot.waitUntil(lambda: motion.told is not None and trainer.state == "paused", timeout=20_000)
    motion.go(0)
    assert canvas.zoom == pytest.approx(0.3)
    assert (canvas.shown_area().center() - QPointF(300, 100)).manhattanLength() < 10
