"""The words on a card."""
from __future__ import annotations

from dataclasses import replace

import pytest

from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Node
from core.layers import LAYERS
from gui.canvas.card import CardText, fit_text
from gui.canvas.ink import Ink
from gui.canvas.look import NodeLook, look_of, plain_look
from gui.theme.palette import Theme
from tests.gui.canvas.conftest import chain


def look(document: Document, name: str) -> NodeLook:
    report = check(document)
    return look_of(document.nodes[name], document, report, report.of(name))


def test_a_card_shows_the_parameter_that_matters_and_the_output_shape() -> None:
    shown = look(edits.set_params(chain(), "dense", {"units": 7}), "dense")
    assert (shown.title, shown.detail, shown.shape) == ("Dense", "units 7", "(7)")


def test_an_output_names_its_loss_and_has_no_output_port() -> None:
    shown = look(chain(), "output")
    assert shown.detail == "Mean squared error"
    assert not shown.output


def test_an_input_names_its_data_and_has_no_input_port() -> None:
    shown = look(edits.set_data(chain(), {"source": "circle"}), "input")
    assert shown.detail == "Circle"
    assert shown.inputs == ()


def test_a_title_of_its_own_replaces_that_of_the_kind() -> None:
    assert look(edits.rename(chain(), "dense", "Hidden"), "dense").title == "Hidden"


def test_an_unknown_kind_is_shown_by_its_id_with_its_problem() -> None:
    document = chain()
    odd = Node("odd", "conv9d", {"size": 3})
    shown = look(replace(document, nodes={**document.nodes, "odd": odd}), "odd")
    assert (shown.title, shown.known, shown.severity) == ("conv9d", False, "error")


def test_an_input_port_that_is_open_is_troubled() -> None:
    shown = look(chain(), "output")
    assert shown.troubled_ports == {"x"}
    assert shown.spoken == "Output, Mean squared error, 1 problem"


@pytest.mark.parametrize("kind", list(LAYERS))
def test_every_kind_can_be_shown_before_it_is_on_the_canvas(kind: str, theme: Theme) -> None:
    shown = plain_look(kind)
    text = fit_text(shown, Ink(theme.tokens))
    assert text.title == shown.title
    assert len(shown.inputs) == len(LAYERS[kind].inputs)


def test_words_that_do_not_fit_are_shortened(theme: Theme) -> None:
    shown = replace(plain_look("dense"), title="A very long title " * 4, detail="units " * 20, shape="(4)")
    text: CardText = fit_text(shown, Ink(theme.tokens))
    assert text.title.endswith("…")
    assert text.detail.endswith("…")


def test_a_summary_stands_in_for_the_detail_only_if_all_of_it_fits(theme: Theme) -> None:
    ink, shown = Ink(theme.tokens), plain_look("sigmoid")
    assert fit_text(shown, ink).detail == shown.summary
    assert fit_text(replace(shown, summary="word " * 30), ink).detail == ""
