"""Every panel that can export gives a picture, shapes, a page and numbers, and looks as before."""
from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.train.references import NeuronRef
from core.train.session import Session
from gui import export
from gui.context import AppContext
from gui.dialogs.plot import PlotDialog
from gui.main_window import MainWindow
from gui.panels import PANELS, Exportable, Panel
from gui.panels.scores import WORDS, ScoresPanel
from gui.theme.tokens import DARK, LIGHT
from tests.core._build import chain, dense
from tests.gui.conftest import texts
from tests.gui.panels._run import look, shown

RING = chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source="spiral",
             data={"validation": 0.2, "test": 0.2})
NUMBERS = chain(dense(1), source="diabetes", data={"validation": 0.2})


def complete(exported: Exportable) -> None:
    """What every export has to be."""
    names, rows = exported.table()
    assert rows
    assert all(len(row) == len(names) for row in rows)
    width, height = export.pixels(exported, 1.0)
    for scale in (1.0, 2.0, 3.0):
        picture = QImage.fromData(export.png_bytes(exported, scale))
        assert (picture.width(), picture.height()) == export.pixels(exported, scale)
        assert abs(picture.width() - scale * width) <= scale
    root = ET.fromstring(export.svg_bytes(exported))
    assert root.tag.endswith("svg")
    pdf = export.pdf_bytes(exported)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(width * 0.75, abs=1.5)
    assert float(box[2]) == pytest.approx(height * 0.75, abs=1.5)


def unchanged(panel: Panel) -> None:
    """Export, and compare the look."""
    QApplication.processEvents()
    before = panel.grab().toImage()
    exported = panel.exports()
    assert exported is not None
    complete(exported)
    QApplication.processEvents()
    assert panel.grab().toImage() == before


@pytest.mark.parametrize("name", ["boundary", "confusion", "scores"])
def test_a_live_view_can_be_exported_in_every_way(qtbot: QtBot, context: AppContext, name: str) -> None:
    panel = shown(qtbot, PANELS[name].create, context)
    look(panel, Session(RING))
    unchanged(panel)


@pytest.mark.parametrize(("document", "view"), [*((RING, view) for view in list(WORDS)[:4]),
                                                *((NUMBERS, view) for view in list(WORDS)[4:])])
def test_every_view_of_the_scores_can_be_exported(qtbot: QtBot, context: AppContext, document: object,
                                                  view: str) -> None:
    panel = shown(qtbot, ScoresPanel, context)
    panel.view = view
    look(panel, Session(document))
    assert panel.answer.view == view
    unchanged(panel)


EXAMPLES = ("spiral", "digits-mlp", "regression-plane", "autoencoder", "gan", "brackets-lstm")
CLASSES = {"spiral", "digits-mlp", "brackets-lstm"}
# Where a panel has something to show; one that is not named here shows something on every example.
SHOWN = {"boundary": {"spiral", "regression-plane", "gan"}, "confusion": CLASSES,
         "scores": CLASSES | {"regression-plane"}}


def on_show(window: MainWindow, qtbot: QtBot, name: str) -> Panel:
    """Open a panel; it has drawn what it has to show."""
    window.docks.show(name)
    if name == "slow" and window.panels[name].exports() is None:
        window.context.trainer.explain()
    panel = window.panels[name]
    qtbot.waitUntil(lambda: panel.exports() is not None, timeout=20_000)
    window.context.slow.go(0)
    # Answers that come in pieces are whole.
    quiet: list[Any] = []
    qtbot.waitUntil(lambda: _still(panel, quiet), timeout=20_000)
    return panel


def _still(panel: Panel, looks: list[Any]) -> bool:
    """Whether a panel looked like this half a second ago, and ever since."""
    look = panel.grab().toImage()
    if not looks or looks[1] != look:
        looks[:] = [time.monotonic(), look]
    return time.monotonic() - looks[0] > 0.5


def trained(window: MainWindow, qtbot: QtBot, example: str) -> tuple[list[str], list[str]]:
    """Train an example a little. Gives the panels that have something to show now, and those that have not."""
    context = window.context
    window.files.open_example(example)
    qtbot.waitUntil(lambda: context.trainer.state == "ready", timeout=20_000)
    context.trainer.one_epoch()
    qtbot.waitUntil(lambda: context.trainer.epoch == 1 and context.trainer.state == "paused", timeout=60_000)
    node = next(n for n, node in context.document.nodes.items() if node.kind in ("dense", "lstm"))
    context.select([node])
    context.inspect(NeuronRef(node, 0))
    # One that stands apart takes room from all others.
    able = sorted((name for name, panel in window.panels.items() if type(panel).exports is not Panel.exports),
                  key=lambda name: not PANELS[name].apart)
    assert SHOWN.keys() <= set(able)
    shown = [name for name in able if example in SHOWN.get(name, EXAMPLES)]
    return shown, [name for name in able if name not in shown]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_panel_that_shows_something_can_be_exported(window: MainWindow, qtbot: QtBot, example: str) -> None:
    shown, others = trained(window, qtbot, example)
    for name in shown:
        unchanged(on_show(window, qtbot, name))
    for name in others:
        window.docks.show(name)
        assert window.panels[name].exports() is None, name


