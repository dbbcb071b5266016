"""Fragments as text, as they come back from a mail."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from core.errors import FormatError
from core.graph import clip, edits
from core.graph.document import Document, Note
from core.io import documents, fragments
from tests.core.graph.test_clip import network


def fragment() -> Document:
    document = edits.rename(network(), "hidden", 'Wide "hidden" layer with a long name { }')
    note = Note("note", "A note\nof two lines, and a backslash \\", (0, 100))
    return clip.copied(replace(document, notes=MappingProxyType({"note": note})), ["hidden", "relu", "add"], ["note"])


def same(one: Document, other: Document) -> bool:
    """Equal but for data and training, which a fragment has none of."""
    return replace(one, data=other.data, training=other.training) == other


def test_a_fragment_survives_as_text() -> None:
    assert same(fragments.from_text(fragments.to_text(fragment())), fragment())


def test_the_text_of_a_fragment_can_be_opened_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "fragment.json"
    file.write_text(fragments.to_text(fragment()), "utf-8")
    assert same(documents.read(file), fragment())


def test_a_fragment_survives_being_quoted_in_a_mail() -> None:
    quoted = "\r\n".join(f">> {line}" for line in fragments.to_text(fragment()).splitlines())
    mail = f"Hello {{you}},\r\nhere it is:\r\n{quoted}\r\n\r\nIt has {{braces}} and a \" too.\r\n"
    assert same(fragments.from_text(mail), fragment())


@pytest.mark.parametrize("mark", ["", "> "])
def test_a_fragment_survives_wrapped_lines(mark: str) -> None:
    text = fragments.to_text(fragment())
    wrapped = text.replace("hidden\\\" layer with", f"hidden\\\"\n{mark}layer\n{mark}with")
    assert wrapped != text
    assert same(fragments.from_text(wrapped), fragment())


def test_a_fragment_survives_spaces_that_do_not_break() -> None:
    assert same(fragments.from_text(fragments.to_text(fragment()).replace("    ", "\u00a0 \u00a0 ")), fragment())


@pytest.mark.parametrize(("text", "words"), [
    ("", "There are no layers in the clipboard."),
    ("just words", "There are no layers in the clipboard."),
    ("{}", "not a Layerloom network"),
    ('{"format": "layerloom", "version": 1, "nodes": {"a"', "not a Layerloom network"),
    ('> {"format": "layerloom", "version": 1, "nodes": 7}', "nodes: an object in braces, got 7."),
    ('{"format": ' + "[" * 100_000, "nested too deeply"),
])
def test_bad_text_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        fragments.from_text(text)
    assert words in caught.value.problem.message
    assert "\n" not in caught.value.problem.message
