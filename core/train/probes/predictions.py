"""What the network says about each sample, beside the truth; or what it generates."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.train.cases import Cases, cases
from core.train.generating import Generated, generated
from core.train.probes._base import Probe

if TYPE_CHECKING:
    from core.train.session import Session


def compute(session: Session, part: str = "", turn: int = 0) -> Cases | Generated:
    """Judge a part, "" for the first to look at; of an adversarial network, what it makes of the noise of a turn."""
    if session.network.goals[0].encoding == "real":
        return generated(session, turn)
    return cases(session, part)


PROBE = Probe("predictions", compute)