@pytest.mark.parametrize("name", ["activity", "boundary", "confusion", "predictions", "scores"])
def test_a_view_can_be_exported_in_the_colours_of_the_other_theme(qtbot: QtBot, context: AppContext, name: str) -> None:
    """Then it looks as it does in a window of that theme, and in the window it stays as it was."""
    panel = shown(qtbot, PANELS[name].create, context)
    look(panel, Session(RING))
    QApplication.processEvents()
    before, light = panel.grab().toImage(), export.picture(panel.exports(), export.Options(scale=1.0))
    lent = export.picture(panel.exports(), export.Options(scale=1.0, theme="dark"))
    QApplication.processEvents()
    assert panel.grab().toImage() == before
    context.theme.set_mode("dark")
    try:
        QApplication.processEvents()
        assert export.picture(panel.exports(), export.Options(scale=1.0)) == lent != light
        assert export.picture(panel.exports(), export.Options(scale=1.0, theme="light")) == light
    finally:
        context.theme.set_mode("light")


def test_words_and_tables_have_the_colours_of_the_other_theme(qtbot: QtBot, context: AppContext) -> None:
    panel, scroll, page = Panel(context), QScrollArea(), QWidget()
    qtbot.addWidget(panel)
    label, table = QLabel("Forward"), QTableWidget(1, 1)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setProperty("role", "plain")
    table.setItem(0, 0, QTableWidgetItem("hidden"))
    for widgets, layout in (((scroll,), QVBoxLayout(panel)), ((label, table), QVBoxLayout(page))):
        for widget in widgets:
            layout.addWidget(widget)
    scroll.setWidget(page)
    panel.show()
    plot = Exportable("all", page, lambda: ([], []))
    lent = export.picture(plot, export.Options(scale=1.0, theme="dark"))
    context.theme.set_mode("dark")
    try:
        QApplication.processEvents()
        assert export.picture(plot, export.Options(scale=1.0)) == lent
    finally:
        context.theme.set_mode("light")


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_shapes_can_be_without_a_background_too(qtbot: QtBot, context: AppContext, kind: str) -> None:
    panel = shown(qtbot, PANELS["confusion"].create, context)
    look(panel, Session(RING))
    plain, clear = (export.content(panel.exports(), export.Options(kind, transparent=on)) for on in (False, True))
    assert len(clear) < len(plain)


def test_a_transparent_picture_has_no_background(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, PANELS["confusion"].create, context)
    look(panel, Session(RING))
    plain, clear = (export.image_of(panel.exports(), 1.0, transparent=on) for on in (False, True))
    assert clear.pixelColor(1, clear.height() - 2).alpha() == 0
    assert plain.pixelColor(1, plain.height() - 2) == QColor(context.theme.tokens.plot)


@pytest.fixture
def ready(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with a network whose plots are drawn."""
    window.files.open_example("iris")
    qtbot.waitUntil(lambda: not window.panels["confusion"].board.empty, timeout=20_000)
    return window


def menu_of(window: MainWindow, name: str, monkeypatch: pytest.MonkeyPatch) -> QMenu:
    """Right-click in the middle of a panel."""
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: menus.append(menu))
    view = window.panels[name].board.view.viewport()
    at = QPoint(view.width() // 2, view.height() // 2)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    return menus[-1]


def test_a_right_click_on_a_plot_offers_to_take_it_along(ready: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = menu_of(ready, "confusion", monkeypatch)
    assert texts(menu)[-3:] == ["Export…", "Copy Picture", "Copy Numbers"]
    menu.actions()[-1].trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    names, rows = ready.panels["confusion"].exports().table()
    assert lines[0] == "\t".join(names)
    assert lines[1:] == ["\t".join(map(str, row)) for row in rows]
    menu.actions()[-2].trigger()
    assert QGuiApplication.clipboard().image().width() == export.pixels(ready.panels["confusion"].exports(), 2.0)[0]
    menu.close()


def test_the_dialog_says_how_large_the_file_will_be_and_writes_it(ready: MainWindow, tmp_path: object,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    menu = menu_of(ready, "confusion", monkeypatch)
    menu.actions()[-3].trigger()
    menu.close()
    (dialog,) = ready.findChildren(PlotDialog)
    assert dialog.plot.currentText() == "Confusion matrix"
    dialog.scale.setCurrentIndex(2)
    width, height = export.pixels(ready.panels["confusion"].exports(), 3)
    assert f"{width:,} × {height:,} pixels" in dialog.note.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (f"{tmp_path}/plot.png", ""))
    dialog.save.click()
    assert QImage(f"{tmp_path}/plot.png").width() == width
    assert not dialog.isVisible()


def test_the_dialog_takes_the_colours_that_were_chosen(ready: MainWindow, tmp_path: object,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = PlotDialog.open_for(ready)
    dialog.plot.setCurrentIndex(dialog.plot.findData("confusion"))
    assert dialog.colours.currentText() == "As on the screen"
    dialog.colours.setCurrentIndex(dialog.colours.findText("Dark"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (f"{tmp_path}/plot.png", ""))
    dialog.picture.click()
    copied = QGuiApplication.clipboard().image()
    dialog.save.click()
    for image in (QImage(f"{tmp_path}/plot.png"), copied):
        assert image.pixelColor(1, image.height() - 2) == QColor(DARK.plot)
    assert ready.context.theme.tokens is LIGHT


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("csv", b"true \\ predicted,")])
def test_the_dialog_writes_every_kind(ready: MainWindow, tmp_path: object, monkeypatch: pytest.MonkeyPatch, kind: str,
                                      start: bytes) -> None:
    dialog = PlotDialog.open_for(ready)
    dialog.plot.setCurrentIndex(dialog.plot.findData("confusion"))
    dialog.format.setCurrentIndex(dialog.format.findData(kind))
    assert not dialog.scale.isEnabled()
    assert dialog.picture.text() == ("Copy Numbers" if kind == "csv" else "Copy Picture")
    path = f"{tmp_path}/plot.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (path, ""))
    dialog.save.click()
    with open(path, "rb") as file:
        assert file.read().startswith(start)
