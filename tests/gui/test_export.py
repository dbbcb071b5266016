"""Plots as pictures, shapes and numbers."""
from __future__ import annotations

import base64
import errno
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.errors import FormatError
from gui import export, svg
from gui.panels import Exportable
from gui.theme import palette


def table() -> tuple[list[str], list[list[float | str]]]:
    return ["epoch", "loss"], [[1, 0.5], [2, 0.25], [3, "a, b"]]


@pytest.fixture
def plot(theme: palette.Theme, qtbot: QtBot) -> pg.PlotWidget:
    widget = pg.PlotWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.plot([1, 2, 3], [0.5, 0.25, 0.1], pen="b")
    widget.show()
    QApplication.processEvents()
    return widget


@pytest.fixture
def label(theme: palette.Theme, qtbot: QtBot) -> QLabel:
    widget = QLabel("Accuracy 100 %")
    qtbot.addWidget(widget)
    widget.resize(120, 40)
    return widget


def test_numbers_are_written_as_a_table(tmp_path: Path, label: QLabel) -> None:
    export.write(Exportable("Loss", label, table), tmp_path / "loss.csv", "csv")
    assert (tmp_path / "loss.csv").read_bytes() == b'epoch,loss\r\n1,0.5\r\n2,0.25\r\n3,"a, b"\r\n'


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.0])
def test_a_picture_has_the_size_that_was_asked_for(tmp_path: Path, plot: pg.PlotWidget, scale: float) -> None:
    export.write(Exportable("Loss", plot.getPlotItem(), table), tmp_path / "p.png", "png", scale)
    picture = QImage(str(tmp_path / "p.png"))
    assert abs(picture.width() - 300 * scale) <= 8 * scale
    assert abs(picture.height() - 200 * scale) <= 8 * scale
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 7)}
    assert len(colours) > 2


def test_shapes_are_shapes_and_not_one_picture(tmp_path: Path, plot: pg.PlotWidget) -> None:
    export.write(Exportable("Loss", plot.getPlotItem(), table), tmp_path / "p.svg", "svg")
    root = ET.parse(tmp_path / "p.svg").getroot()
    tags = [element.tag.split("}")[1] for element in root.iter()]
    assert "path" in tags or "polyline" in tags
    assert "text" in tags
    assert "non-scaling-stroke" not in (tmp_path / "p.svg").read_text()


def test_a_curve_lies_where_the_picture_has_it() -> None:
    drawing = (b'<svg xmlns="http://www.w3.org/2000/svg"><g transform="matrix(2,0,0,-10,5,100)">'
               b'<polyline vector-effect="non-scaling-stroke" points="1,0.5 2,1e+00 "/>'
               b'<rect vector-effect="non-scaling-stroke" x="0" y="1" width="3" height="2"/><text x="1"/></g></svg>')
    line, box, text = ET.fromstring(svg.portable(drawing))[0]
    assert line.attrib == {"points": "7,95 9,90 "}
    assert box.attrib == {"x": "5", "y": "70", "width": "6", "height": "20"}
    assert text.attrib == {"x": "1", "transform": "matrix(2,0,0,-10,5,100)"}


def test_the_cells_of_a_heat_map_keep_hard_edges_in_shapes(tmp_path: Path, theme: palette.Theme, qtbot: QtBot) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.addPlot().addItem(pg.ImageItem(np.eye(4)))
    view.show()
    QApplication.processEvents()
    export.write(Exportable("Weights", view.ci, table), tmp_path / "w.svg", "svg")
    (image,) = ET.parse(tmp_path / "w.svg").getroot().iter(f"{{{svg.SVG}}}image")
    picture = QImage.fromData(base64.b64decode(image.attrib[svg.HREF].removeprefix(svg.PICTURE)))
    assert picture.width() >= 400
    assert len({picture.pixelColor(x, 5).name() for x in range(picture.width())}) == 2


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_widget_can_be_exported(tmp_path: Path, label: QLabel, kind: str) -> None:
    export.write(Exportable("Label", label, table), tmp_path / f"l.{kind}", kind)
    assert (tmp_path / f"l.{kind}").stat().st_size > 200


@pytest.mark.parametrize("kind", export.KINDS)
def test_a_full_disk_keeps_the_old_file(tmp_path: Path, label: QLabel, kind: str,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"old.{kind}"
    path.write_bytes(b"old")

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FormatError, match="full"):
        export.write(Exportable("Label", label, table), path, kind)
    assert path.read_bytes() == b"old"


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nothing to export"):
        export.write(Exportable("Loss", None, table), tmp_path / "p.png", "png")
