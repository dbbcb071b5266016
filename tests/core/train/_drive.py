"""Driving a run in a test: all events of it, or until something happens."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from core.graph.document import Document
from core.train.control import Control
from core.train.events import EpochDone, Event, Failed, Finished
from core.train.loop import train
from core.train.session import Session

E = TypeVar("E")


def run(doc: Document | Session, control: Control | None = None, *, broken: bool = False,
        **options: Any) -> tuple[Session, list[Event]]:
    """Train to the end: the session and every event. Only if `broken`, the program itself may go wrong."""
    session = doc if isinstance(doc, Session) else Session(doc, **options)
    events = list(train(session, control or Control()))
    end = events[-1]
    assert broken or not isinstance(end, Failed) or not end.trace, end.trace
    return session, events


def until(events: Iterator[Event], kind: type[E], count: int = 1) -> E:
    """Go on to the count-th event of a kind."""
    for event in events:
        if isinstance(event, kind):
            count -= 1
            if not count:
                return event
    raise AssertionError(f"the run ended without {kind.__name__}")


def of(events: list[Event], kind: type[E]) -> list[E]:
    """Only the events of one kind."""
    return [event for event in events if isinstance(event, kind)]


def well_formed(events: list[Event]) -> bool:
    """Exactly one Finished or Failed, as the last of all."""
    ends = of(events, Finished) + of(events, Failed)
    return len(ends) == 1 and events[-1] is ends[0]


def steer(session: Session, control: Control, at_epoch: dict[int, Callable[[], None]]) -> list[Event]:
    """Train, doing something when an epoch ends."""
    events = []
    for event in train(session, control):
        events.append(event)
        if isinstance(event, EpochDone) and event.epoch in at_epoch:
            at_epoch[event.epoch]()
    return events
