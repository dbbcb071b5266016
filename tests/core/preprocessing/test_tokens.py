"""Texts as rows of numbers."""
from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import DATASETS, Recipe, outline, prepare
from core.errors import DataError
from core.preprocessing import STEPS, Column, ColumnSpec, Vocabulary, fit, infer, vocabularies
from core.preprocessing._words import STRANGE, cut

texts = st.lists(st.text(max_size=40), max_size=12)
ways = st.sampled_from(["words", "characters"])


def column(*values, name="text"):
    return Column(ColumnSpec(name, "text", missing=3), np.array(values, object))


def rows(values, learned_from=None, **params):
    """What the step makes of texts, having learned from others or from the same."""
    chain, x = fit((STEPS["tokens"](**params),), (column(*(learned_from or values)),))
    return x.tolist() if learned_from is None else chain.apply((column(*values),)).tolist()


@pytest.mark.parametrize(("text", "words"), [
    ("The cat, the DOG!", ["the", "cat", "the", "dog"]),
    ("don't, it’s o'clock 'quoted' dogs'", ["don't", "it's", "o'clock", "quoted", "dogs"]),
    ("L’été était “très” beau…", ["l'été", "était", "très", "beau"]),
    ("Straße, naïve, Ñandú", ["straße", "naïve", "ñandú"]),
    ("cafe\u0301", ["café"]),
    ("Привет, мир! Ξένος κόσμε", ["привет", "мир", "ξένος", "κόσμε"]),
    ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
    ("مرحبا بالعالم، می\u200cخواهم", ["مرحبا", "بالعالم", "می\u200cخواهم"]),
    ("안녕 세상", ["안녕", "세상"]),
    ("我爱你。ねこ ok", ["我", "爱", "你", "ね", "こ", "ok"]),
    ("great 😀👍🏽 👨‍👩‍👧 ❤️!", ["great", "😀", "👍🏽", "👨‍👩‍👧", "❤️"]),
    ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
    ("3.5 of 1,000 in 2024.", ["3.5", "of", "1,000", "in", "2024"]),
    ("well-known e-mail\tnew\nline", ["well", "known", "e", "mail", "new", "line"]),
    ("?!... -- ()", []), ("", []), (" \n", []),
])
def test_words_are_found_in_any_script(text, words):
    assert list(cut(text, "words", lower=True)) == words


def test_characters_keep_single_blanks_and_punctuation():
    assert list(cut(" A  b\n?é ", "characters", lower=False)) == ["A", " ", "b", " ", "?", "é"]


def test_case_is_kept_on_request():
    assert list(cut("Hot HOT hot", "words", lower=False)) == ["Hot", "HOT", "hot"]


@given(text=st.text(max_size=60), lower=st.booleans())
def test_no_word_is_empty_or_holds_a_blank(text, lower):
    assert all(word and not any(c.isspace() for c in word) for word in cut(text, "words", lower=lower))


@given(text=st.text(max_size=60))
def test_plain_text_is_cut_the_same_way_whatever_stands_beside_it(text):
    plain = text.encode("ascii", "ignore").decode()
    assert [*cut(plain, "words", lower=True), "é"] == list(cut(f"{plain} é", "words", lower=True))


@given(values=texts, size=st.integers(3, 30), by=ways)
def test_the_most_frequent_words_get_the_first_numbers_equal_ones_by_the_alphabet(values, size, by):
    known = Vocabulary.learned(values, size, by)
    counts = Counter(word for text in values for word in cut(text, by, lower=True))
    assert list(known.words) == sorted(counts, key=lambda word: (-counts[word], word))[: size - 2]
    assert [known.number(word) for word in known.words] == list(range(2, len(known)))
    assert [known.word(number) for number in range(2, len(known))] == list(known.words)


@given(values=texts, size=st.integers(3, 30), length=st.integers(1, 12), by=ways, at_start=st.booleans())
def test_every_row_says_the_beginning_of_its_text(values, size, length, by, at_start):
    known = Vocabulary.learned(values, size, by)
    found = known.rows(np.array([*values, ""], object)[:-1], length, at_start=at_start)
    assert found.shape == (len(values), length)
    assert found.dtype == np.float32
    for row, text in zip(found, values, strict=True):
        wanted = known.tokens(text)[:length]
        assert known.said(row) == [word if word in known.words else STRANGE for word in wanted]
        filled = np.flatnonzero(row == 0)
        assert filled.tolist() == (list(range(length - len(wanted))) if at_start else
                                   list(range(len(wanted), length)))


def test_short_texts_are_filled_up_and_long_ones_lose_their_end():
    values = ["b a b", "a", "", "b b a c"]
    assert rows(values, length=3) == [[2, 3, 2], [0, 0, 3], [0, 0, 0], [2, 2, 3]]
    assert rows(values, length=3, padding="end") == [[2, 3, 2], [3, 0, 0], [0, 0, 0], [2, 2, 3]]


def test_words_that_the_training_part_does_not_have_are_unknown():
    assert rows(["old new"], learned_from=["old"], length=2) == [[2, 1]]


def test_rare_words_that_the_vocabulary_has_no_room_for_are_unknown():
    assert rows(["a a b c"], vocabulary=3, length=4) == [[2, 2, 1, 1]]


def test_what_comes_out_is_known_without_reading_a_text():
    step = STEPS["tokens"](vocabulary=50, length=7)
    outcome = infer((step,), (ColumnSpec("text", "text", missing=2),))
    assert (outcome.shape, outcome.tokens) == ((7,), 50)
    assert step.infer((ColumnSpec("n"),)) == (ColumnSpec("n"),)


def test_the_vocabulary_can_be_asked_for():
    chain, _ = fit((STEPS["tokens"](),), (column("hot soup", "hot", name="review"),))
    known = vocabularies(chain)["review"]
    assert (known.words, known.word(0), known.word(1), known.word(99)) == (("hot", "soup"), "", STRANGE, STRANGE)
    assert known.tokens("Hot, cold soup") == ["hot", "cold", "soup"]
    assert known.said([0, 2, 1, 3]) == ["hot", STRANGE, "soup"]


def test_a_column_without_words_is_refused_by_name():
    with pytest.raises(DataError, match='column "text" holds no words'):
        rows(["", "..."])


def test_a_column_of_numbers_is_refused_if_it_is_named():
    with pytest.raises(DataError, match='column "x" does not hold text'):
        STEPS["tokens"](columns=["x"]).infer((ColumnSpec("x"),))


def test_nothing_is_learned_from_what_is_held_back():
    recipe = Recipe((STEPS["tokens"](vocabulary=5000),), validation=0.3, test=0.2, seed=5)
    parts = prepare(DATASETS["sentences"](), recipe)
    known = vocabularies(parts.chain)["sentence"]
    seen = {word for text in parts.raw[0][0].values for word in cut(text, "words", lower=True)}
    assert set(known.words) == seen
    assert (parts.validation.x == 1).any()
    assert not (parts.train.x == 1).any()


def test_sentences_become_rows_of_numbers():
    recipe = Recipe((STEPS["tokens"](vocabulary=300, length=12),))
    spec, parts = outline(DATASETS["sentences"](), recipe), prepare(DATASETS["sentences"](), recipe)
    assert (spec.shape, spec.tokens, spec.classes) == ((12,), 300, ("negative", "positive"))
    assert parts.train.x.shape == (spec.samples, 12)
    assert parts.train.x.max() < 300
