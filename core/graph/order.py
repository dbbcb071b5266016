"""The order in which nodes can be computed."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.graph.document import Document
from core.graph.wiring import wiring


def order(doc: Document) -> list[str]:
    """Nodes so that each comes after those that feed it; members of a loop, and what hangs on them, are left out.

    The order depends on the document only, not on the order in which nodes were added.
    """
    missing = dict.fromkeys(doc.nodes, 0)
    following = wiring(doc.edges).after
    for source, targets in following.items():
        for target in targets if source in missing else ():
            if target in missing:
                missing[target] += 1
    ready = sorted(name for name, count in missing.items() if count == 0)
    done: list[str] = []
    while ready:
        layer, ready = ready, []
        done += layer
        for name in layer:
            for after in following.get(name, ()):
                if after in missing:
                    missing[after] -= 1
                    if missing[after] == 0:
                        ready.append(after)
        ready.sort()
    return done


def loop_members(doc: Document) -> list[str]:
    """The nodes of one loop in the order of its wires, or nothing if there is no loop."""
    rest = set(doc.nodes) - set(order(doc))
    feeding = {e.target: e.source for e in sorted(doc.edges) if e.source in rest and e.target in rest}
    if not feeding:
        return []
    name = min(feeding)
    seen: dict[str, int] = {}
    while name not in seen:
        seen[name] = len(seen)
        name = feeding[name]
    return list(seen)[seen[name]:][::-1]


def upstream(doc: Document, ends: Iterable[str]) -> set[str]:
    """`ends` and all nodes that lead to one of them."""
    return _reached(ends, wiring(doc.edges).before)


def downstream(doc: Document, starts: Iterable[str]) -> set[str]:
    """`starts` and all nodes that one of them leads to."""
    return _reached(starts, wiring(doc.edges).after)


def _reached(starts: Iterable[str], beyond: Mapping[str, Sequence[str]]) -> set[str]:
    found = set(starts)
    ahead = list(found)
    while ahead:
        for name in beyond.get(ahead.pop(), ()):
            if name not in found:
                found.add(name)
                ahead.append(name)
    return found
