"""The icons as they are drawn: SVG files of ``resources/icons``, in one colour."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from gui import resources


@cache
def _files() -> dict[str, Path]:
    root = resources.path("icons")
    files = {svg.stem: svg for svg in sorted(root.glob("actions/*.svg"))}
    files |= {f"layers/{svg.stem}": svg for svg in sorted(root.glob("layers/*.svg"))}
    return files | {"app": root / "app.svg"}


def names() -> tuple[str, ...]:
    """Every icon: ``save`` for an action, ``layers/dense`` for a layer, and ``app``."""
    return tuple(_files())


def svg(name: str, colour: str) -> bytes:
    """The drawing of an icon in one colour. Raises KeyError, with the nearest name, for an unknown one."""
    files = _files()
    if name not in files:
        layer = f"layers/{name}"
        near = [layer] if layer in files else get_close_matches(name, files, 1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise KeyError(f'There is no icon "{name}".{hint}')
    return files[name].read_text(encoding="utf-8").replace("currentColor", colour).encode()
