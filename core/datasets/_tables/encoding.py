"""From bytes of any encoding to UTF-8."""
from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import Source
from core.errors import DataError

MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))
LOOKED_AT = 4096
FALLBACK = "cp1252"
SURE = 0.9
NEVER_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


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
    converter: _Converter | None = None
    for piece in pieces:
        if converter is None:
            name = guess(piece) if encoding == "auto" else encoding
            converter = _Converter(source, name, swaps=encoding == "auto" and name == "utf-8")
            piece = piece.removeprefix(codecs.BOM_UTF8) if name == "utf-8" else piece
        yield converter.convert(piece)
    if converter is not None:
        yield converter.convert(b"", final=True)


class _Converter:
    def __init__(self, source: Source, name: str, *, swaps: bool):
        self.source, self.name, self.swaps = source, name, swaps
        self.decoder = codecs.getincrementaldecoder(name)()
        self.line, self.plain, self.begun = 1, True, False

    def convert(self, piece: bytes, *, final: bool = False) -> bytes:
        # In ASCII most encodings agree, and most tables are ASCII.
        if self.name in ("utf-8", FALLBACK) and piece.isascii() and not self.decoder.getstate()[0]:
            text = piece
        else:
            decoded = self._decode(piece, final=final)
            self.plain = self.plain and decoded.isascii()
            text = decoded.encode("utf-8", "replace")
        self._refuse_binary(text)
        self.line += text.count(b"\n")
        return text

    def _decode(self, piece: bytes, *, final: bool) -> str:
        try:
            return self.decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            if not (self.swaps and self.plain and error.object[: error.start].isascii()):
                raise self._wrong(error) from None
            data = error.object
        except UnicodeError:
            raise self._wrong(None) from None
        self.name, self.swaps = FALLBACK, False
        self.decoder = codecs.getincrementaldecoder(FALLBACK)()
        try:
            return self.decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise self._wrong(error) from None

    def _wrong(self, error: UnicodeDecodeError | None) -> DataError:
        line = self.line + (error.object.count(b"\n", 0, error.start) if error else 0)
        return refuse("encoding", self.source.path, f"this is not {self.name.upper()} text",
                      "Choose the encoding that the file was written in, or save it as UTF-8.", f"line {line:,}")

    def _refuse_binary(self, text: bytes) -> None:
        head = b"" if self.begun else text[:LOOKED_AT]
        where = next((place for place, byte in enumerate(head) if byte in NEVER_TEXT), -1)
        where = text.find(b"\0") if where < 0 else where
        self.begun = True
        if where >= 0:
            line = self.line + text.count(b"\n", 0, where)
            raise refuse("binary", self.source.path, "this is not text",
                         "Choose a file that holds a table; one with the wrong ending has to be renamed.",
                         f"line {line:,}")
