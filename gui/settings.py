"""What the application remembers between two starts: a small JSON file that may be damaged, missing or read-only."""
from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
import platformdirs

from core.errors import CoreError
from core.io import atomic

log = logging.getLogger(__name__)

Pace = Literal["slow", "watch", "full"]
Signals = Literal["off", "forward", "backward"]
Name = Annotated[str, msgspec.Meta(max_length=200)]

VERSION = 1
RECENT = 10


def folder() -> Path:
    """Where settings, the crash log and recovered work are kept. `LAYERLOOM_CONFIG` names another place."""
    chosen = os.environ.get("LAYERLOOM_CONFIG")
    return Path(chosen) if chosen else platformdirs.user_config_path("layerloom", appauthor=False)


@dataclass
class Settings:
    """The values. `geometry` and `state` are Qt's own records of the window in base64; `shortcuts` holds the keys of
    actions and panels that the user changed, by id.

    Nothing here raises: what cannot be read takes its default, what cannot be written is only forgotten.
    """

    theme: Literal["system", "light", "dark"] = "system"
    pace: Pace = "watch"
    recent_files: Annotated[list[str], msgspec.Meta(max_length=1000)] = field(default_factory=list)
    last_folder: str = ""
    geometry: str = ""
    state: str = ""
    layout: int = 0
    reduce_motion: bool = False
    minimap: bool = False
    thumbnails: bool = True
    signals: Signals = "off"
    recent_commands: Annotated[list[Name], msgspec.Meta(max_length=100)] = field(default_factory=list)
    shortcuts: Annotated[dict[Name, list[Name]], msgspec.Meta(max_length=1000)] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Settings:
        """Read the file; keep every field that is sound."""
        settings = cls()
        raw = _read(_path())
        hints = get_type_hints(cls, include_extras=True)
        for item in fields(cls):
            if item.name in raw:
                try:
                    setattr(settings, item.name, msgspec.convert(raw[item.name], hints[item.name]))
                except msgspec.ValidationError as error:
                    log.info("setting %s takes its default: %s", item.name, error)
        del settings.recent_files[RECENT:]
        return settings

    def save(self) -> bool:
        """Write the file. False if that was not possible."""
        values = {"version": VERSION} | {item.name: getattr(self, item.name) for item in fields(self)}
        text = msgspec.json.format(msgspec.json.encode(values), indent=2)
        try:
            folder().mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(_path(), text)
        except (OSError, CoreError) as error:
            log.info("settings are not saved: %s", error)
            return False
        return True

    def remember(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        name = str(path.resolve())
        self.recent_files = [name, *(n for n in self.recent_files if n != name)][:RECENT]
        self.last_folder = str(path.resolve().parent)

    def forget(self, path: Path) -> None:
        """Take a file off the recent ones, because it is gone."""
        self.recent_files = [n for n in self.recent_files if Path(n) != path]


def _path() -> Path:
    return folder() / "settings.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        log.info("settings start afresh: %s", error)
        return {}
    return raw if isinstance(raw, dict) else {}
