"""The gates of a recurrent layer at one step, and the chain rule back through them."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.layers._recurrent import Recurrent
from core.train.probes._neuron_inside import RESULT, TERM, Inside, Line, product, result, term, title
from core.train.probes._neuron_place import Place
from core.train.probes._neuron_walk import Step

Lines = tuple[Line, ...]
FORMULAS = {
    "lstm": "c = f · c before + i · g\nh = o · tanh(c)",
    "gru": "h = z · h before + (1 − z) · n",
    "simple_rnn": "h = {}(x · W + h before · U + b)",
}
PASSES = Line("padding", text="the state stays as it is")


def walked(place: Place) -> tuple[int, int]:
    """How many steps a recurrent layer walks, and where in the sequence it stands behind the last that is no padding.
    """
    first = _step(place, 0)
    steps = np.flatnonzero(~first.padding)
    return first.time, _turned(first, int(steps[-1]) if len(steps) else first.time - 1)


def recurrent(place: Place, at: int) -> Inside:
    """One unit of a recurrent layer at step `at` of the sequence."""
    step = _step(place, 0)
    step = replace(step, t=_turned(step, at))
    formula = FORMULAS[place.kind].format(step.layer.config().get("activation", ""))
    if step.padding[step.t]:
        return Inside("h", formula, (PASSES, result("h", step.h)), (PASSES,) if step.sloping else (), step.h,
                      step.delivered, _joined(step))
    tell = {"lstm": _lstm, "gru": _gru, "simple_rnn": _simple}[place.kind]
    return Inside("h", formula, *tell(step), step.h, step.delivered, _joined(step))


def _step(place: Place, t: int) -> Step:
    layer = place.unit.layer
    assert isinstance(layer, Recurrent)
    return Step(place, layer, t)


def _turned(step: Step, at: int) -> int:
    """From the place in the sequence to that in the walk, and back."""
    return step.time - 1 - at if step.back else at


def _gate(step: Step, name: str, letter: str, of: int, value: float, how: str = "sigmoid") -> Lines:
    lines, total = step.gate(of)
    return title(name), *lines, Line("Sum", total), result(letter, value, f"{how}(sum)")


def _closed(name: str, letter: str, value: float, *first: Line, tanh: bool = False) -> Lines:
    """Back through a gate: the gradient by it, then by its sum."""
    slope = first[-1].value
    if tanh:
        return title(name), *first, product("dL/dsum", f"dL/d{letter} · (1 − {letter}²)", slope, 1.0 - value * value)
    return title(name), *first, product("dL/dsum", f"dL/d{letter} · {letter} · (1 − {letter})", slope, value,
                                        1.0 - value)


def _sent(step: Step) -> float:
    """The gradient by h that the next step sends back."""
    behind = step.next
    if behind is None:
        return 0.0
    slopes = step.shown("slopes")
    if step.place.kind == "lstm":
        return behind.sent(slopes[1:], (3, 0, 1, 2))
    if step.place.kind == "simple_rnn":
        return behind.sent(slopes, (0,))
    # Past the gates comes, where z keeps the state, all that reaches the next one.
    found, kept, at = 0.0, 1.0, step.next
    while at is not None:
        found += kept * at.sent(slopes[:3], (2, 0, 1))
        kept *= float(at.shown("gates")[0, at.t, at.unit])
        found += kept * at.arriving
        at = at.next
    return found


def _joined(step: Step) -> Lines:
    """What the next step adds to the gradient of the readers."""
    return step.arrivals(_sent(step))[0] if step.sloping else ()


def _lstm(step: Step) -> tuple[Lines, Lines]:
    found = _cell(step)
    before, f, i, g, o, c, tanh = (found[name] for name in ("before", "f", "i", "g", "o", "c", "tanh"))
    forward = (
        *_gate(step, "Forget gate f", "f", 1, f), *_gate(step, "Input gate i", "i", 0, i),
        *_gate(step, "Candidate g", "g", 2, g, "tanh"), *_gate(step, "Output gate o", "o", 3, o),
        title("Cell c"), term("f · c before", f * before, f, before, brief="f · c"), term("i · g", i * g, i, g),
        result("c", c), title("State h"), Line("tanh(c)", tanh), product("h", "o · tanh(c)", o, tanh, role=RESULT))
    if not step.sloping:
        return forward, ()
    (_, dh), behind = step.arrivals(_sent(step)), step.next
    through = product("through h", "dL/dh · o · (1 − tanh(c)²)", dh, o, 1.0 - tanh * tanh, role=TERM)
    kept = 0.0 if behind is None else _carried(behind) * _cell(behind)["f"]
    cell = (through,) if behind is None else (through, term("from the next step", kept, brief="next step"))
    dc = through.value + kept
    return forward, (
        *_closed("Output gate o", "o", o, product("dL/do", "dL/dh · tanh(c)", dh, tanh)),
        title("Cell c"), *cell, result("dL/dc", dc),
        *_closed("Forget gate f", "f", f, product("dL/df", "dL/dc · c before", dc, before)),
        *_closed("Input gate i", "i", i, product("dL/di", "dL/dc · g", dc, g)),
        *_closed("Candidate g", "g", g, product("dL/dg", "dL/dc · i", dc, i), tanh=True),
        title("To the step before"), product("dL/dc before", "dL/dc · f", dc, f))


def _cell(step: Step) -> Mapping[str, float]:
    """The numbers of an LSTM unit at a step."""
    gates, cells, t, j = step.shown("gates")[:, step.t, step.unit], step.shown("cells"), step.t, step.unit
    o, i, f = map(float, gates)
    return {"o": o, "i": i, "f": f, "g": float(step.shown("candidates")[t, j]), "before": float(cells[t, j]),
            "c": float(cells[t + 1, j]), "tanh": float(step.shown("squashed")[t, j])}


def _carried(step: Step) -> float:
    """dL/dc at a step: what comes through the states from there on, and the forget gates on the way."""
    through, total, kept = step.shown("slopes")[0, :, step.unit], 0.0, 1.0
    at: Step | None = step
    while at is not None:
        total += kept * float(through[at.t])
        at = at.next
        kept *= 0.0 if at is None else _cell(at)["f"]
    return total


def _gru(step: Step) -> tuple[Lines, Lines]:
    t, j = step.t, step.unit
    z, r = map(float, step.shown("gates")[:, t, j])
    n, q, before = float(step.shown("candidates")[t, j]), float(step.shown("recalled")[t, j]), float(step.states[t, j])
    p = step.added(2, product="x") + step.added(2, product="b", bias=0)
    forward = (
        *_gate(step, "Update gate z", "z", 0, z), *_gate(step, "Reset gate r", "r", 1, r),
        title("Candidate n"), Line("q", q, "h before · U + b"), term("p = x · W + b", p, brief="p"),
        term("r · q", r * q, r, q), result("n", n, "tanh(p + r · q)"),
        title("State h"), term("z · h before", z * before, z, before, brief="z · h"),
        term("(1 − z) · n", (1 - z) * n, 1 - z, n), result("h", step.h))
    if not step.sloping:
        return forward, ()
    _, dh = step.arrivals(_sent(step))
    dz = product("dL/dz", "dL/dh · (h before − n)", dh, before - n)
    dn = product("dL/dn", "dL/dh · (1 − z)", dh, 1.0 - z)
    dp = product("dL/dp", "dL/dn · (1 − n²)", dn.value, 1.0 - n * n)
    return forward, (
        *_closed("Update gate z", "z", z, dz),
        title("Candidate n"), dn, dp, product("dL/dq", "dL/dp · r", dp.value, r),
        *_closed("Reset gate r", "r", r, product("dL/dr", "dL/dp · q", dp.value, q)))


def _simple(step: Step) -> tuple[Lines, Lines]:
    lines, total = step.gate(0)
    how, h = str(step.layer.config()["activation"]), step.h
    forward = (*lines, Line("Sum", total), result("h", h, f"{how}(sum)"))
    if not step.sloping:
        return forward, ()
    _, dh = step.arrivals(_sent(step))
    slope = (product("dL/dsum", "dL/dh · (1 − h²)", dh, 1.0 - h * h) if how == "tanh"
             else product("dL/dsum", "dL/dh · slope", dh, float(np.sign(h))))
    return forward, (replace(slope, role=RESULT),)
