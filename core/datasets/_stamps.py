"""Whether the files that a source is read from have changed."""
from __future__ import annotations

from core.datasets._base import DATASETS
from core.datasets._files import expanded
from core.datasets._survey import Stamps, stamp
from core.params import Kind, Path


def stamps(source: Kind) -> Stamps:
    """What changes with the files and folders that the parameters of a source name; nothing for one without. Fast."""
    params = DATASETS[source.kind].params if source.kind in DATASETS else {}
    named = (source.params.get(name) for name, param in params.items() if isinstance(param, Path))
    return tuple(stamp(str(expanded(place))) for place in named if isinstance(place, str) and place)
