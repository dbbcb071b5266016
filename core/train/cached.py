"""What is computed once for all who look at a session, and kept in its cache."""
from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from core.train.moments import Moment
    from core.train.session import Session

T = TypeVar("T")


def once(session: Session, place: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave when this was first asked for in a session."""
    if place not in session.cache:
        session.cache[place] = make()
    found: T = session.cache[place]
    return found


def newest(session: Session, place: Hashable, key: object, make: Callable[[], T]) -> T:
    """What `make` gave for `key`, which is forgotten as soon as another one is asked for."""
    known = session.cache.get(place)
    if known is None or known[0] != key:
        known = session.cache[place] = key, make()
    found: T = known[1]
    return found


def while_weights_stay(session: Session, place: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave for the present weights and for what nodes remember, such as running means.

    They are told apart by their checksums, not by the step: somebody may look back at those of the past.
    """
    network = session.network
    return newest(session, place, (zlib.crc32(network.weights.flat.data), zlib.crc32(network.state.flat.data)), make)


def of_moments(session: Session, place: Hashable) -> dict[Moment, Any]:
    """What is known of the moments that are still kept, to be added to; what was known of others is forgotten."""
    past = session.moments
    kept = set() if past is None else {past.at(step) for step in past.steps}
    known = {moment: found for moment, found in session.cache.get(place, {}).items() if moment in kept}
    session.cache[place] = known
    return known
