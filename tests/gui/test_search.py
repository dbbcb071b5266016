"""What is typed finds what is meant, best first."""
import pytest

from core.layers import LAYERS
from gui.search import score


def best(text: str, *lines: str) -> list[str]:
    scored = [(value, line) for line in lines if (value := score(text, line)) is not None]
    return [line for _, line in sorted(scored, reverse=True)]


def layers(text: str) -> list[str]:
    infos = [layer.info for layer in LAYERS.values()]
    scored = [(value, i.kind) for i in infos if (value := score(text, i.title, (i.kind, *i.keywords))) is not None]
    return [kind for _, kind in sorted(scored, reverse=True)]


def test_better_ways_to_match_come_before_worse_ones() -> None:
    lines = ("Fit", "Fit Selection", "Zoom to Fit", "Outfit", "Filter It")
    assert best("fit", *lines) == list(lines)


def test_every_word_has_to_be_found_in_any_order() -> None:
    assert best("svg export", "Export Diagram as SVG", "Export Diagram as PNG") == ["Export Diagram as SVG"]
    assert best("dark zzz", "Theme: Dark") == []


def test_letters_in_order_find_a_word_but_not_scattered_over_a_long_line() -> None:
    assert score("dns", "Dense") is not None
    assert score("dns", "Drag an Input from the left side") is None
    assert score("sne", "Dense") is None


@pytest.mark.parametrize(("text", "kind"), [("fc", "dense"), ("bn", "batch_norm"), ("drop", "dropout"),
                                            ("RELU", "relu"), ("lstm", "lstm"), ("gap", "global_average_pool2d")])
def test_the_usual_names_find_their_layer(text: str, kind: str) -> None:
    assert kind in layers(text)[:3]


def test_no_text_is_answered_by_everything_and_the_score_is_never_zero() -> None:
    assert score("", "Anything") is not None
    assert (score("x", "a" * 500 + "x") or 0) > 0


@pytest.mark.parametrize(("text", "kind"), [("lienar", "dense"), ("desne", "dense"), ("dropuot", "dropout"),
                                            ("sogmoid", "sigmoid"), ("flatetn", "flatten")])
def test_one_slip_of_the_fingers_is_forgiven(text: str, kind: str) -> None:
    assert kind in layers(text)


def test_what_is_forgiven_comes_last_and_short_words_are_not_guessed_at() -> None:
    assert best("form", "Farm", "Form", "Platform") == ["Form", "Platform", "Farm"]
    assert score("gleu", "Dense") is None
    assert score("gru", "GLU") is None
    assert score("relu", "GELU") is None
