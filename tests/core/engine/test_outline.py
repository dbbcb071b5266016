"""The table of the layers: its numbers are those of the network."""
from __future__ import annotations

import re

import pytest

from core.engine.cost import costs
from core.engine.network import Network
from core.engine.outline import Outline, as_markdown, as_text, outline
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document
from core.io import examples
from tests.core._build import chain, dense


def table_of(doc: Document) -> Outline:
    report = check(doc)
    return outline(doc, report, costs(doc, report))


def small_cnn() -> Document:
    """8 x 8 pictures through 4 filters of 3 x 3, a pool and a Dense layer."""
    return chain(("reshape", {"target": [8, 8, 1]}), ("conv2d", {"filters": 4, "kernel_size": [3]}), "relu",
                 "max_pool2d", "flatten", dense(10), "softmax", loss="sparse_categorical_crossentropy", source="digits")


@pytest.mark.parametrize("name", ["xor-mlp", "digits-mlp", "brackets-lstm", "transformer-parts", "autoencoder", "gan"])
def test_the_totals_are_those_of_the_network(name: str) -> None:
    doc = examples.load(name)
    table, network = table_of(doc), Network(doc, check(doc))
    assert table.parameters == network.parameters
    assert table.operations == network.flops
    assert {line.node for line in table.lines} == {unit.id for unit in network.units}
    for line in table.lines:
        assert line.parameters == sum(array.size for array in network.weights[line.node].values())


def test_a_small_cnn_has_the_numbers_that_one_counts_by_hand() -> None:
    lines = {line.node: line for line in table_of(small_cnn()).lines}
    conv, pool, last = lines["conv2d"], lines["max_pool2d"], lines["dense"]
    assert (conv.shape, conv.parameters, conv.operations) == ((6, 6, 4), 3 * 3 * 1 * 4 + 4, 6 * 6 * 4 * 3 * 3)
    assert (pool.shape, pool.parameters) == ((3, 3, 4), 0)
    assert (last.shape, last.parameters, last.operations) == ((10,), 36 * 10 + 10, 36 * 10)
    assert conv.memory == 4 * 6 * 6 * 4
    # These hand on what they get.
    assert lines["flatten"].memory == lines["reshape"].memory == lines["output"].memory == 0


def test_frozen_weights_are_counted_apart() -> None:
    table = table_of(edits.freeze(examples.load("xor-mlp"), "hidden", True))
    assert (table.parameters, table.trained) == (17, 5)


def test_a_network_with_problems_shows_what_is_known() -> None:
    doc = edits.disconnect(examples.load("xor-mlp"), [edge for edge in examples.load("xor-mlp").edges
                                                      if edge.target == "hidden"])
    assert all(line.shape for line in table_of(doc).lines)


def test_the_text_is_aligned_and_names_the_totals() -> None:
    text = as_text(table_of(small_cnn()))
    lines = text.splitlines()
    table = lines[: lines.index(lines[1], 2)]
    assert len({line.find("Conv2D") for line in table if "Conv2D" in line}) == 1
    numbers = [re.search(r"\d[\d,]*$", line) for line in table[2:]]
    assert len({match.end() for match in numbers if match}) == 1
    assert "Total parameters: 410" in text
    assert "Trained: 410, frozen: 0" in text


def test_the_markdown_has_a_row_of_equal_length_for_every_layer() -> None:
    found = table_of(small_cnn())
    rows = [line for line in as_markdown(found).splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(found.lines)
    assert {row.count("|") for row in rows} == {6}
    assert "| conv2d | Conv2D | (6, 6, 4) | 40 | 1,296 |" in rows
