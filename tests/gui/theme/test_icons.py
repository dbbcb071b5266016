"""The icons: every file draws, in any colour, and follows the theme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui import resources
from gui.theme import icons, palette
from gui.theme.tokens import DARK, LIGHT

FILES = sorted(resources.path("icons").glob("*/*.svg"))
NAMES = icons.names()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[palette.Theme]:
    theme = palette.apply(qapp, "light")
    yield theme
    theme.set_mode("light")


def pixels(picture: QPixmap) -> list[QColor]:
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


def ink(picture: QPixmap) -> int:
    """How many pixels are more than half covered."""
    return sum(colour.alpha() > 127 for colour in pixels(picture))


def darkest(picture: QPixmap) -> QColor:
    """The colour of the most opaque pixel."""
    return max(pixels(picture), key=lambda colour: colour.alpha())


def test_every_file_is_known_by_its_name() -> None:
    assert len(FILES) == len(NAMES) - 1
    assert {"save", "play", "step", "layers/dense", "layers/step", "app"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [16, 20, 24])
def test_every_icon_draws_something_and_leaves_air_around_it(
    qapp: QApplication, name: str, size: int
) -> None:
    drawn = ink(icons.pixmap(name, size, "#000000"))
    assert 0.02 * size * size < drawn < 0.95 * size * size


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_icon_is_drawn_on_the_same_grid_and_names_no_colour_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke="currentColor" stroke-width="1.75" stroke-linecap="round"' in text
    assert not re.search(r"#[0-9a-fA-F]{3,6}", text)


def test_an_icon_takes_the_colour_that_it_is_asked_for(qapp: QApplication) -> None:
    assert darkest(icons.pixmap("stop", 16, "#c4212e")).name() == "#c4212e"


def test_a_picture_for_a_dense_screen_has_the_pixels_for_it(qapp: QApplication) -> None:
    picture = icons.pixmap("save", 16, "#000000", ratio=2.0)
    assert picture.width() == 32
    assert picture.devicePixelRatio() == 2.0
    assert icons.icon("save", LIGHT).pixmap(16, 16).width() == 16


def test_the_states_of_an_icon_differ(qapp: QApplication) -> None:
    icon = icons.icon("stop", LIGHT)

    def colour(mode: QIcon.Mode, state: QIcon.State) -> str:
        return darkest(icon.pixmap(16, mode, state)).name()

    assert colour(QIcon.Mode.Normal, QIcon.State.Off) == LIGHT.text_muted
    assert colour(QIcon.Mode.Active, QIcon.State.Off) == LIGHT.text
    assert colour(QIcon.Mode.Disabled, QIcon.State.Off) == LIGHT.text_disabled
    assert colour(QIcon.Mode.Normal, QIcon.State.On) == LIGHT.accent_ink


def test_an_unknown_name_is_refused_with_the_nearest_one(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match='Did you mean "save"'):
        icons.icon("svae", LIGHT)
    with pytest.raises(KeyError, match='Did you mean "layers/dense"'):
        icons.icon("dense", LIGHT)
    with pytest.raises(KeyError, match='no icon "zzzzzz"'):
        icons.pixmap("zzzzzz", 16, "#000000")


def test_a_bound_action_follows_the_theme(theme: palette.Theme) -> None:
    action = QAction()
    icons.bind(action, "stop")
    assert darkest(action.icon().pixmap(16)).name() == LIGHT.text_muted
    theme.set_mode("dark")
    assert darkest(action.icon().pixmap(16)).name() == DARK.text_muted


def test_a_button_bound_again_takes_the_new_icon_and_keeps_one_binding(
    theme: palette.Theme, qtbot: QtBot
) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons.bind(button, "play")
    before = len(button.children())
    icons.bind(button, "stop")
    theme.set_mode("dark")
    assert len(button.children()) == before
    expected = icons.icon("stop", DARK).pixmap(16).toImage()
    assert button.icon().pixmap(16).toImage() == expected


def test_the_application_icon_has_every_usual_size(qapp: QApplication) -> None:
    sizes = {size.width() for size in icons.app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
