"""The tokens: legible in both themes, and the same sign colours everywhere."""

import subprocess
import sys
from dataclasses import asdict

import pytest

from core.graph.document import COLOURS
from gui.theme.tokens import DARK, LIGHT, NEGATIVE, POSITIVE, Tokens, contrast, mix, readable_on

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
SURFACES = ("window", "surface", "raised", "sunken", "canvas", "plot")
TEXT_AA = 4.5
GRAPHICS_AA = 3.0


def test_the_contrast_of_black_on_white_is_21_and_of_a_colour_on_itself_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1


@THEMES
@pytest.mark.parametrize(
    "ink", ["text", "text_muted", "text_faint", "accent_ink", "error", "warning", "success"]
)
@pytest.mark.parametrize("surface", SURFACES)
def test_text_is_legible_on_every_surface(tokens: Tokens, ink: str, surface: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, surface)) >= TEXT_AA


@THEMES
@pytest.mark.parametrize(
    "surface", ["hover", "pressed", "accent_soft", "error_soft", "warning_soft", "success_soft"]
)
def test_text_is_legible_on_rows_and_notices(tokens: Tokens, surface: str) -> None:
    assert contrast(tokens.text, getattr(tokens, surface)) >= TEXT_AA
    assert contrast(tokens.text_muted, getattr(tokens, surface)) >= TEXT_AA


@THEMES
@pytest.mark.parametrize("state", ["error", "warning", "success"])
def test_a_state_is_legible_on_its_own_notice(tokens: Tokens, state: str) -> None:
    assert contrast(getattr(tokens, state), getattr(tokens, f"{state}_soft")) >= TEXT_AA


@THEMES
@pytest.mark.parametrize("fill", ["accent", "accent_hover", "accent_pressed"])
def test_text_on_the_accent_is_legible(tokens: Tokens, fill: str) -> None:
    assert contrast(tokens.accent_text, getattr(tokens, fill)) >= TEXT_AA


@THEMES
def test_category_edges_and_curves_stand_out_from_what_is_behind_them(tokens: Tokens) -> None:
    for category, colour in tokens.categories:
        assert contrast(colour, tokens.raised) >= TEXT_AA, category
    assert contrast(tokens.train, tokens.plot) >= GRAPHICS_AA
    assert contrast(tokens.validation, tokens.plot) >= GRAPHICS_AA


@THEMES
def test_every_category_has_its_own_colour_and_an_unknown_one_is_grey(tokens: Tokens) -> None:
    colours = [tokens.category_colour(category) for category, _ in tokens.categories]
    assert len(set(colours)) == len(colours)
    assert tokens.category_colour("From a plug-in") == tokens.text_faint


@THEMES
@pytest.mark.parametrize("colour", COLOURS)
def test_notes_and_groups_are_legible_on_their_paper_and_groups_beside_it(tokens: Tokens, colour: str) -> None:
    paper, ink = tokens.paper(colour), tokens.paper_ink(colour)
    for text in (tokens.text, tokens.text_muted, ink):
        assert contrast(text, paper) >= TEXT_AA
    assert contrast(ink, tokens.canvas) >= TEXT_AA
    assert contrast(tokens.accent_ink, paper) >= GRAPHICS_AA


@THEMES
def test_every_note_has_a_paper_of_its_own_and_an_unknown_colour_is_the_plain_one(tokens: Tokens) -> None:
    assert len({tokens.paper(colour) for colour in COLOURS}) == len(COLOURS)
    assert len({tokens.paper_ink(colour) for colour in COLOURS}) == len(COLOURS)
    assert tokens.paper("ultraviolet") == tokens.paper("grey")
    assert tokens.paper_ink("ultraviolet") == tokens.paper_ink("grey")


@THEMES
def test_signed_values_run_from_orange_over_neutral_to_blue(tokens: Tokens) -> None:
    assert tokens.signed(-1) == NEGATIVE == "#f59322"
    assert tokens.signed(0) == tokens.neutral
    assert tokens.signed(1) == POSITIVE == "#0877bd"
    assert tokens.signed(7.5) == POSITIVE
    assert tokens.signed(float("-inf")) == NEGATIVE
    assert tokens.signed(float("nan")) == tokens.neutral


@THEMES
def test_twenty_classes_have_twenty_colours(tokens: Tokens) -> None:
    assert len({tokens.class_colour(index) for index in range(20)}) == 20
    assert tokens.class_colour(1) == tokens.classes[1]


def test_the_themes_share_sizes_and_differ_in_colours() -> None:
    light, dark = asdict(LIGHT), asdict(DARK)
    same = {name for name in light if light[name] == dark[name]}
    sizes = {name for name, value in light.items() if isinstance(value, int)} - {"dark", "shadow_alpha"}
    assert sizes <= same
    assert same - sizes == {"negative", "positive", "accent_text"}


def test_sizes_keep_the_rhythm_and_motion_stays_short() -> None:
    assert (LIGHT.gap, LIGHT.gap_l, LIGHT.gap_xl) == (LIGHT.unit, 2 * LIGHT.unit, 3 * LIGHT.unit)
    assert max(LIGHT.duration, LIGHT.duration_fast) < 150


def test_mixing_goes_from_the_first_colour_to_the_second() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"


@pytest.mark.parametrize("background", [*LIGHT.classes, NEGATIVE, POSITIVE, "#ffffff", "#000000"])
def test_a_label_on_any_class_colour_is_legible(background: str) -> None:
    assert contrast(readable_on(background), background) >= TEXT_AA


def test_the_tokens_need_no_qt() -> None:
    code = "import sys, gui.theme.tokens; sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
