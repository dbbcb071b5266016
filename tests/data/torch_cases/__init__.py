"""Comparisons with PyTorch, a file for each family of kinds. A new file here is a new family."""
from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def families() -> dict[str, ModuleType]:
    """The files of this folder by name."""
    names = [found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")]
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
