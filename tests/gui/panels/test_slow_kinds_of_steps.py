"""Slow motion at the real window: adversaries, the perceptron, optimizers that remember, several outputs."""
from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.params import Kind
from core.train.told import Place
from gui.canvas.spotlight import Spotlight
from gui.main_window import MainWindow
from gui.panels.slow import SlowPanel
from tests.gui.panels.test_slow import panel_of


def found(window: MainWindow, way: str, node: str = "", turn: int = 0) -> int:
    """The number of the first such place."""
    told = window.context.slow.told
    assert told is not None
    return next(number for number, place in enumerate(told.places)
                if (place.way, place.turn) == (way, turn) and node in ("", place.node))


def at(window: MainWindow, panel: SlowPanel, way: str, node: str = "", turn: int = 0) -> str:
    """Go there; what the panel says."""
    window.context.slow.go(found(window, way, node, turn))
    return f"{panel.head.text()} {panel.text.text()}"


def again(window: MainWindow, panel: SlowPanel, qtbot: QtBot) -> None:
    """One more slow step, of the network as it is now."""
    qtbot.waitUntil(lambda: window.context.trainer.state in ("ready", "paused"), timeout=10_000)
    window.context.slow.clear()
    panel.step.click()
    qtbot.waitUntil(lambda: window.context.slow.told is not None, timeout=10_000)
    qtbot.waitUntil(lambda: window.context.trainer.state == "paused", timeout=10_000)


def test_both_sides_of_two_adversaries_are_walked_through(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "gan")
    assert "Discriminator, real" in at(window, panel, "loss", turn=0)
    assert "Discriminator, generated" in at(window, panel, "backward", turn=1)
    assert "The other pass changes the gradient" in at(window, panel, "gradient", turn=1)
    assert "Generator" in at(window, panel, "update", turn=2)
    assert "Its weights stay as they are" in at(window, panel, "backward", "discriminator", turn=2)
    told = window.context.slow.told
    assert told is not None
    weights = window.context.trainer.weights()
    assert weights is not None
    window.context.slow.go(found(window, "update", "made", 2))
    assert np.array_equal(panel.plates()[2].table, weights["made.W"])


def test_a_turn_begins_with_a_clean_canvas(window: MainWindow, qtbot: QtBot) -> None:
    panel_of(window, qtbot, "gan")
    chips = window.canvas.canvas_scene.companion(Spotlight).chips
    window.context.slow.go(found(window, "loss", turn=0))
    assert "input" in chips
    window.context.slow.go(found(window, "forward", "noise", 1))
    assert list(chips) == ["noise"]


def test_the_perceptron_says_that_it_knows_no_gradient(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot, "perceptron-and")
    assert "1 of 4 samples wrong" in at(window, panel, "loss")
    assert "No gradient in this rule: a wrong sample adds" in at(window, panel, "correction")
    told, motion = window.context.slow.told, window.context.slow
    assert told is not None
    errors = told.turns[0].errors
    assert errors is not None
    assert motion.sample == int(np.flatnonzero(errors)[0])
    motion.follow(motion.sample + 1)
    assert "right and changes nothing" in panel.text.text()
    assert not panel.plates()[2].table.any()


def test_what_an_optimizer_is_given_and_remembers_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot)
    window.context.edit("Training", lambda doc: edits.set_training(
        doc, {"optimizer": Kind("adam"), "l2": 0.1, "clip_norm": 0.01}))
    again(window, panel, qtbot)
    assert "L2 and clipping change the gradient before the step; over all nodes it is 0.0100 long" in at(
        window, panel, "gradient")
    assert [one.caption.split("  ")[0] for one in panel.tables.shown[:3]] == ["dL/d W", "with L2", "shortened"]
    assert "Adam takes the gradient into what it remembers" in at(window, panel, "memory")
    _, before, after = (plate.table for plate in panel.plates()[:3])
    assert not before.any()
    np.testing.assert_allclose(after, 0.1 * panel.plates()[0].table, rtol=1e-5)
    assert "Adam moves every weight by what it remembers" in at(window, panel, "update")


def test_each_output_has_its_loss(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot)

    def second(doc: Document) -> Document:
        doc = edits.add_node(doc, Node("more", "dense", {"units": 1}, title="More"))
        doc = edits.add_node(doc, Node("aside", "output", {"loss": Kind("mse")}, title="Aside"))
        return edits.connect(edits.connect(doc, Edge("hidden", "more")), Edge("more", "aside"))

    window.context.edit("Second output", second)
    again(window, panel, qtbot)
    said = at(window, panel, "loss", "aside")
    assert "the loss of Aside" in said
    assert "at all outputs together" in said
    told = window.context.slow.told
    assert told is not None
    assert Place("loss", "output") in told.places


def test_what_is_frozen_or_bypassed_says_so(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window, qtbot)
    window.context.edit("Both", lambda doc: edits.bypass(edits.freeze(doc, "decision", True), "hidden_sigmoid", True))
    again(window, panel, qtbot)
    assert "is bypassed: it hands its first input on" in at(window, panel, "forward", "hidden_sigmoid")
    given, out = (plate.table for plate in panel.plates())
    assert np.array_equal(given, out)
    assert "Its weights stay as they are" in at(window, panel, "backward", "decision")
    assert [plate.caption for plate in panel.plates()] == ["dL/d out", "dL/d in"]
    told = window.context.slow.told
    assert told is not None
    assert {place.node for place in told.places if place.way == "update"} == {"hidden"}


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)], ids=str)
def test_tables_and_their_names_stay_inside_the_panel(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    panel = panel_of(window, qtbot, "gan")
    told = window.context.slow.told
    assert told is not None
    for number in range(len(told.places)):
        window.context.slow.go(number)
        for box in panel.tables.boxes():
            assert box.right() <= panel.tables.width()
            assert box.bottom() <= panel.tables.height()
