"""One file from one address, by HTTP: goes on where an earlier try ended, and can be stopped."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests

PIECE = 1 << 16
# Seconds without a byte. Stopping takes no longer than that.
PATIENCE = 4.0
# How often in a row nothing may come before an address is given up.
TRIES = 4
PARTIAL, ABSENT = 206, 416


class TransferError(Exception):
    """An address does not give the file. The text ends the sentence "example.org: ..."."""


class CutOffError(TransferError):
    """It gave a part of it, which is kept."""


def transfer(address: str, part: Path, size: int, told: Callable[[int], None]) -> None:
    """Get the file of `size` bytes into `part`, after what is in it already.

    `told` hears how many bytes are there; what it raises ends the transfer, and so does an error of the disk. What has
    come stays. Raises TransferError.
    """
    idle = 0
    while (have := _length(part)) != size:
        if have > size:
            part.unlink()
            continue
        told(have)
        try:
            _once(address, part, size, told)
        except CutOffError:
            idle = 0 if _length(part) > have else idle + 1
            if idle >= TRIES:
                raise
    told(size)


def _once(address: str, part: Path, size: int, told: Callable[[int], None]) -> None:
    have = _length(part)
    with _asked(address, have) as answer:
        if have and answer.status_code == ABSENT:
            part.unlink()
            raise CutOffError("it does not go on from where the last try ended")
        if answer.status_code not in (200, PARTIAL):
            raise TransferError(f"the answer was {answer.status_code} {answer.reason}".strip())
        goes_on = answer.status_code == PARTIAL and _begins(answer) == have
        if answer.status_code == PARTIAL and not goes_on:
            raise TransferError("it gave another piece than was asked for")
        start = have if goes_on else 0
        promised = answer.headers.get("Content-Length", "")
        if promised.isdecimal() and start + int(promised) != size:
            raise TransferError(f"it has a file of {start + int(promised):,} bytes instead of {size:,}")
        with part.open("ab" if goes_on else "wb") as file:
            for piece in _pieces(answer):
                file.write(piece)
                start += len(piece)
                told(min(start, size))
                if start > size:
                    raise TransferError(f"it gave more than {size:,} bytes")
    if start < size:
        raise CutOffError("the connection was cut off")


@contextmanager
def _asked(address: str, have: int) -> Iterator[requests.Response]:
    import requests

    # As it is: what arrives is to have the length and the hash of the file itself.
    headers = {"Accept-Encoding": "identity", "User-Agent": "Layerloom"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        with requests.get(address, headers=headers, stream=True, timeout=PATIENCE) as answer:
            yield answer
    except requests.exceptions.Timeout:
        raise CutOffError("there was no answer in time") from None
    except requests.exceptions.SSLError:
        raise TransferError("its certificate cannot be verified") from None
    except requests.exceptions.ConnectionError:
        raise CutOffError("there is no connection") from None
    except requests.exceptions.RequestException as error:
        raise TransferError(f"the request failed: {error}") from None


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    from urllib3.exceptions import HTTPError

    try:
        while piece := answer.raw.read1(PIECE, decode_content=False):
            yield piece
    except HTTPError:
        raise CutOffError("the connection was cut off") from None


def _begins(answer: requests.Response) -> int:
    """Where the piece begins that an answer holds, -1 if it does not say."""
    first = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0].strip()
    return int(first) if first.isdecimal() else -1


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
