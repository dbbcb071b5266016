"""The drawing of the network as a file."""
from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from core.errors import FormatError
from core.graph import edits, furniture
from core.graph.document import Note
from gui import diagram
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.diagram import Options
from gui.dialogs.diagram import DiagramDialog
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import Hand, chain, network

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("svg", "png", "pdf")


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    window.context.history.restart(chain())
    QApplication.processEvents()
    return window


def scene_of(window: MainWindow) -> CanvasScene:
    return window.canvas.canvas_scene


def words(svg: bytes) -> list[str]:
    return [e.get("aria-label", "") for e in ET.fromstring(svg).iter(f"{SVG}path") if e.get("aria-label")]


def raster(svg: bytes, factor: int = 1) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    box = renderer.viewBoxF()
    image = QImage(QSize(round(box.width()), round(box.height())) * factor, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def test_the_same_document_gives_the_same_bytes_whatever_the_window_shows(shown: MainWindow) -> None:
    scene = scene_of(shown)

    def drawn() -> dict[str, bytes]:
        return {kind: diagram.drawing(scene, Options(kind), "net") for kind in KINDS}

    before = drawn()
    shown.canvas.choose(["dense"], list(scene.wires)[:1])
    scene.hover(scene.nodes["sigmoid"])
    shown.canvas.zoom_to(0.2)
    shown.canvas.centerOn(5000, 5000)
    assert drawn() == before
    shown.canvas.choose(["input"])
    shown.canvas.delete_selection()
    shown.context.history.undo()
    assert drawn() == before
    assert all(len(content) > 1000 for content in before.values())


def test_the_drawing_is_in_light_colours_in_a_dark_window_and_the_window_stays_dark(shown: MainWindow) -> None:
    scene, theme = scene_of(shown), shown.context.theme
    light = diagram.drawing(scene, Options("svg"))
    theme.set_mode("dark")
    try:
        dark_tokens = theme.tokens
        assert diagram.drawing(scene, Options("svg")) == light
        assert scene.ink.tokens is dark_tokens
        assert not scene.ink.plain
    finally:
        theme.set_mode("light")


def test_an_svg_has_the_words_as_shapes_and_no_pictures(shown: MainWindow) -> None:
    svg = diagram.drawing(scene_of(shown), Options("svg"), "My net")
    root = ET.fromstring(svg)
    assert list(root.iter(f"{SVG}text")) == []
    assert list(root.iter(f"{SVG}image")) == []
    assert {"Input", "Dense", "Sigmoid", "Output"} <= set(words(svg))
    assert root.findtext(f"{SVG}title") == "My net"


def test_cards_without_words_leave_no_empty_shapes(window: MainWindow) -> None:
    window.context.history.restart(network(("norm", "layer_norm", 0, 0)))
    svg = diagram.drawing(scene_of(window), Options("svg"))
    assert words(svg) == ["Layer norm"]
    assert b'd=""' not in svg
    assert not raster(svg).isNull()


def test_an_svg_looks_as_the_picture_does(shown: MainWindow) -> None:
    svg = raster(diagram.drawing(scene_of(shown), Options("svg")), 2)
    png = QImage.fromData(QByteArray(diagram.drawing(scene_of(shown), Options("png", scale=2))))
    assert svg.size() == png.size()
    far = sum(abs(svg.pixelColor(x, y).lightness() - png.pixelColor(x, y).lightness()) > 90
              for x in range(0, png.width(), 3) for y in range(0, png.height(), 3))
    assert far < 0.01 * (png.width() // 3) * (png.height() // 3)


def test_a_picture_has_the_size_that_the_dialog_announces(shown: MainWindow) -> None:
    for scale in diagram.SCALES:
        options = Options("png", scale=scale)
        picture = QImage.fromData(QByteArray(diagram.drawing(scene_of(shown), options)))
        assert (picture.width(), picture.height()) == diagram.pixels(scene_of(shown), options)


def test_the_margin_is_free_and_the_background_white_or_none(shown: MainWindow) -> None:
    scene = scene_of(shown)
    white = QImage.fromData(QByteArray(diagram.drawing(scene, Options("png", 1, margin=40))))
    clear = QImage.fromData(QByteArray(diagram.drawing(scene, Options("png", 1, transparent=True, margin=40))))
    assert white.pixelColor(0, 0) == QColor("white")
    assert clear.pixelColor(0, 0).alpha() == 0
    inked = [(x, y) for x in range(clear.width()) for y in range(clear.height()) if clear.pixelColor(x, y).alpha()]
    assert min(x for x, _ in inked) >= 40
    assert max(y for _, y in inked) < clear.height() - 40
    small = diagram.pixels(scene, Options("png", 1, margin=0))
    assert (clear.width() - small[0], clear.height() - small[1]) == (80, 80)


def test_nothing_is_cut_off_wherever_it_stands(shown: MainWindow) -> None:
    before = diagram.pixels(scene_of(shown), Options("png", 1))
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (-3000.0, 4000.0)}))
    width, height = diagram.pixels(scene_of(shown), Options("png", 1))
    assert width > before[0] + 2900
    assert height > before[1] + 3700
    assert "Output" in words(diagram.drawing(scene_of(shown), Options("svg")))


def test_selected_layers_come_with_the_wires_between_them_only(shown: MainWindow) -> None:
    shown.context.select(["input", "dense"])
    svg = diagram.drawing(scene_of(shown), Options("svg", selected=True))
    assert {"Input", "Dense"} <= set(words(svg))
    assert not {"Sigmoid", "Output"} & set(words(svg))
    assert svg.count(b'stroke="#a4a7b3" stroke-opacity="1" stroke-width="2"') == 1


