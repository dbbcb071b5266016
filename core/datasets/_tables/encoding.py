"""From bytes of any encoding to UTF-8."""
from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from core.datasets._tables.source import Source

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LOOKED_AT = 4096
FALLBACK = "cp1252"
SURE = 0.9


def guess(head: bytes) -> str:
    """The encoding that the first bytes show: by their mark, or by where zeros are; else UTF-8."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0:LOOKED_AT:2], head[1:LOOKED_AT:2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(high) > 1 and high.count(0) > SURE * len(high) and not low.count(0):
            return name
    return "utf-8"


def utf8(source: Source, pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The pieces in UTF-8 without a mark. Raises DataError naming the line of what does not fit the encoding.

    With "auto", bytes that are not UTF-8 are taken as the Windows encoding of Western Europe, if all before are ASCII.
    """
    decoder: codecs.IncrementalDecoder | None = None
    auto, line, plain = encoding == "auto", 1, True
    left = b""
    for piece in pieces:
        data = left + piece
        if line == 1 and not left and decoder is None:
            name = guess(data) if auto else encoding
            data = data.removeprefix(codecs.BOM_UTF8) if name == "utf-8" else data
            decoder = None if name == "utf-8" else codecs.getincrementaldecoder(name)()
        if decoder is None:
            whole = data if data.isascii() else data[: _whole(data)]
            plain = plain and whole.isascii()
            left = data[len(whole):]
            if not whole.isascii() and (bad := _invalid(whole)) is not None:
                if not (auto and data[:bad].isascii() and (line == 1 or plain_so_far)):
                    raise _wrong(source, "utf-8", line + data.count(b"\n", 0, bad))
                decoder, left, whole = codecs.getincrementaldecoder(FALLBACK)(), b"", data
            plain_so_far = plain
        if decoder is not None:
            whole = _decoded(source, decoder, data, line)
        if b"\0" in whole:
            raise _binary(source)
        line += whole.count(b"\n")
        yield whole
    if left or (decoder is not None and _rest(decoder)):
        raise _wrong(source, encoding, line)
