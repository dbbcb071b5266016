"""Wires pulse with the size of the signal while training runs, if that is wanted."""
from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPointF

from core.graph import edits
from core.io import examples
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.probes.signals import Signals as Answer
from core.train.request import Request
from core.train.session import Session
from gui import motion
from gui.canvas.signals import LINES, Signals
from gui.canvas.signals_item import APART, STEP, Track, level
from gui.main_window import MainWindow


@pytest.fixture
def signals(window: MainWindow) -> Signals:
    window.context.history.restart(examples.load("spiral"))
    return window.canvas.canvas_scene.companion(Signals)


def asked(signals: Signals) -> tuple[Request, ...]:
    """What is asked of a run for all that is in the scene."""
    return signals.requests(signals.scene.sceneRect(), 1.0)


def run(signals: Signals) -> Answer:
    """As if training ran and had answered."""
    trainer = signals.scene.context.trainer
    trainer.state = "running"
    request, = asked(signals)
    found = answer(Session(signals.scene.context.document), request)
    trainer.told.emit(Snapshot(1, 0, 0, {request: found}, 0.0))
    signals.tick()
    assert isinstance(found, Answer)
    return found


def test_turned_off_nothing_is_asked_and_nothing_is_drawn(signals: Signals) -> None:
    signals.scene.context.trainer.state = "running"
    assert signals.direction == "off"
    assert asked(signals) == ()
    signals.tick()
    assert signals.item is None


def test_while_nothing_runs_nothing_is_asked_and_nothing_is_drawn(signals: Signals) -> None:
    signals.choose("forward")
    assert asked(signals) == ()
    run(signals)
    assert signals.item is not None
    signals.scene.context.trainer.state = "paused"
    signals.tick()
    assert signals.item is None
    assert asked(signals) == ()


def test_every_wire_is_as_strong_as_the_signal_of_its_source(signals: Signals) -> None:
    signals.choose("forward")
    found = run(signals)
    assert signals.item is not None
    assert len(signals.item.tracks) == len(signals.scene.wires)
    for edge, track in zip(signals.scene.wires, signals.item.tracks, strict=True):
        share = found.sizes[edge.source] / max(found.sizes.values())
        assert track.level == pytest.approx(1 + math.log10(share) / 3)


def test_backward_dots_start_at_the_target_and_the_input_gets_no_gradient(signals: Signals) -> None:
    signals.choose("backward")
    found = run(signals)
    assert signals.item is not None
    wires = [(edge, wire) for edge, wire in signals.scene.wires.items() if found.sizes.get(edge.source)]
    assert len(wires) == len(signals.item.tracks) < len(signals.scene.wires)
    for (_, wire), track in zip(wires, signals.item.tracks, strict=True):
        assert (track.points[0] - wire.end).manhattanLength() < 1
        assert (track.points[-1] - wire.start).manhattanLength() < 1


def test_a_hovered_wire_says_its_number(signals: Signals) -> None:
    signals.choose("forward")
    edge, wire = next(iter(signals.scene.wires.items()))
    wire.mark(hovered=True)
    found = run(signals)
    assert signals.item is not None
    assert signals.item.tracks[0].legend == f"rms {found.sizes[edge.source]:.4f}"
    assert not any(track.legend for track in signals.item.tracks[1:])


def test_with_reduced_motion_nothing_moves(signals: Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "reduced", lambda: True)
    signals.choose("forward")
    run(signals)
    assert signals.item is not None
    assert signals.item.still
    before = signals.item.travelled
    signals.tick()
    assert signals.item.travelled == before


def test_with_motion_the_dots_travel(signals: Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "reduced", lambda: False)
    signals.choose("forward")
    run(signals)
    assert signals.item is not None
    before = signals.item.travelled
    signals.tick()
    assert signals.item.travelled > before


def test_dots_can_never_be_hit(signals: Signals) -> None:
    signals.choose("forward")
    run(signals)
    wire = next(iter(signals.scene.wires.values()))
    assert signals.item not in signals.scene.items(wire.point_near_end(20, True))


def test_the_menu_chooses_and_the_choice_is_remembered(window: MainWindow, signals: Signals) -> None:
    menu = window.submenus["view.signals"]
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions()]
    assert names == ["Off", "Forward", "Backward"]
    menu.actions()[2].trigger()
    assert window.context.settings.signals == "backward"
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()] == [False, False, True]


def test_the_request_names_the_direction(signals: Signals) -> None:
    signals.choose("backward")
    signals.scene.context.trainer.state = "running"
    assert asked(signals) == (Request.of("signals", direction="backward"),)


@pytest.mark.parametrize(("size", "expected"), [(1.0, 1.0), (0.1, 2 / 3), (0.001, 0.0), (0.0, 0.0), (math.nan, 0.0),
                                                (1e-9, 0.0)])
def test_strength_is_logarithmic_over_three_decades(size: float, expected: float) -> None:
    assert level(size, 1.0) == pytest.approx(expected)


def test_dots_keep_their_distance_and_stay_on_the_way() -> None:
    track = Track(tuple(QPointF(STEP * place, 0) for place in range(101)), 1.0)
    for travelled in (0.0, 10.0, APART - 1, 1000.0):
        places = [dot.x() for dot in track.dots(travelled)]
        assert places
        assert places[0] == pytest.approx(travelled % APART, abs=STEP)
        assert all(0 <= place <= 300 for place in places)
        for near, far in itertools.pairwise(places):
            assert far - near == pytest.approx(APART, abs=STEP)


def test_between_neurons_the_strongest_lines_carry_the_dots(window: MainWindow) -> None:
    document = examples.load("spiral")
    for name in document.nodes:
        document = edits.show_neurons(document, name, True)
    window.context.history.restart(document)
    signals = window.canvas.canvas_scene.companion(Signals)
    signals.choose("forward")
    run(signals)
    assert signals.item is not None
    bundles = signals.scene.neurons.bundles
    wires = {edge: wire for edge, wire in signals.scene.wires.items() if not wire.shown}
    assert wires
    assert wires.keys() == bundles.keys()
    expected = sum(min(LINES, len(bundles[edge].rails.pairs)) for edge in wires)
    assert len(signals.item.tracks) == expected + len(signals.scene.wires) - len(wires)
    bundle = next(bundle for bundle in bundles.values() if len(bundle.rails.pairs) > LINES)
    shares = [(-1.0) ** line * line / 100 for line in range(len(bundle.rails.pairs))]
    bundle.show_shares(shares)
    assert set(bundle.strongest(LINES)) == set(range(len(shares) - LINES, len(shares)))
