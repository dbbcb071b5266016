"""What a form says about its layer is read by people, not by programs."""
from __future__ import annotations

import pytest

from core.layers import LAYERS
from gui.forms.node_form import explanation


@pytest.mark.parametrize("kind", LAYERS)
def test_the_explanation_of_a_layer_is_plain_text(kind: str) -> None:
    text = explanation(LAYERS[kind])
    assert text
    assert not {"`", "\n"} & set(text)


def test_the_explanation_of_a_layer_names_its_parameters() -> None:
    assert "with probability rate" in explanation(LAYERS["dropout"])
