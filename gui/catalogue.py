"""The kinds of layers as people look for them: by category, and by what they type."""
from __future__ import annotations

from core.kinds import Info
from core.layers import LAYERS
from gui import search

ORDER = ("Inputs & outputs", "Basic", "Activation", "Regularisation", "Normalisation", "Merge", "Convolution",
         "Pooling", "Shape", "Sequence", "Attention")
# Words that only describe a layer count less than those that name it.
DESCRIBED = 40.0


def by_category() -> list[tuple[str, list[Info]]]:
    """Every kind of layer, by category in the order of learning; unknown categories come last, by name."""
    groups: dict[str, list[Info]] = {}
    for layer in LAYERS.values():
        groups.setdefault(layer.info.category or "Other", []).append(layer.info)
    places = {name: place for place, name in enumerate(ORDER)}
    return sorted(groups.items(), key=lambda group: (places.get(group[0], len(ORDER)), group[0]))


def score(info: Info, text: str) -> float | None:
    """How well a kind answers a search, more is better; None is not at all."""
    named = search.score(text, info.title, (*info.keywords, info.kind))
    if named is not None:
        return named
    wanted = text.casefold().strip()
    return DESCRIBED if wanted in info.summary.casefold() or wanted in info.category.casefold() else None


def found(text: str) -> list[Info]:
    """The kinds that answer a search, best first."""
    scored = [(-value, layer.info.title, layer.info) for layer in LAYERS.values()
              if (value := score(layer.info, text)) is not None]
    return [info for _, _, info in sorted(scored, key=lambda entry: entry[:2])]
