"""Weights as files hold them: read from npz, safetensors and bundles, and put into a network. Never unpickled."""
from __future__ import annotations

import io
import os
import stat
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from core.engine.network import Network
from core.errors import FormatError, Problem
from core.layers import Array, Shape, show
from core.train.takeover import named

LARGEST = 2 * 2**30
MOST = 100_000
NUMBERS = "fiub"
NAMED = 3
# Where a bundle holds the weights.
BUNDLED = "weights.safetensors"
HINT = "Choose a file of weights exported by Layerloom."


def read(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays of an npz, a safetensors file or a bundle by "node.name". Raises FormatError with one sentence."""
    file = Path(path)
    raw = _content(file)
    return _npz(file, raw) if raw.startswith(b"PK") else tensors(file, raw)


def _content(file: Path) -> bytes:
    try:
        found = file.stat()
        if found.st_size > LARGEST:
            raise _bad(file, f"it is too large: {found.st_size / 2**30:.1f} GB, at most {LARGEST // 2**30} GB")
        if stat.S_ISCHR(found.st_mode) or stat.S_ISFIFO(found.st_mode):
            raise _bad(file, "it is a device, which might never end")
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FormatError(Problem("file.read", f"{file.name} cannot be read: {reason}.",
                                  hint="Check that it is there and that you may read it.")) from None


class Transfer(NamedTuple):
    """Nodes whose weights were taken from a file, and those that start fresh, in the order of the network."""

    taken: tuple[str, ...]
    fresh: tuple[str, ...]

    def text(self, name: str) -> str:
        """One sentence; `name` is how it calls the file."""
        fresh = f"; {named(self.fresh, 'start')} fresh" if self.fresh else ""
        return f"{named(self.taken, 'take')} the weights of {name}{fresh}."


def transfer(network: Network, arrays: Mapping[str, Array], name: str) -> Transfer:
    """Put into the network what fits: every node of which all arrays are there in the right shape.

    `name` is how messages call the file. Raises FormatError, and changes nothing, if not a single node fits.
    """
    taken: list[str] = []
    fresh: list[str] = []
    chosen: dict[str, Array] = {}
    for node in dict.fromkeys((*network.weights, *network.state)):
        wanted = {f"{node}.{key}": array.shape for held in (network.weights, network.state)
                  for key, array in held[node].items()}
        fits = not any(_misfit(key, shape, arrays.get(key)) for key, shape in wanted.items())
        (taken if fits else fresh).append(node)
        chosen |= {key: arrays[key] for key in wanted} if fits else {}
    if not taken:
        raise FormatError(Problem("weights.misfit", f"{name} has no weights for any node of this network: none has the "
                                  "same name and shapes.", hint="Name the nodes as they are named in that file."))
    network.load(chosen)
    return Transfer(tuple(taken), tuple(fresh))


def fit(network: Network, arrays: Mapping[str, Array]) -> None:
    """Put `arrays` into the network. Raises FormatError, and changes nothing, unless names and shapes all fit."""
    wanted = {f"{node}.{name}": array.shape for held in (network.weights, network.state) for node in held
              for name, array in held[node].items()}
    misfits = [misfit for key in wanted if (misfit := _misfit(key, wanted[key], arrays.get(key)))]
    misfits += [f"{key} has no place in it" for key in sorted(arrays.keys() - wanted.keys())]
    if misfits:
        more = f" and {len(misfits) - NAMED} more" if len(misfits) > NAMED else ""
        message = f"The weights do not fit this network: {', '.join(misfits[:NAMED])}{more}."
        raise FormatError(Problem("weights.misfit", message, hint="Use the weights that were saved with it."))
    network.load(arrays)


def _misfit(key: str, shape: Shape, array: Array | None) -> str:
    if array is None:
        return f"{key} is missing"
    return "" if array.shape == shape else f"{key} is {show(array.shape)} instead of {show(shape)}"


def _bad(file: Path, why: str) -> FormatError:
    return FormatError(Problem("file.weights", f"{file.name} does not hold weights: {why}.", hint=HINT))


def tensors(file: Path, raw: bytes) -> dict[str, Array]:
    """The arrays in the content of a safetensors file; `file` is only named. Raises FormatError."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    header = int.from_bytes(raw[:8], "little")
    if raw[8:9] != b"{":
        raise _bad(file, "it is neither npz nor safetensors")
    if 8 + header > len(raw):
        raise _bad(file, "it is cut off")
    try:
        arrays = load(raw)
    except SafetensorError:
        raise _bad(file, "it is damaged or cut off") from None
    except Exception:
        # What follows a sound header fails only where NumPy lacks the type, in as many ways as there are types.
        raise _bad(file, "its numbers are of a kind that NumPy does not have") from None
    _numeric(file, arrays.items())
    return dict(arrays)


def _npz(file: Path, raw: bytes) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _members(file, archive)
    except FormatError:
        raise
    except Exception:
        # The module zipfile raises whatever it stumbles over in a damaged file.
        raise _bad(file, "it is damaged or cut off") from None


def _members(file: Path, archive: zipfile.ZipFile) -> dict[str, Array]:
    members = archive.infolist()
    if len(members) > MOST or sum(m.file_size for m in members) > LARGEST:
        raise _bad(file, "it unpacks to more than a file of weights may hold")
    if BUNDLED in {m.filename for m in members}:
        return tensors(file, archive.read(BUNDLED))
    if strange := next((m.filename for m in members if not m.filename.endswith(".npy")), None):
        raise _bad(file, f"it contains {strange[:60]!r}, which is no array")
    arrays = {m.filename.removesuffix(".npy"): _array(file, m.filename, archive.read(m)) for m in members}
    _numeric(file, arrays.items())
    return arrays


def _array(file: Path, name: str, raw: bytes) -> Array:
    """One .npy file. Its size is compared with what its header promises before anything is allocated."""
    stream = io.BytesIO(raw)
    try:
        shape, fortran, dtype = _header(stream)
    except Exception:
        # The header is a Python literal, and NumPy raises whatever a damaged one leads to.
        raise _bad(file, f"{name[:60]!r} in it is no array") from None
    if dtype.hasobject:
        raise _bad(file, f"{name[:60]!r} in it is a pickled object, which could run any program and is never read")
    body = raw[stream.tell():]
    count = 1
    for length in shape:
        count *= length
    if count * dtype.itemsize != len(body):
        raise _bad(file, f"{name[:60]!r} in it is cut off")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if fortran else "C").copy()


def _header(stream: io.BytesIO) -> tuple[Shape, bool, np.dtype[Any]]:
    """Shape, whether in Fortran order, and type, from the beginning of a .npy file."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        version = np.lib.format.read_magic(stream)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        return read(stream)


def _numeric(file: Path, arrays: Iterable[tuple[str, Array]]) -> None:
    for name, array in arrays:
        if array.dtype.kind not in NUMBERS:
            raise _bad(file, f"{name[:60]!r} in it holds {array.dtype} instead of numbers")
