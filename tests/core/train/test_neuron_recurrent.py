"""One unit of a recurrent layer at one step, against a walk written out here and against differences."""
from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.train.probes import answer
from core.train.probes.neuron import Inside, Neuron
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

STEP, TIME, UNITS = 1e-6, 5, 3
CASES = [(kind, options) for kind in ("lstm", "gru", "simple_rnn")
         for options in ({}, {"return_sequences": True}, {"bidirectional": True, "return_sequences": True},
                         {"bidirectional": True}, {"masked": True}, {"masked": True, "return_sequences": True})]
CASES.append(("simple_rnn", {"activation": "relu"}))
Bump = Callable[[str, int], float]


def moving(name: str, t: int, by: float) -> Bump:
    return lambda one, step: by if (one, step) == (name, t) else 0.0


def no_bump(name: str, t: int) -> float:
    return 0.0


def made(kind: str, options: dict[str, Any]) -> Session:
    """Five steps of two numbers each; steps 2 and 5 are padding where that is skipped."""
    tail = ("flatten",) if options.get("return_sequences") else ()
    doc = chain(dense(2 * TIME), ("reshape", {"target": [TIME, 2]}), (kind, {"units": UNITS, **options}), *tail,
                dense(1), source="moons")
    session = Session(doc, dtype=np.float64)
    rng = np.random.default_rng(3)
    for unit in session.network.units:
        for array in session.network.weights[unit.id].values():
            array[...] = rng.normal(size=array.shape)
    if options.get("masked"):
        for t in (1, 4):
            session.network.weights["dense"]["W"][:, 2 * t : 2 * t + 2] = 0.0
            session.network.weights["dense"]["b"][2 * t : 2 * t + 2] = 0.0
    return session


def sigmoid(z: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-z))


