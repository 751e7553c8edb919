from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.engines import Glossary, Term, parse_glossary, read_glossary
from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from pathlib import Path

LINES = """
# words of the coast
sl\tPožar\ten\tblaze
sl\tvlada\ten\tgovernment
sl\tvlada RS\ten\tGovernment of Slovenia
sl\tvlada\tde\tRegierung
sl\tUS\ten\tConstitutional Court
zh\t北京\ten\tPeking
ko\t서울\ten\tSeoul
"""


def book() -> Glossary:
    return parse_glossary(LINES)


def test_words_are_found_in_the_order_of_the_text() -> None:
    found = book().terms("Vlada je pogasila Požar, pravi vlada.", "sl", "en")
    assert (("vlada", "government"), ("Požar", "blaze")) == found


def test_words_are_found_whole() -> None:
    assert () == book().terms("Vladajoča koalicija in Požarnica.", "sl", "en")


def test_of_two_words_that_overlap_the_longer_is_taken() -> None:
    found = book().terms("Danes vlada RS zaseda.", "sl", "en")
    assert (("vlada RS", "Government of Slovenia"),) == found


def test_capitals_of_the_glossary_are_meant() -> None:
    texts = ("us", "Us", "US", "POŽAR", "požar")
    found = [tuple(word for word, _ in book().terms(text, "sl", "en")) for text in texts]
    assert [(), (), ("US",), ("Požar",), ()] == found


def test_only_the_pair_of_languages_counts() -> None:
    pairs = [("sl", "de"), ("hr", "en"), ("sl", "en-GB"), ("en", "sl")]
    found = [book().terms("vlada", *pair) for pair in pairs]
    assert [(("vlada", "Regierung"),), (), (("vlada", "government"),), ()] == found


def test_a_language_covers_its_kinds_and_not_others_that_begin_like_it() -> None:
    pairs = [("zh-Hant", "en"), ("zhx", "en")]
    assert [1, 0] == [len(book().terms("北京", *pair)) for pair in pairs]


def test_scripts_without_spaces_are_searched_within_their_runs() -> None:
    assert (("北京", "Peking"),) == book().terms("我在北京工作。", "zh", "en")


def test_korean_particles_may_follow() -> None:
    texts = ("서울에서 회의가 열렸다.", "신서울에서")
    assert [1, 0] == [len(book().terms(text, "ko", "en")) for text in texts]


def test_letters_count_however_they_are_composed() -> None:
    assert (("Požar", "blaze"),) == book().terms("Poz\u030car", "sl", "en")


def test_the_checksum_is_that_of_the_words() -> None:
    turned = Glossary(entries=tuple(reversed(book().entries)))
    shorter = Glossary(entries=book().entries[1:])
    assert book().digest == turned.digest
    assert book().digest != shorter.digest
    assert "" == Glossary().digest


def test_a_pair_has_a_checksum_of_its_own() -> None:
    shorter = Glossary(entries=book().entries[1:])
    assert book().revision("sl", "de") == shorter.revision("sl", "de")
    assert book().revision("sl", "en") != shorter.revision("sl", "en")
    assert "" == book().revision("fi", "en")


def test_it_can_be_sent_to_another_process_after_use() -> None:
    used = book()
    used.terms("vlada", "sl", "en")
    assert used == pickle.loads(pickle.dumps(used))  # noqa: S301 our own bytes


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sl vlada en government", "line 3: it has 1 of 4 columns"),
        ("sl\tvlada\ten\tgovernment\tnoun", "line 3: it has 5 of 4 columns"),
        ("sl\t\ten\tgovernment", "line 3: the word is empty"),
        ("sl\tvlada\ten\t ", "line 3: the translation is empty"),
        ("Slovene\tvlada\ten\tgovernment", "line 3: 'Slovene' is no source language"),
        ("sl\tvlada\te\tgovernment", "line 3: 'e' is no target language"),
        (f"sl\t{'a' * 201}\ten\tb", "line 3: the word is longer than 200 characters"),
        ("sl\tdan\ten\tdate", "line 3: 'dan' has another translation in line 2"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_named(line: str, words: str) -> None:
    with pytest.raises(UnreadableInputError, match=words):
        parse_glossary(f"# words\nsl\tdan\ten\tday\n{line}\n")


def test_a_line_that_comes_twice_is_taken_once() -> None:
    line = "sl\tdan\ten\tday\n"
    assert parse_glossary(line) == parse_glossary(line * 2)


def test_a_file_is_read_with_mark_and_carriage_returns(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_bytes("\ufeffsl\tdan\ten\tday\r\n\r\n".encode())
    expected = Term(source="sl", word="dan", target="en", translation="day")
    assert (expected,) == read_glossary(path).entries


def test_a_file_that_is_not_utf8_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_bytes(b"# words\nsl\tpo\x9ear\ten\tblaze\n")
    with pytest.raises(UnreadableInputError, match=r"words\.tsv, line 2, is not UTF-8"):
        read_glossary(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="setting glossary"):
        read_glossary(tmp_path / "none.tsv")


def test_many_words_are_searched_fast() -> None:
    many = Glossary(
        entries=tuple(
            Term(source="sl", word=f"beseda{number}", target="en", translation=f"word{number}")
            for number in range(5000)
        )
        + tuple(
            Term(source="sl", word=f"{chr(0x10D0 + n % 30)}{n}", target="en", translation="x")
            for n in range(5000)
        )
    )
    text = "Danes je beseda4999 v besedilu. " * 100
    many.terms(text, "sl", "en")
    started = time.perf_counter()
    assert 1 == len(many.terms(text, "sl", "en"))
    assert time.perf_counter() - started < 1


@settings(deadline=None)
@given(st.text(), st.text(min_size=1, max_size=5).filter(lambda word: word.strip() == word))
def test_a_word_between_spaces_is_found_whatever_it_is(text: str, word: str) -> None:
    term = Term(source="sl", word=word, target="en", translation="x")
    book = Glossary(entries=(term,))
    found = book.terms(f"{text} {word} {text}", "sl", "en")
    assert len(found) <= 1
    assert all(each == (word, "x") for each in found)
