"""How well a line answers what was typed: the same in the palette, the quick add and the command palette."""
from __future__ import annotations

from collections.abc import Iterable

EXACT, START, WORD, SYNONYM, INITIALS = 100.0, 90.0, 80.0, 75.0, 70.0
ALIAS, INSIDE, SCATTERED, SLIP = 60.0, 50.0, 20.0, 5.0
# Letters scattered over a long line mean nothing.
SPREAD = 3
# Shorter words are one slip away from too many others.
LEAST = 4


def score(text: str, candidate: str, synonyms: Iterable[str] = ()) -> float | None:
    """From 100 (what was typed) down to above 0, or None if `candidate` does not answer `text` at all.

    Every word of `text` has to be found: whole, as the beginning of a word, as initials ("bn" for Batch Norm),
    inside, with its letters in order close to each other, or, last of all, with one slip of the fingers ("lienar").
    Shorter candidates come before longer ones.
    """
    wanted, line = " ".join(text.casefold().split()), candidate.casefold()
    others = [word.casefold() for word in synonyms]
    best = _phrase(wanted, line, others)
    if best is None and " " in wanted:
        parts = [_phrase(word, line, others) for word in wanted.split()]
        found = [part for part in parts if part is not None]
        best = sum(found) / len(found) - 5 if len(found) == len(parts) else None
    return None if best is None else max(0.1, best - min(len(line), 100) / 50)


def _phrase(wanted: str, line: str, others: list[str]) -> float | None:
    words = _words(line)
    tiers = (
        (EXACT, wanted == line),
        (START, line.startswith(wanted)),
        (WORD, any(word.startswith(wanted) for word in words)),
        (SYNONYM, wanted in others),
        (INITIALS, len(wanted) > 1 and "".join(word[0] for word in words).startswith(wanted)),
        (ALIAS, any(word.startswith(wanted) for word in others)),
        (INSIDE, wanted in line),
        (INSIDE - 5, len(wanted) > 1 and any(wanted in word for word in others)),
    )
    found = next((value for value, holds in tiers if holds), None)
    if found is None:
        found = _scattered(wanted, line)
    if found is None and any(_slipped(wanted, word) for word in (*words, *others)):
        found = SLIP
    return found


def _scattered(wanted: str, line: str) -> float | None:
    """The letters in order, beginning at the start of a word and without long gaps."""
    if len(wanted) < 2 or " " in wanted:
        return None
    starts = [at for at, letter in enumerate(line) if letter == wanted[0] and (at == 0 or not line[at - 1].isalnum())]
    spans = [end - start + 1 for start in starts if (end := _follow(wanted, line, start)) is not None]
    span = min(spans, default=None)
    if span is None or span > SPREAD * len(wanted):
        return None
    return SCATTERED + 20 * len(wanted) / span


def _slipped(wanted: str, word: str) -> bool:
    """True if two neighbouring letters are exchanged, or one letter after the first is another one."""
    if len(wanted) < LEAST or len(wanted) != len(word):
        return False
    at = [i for i, (typed, meant) in enumerate(zip(wanted, word, strict=True)) if typed != meant]
    if len(at) == 1:
        return at[0] > 0
    return len(at) == 2 and at[1] == at[0] + 1 and wanted[at[0]] == word[at[1]] and wanted[at[1]] == word[at[0]]


def _follow(wanted: str, line: str, at: int) -> int | None:
    """Where the last letter of `wanted` is, if its letters follow each other from `at` on."""
    for letter in wanted[1:]:
        at = line.find(letter, at + 1)
        if at < 0:
            return None
    return at


def _words(line: str) -> list[str]:
    spaced = "".join(letter if letter.isalnum() else " " for letter in line)
    return spaced.split()
