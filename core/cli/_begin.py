"""Where a run on the command line begins: fresh weights, those of another file, or a checkpoint."""
from __future__ import annotations

from pathlib import Path

from core.graph.document import Document
from core.io import checkpoints, weights
from core.io.bundle import SUFFIX
from core.train.session import Session

CHECKPOINT = f"checkpoint{SUFFIX}"


def begin(document: Document, *, resume: str | None, start: str | None) -> tuple[Session, list[str]]:
    """The session, and what is to be said about where it starts. Raises CoreError."""
    if resume:
        name = Path(resume).name
        session = checkpoints.resume(checkpoints.read(resume), document, name=name)
        return session, [f"Going on from {name}: epoch {session.epoch:,} of {session.epochs:,} is done."]
    session = Session(document)
    if start is None:
        return session, []
    name = Path(start).name
    return session, [weights.transfer(session.network, weights.read(start), name).text(name)]


def save(folder: Path, session: Session) -> str:
    """Leave a checkpoint in `folder`, and give its name. Raises FormatError."""
    checkpoints.write(folder / CHECKPOINT, checkpoints.capture(session))
    return CHECKPOINT
