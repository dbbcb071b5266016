"""The sources of samples as the gallery lists them."""
from __future__ import annotations

from core.datasets import DATASETS, Dataset
from core.kinds import Info
from core.params import Kind, Path, Points
from gui import search
from gui.theme import icons

ALL = "All"
# Whatever category is not named here comes between the last two.
ORDER = ("Logic", "Plane", "Classics", "Generated", "Images", "Text", "Series")
LAST = "Your own"


def categories() -> list[str]:
    """The categories that there are, in their order."""
    there = {kind.info.category for kind in DATASETS.values()}
    return sorted(there, key=_place)


def found(text: str, category: str = ALL) -> list[Info]:
    """The sources of a category that answer `text`, best first; without a text all of them, category by category."""
    infos = [kind.info for kind in DATASETS.values() if category in (ALL, kind.info.category)]
    infos.sort(key=lambda info: (_place(info.category), info.title.lower()))
    if not text.strip():
        return infos
    scored = [(value, info) for info in infos
              if (value := search.score(text, info.title, (*info.keywords, info.category))) is not None]
    return [info for _, info in sorted(scored, key=lambda pair: -pair[0])]


def plain(kind: str) -> Kind | None:
    """A source as it is when it is chosen; None for one that a file or folder has to be named for first."""
    return None if wanted_path(DATASETS[kind]) is not None else Kind(kind, DATASETS[kind]().config())


def wanted_path(source: type[Dataset]) -> Path | None:
    """The parameter that names the file or folder that a source cannot do without."""
    found = [param for param in source.params.values() if isinstance(param, Path)]
    return found[0] if found and not found[0].special else None


def icon_of(kind: str) -> str:
    """What stands for a source that nothing is to be seen of yet."""
    source = DATASETS[kind]
    if source.info.icon in icons.names():
        return source.info.icon
    if any(isinstance(param, Points) for param in source.params.values()):
        return "pad"
    return "table" if wanted_path(source) is None else "open"


def _place(category: str) -> tuple[int, str]:
    if category == LAST:
        return len(ORDER) + 1, ""
    return (ORDER.index(category), "") if category in ORDER else (len(ORDER), category)
