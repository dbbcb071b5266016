"""The bundled type face, so that the window looks the same everywhere and digits never jitter."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from gui import resources
from gui.theme.tokens import Tokens

FILES = ("LayerloomUI-Regular.otf", "LayerloomUI-SemiBold.otf")


@cache
def load() -> str:
    """Register the bundled fonts and return their family; the system's family where they cannot be read.

    Needs a QGuiApplication. The digits of the bundled family are tabular.
    """
    families: list[str] = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number)
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return families[0] if families else general


def font(tokens: Tokens, *, small: bool = False, strong: bool = False) -> QFont:
    """A font in one of the two sizes and two weights of the theme."""
    result = QFont(load())
    result.setPixelSize(tokens.font_size_small if small else tokens.font_size)
    result.setWeight(QFont.Weight(tokens.weight_strong if strong else tokens.weight_regular))
    result.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return result
