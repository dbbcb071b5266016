"""The theme: palette, style sheet, fonts and plots change together, once, and follow the system."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from gui import resources
from gui.theme import fonts, palette, plots, style
from gui.theme.diverging import diverging_lut, sequential_lut
from gui.theme.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[palette.Theme]:
    theme = palette.apply(qapp, "light")
    yield theme
    theme.set_mode("light")


def test_switching_changes_palette_and_style_sheet_and_says_so_once(
    theme: palette.Theme, qapp: QApplication
) -> None:
    said: list[Tokens] = []
    theme.changed.connect(said.append)
    before = qapp.styleSheet()
    theme.set_mode("dark")
    theme.set_mode("dark")
    theme.changed.disconnect(said.append)
    assert said == [DARK]
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.surface
    assert DARK.accent in qapp.styleSheet()
    assert qapp.styleSheet() != before
    assert pg.getConfigOption("background") == DARK.plot


def test_system_mode_follows_the_desktop(theme: palette.Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    dark = False
    monkeypatch.setattr(palette, "system_is_dark", lambda: dark)
    theme.set_mode("system")
    assert (theme.mode, theme.tokens) == ("system", LIGHT)
    dark = True
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK


def test_a_fixed_mode_ignores_the_desktop(theme: palette.Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "system_is_dark", lambda: True)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is LIGHT


def test_an_application_has_one_theme(theme: palette.Theme, qapp: QApplication) -> None:
    assert palette.apply(qapp, "dark") is theme
    assert palette.current() is theme
    assert theme.tokens is DARK


def test_an_unknown_mode_is_refused_and_nothing_changes(theme: palette.Theme) -> None:
    with pytest.raises(KeyError):
        theme.set_mode("sepia")  # type: ignore[arg-type]
    assert (theme.mode, theme.tokens) == ("light", LIGHT)


@THEMES
def test_every_role_of_the_palette_is_ours(tokens: Tokens) -> None:
    result = palette.palette(tokens)
    unset = {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}
    for role in set(QPalette.ColorRole) - unset:
        assert result.isBrushSet(QPalette.ColorGroup.Active, role), role
    off = result.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert off == QColor(tokens.text_disabled)


@THEMES
def test_the_style_sheet_has_no_placeholder_left_and_its_pictures_exist(tokens: Tokens) -> None:
    images = style.Images()
    text = style.sheet(tokens, images)
    assert "@" not in text
    pictures = [part.split('"')[0] for part in text.split('url("')[1:]]
    assert len(pictures) > 10
    for picture in pictures:
        assert b"currentColor" not in Path(picture).read_bytes()


def test_the_pictures_of_the_style_sheet_leave_with_it() -> None:
    images = style.Images()
    picture = Path(images.path("check", "#000000"))
    assert picture.is_file()
    del images
    assert not picture.parent.exists()


def test_a_placeholder_that_is_no_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style, "template", lambda: "QWidget { color: @colour_of_the_sky; }")
    with pytest.raises(AttributeError, match="colour_of_the_sky"):
        style.sheet(LIGHT, style.Images())


def test_qt_understands_the_style_sheet(
    theme: palette.Theme, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    theme.set_mode("dark")
    field.ensurePolished()
    assert "parse" not in capfd.readouterr().err.lower()
    assert field.sizeHint().height() == DARK.control_height


def test_an_error_mark_on_a_field_is_drawn_and_taken_away(theme: palette.Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(100, 28)
    plain = field.grab().toImage()
    style.set_property(field, "state", "error")
    assert field.grab().toImage().pixelColor(50, 0) == QColor(LIGHT.error)
    style.set_property(field, "state", None)
    assert field.grab().toImage() == plain


def test_the_digits_of_a_spin_box_are_inset_like_other_text(theme: palette.Theme, qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    style.inset(spin)
    assert spin.lineEdit().textMargins().left() == style.INSET
    assert spin.sizeHint().height() == LIGHT.control_height


def test_the_bundled_fonts_load_in_both_weights_with_their_licence(qapp: QApplication) -> None:
    assert fonts.load() == "Layerloom UI"
    assert {"Regular", "SemiBold"} <= set(QFontDatabase.styles("Layerloom UI"))
    assert "SIL OPEN FONT LICENSE" in resources.path("fonts", "OFL.txt").read_text(encoding="utf-8").upper()


@pytest.mark.parametrize("strong", [False, True])
def test_all_digits_have_the_same_width(qapp: QApplication, strong: bool) -> None:
    metrics = QFontMetrics(fonts.font(LIGHT, strong=strong))
    assert len({metrics.horizontalAdvance(digit * 20) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("strong", [False, True])
def test_the_font_has_the_signs_that_the_window_uses(qapp: QApplication, strong: bool) -> None:
    metrics = QFontMetrics(fonts.font(LIGHT, strong=strong))
    assert all(metrics.inFontUcs4(ord(sign)) for sign in "−×·→←≤≥≈∞∑∂√²µαβγλσ…“”’—%°")


def test_a_restyled_plot_takes_the_theme(theme: palette.Theme, qtbot: QtBot) -> None:
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    plots.restyle(plot, DARK)
    axis = plot.getPlotItem().getAxis("left")
    assert plot.backgroundBrush().color().name() == DARK.plot
    assert axis.textPen().color().name() == DARK.text_muted
    assert axis.grid == 255
    plots.restyle(plot.getPlotItem(), LIGHT, grid=False)
    assert axis.textPen().color().name() == LIGHT.text_muted
    assert axis.grid is False


@THEMES
def test_the_diverging_map_has_the_sign_colours_at_its_ends_and_neutral_in_the_middle(tokens: Tokens) -> None:
    table = diverging_lut(tokens, 257)
    assert table.shape == (257, 4)
    assert table.dtype == np.uint8
    for row, colour in ((0, tokens.negative), (128, tokens.neutral), (256, tokens.positive)):
        assert tuple(table[row]) == QColor(colour).getRgb()
    with pytest.raises(ValueError, match="at least two"):
        diverging_lut(tokens, 1)


@pytest.mark.parametrize("name", ["viridis", "cividis"])
def test_sequential_maps_rise_in_lightness(name: str) -> None:
    table = sequential_lut(name, 64).astype(float)  # type: ignore[arg-type]
    assert table.shape == (64, 4)
    lightness = table[:, :3] @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(lightness) > 0).all()


def test_resources_are_found_in_the_tree_and_in_a_frozen_application(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert resources.path("icons", "app.svg").is_file()
    resources.root.cache_clear()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources.path("icons") == tmp_path / "resources" / "icons"
    resources.root.cache_clear()
