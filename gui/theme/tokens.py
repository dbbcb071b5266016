"""Every colour, size and duration of the window, by name, for light and dark. No Qt in here.

Colours are opaque "#rrggbb", sizes logical pixels on an 8 px rhythm, durations milliseconds.
Contrast is measured by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

NEGATIVE = "#f59322"
POSITIVE = "#0877bd"

# Okabe and Ito 2008, "Color universal design", ordered so that the first few differ most.
OKABE_ITO = ("#e69f00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=4096)
def mix(a: str, b: str, t: float) -> str:
    """The colour between ``a`` (t = 0) and ``b`` (t = 1), linear in sRGB."""
    parts = (round(x + (y - x) * t) for x, y in zip(_channels(a), _channels(b), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _channels(colour))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """The WCAG 2 contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def readable_on(background: str) -> str:
    """White or near-black, whichever reads better on ``background``."""
    return max(("#ffffff", "#16171a"), key=lambda ink: contrast(ink, background))


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Both themes share the sizes, the durations and the two colours of sign."""

    name: str
    dark: bool

    window: str
    surface: str
    raised: str
    sunken: str
    canvas: str
    canvas_dot: str
    plot: str
    plot_grid: str
    border: str
    border_strong: str
    hover: str
    pressed: str

    text: str
    text_muted: str
    text_faint: str
    text_disabled: str

    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_ink: str
    accent_soft: str

    error: str
    error_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str

    neutral: str
    train: str
    validation: str
    wire: str
    port: str
    shadow: str
    shadow_alpha: int
    classes: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str], ...]
    paper_inks: tuple[tuple[str, str], ...]

    negative: str = NEGATIVE
    positive: str = POSITIVE

    unit: int = 8
    gap_s: int = 4
    gap: int = 8
    gap_l: int = 16
    gap_xl: int = 24
    radius_s: int = 4
    radius: int = 6
    radius_l: int = 8
    control_height: int = 28
    row_height: int = 28
    toolbar_height: int = 44
    tab_height: int = 32
    statusbar_height: int = 26
    icon: int = 16
    icon_l: int = 20
    port_size: int = 12
    port_hit: int = 20
    palette_width: int = 200
    side_width: int = 300
    font_size: int = 13
    font_size_small: int = 11
    weight_regular: int = 400
    weight_strong: int = 600
    duration_fast: int = 80
    duration: int = 120

    def signed(self, value: float) -> str:
        """The colour of a signed number: -1 negative, 0 neutral, 1 positive; clamped, NaN is neutral."""
        if math.isnan(value):
            return self.neutral
        return mix(self.neutral, self.positive if value > 0 else self.negative, min(1.0, abs(value)))

    def class_colour(self, index: int) -> str:
        """The colour of class ``index`` (>= 0). Past the set, each turn moves it closer to the text."""
        turn, place = divmod(index, len(self.classes))
        return mix(self.classes[place], self.text, 1 - 0.55**turn)

    def label_colour(self, label: int, classes: int) -> str:
        """The colour of one of so many classes, everywhere: two have those of the boundary between them."""
        return (self.negative, self.positive)[label] if classes == 2 else self.class_colour(label)

    def category_colour(self, category: str) -> str:
        """The edge colour of a layer category; grey for one that the theme does not know."""
        return dict(self.categories).get(category, self.text_faint)

    def paper(self, colour: str) -> str:
        """What a note or a group of that colour lies on; a colour that the theme does not know is the first."""
        return dict(self.papers).get(colour, self.papers[0][1])

    def paper_ink(self, colour: str) -> str:
        """The border and the title of a note or a group of that colour."""
        return dict(self.paper_inks).get(colour, self.paper_inks[0][1])


_CATEGORIES = ("Inputs & outputs", "Basic", "Activation", "Regularisation", "Normalisation", "Merge",
               "Convolution", "Pooling", "Sequence", "Attention", "Shape")  # fmt: skip


_PAPERS = ("grey", "blue", "green", "amber", "red", "purple")


def _categories(*colours: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(_CATEGORIES, colours, strict=True))


def _papers(*colours: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(_PAPERS, colours, strict=True))


LIGHT = Tokens(
    name="light", dark=False,
    window="#f4f4f6", surface="#fbfbfc", raised="#ffffff", sunken="#ffffff",
    canvas="#eeeff2", canvas_dot="#d3d5dc", plot="#fbfbfc", plot_grid="#e6e7eb",
    border="#e1e2e7", border_strong="#cdcfd7", hover="#e9eaee", pressed="#dedfe5",
    text="#1b1c20", text_muted="#575a66", text_faint="#656874", text_disabled="#a6a9b3",
    accent="#5753c6", accent_hover="#4c48b8", accent_pressed="#423ea3", accent_text="#ffffff",
    accent_ink="#5753c6", accent_soft="#e6e6fa",
    error="#c4212e", error_soft="#fdecec", warning="#8a5300", warning_soft="#fff3d9",
    success="#1b7145", success_soft="#e4f5eb",
    neutral="#e8eaeb", train="#5753c6", validation="#b3540a", wire="#a4a7b3", port="#ffffff",
    shadow="#1b1c2b", shadow_alpha=34,
    classes=(*OKABE_ITO, "#4a4c55"),
    categories=_categories("#5f6470", "#3e63dd", "#c2459a", "#8e6a00", "#0d8276", "#7a4fc2",
                           "#2b7d3b", "#5b7c1a", "#b8532a", "#b02a5b", "#74684f"),
    papers=_papers("#fafafb", "#e2ebfd", "#e0f2e2", "#fcf0cd", "#fce5e5", "#eee6fb"),
    paper_inks=_papers("#575a66", "#2f55c7", "#20693a", "#7a4f00", "#b3323c", "#6c42b8"),
)  # fmt: skip

DARK = Tokens(
    name="dark", dark=True,
    window="#17181b", surface="#1c1d21", raised="#25262b", sunken="#131417",
    canvas="#111214", canvas_dot="#2a2c31", plot="#1c1d21", plot_grid="#2b2d33",
    border="#2b2d33", border_strong="#3d4048", hover="#2a2b31", pressed="#33353c",
    text="#ececf0", text_muted="#a9acb7", text_faint="#9497a3", text_disabled="#5c5f69",
    accent="#5e5ad0", accent_hover="#6a66da", accent_pressed="#524ebd", accent_text="#ffffff",
    accent_ink="#a09df7", accent_soft="#2c2b4f",
    error="#ff7b7b", error_soft="#3a1d20", warning="#f0b544", warning_soft="#362a14",
    success="#5ecb92", success_soft="#17301f",
    neutral="#3a3c42", train="#a09df7", validation="#f0a35e", wire="#666a76", port="#25262b",
    shadow="#000000", shadow_alpha=120,
    classes=(*OKABE_ITO, "#b9bcc6"),
    categories=_categories("#9a9eab", "#6f93f5", "#e07cc0", "#d3ab3f", "#3fb8a9", "#ac8bef",
                           "#62b873", "#9cc057", "#e68a5f", "#e8749c", "#b5a88a"),
    papers=_papers("#26282d", "#1b2745", "#19301f", "#352b13", "#3b2023", "#2b2344"),
    paper_inks=_papers("#a9acb7", "#86a5f8", "#74c287", "#d8b14a", "#f08a8a", "#b79bf2"),
)  # fmt: skip