def test_notes_and_groups_belong_to_the_drawing_and_members_of_a_collapsed_group_do_not(shown: MainWindow) -> None:
    before = diagram.pixels(scene_of(shown), Options("png", 1))
    note = Note("note", "Far above", (0.0, -900.0), (220.0, 90.0), "amber")
    shown.context.edit("Note", lambda d: furniture.add_note(d, note))
    shown.context.edit("Group", lambda d: furniture.group(d, ["dense", "sigmoid"], "Hidden part"))
    assert diagram.pixels(scene_of(shown), Options("png", 1))[1] > before[1] + 850
    said = words(diagram.drawing(scene_of(shown), Options("svg")))
    assert {"Far above", "Hidden part", "Dense", "Sigmoid"} <= set(said)
    shown.context.edit("Collapse", lambda d: furniture.collapse(d, "group", True))
    said = words(diagram.drawing(scene_of(shown), Options("svg")))
    assert "Hidden part" in said
    assert not {"Dense", "Sigmoid"} & set(said)


def test_a_layer_drawn_as_neurons_is_in_the_drawing_without_its_buttons(shown: MainWindow) -> None:
    plain = diagram.pixels(scene_of(shown), Options("png", 1))
    shown.context.select(["dense"])
    shown.actions_by_id["view.neurons"].trigger()
    QApplication.processEvents()
    assert diagram.pixels(scene_of(shown), Options("png", 1)) != plain
    selected = diagram.drawing(scene_of(shown), Options("svg"))
    assert b"<image" not in selected
    shown.context.select([])
    assert diagram.drawing(scene_of(shown), Options("svg")) == selected


def test_a_pdf_has_a_page_of_the_size_of_the_drawing_and_its_fonts(shown: MainWindow) -> None:
    pdf = diagram.drawing(scene_of(shown), Options("pdf"))
    width, height = diagram.pixels(scene_of(shown), Options("png", 1))
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(width * 0.75, abs=1)
    assert float(box[2]) == pytest.approx(height * 0.75, abs=1)
    assert b"/FontFile" in pdf
    assert b"/Subtype /Image" not in pdf


def test_a_picture_that_would_be_too_large_is_refused_and_a_pdf_still_works(shown: MainWindow) -> None:
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (40_000.0, 0.0)}))
    with pytest.raises(FormatError, match="pixels") as caught:
        diagram.drawing(scene_of(shown), Options("png", scale=4))
    assert "SVG" in caught.value.problem.hint
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+)", diagram.drawing(scene_of(shown), Options("pdf")))
    assert box is not None
    assert float(box[1]) <= diagram.LONGEST_PAGE + 1


def test_an_empty_canvas_has_nothing_to_export(window: MainWindow) -> None:
    assert not window.actions_by_id["file.export_diagram"].isEnabled()
    with pytest.raises(FormatError, match="nothing to export"):
        diagram.drawing(scene_of(window), Options())


def test_a_wire_that_is_being_drawn_is_given_up_and_not_exported(shown: MainWindow, tmp_path: Path,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    canvas: CanvasView = shown.canvas
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "net.svg"), ""))
    clean = diagram.drawing(scene_of(shown), Options(), shown.files.name)
    hand = Hand(canvas)
    hand.press(canvas.output_scene_pos("sigmoid"))
    for x in (40.0, 80.0):
        hand.move(canvas.output_scene_pos("sigmoid") + QPointF(x, 60))
    assert shown.files.export_diagram(Options())
    hand.release(QPointF(0, 0))
    assert (tmp_path / "net.svg").read_bytes() == clean


def test_the_dialog_writes_what_was_chosen_under_a_name_that_it_proposes(shown: MainWindow, tmp_path: Path,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def pick(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.append((Path(start).name, kinds))
        return str(tmp_path / "figure"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", pick)
    shown.actions_by_id["file.export_diagram"].trigger()
    (dialog,) = shown.findChildren(DiagramDialog)
    assert not dialog.scale.isEnabled()
    dialog.format.setCurrentText("PNG")
    assert dialog.scale.isEnabled()
    dialog.scale.setCurrentText("4x")
    dialog.background.setCurrentText("Transparent")
    dialog.margin.setValue(0)
    width, height = diagram.pixels(scene_of(shown), dialog.options)
    assert f"{width:,} × {height:,} pixels" in dialog.note.text()
    assert not dialog.selected.isEnabled()
    dialog.save.click()
    assert asked == [("Untitled.png", "PNG (*.png)")]
    picture = QImage(str(tmp_path / "figure.png"))
    assert (picture.width(), picture.height()) == (width, height)
    assert picture.pixelColor(0, 0).alpha() == 0
    assert not dialog.isVisible()


def test_the_dialog_stays_if_no_file_was_named(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: ("", ""))
    shown.actions_by_id["file.export_diagram"].trigger()
    (dialog,) = shown.findChildren(DiagramDialog)
    shown.context.select(["dense"])
    dialog.selected.setChecked(True)
    assert dialog.options.selected
    dialog.save.click()
    assert dialog.isVisible()
    shown.context.select([])
    assert not dialog.options.selected
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()


def test_a_folder_that_cannot_be_written_is_said_and_the_old_file_stays(shown: MainWindow, tmp_path: Path,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "no" / "net.svg"), ""))
    assert not shown.files.export_diagram(Options())
    assert shown.context.notify.notices[-1].level == "error"
