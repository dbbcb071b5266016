"""A number that is looked up in a table: by its word, or by its place in the sequence."""
from __future__ import annotations

import math

from core.preprocessing import vocabularies
from core.train.probes._neuron_inside import Inside, Line, result, term, title
from core.train.probes._neuron_place import Place

FORMULAS = {
    "embedding": "y = W[word]",
    "position_embedding": "y = x + W[position]",
    "positional_encoding": "y = x + wave(position)",
}


def looked_up(place: Place) -> Inside:
    """Which row of the table it is from, and what the gradient does to that row."""
    return _word(place) if place.kind == "embedding" else _position(place)


def _word(place: Place) -> Inside:
    position, = place.place
    word, words = float(place.x[position]), place.weights["W"]
    known = word.is_integer() and 0 <= word < len(words)
    padding = known and int(word) == place.unit.layer.config()["padding_index"]
    lines = [Line("word", text=_called(place, int(word)) if known else "unknown")]
    if padding:
        lines.append(Line("padding", text="reads as 0"))
    elif known:
        lines += [Line("row of W", text=f"{int(word):,}, from 0 to {len(words) - 1:,}"),
                  Line("column of W", text=f"{place.number + 1:,} of {words.shape[1]:,}")]
    forward = (*lines, result("y", place.y))
    if place.gradients is None or not known or padding:
        return Inside("y", FORMULAS["embedding"], forward, (), place.y)
    whole = float(place.gradients["W"][int(word), place.number])
    times = int((place.x == word).sum())
    name = f"{times - 1:,} more place{'s' if times > 2 else ''}"
    others = (term(name, whole - place.slope),) if times > 1 else ()
    here = term("from this place", place.slope, brief="this place")
    back = (title("To the table"), here, *others, result("dL/dW", whole))
    return Inside("y", FORMULAS["embedding"], forward, back, place.y)


def _called(place: Place, number: int) -> str:
    """The word itself, if its text is known, and its number."""
    known = list(vocabularies(place.session.parts.chain).values())
    word = known[0].word(number) if len(known) == 1 else ""
    return f"{word} ({number:,})" if word else f"{number:,}"


def _position(place: Place) -> Inside:
    row, number = place.place[0], place.number
    x, name = float(place.x[(*place.place, number)]), "W[position]" if "W" in place.weights else "wave"
    named = place.trace.name(place.unit.sources[0], place.flat)
    if place.unit.layer.config()["masked"] and not place.x[row].any():
        lines = (Line("padding", text="stays 0"), result("y", place.y))
        return Inside("y", FORMULAS[place.kind], lines, (), place.y)
    added = float(place.weights["W"][row, number]) if "W" in place.weights else place.y - x
    forward = (term(f"x, {named.name}", x, neuron=named.neuron), term(name, added), result("y", place.y))
    back = (Line("dL/dx = dL/dy", place.slope), *((Line("dL/dW = dL/dy", place.slope),) if place.gradients else ()))
    return Inside("y", FORMULAS[place.kind], forward, () if math.isnan(place.slope) else back, place.y)
