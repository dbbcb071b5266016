"""Targets in words."""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.train.session import Session


def truth(session: Session, y: np.ndarray) -> str:
    """The target of a sample in words; "" where that is no single word or number."""
    spec = session.parts.spec
    if spec.classification:
        return spec.classes[int(y)]
    own = y[None] if session.parts.target is None else session.parts.target.undo(y[None])
    if spec.multi_label:
        return ", ".join(name for name, yes in zip(spec.target_names, y, strict=True) if yes > 0.5)
    return ", ".join(f"{value:.4g}" for value in own[0]) if own.size <= 4 else ""
