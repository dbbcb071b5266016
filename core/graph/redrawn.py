"""Do two documents differ in their samples only, so that what was learned from the ones means something for the
others?"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.datasets import DATASETS, DataSpec, outline
from core.errors import CoreError
from core.graph.settings import DataSettings
from core.params import Kind


def same_data(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """True if both settings give the same samples."""
    return old is new or old == new


def redrawn(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """True if both settings are alike but for samples that somebody edits by hand, and samples look alike in both:
    their shape, their names, their classes."""
    if _without_samples(old) != _without_samples(new):
        return False
    try:
        return _form(old) == _form(new)
    except CoreError:
        return False


def _without_samples(data: Mapping[str, Any]) -> dict[str, Any]:
    source = data.get("source")
    if not isinstance(source, Kind) or source.kind not in DATASETS:
        return dict(data)
    edited = DATASETS[source.kind].edited
    return {**data, "source": (source.kind, {k: v for k, v in source.params.items() if k not in edited}, bool(edited))}


def _form(data: Mapping[str, Any]) -> DataSpec:
    settings = DataSettings.known(data)
    return replace(outline(settings.dataset, settings.recipe), samples=0, held_out=0)
