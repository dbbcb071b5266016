"""How many samples a view lets the network judge at once, so that nobody has to wait for it."""
from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.engine.cost import costs
from core.train.cached import once

if TYPE_CHECKING:
    from core.train.session import Session

# Round counts, of which the largest is taken that is quick enough.
COUNTS = (10_000, 5_000, 2_000, 1_000)
# Seconds of one processor: for a multiply-add of a large product, for a number that a node gives, for all of it.
# Measured on networks from 10 to 1,000,000 multiply-adds; the shares matter, not the machine.
OPERATION, NUMBER, PATIENCE = 1e-11, 1e-9, 0.025
# So many numbers of predictions are kept at most.
ROOM = 2_000_000


def affordable(session: Session) -> int:
    """How many samples can be judged at every look. The same number throughout a session."""
    return once(session, "affordable", lambda: _affordable(session))


def _affordable(session: Session) -> int:
    network = session.network
    widths = {unit.id: math.prod(unit.shape) for unit in network.units}
    each = OPERATION * costs(session.document, session.report).operations + NUMBER * sum(widths.values())
    quick = next((count for count in COUNTS if count * each <= PATIENCE), COUNTS[-1])
    return min(quick, max(1, ROOM // widths[network.output]))
