"""Bundles: one .loom file with a network, its weights, and all that training needs to go on exactly.

A zip archive: `network.json`, `weights.safetensors`, `training.safetensors` (arrays besides the weights: optimizer,
order of samples, best weights, history), `training.json` (counters and random generators), `history.csv` and, from the
window, `preview.png`. The last two are for people and are not read back. Nothing is ever unpickled, nor unpacked to
a disk.
"""
from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import CoreError, FormatError, Problem
from core.graph.check import check
from core.graph.document import Document
from core.graph.settings import LIVE
from core.io import atomic, documents, weights
from core.io.bundle import Bundle
from core.io.exporters import EXPORTERS
from core.io.history import history
from core.io.parse import parse
from core.layers import Array
from core.train.essence import difference, essence
from core.train.memory import Memory, damaged
from core.train.session import Session

FORMAT = "layerloom-training"
VERSION = 1
NETWORK, WEIGHTS, ARRAYS, VALUES = "network.json", weights.BUNDLED, "training.safetensors", "training.json"
HISTORY, PREVIEW = "history.csv", "preview.png"
# Bytes of one member that is read.
LARGEST = {NETWORK: documents.LARGEST, VALUES: 2**20, WEIGHTS: 2 * 2**30, ARRAYS: 8 * 2**30}
MEMBERS = 1000
DTYPES = {"float32": np.float32, "float64": np.float64}
HINT = "Use another one, or an older checkpoint."
# The same content gives the same bytes.
MADE = (1980, 1, 1, 0, 0, 0)


def capture(session: Session, document: Document | None = None) -> Bundle:
    """Copies of all that `session` is; to be called between two steps. `document` holds what was edited meanwhile."""
    return Bundle(document or session.document, session.network.copies(), session.memory(),
                  str(session.network.weights.flat.dtype))


def write(path: str | os.PathLike[str], bundle: Bundle, *, preview: bytes = b"") -> None:
    """Save, with a picture of the network as PNG. The old file stays whole until then. Raises FormatError."""
    atomic.write_bytes(path, encode(bundle, preview=preview))


def encode(bundle: Bundle, *, preview: bytes = b"") -> bytes:
    """The content of the file."""
    members: dict[str, bytes] = {NETWORK: documents.dumps(bundle.document).encode()}
    if bundle.memory is not None:
        pack, memory = EXPORTERS["safetensors"].encode, bundle.memory
        head = {"format": FORMAT, "version": VERSION, "dtype": bundle.dtype, "values": memory.values}
        members |= {VALUES: json.dumps(head, indent=2, sort_keys=True, allow_nan=False).encode(),
                    WEIGHTS: pack(bundle.weights, bundle.document), ARRAYS: pack(memory.arrays, bundle.document)}
        members[HISTORY] = history(memory.arrays["series"]).encode()
    members |= {PREVIEW: preview} if preview else {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            text = name.endswith((".json", ".csv"))
            info = zipfile.ZipInfo(name, MADE)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED)
    return buffer.getvalue()


