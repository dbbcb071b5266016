"""Texts cut into words or characters, and the numbers that stand for them."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.preprocessing._chain import Chain

PADDING, UNKNOWN, FIRST = 0, 1, 2
NOTHING, STRANGE = "", "<unknown>"
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
EMOJI = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
PLAIN = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:'\w+)*")


@cache
def _any_script() -> re.Pattern[str]:
    """A number, an emoji with its modifiers, a flag, an ideograph, or letters with their marks and apostrophes."""
    mark = f"[{_marks()}\u200c\u200d]"
    picture = f"{EMOJI}[\ufe0f\U0001f3fb-\U0001f3ff]*"
    letter = rf"[^\W{ALONE}]"
    # Written so that there is one way only to match a word: there is nothing to try again.
    word = rf"{letter}+(?:{mark}+{letter}*)*"
    return re.compile(rf"\d+(?:[.,]\d+)+|[\U0001f1e6-\U0001f1ff]{{2}}|{picture}(?:\u200d{picture})*|[{ALONE}]{mark}*"
                      rf"|{word}(?:'{word})*")


def _marks() -> str:
    """All characters that are written on others, as ranges of a pattern; there are none in the higher planes."""
    ranges: list[list[int]] = []
    for code in range(0x20000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


def cut(text: str, by: str, *, lower: bool) -> Iterator[str]:
    """The tokens of a text, in order: its "words" or its "characters".

    Words are runs of letters and digits in any script, with apostrophes inside them; an emoji is a word, and so is each
    character of Chinese and Japanese, which put no spaces between words. Punctuation is left out. As characters all
    white space is a blank, and several in a row are one.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    if lower:
        text = text.lower()
    if by == "characters":
        return iter(" ".join(text.split()))
    pattern = PLAIN if text.isascii() else _any_script()
    return (found.group() for found in pattern.finditer(text))


class Vocabulary:
    """Which word has which number. 0 fills texts up, 1 is every word that is not known, the most frequent has 2.

    `words[0]` has the number 2. `by` and `lower` say how texts are cut.
    """

    def __init__(self, words: Iterable[str], by: str = "words", *, lower: bool = True):
        self.words, self.by, self.lower = tuple(words), by, lower
        self._numbers: Mapping[str, int] = {word: number for number, word in enumerate(self.words, FIRST)}

    @classmethod
    def learned(cls, texts: Iterable[str], size: int, by: str = "words", *, lower: bool = True) -> Vocabulary:
        """The most frequent words of the texts, equally frequent ones in the order of the alphabet.

        There are at most `size` numbers, with the two that stand for no word of their own.
        """
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(cut(text, by, lower=lower))
        ordered = sorted(counts, key=lambda word: (-counts[word], word))
        return cls(ordered[: max(0, size - FIRST)], by, lower=lower)

    def __len__(self) -> int:
        """How many numbers there are."""
        return FIRST + len(self.words)

    def word(self, number: int) -> str:
        """What a number stands for: "" for padding, STRANGE for a word that is not known or a number that has none."""
        if number == PADDING:
            return NOTHING
        return self.words[number - FIRST] if FIRST <= number < len(self) else STRANGE

    def number(self, word: str) -> int:
        """The number of a word as `tokens` gives it."""
        return self._numbers.get(word, UNKNOWN)

    def tokens(self, text: str) -> list[str]:
        """The words of a text, known or not."""
        return list(cut(text, self.by, lower=self.lower))

    def said(self, numbers: Iterable[float]) -> list[str]:
        """The words that a row of numbers stands for, without padding."""
        return [self.word(int(number)) for number in numbers if number != PADDING]

    def row(self, text: str, length: int) -> list[int]:
        """The numbers of the first `length` words of a text, which may be fewer."""
        get = self._numbers.get
        return [get(word, UNKNOWN) for word in islice(cut(text, self.by, lower=self.lower), length)]

    def rows(self, texts: np.ndarray, length: int, *, at_start: bool) -> np.ndarray:
        """The texts (n,) as numbers (n, length) float32, filled up with 0 at their start or at their end."""
        found = np.zeros((len(texts), length), np.float32)
        for place, text in enumerate(texts):
            if numbers := self.row(text, length):
                found[place, slice(-len(numbers), None) if at_start else slice(len(numbers))] = numbers
        return found


def vocabularies(chain: Chain) -> dict[str, Vocabulary]:
    """What the numbers of text columns stand for, by the column's name, as the steps of a chain have learned it."""
    learned = [getattr(fitted, "learned", {}) for fitted in chain.fitted]
    return {name: known for each in learned for name, known in each.items() if isinstance(known, Vocabulary)}
