"""Settings survive a restart, damage and a folder that cannot be written."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.settings import RECENT, Settings, folder


def test_settings_come_back() -> None:
    settings = Settings(theme="dark", pace="full", last_folder="/tmp")
    assert settings.save()
    assert Settings.load() == settings


def test_a_first_start_has_the_defaults() -> None:
    assert Settings.load() == Settings()


def test_a_damaged_field_takes_its_default_and_the_others_stay() -> None:
    Settings(theme="dark", pace="slow").save()
    path = folder() / "settings.json"
    values = json.loads(path.read_text())
    path.write_text(json.dumps(values | {"theme": "purple", "recent_files": [1, 2], "layout": "x"}))
    assert Settings.load() == Settings(pace="slow")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b"null"])
def test_a_file_that_is_no_settings_file_gives_the_defaults(content: bytes) -> None:
    folder().mkdir(parents=True)
    (folder() / "settings.json").write_bytes(content)
    assert Settings.load() == Settings()


def test_a_folder_that_cannot_be_made_is_no_error(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_settings.mkdir(parents=True)
    (own_settings / "file").write_text("")
    monkeypatch.setenv("LAYERLOOM_CONFIG", str(own_settings / "file" / "below"))
    assert not Settings().save()
    assert Settings.load() == Settings()


def test_recent_files_are_few_unique_and_newest_first(tmp_path: Path) -> None:
    settings = Settings()
    for i in (*range(RECENT + 3), 5):
        settings.remember(tmp_path / f"{i}.json")
    assert len(settings.recent_files) == RECENT
    assert settings.recent_files[0] == str(tmp_path / "5.json")
    assert len(set(settings.recent_files)) == RECENT
    settings.forget(tmp_path / "5.json")
    assert str(tmp_path / "5.json") not in settings.recent_files
