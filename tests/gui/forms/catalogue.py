"""Everything that has a form: every kind of every catalogue, and the settings of a document."""
from __future__ import annotations

from typing import Any

import pytest

from core.datasets import DATASETS
from core.graph.settings import DataSettings, TrainingSettings
from core.initializers import INITIALIZERS
from core.layers import LAYERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.params import Declared, Param
from core.schedules import SCHEDULES

CATALOGUES = (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)
KINDS: list[type[Declared]] = [kind for catalogue in CATALOGUES for kind in catalogue.values()]
DECLARED = [*KINDS, TrainingSettings, DataSettings]
PARAMS = [(declared, param) for declared in DECLARED for param in declared.params.values()]


def params(*kinds: type[Param[Any]]) -> list[Any]:
    """The declared parameters of these types, named for a test's parameters."""
    return [pytest.param(param, id=f"{declared.__name__}.{param.name}")
            for declared, param in PARAMS if isinstance(param, kinds or Param)]
