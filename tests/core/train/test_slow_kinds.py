"""Slow motion tells of every kind of layer what the engine computes."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from core.engine.tape import Tape
from core.errors import GraphError
from core.layers import Layer
from core.train.plates import plates
from core.train.session import Session
from core.train.slow import slow_step
from core.train.told import Place
from tests.core.engine._graphs import Graph, graphs, kinds
from tests.core.layers._bench import name_of

SAMPLES = 7


def ready(graph: Graph) -> Session | None:
    """A session in the middle of an epoch, after one step; None if nothing in it can learn."""
    try:
        session = Session(graph.doc, parts=graph.parts(SAMPLES))
    except GraphError:
        return None
    session.rule.begin_epoch()
    with np.errstate(all="ignore"):
        session.rule.step(0)
    session.batch = session.step = 1
    return session


@pytest.mark.parametrize("kind", kinds(), ids=name_of)
def test_a_slow_step_tells_what_a_tape_has_seen(kind: type[Layer]) -> None:
    seen: list[str] = []

    @settings(max_examples=4)
    @given(graph=graphs(kind))
    def told_as_seen(graph: Graph) -> None:
        session, twin = ready(graph), ready(graph)
        if session is None or twin is None:
            return
        step, loss = slow_step(session)
        (told,) = step.turns
        network, n = twin.network, twin.rule.minibatches[1].n  # type: ignore[attr-defined]
        tape = Tape(network, n, part=network.parts_of(n)[0][0])
        order = twin.rule._order[twin.rule.size : twin.rule.size + n]  # type: ignore[attr-defined]
        tape.fill(twin.parts.train.x[order], [target[order] for target in network.targets(twin.parts.train.y)])
        np.testing.assert_equal(tape.run(), loss)
        ways = [(place.way, place.node) for place in step.places]
        assert [node for way, node in ways if way == "forward"] == [unit.id for unit in network.units]
        assert {node for way, node in ways if way == "backward"} == tape.slopes.keys() == told.slopes.keys()
        for node, slope in tape.slopes.items():
            np.testing.assert_array_equal(told.slopes[node], slope[: told.kept])
        for node, held in told.gradients.items():
            for name, gradient in held.items():
                np.testing.assert_array_equal(gradient, tape.gradients[node][name])
        # A way forward by itself: the way back may write where the outputs were.
        again = ready(graph)
        assert again is not None
        forward = Tape(again.network, n, part=again.network.parts_of(n)[0][0])
        forward.fill(twin.parts.train.x[order], [target[order] for target in network.targets(twin.parts.train.y)])
        for stop in forward.stops():
            if stop.way == "backward":
                break
        for node, value in forward.values.items():
            np.testing.assert_array_equal(told.values[node], value[: told.kept])
        for unit in network.units:
            if unit.layer.info.kind == kind.info.kind:
                seen.append(unit.id)
                assert Place("forward", unit.id) in step.places
                if told.weights.get(unit.id) and not unit.frozen:
                    assert told.gradients[unit.id].keys() == told.weights[unit.id].keys()
        for place in step.places:
            tables = plates(step, place, 0, None)
            assert tables, place
            assert all(plate.table.ndim == 2 and plate.table.size for plate in tables)

    told_as_seen()
    assert seen, f"no network had a {kind.info.title}"
