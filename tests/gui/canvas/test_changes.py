"""Composite changes and their names."""
from __future__ import annotations

from PySide6.QtCore import QRectF

from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge
from gui.canvas import changes, geometry, wiring
from gui.canvas.look import look_of
from tests.gui.canvas.conftest import chain


def test_a_layer_added_after_another_is_wired_to_it_in_the_same_change() -> None:
    change = changes.add("relu", "relu", (0, 0), "sigmoid")
    assert change.label == "Add ReLU"
    assert Edge("sigmoid", "relu") in change.apply(chain()).edges


def test_a_layer_added_after_the_output_is_not_wired() -> None:
    after = changes.add("relu", "relu", (0, 0), "output").apply(chain())
    assert after.edges == chain().edges


def test_an_input_added_after_a_layer_is_not_wired() -> None:
    after = changes.add("input_2", "input", (0, 0), "dense").apply(chain())
    assert after.edges == chain().edges


def test_the_place_after_a_node_is_to_its_right_and_free() -> None:
    x, y = changes.place_after(chain(), "relu", "dense", check(chain()))
    assert x == 224 + geometry.WIDTH + geometry.GAP
    assert y > 0
    assert changes.place_after(edits.empty(), "relu", None, check(edits.empty())) == (0, 0)


def test_the_place_after_a_node_drawn_as_neurons_is_clear_of_all_of_them() -> None:
    document = edits.show_neurons(edits.set_params(chain(), "dense", {"units": 40}), "dense", True)
    document = edits.move(document, {"output": (-20, 200), "sigmoid": (2000, 0)})
    place = changes.place_after(document, "relu", "output", check(document))
    shown = look_of(document.nodes["dense"], document, check(document))
    assert shown.column is not None
    height = geometry.card_height(1) + shown.column.height
    neurons = QRectF(224, 0, shown.width, height)
    assert geometry.card_rect(-20 + geometry.WIDTH + geometry.GAP, 200).intersects(neurons)
    assert not geometry.card_rect(*place).intersects(neurons)


def test_labels_say_what_was_done_in_the_words_of_the_canvas() -> None:
    document = edits.rename(chain(), "dense", "Hidden")
    assert changes.connect(document, Edge("sigmoid", "output")).label == "Connect Sigmoid to Output"
    assert changes.disconnect(document, Edge("input", "dense")).label == "Disconnect Input from Hidden"
    assert changes.move(document, {"dense": (0, 0)}).label == "Move Hidden"
    assert changes.move(document, {"dense": (0, 0), "input": (8, 0)}).label == "Move 2 nodes"
    assert changes.delete(document, ["sigmoid"], []).label == "Delete Sigmoid"
    assert changes.delete(document, [], document.edges).label == "Delete 2 wires"
    assert changes.freeze(document, ["dense"], True).label == "Freeze Hidden"


def test_deleting_a_node_together_with_a_wire_at_it_is_one_change() -> None:
    after = changes.delete(chain(), ["dense"], [Edge("input", "dense")]).apply(chain())
    assert after.nodes.keys() == {"input", "sigmoid", "output"}
    assert not after.edges


def test_moving_the_end_of_a_wire_takes_the_old_one_away() -> None:
    change = wiring.reconnect(chain(), Edge("dense", "sigmoid"), Edge("dense", "output"))
    assert change.apply(chain()).edges == {Edge("input", "dense"), Edge("dense", "output")}
