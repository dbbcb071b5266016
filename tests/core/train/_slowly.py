"""Steps in slow motion, and the same ones done the quick way."""
from __future__ import annotations

from typing import Any

import numpy as np

from core.errors import GraphError
from core.graph.document import Document
from core.io import examples
from core.train.session import Session
from core.train.slow import slow_step
from core.train.told import SlowStep, Turn


def begun(doc: Document | str, *, done: int = 0, **given: Any) -> Session:
    """A session in the middle of its first epoch, after `done` steps."""
    session = Session(examples.load(doc) if isinstance(doc, str) else doc, **given)
    with np.errstate(all="ignore"):
        for step in range(done):
            if step % session.rule.batches == 0:
                session.rule.begin_epoch()
            session.rule.step(step % session.rule.batches)
    session.step, session.batch = done, done % session.rule.batches
    if session.batch == 0:
        session.rule.begin_epoch()
    return session


def told(session: Session) -> SlowStep:
    return slow_step(session)[0]


def only(step: SlowStep) -> Turn:
    """The turn of a step that has one."""
    (turn,) = step.turns
    return turn


def remains(session: Session) -> dict[str, bytes]:
    """All that a step leaves behind, to the bit."""
    memory = session.memory()
    return {**{key: array.tobytes() for key, array in session.network.copies().items()},
            **{key: array.tobytes() for key, array in memory.arrays.items()},
            "values": repr({key: value for key, value in memory.values.items() if key != "seconds"}).encode()}


def same_step(slow: Session, quick: Session) -> SlowStep:
    """The next step of two equal sessions, slow in one and quick in the other; whatever is different then fails."""
    step, loss = slow_step(slow)
    with np.errstate(all="ignore"):
        np.testing.assert_equal(loss, quick.rule.step(quick.batch))
    ours, theirs = remains(slow), remains(quick)
    assert [key for key in ours if ours[key] != theirs[key]] == []
    assert ours.keys() == theirs.keys()
    return step


def ready_or_none(*given: Any, **more: Any) -> Session | None:
    """A session that has begun; None if nothing in it can learn."""
    try:
        return begun(*given, **more)
    except GraphError:
        return None