def is_bundle(path: str | os.PathLike[str]) -> bool:
    """True if the file begins as a zip archive does. False if it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except (OSError, ValueError):
        return False


def read(path: str | os.PathLike[str]) -> Bundle:
    """What a bundle holds. Raises FormatError with one sentence that names the file."""
    file = Path(path)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise _bad(file, "it is no file")
        with file.open("rb") as stream:
            return _bundle(file, stream)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(Problem("file.read", f"{file.name} cannot be read: {reason}.",
                                  hint="Check that it is there and that you may read it.")) from None


def resume(bundle: Bundle, document: Document | None = None, *, name: str) -> Session:
    """The session that was saved, ready to go on; `name` is how messages call the file.

    With `document`, which must be the same but for live settings, those of them in which it differs from the network
    in the file hold from now on. Raises FormatError, also if the network cannot be trained.
    """
    wanted, memory = document or bundle.document, bundle.memory
    if memory is None:
        raise FormatError(Problem("checkpoint.none", f"{name} holds a network alone, without a state of training.",
                                  hint="Train it from the start."))
    if where := difference(_essence(bundle.document), _essence(wanted)):
        raise FormatError(Problem("checkpoint.other", f"{name} belongs to another network: {where}.",
                                  hint="Resume the network that it was saved from, or train this one anew."))
    try:
        session = Session(wanted, dtype=DTYPES[bundle.dtype])
        _load(session, bundle.weights)
        session.recall(memory)
        old = bundle.document.training
        session.change(**{key: wanted.training[key] for key in LIVE if wanted.training[key] != old[key]})
    except CoreError as error:
        raise FormatError(replace(error.problem, message=f"{name}: {error.problem.message}")) from None
    if session.epoch:
        session.series.note(session.epoch, "resumed", f"Resumed from {name} after epoch {session.epoch:,}.")
    return session


def _essence(document: Document) -> dict[str, str]:
    return essence(document, check(document).live)


def _load(session: Session, arrays: Mapping[str, Array]) -> None:
    weights.fit(session.network, arrays)
    kind = session.network.weights.flat.dtype
    if strange := next((name for name, array in arrays.items() if array.dtype != kind), None):
        raise damaged(f"{strange} is {arrays[strange].dtype} instead of {kind}")


def _bundle(file: Path, stream: io.BufferedReader) -> Bundle:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = _members(file, archive)
    except (FormatError, OSError):
        raise
    except Exception:
        # The module zipfile raises whatever it stumbles over in a damaged file.
        raise _bad(file, "it is damaged or cut off") from None
    document = documents.loads(members[NETWORK], f"{NETWORK} in {file.name}")
    if VALUES not in members:
        return Bundle(document, {}, None)
    values, dtype = _values(file, members[VALUES])
    arrays = weights.tensors(file, members[ARRAYS])
    return Bundle(document, weights.tensors(file, members[WEIGHTS]), Memory(arrays, values), dtype)


def _members(file: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if info.filename in LARGEST]
    names = {info.filename for info in infos}
    if len(names) < len(infos) or len(archive.infolist()) > MEMBERS:
        raise _bad(file, "it holds more than belongs there")
    lacking = sorted(({NETWORK} if names <= {NETWORK} else LARGEST.keys()) - names)
    if lacking:
        raise _bad(file, f"{lacking[0]} is missing")
    return {info.filename: _member(file, archive, info) for info in infos}


def _member(file: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file of the archive. Numbers are stored as they are: nothing small unpacks to something huge."""
    packed = info.compress_type != zipfile.ZIP_STORED
    if info.file_size > LARGEST[info.filename] or (packed and not info.filename.endswith(".json")):
        raise _bad(file, f"{info.filename} in it is larger than it may be")
    return archive.read(info)


def _values(file: Path, raw: bytes) -> tuple[Mapping[str, Any], str]:
    try:
        head = parse(raw, VALUES)
    except FormatError:
        raise _bad(file, f"{VALUES} in it is damaged") from None
    if not isinstance(head, dict) or head.get("format") != FORMAT or not _is_version(head.get("version")):
        raise _bad(file, f"{VALUES} in it is no training state")
    if head["version"] > VERSION:
        newer = f"{file.name} was written by a newer Layerloom (training state {head['version']}; this one reads up to "
        raise FormatError(Problem("file.version", f"{newer}{VERSION}).", hint="Update Layerloom to open it."))
    values, dtype = head.get("values"), head.get("dtype")
    if not isinstance(values, dict) or not isinstance(dtype, str) or dtype not in DTYPES:
        raise _bad(file, f"{VALUES} in it is no training state")
    return values, dtype


def _is_version(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _bad(file: Path, why: str) -> FormatError:
    return FormatError(Problem("file.bundle", f"{file.name} is no sound bundle of Layerloom: {why}.", hint=HINT))
