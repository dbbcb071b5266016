"""What nodes cost, before anything is made."""
from __future__ import annotations

from dataclasses import replace

import pytest

from core.engine import cost
from core.engine.cost import FREE, costs
from core.engine.network import Network
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Edge, Node
from core.io import examples
from tests.core._build import chain, dense


def wide() -> Document:
    return chain(dense(8), "relu", dense(3), "sigmoid", dense(1))


@pytest.mark.parametrize("name", list(examples.EXAMPLES))
def test_the_sums_are_those_of_the_network(name: str) -> None:
    doc = examples.load(name)
    report = check(doc)
    found, network = costs(doc, report), Network(doc, report)
    assert (found.parameters, found.operations) == (network.parameters, network.flops)
    assert sum(found.share(node) for node in doc.nodes) == pytest.approx(1.0)


def test_a_layer_has_its_weights_and_its_multiply_adds() -> None:
    doc = wide()
    found = costs(doc, check(doc))
    assert found.of("dense") == cost.Cost(2 * 8 + 8, 2 * 8)
    assert found.of("relu") == FREE
    assert found.share("dense") == 16 / (16 + 24 + 3)


def test_a_node_without_a_shape_costs_nothing_yet() -> None:
    doc = edits.disconnect(wide(), [Edge("input", "dense")])
    assert costs(doc, check(doc)).of("dense") == FREE


def test_what_leads_nowhere_has_parameters_but_no_share() -> None:
    doc = edits.connect(edits.add_node(wide(), Node("aside", "dense", {"units": 5})), Edge("input", "aside"))
    found = costs(doc, check(doc))
    assert found.of("aside").parameters == 15
    assert found.share("aside") == 0.0
    assert found.parameters == costs(wide(), check(wide())).parameters


def test_a_bypassed_node_costs_nothing() -> None:
    doc = edits.bypass(wide(), "dense", True)
    assert costs(doc, check(doc)).of("dense") == FREE


def test_only_what_an_edit_changed_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = wide()
    before = costs(doc, check(doc))
    counted: list[str] = []
    count = cost.count_weights
    monkeypatch.setattr(cost, "count_weights", lambda layer, *shapes: counted.append(layer.units)
                        or count(layer, *shapes))
    moved = edits.move(doc, {"dense": (40.0, 40.0)})
    assert costs(moved, check(moved), before) == before
    assert counted == []
    edited = edits.set_params(doc, "dense", {"units": 9})
    after = costs(edited, check(edited), before)
    # The layer itself, and the one that it feeds.
    assert counted == [9, 3]
    assert after == costs(edited, check(edited))


def test_another_kind_under_the_same_id_is_counted_anew() -> None:
    doc = wide()
    before = costs(doc, check(doc))
    other = replace(doc.nodes["relu"], kind="prelu", params=doc.nodes["relu"].params)
    changed = replace(doc, nodes={**doc.nodes, "relu": other})
    assert costs(changed, check(changed), before).of("relu").parameters > 0


def test_weights_that_no_memory_holds_stop_nobody() -> None:
    doc = chain(("reshape", {"target": [1, 1, 2]}), *[("up_sampling2d", {"size": [64, 64]})] * 4, "flatten",
                dense(65_536, initializer="zeros"), dense(1))
    found = costs(doc, check(doc))
    assert found.of("dense") == cost.Cost(0, 2 * 64**8 * 65_536)
