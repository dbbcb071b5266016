"""What is said when a run ends, in a sentence."""
from __future__ import annotations

import math

from core.train.session import Session


def result(session: Session) -> str:
    """All epochs are done."""
    last = session.series.last()
    if not last:
        return "There were no epochs to train."
    parts = [f"loss {last['loss']:.4g}"]
    if math.isfinite(last["score"]):
        parts.append(f"accuracy {last['score']:.1%}")
    if math.isfinite(last["validation_score"]):
        parts.append(f"validation accuracy {last['validation_score']:.1%}")
    return f"Trained {session.epoch:,} epochs: {', '.join(parts)}."


def early(session: Session) -> str:
    """Early stopping ended the run."""
    many = "1 epoch" if session.early_stopping == 1 else f"{session.early_stopping:,} epochs"
    best = session.progress.described()
    best = f"the best was {best}" if best else f"the {session.progress.watch.monitor.replace('_', ' ')} was no number"
    return f"Stopped early after epoch {session.epoch:,}: {many} without an improvement; {best}."


def restored(session: Session, summary: str) -> str:
    """Go back to the weights of the best epoch if that is wanted and they are not there; the summary with that said."""
    best = session.progress.best
    if not session.restore_best or not best.epoch or best.epoch == session.epoch:
        return summary
    best.restore()
    where = session.progress.watch.write(best.epoch, best.value)
    return f"{summary} {'Its weights are back.' if where in summary else f'Back are the weights of the best: {where}.'}"