def walk(session: Session, kind: str, x: Any, back: bool, unit: int, bump: Bump) -> tuple[Any, dict[str, Any]]:
    """The states of one direction in the order of the sequence, and every number of `unit` by name and position.

    `bump` is added to a number of `unit` as soon as it is computed."""
    name = next(node.id for node in session.network.units if node.layer.info.kind == kind)
    own = "_back" if back else ""
    W, U, b = (session.network.weights[name][f"{letter}{own}"] for letter in "WUb")
    masked = session.document.nodes[name].params.get("masked", False)
    h, c, one = np.zeros(UNITS), np.zeros(UNITS), np.eye(UNITS)[unit]
    states, seen = np.zeros((TIME, UNITS)), {}
    for t in reversed(range(TIME)) if back else range(TIME):
        def note(name: str, value: Any, t: int = t) -> Any:
            value = value + one * bump(name, t)
            seen[name, t] = value[unit]
            return value

        def gates(sums: Any) -> list[Any]:
            return np.split(sums, len(sums) // UNITS)

        if not (masked and not x[t].any()):
            if kind == "simple_rnn":
                total = note("sum", x[t] @ W + h @ U + b)
                relu = session.document.nodes[name].params.get("activation") == "relu"
                h = note("h", np.maximum(total, 0) if relu else np.tanh(total))
            elif kind == "lstm":
                i, f, g, o = gates(x[t] @ W + h @ U + b)
                i, f, o = (note(n, sigmoid(note(f"sum {n}", z))) for n, z in (("i", i), ("f", f), ("o", o)))
                g = note("g", np.tanh(note("sum g", g)))
                c = note("c", f * note("c before", c) + i * g)
                h = note("h", o * np.tanh(c))
            else:
                p, q = gates(x[t] @ W + b[0]), gates(h @ U + b[1])
                z, r = (note(n, sigmoid(note(f"sum {n}", p[k] + q[k]))) for k, n in enumerate("zr"))
                recalled = note("q", q[2])
                n = note("n", np.tanh(note("p", p[2] + r * recalled)))
                h = note("h", z * h + (1 - z) * n)
        else:
            h = note("h", h)
        states[t] = h
    return states, seen


def run(session: Session, kind: str, number: int, bump: Bump = no_bump) -> tuple[float, dict[str, Any]]:
    """The loss of the first sample, and the numbers of a unit."""
    params = next(node.params for node in session.document.nodes.values() if node.kind == kind)
    x, y = session.parts.train.x[0].astype(np.float64), float(session.parts.train.y[0])
    first, last = (session.network.weights[name] for name in ("dense", "dense_2"))
    x = (x @ first["W"] + first["b"]).reshape(TIME, 2)
    states, numbers = [], {}
    for back in (False, True) if params.get("bidirectional") else (False,):
        own = (number >= UNITS) == back
        found, seen = walk(session, kind, x, back, number % UNITS, bump if own else no_bump)
        states.append(found)
        numbers = seen if own else numbers
    if params.get("return_sequences"):
        given = np.concatenate(states, axis=1)
        if params.get("masked"):
            given = given * x.any(axis=1)[:, None]
    else:
        given = np.concatenate([found[0 if back else -1] for back, found in enumerate(states)])
    out = given.reshape(-1) @ last["W"] + last["b"]
    return float((out[0] - y) ** 2), numbers


def ask(session: Session, kind: str, number: int, step: int) -> Neuron:
    found = answer(session, Request.of("neuron", node=kind, number=number, step=step))
    assert isinstance(found, Neuron)
    return found


def told(found: Neuron) -> Inside:
    assert found.inside is not None
    return found.inside


def named(lines: Any) -> dict[str, float]:
    """The numbers by name; those of a gate carry the name of what stands above them."""
    numbers: dict[str, float] = {}
    last = ""
    for line in lines:
        if line.role == "title":
            last = line.name.split()[-1] + " "
        else:
            numbers[(last if line.name in ("Sum", "dL/dsum") else "") + line.name] = line.value
    return numbers


def way_back(found: Neuron) -> dict[str, float]:
    inside = told(found)
    return {"dL/dh": found.behind.slope_z} | named((*inside.joined, *inside.back))


def numbers_of(options: dict[str, Any]) -> list[int]:
    return [1, UNITS + 2] if options.get("bidirectional") else [1]


@pytest.mark.parametrize(("kind", "options"), CASES)
def test_every_number_is_that_of_the_walk_written_out(kind: str, options: dict[str, Any]) -> None:
    session = made(kind, options)
    for number in numbers_of(options):
        _, seen = run(session, kind, number)
        for t in range(TIME):
            found = ask(session, kind, number, t)
            inside = told(found)
            assert (found.step, found.steps) == (t, TIME)
            assert inside.value == pytest.approx(seen["h", t], rel=1e-9)
            numbers = named(inside.forward)
            for name in ("i", "f", "g", "o", "c", "z", "r", "n", "h"):
                if (name, t) in seen:
                    assert numbers[name] == pytest.approx(seen[name, t], rel=1e-9)
                if (f"sum {name}", t) in seen:
                    assert numbers[f"{name} Sum"] == pytest.approx(seen[f"sum {name}", t], rel=1e-9)


@pytest.mark.parametrize(("kind", "options"), CASES)
def test_every_gradient_agrees_with_a_difference(kind: str, options: dict[str, Any]) -> None:
    session = made(kind, options)
    for number in numbers_of(options):
        for t in range(TIME):
            back = way_back(ask(session, kind, number, t))
            _, seen = run(session, kind, number)
            for (name, at), _ in seen.items():
                if at != t:
                    continue

                up, down = (run(session, kind, number, moving(name, t, by))[0] for by in (STEP, -STEP))
                slope = (up - down) / (2 * STEP)
                told_as = f"{name[4:]} dL/dsum".strip() if name.startswith("sum") else f"dL/d{name}"
                assert back[told_as] == pytest.approx(slope, rel=1e-5, abs=1e-7), (number, t, told_as)


@pytest.mark.parametrize(("kind", "options"), CASES)
def test_the_lines_that_are_added_up_give_what_stands_below_them(kind: str, options: dict[str, Any]) -> None:
    session = made(kind, options)
    for number in numbers_of(options):
        inside = told(ask(session, kind, number, 2))
        for lines in (inside.forward, inside.back):
            total: list[float] = []
            for line in lines:
                if line.factors:
                    assert line.value == pytest.approx(math.prod(line.factors), rel=1e-9)
                if line.role == "term":
                    total.append(line.value)
                elif total:
                    shown = math.tanh(math.fsum(total)) if line.name == "n" else math.fsum(total)
                    assert line.value == pytest.approx(shown, rel=1e-9), line.name
                    total = []


@pytest.mark.parametrize("kind", ["lstm", "gru", "simple_rnn"])
def test_without_a_step_the_one_is_shown_whose_state_is_given(kind: str) -> None:
    assert ask(made(kind, {}), kind, 1, -1).step == TIME - 1
    assert ask(made(kind, {"masked": True}), kind, 1, -1).step == TIME - 2
    both = made(kind, {"bidirectional": True})
    assert ask(both, kind, 1, -1).step == TIME - 1
    found = ask(both, kind, UNITS, -1)
    assert found.step == 0
    one = both.parts.train.take(np.array([0]))
    assert told(found).value == pytest.approx(both.network.predict(one.x, kind)[0, UNITS], rel=1e-12)
    every = made(kind, {"return_sequences": True})
    states = every.network.predict(one.x, kind)[0, :, 1]
    assert ask(every, kind, 1, -1).step == int(states.argmax())


def test_the_answer_to_a_sample_does_not_depend_on_the_step_that_is_looked_at() -> None:
    for options in ({}, {"return_sequences": True}):
        session = made("lstm", options)
        given = session.network.predict(session.parts.train.x[:1], "lstm")[0, ..., 1].max()
        assert [ask(session, "lstm", 1, step).answer for step in range(TIME)] == [given] * TIME


def test_steps_go_round() -> None:
    session = made("lstm", {})
    assert ask(session, "lstm", 0, TIME).step == 0
    assert ask(session, "lstm", 0, 2 * TIME + 3).step == 3


def test_a_state_on_the_way_is_read_by_nobody_behind_the_layer() -> None:
    session = made("gru", {})
    on_the_way, last = ask(session, "gru", 0, 1), ask(session, "gru", 0, TIME - 1)
    assert not told(on_the_way).delivered
    assert on_the_way.behind.shares == ()
    assert on_the_way.behind.slope_z == way_back(on_the_way)["dL/dh"]
    assert told(last).delivered
    assert [share.name for share in last.behind.shares] == ["dense_2 #1"]


def test_padding_says_that_nothing_happens_there() -> None:
    inside = told(ask(made("lstm", {"masked": True}), "lstm", 0, 1))
    assert [line.name for line in inside.forward] == ["padding", "h"]
    assert [line.name for line in (*inside.joined, *inside.back)] == ["from the next step", "dL/dh", "padding"]


def test_a_layer_that_no_gradient_reaches_tells_only_the_way_forward() -> None:
    doc = chain(("reshape", {"target": [2, 1]}), "lstm", dense(1), source="moons", frozen=("lstm",))
    inside = told(ask(Session(doc), "lstm", 0, 0))
    assert inside.back == ()
    assert inside.forward


@pytest.mark.parametrize("kind", ["lstm", "gru", "simple_rnn"])
def test_looking_inside_changes_no_bit_of_a_run(kind: str) -> None:
    looked, plain = made(kind, {"bidirectional": True}), made(kind, {"bidirectional": True})
    for session in (looked, plain):
        session.rule.begin_epoch()
    for batch in range(3):
        ask(looked, kind, batch, batch)
        for session in (looked, plain):
            session.rule.step(batch % session.rule.batches)
    assert np.array_equal(looked.network.weights.flat, plain.network.weights.flat)
