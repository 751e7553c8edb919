from __future__ import annotations

import pickle

from worldtake.engines import NoTranslator, PhrasebookTranslator

BOOK = PhrasebookTranslator(
    phrases={("sl", "Dober dan."): "Good day.", ("it", "Buongiorno."): "Hello."}
)


def test_a_phrasebook_knows_its_sentences_and_no_others() -> None:
    segments = ("Nekaj drugega.", " Dober\u00a0dan. ")
    assert (None, "Good day.") == BOOK.translate(segments, "sl", "en")


def test_a_phrasebook_can_do_only_its_languages() -> None:
    pairs = [("sl", "en"), ("de", "en"), ("sl", "fr")]
    assert ["good", None, None] == [BOOK.tier(*pair) for pair in pairs]


def test_a_phrasebook_of_another_target_gives_nothing() -> None:
    assert (None,) == BOOK.translate(("Dober dan.",), "sl", "fr")


def test_no_translator_answers_for_every_segment() -> None:
    none = NoTranslator()
    assert (None, None) == none.translate(("a", "b"), "sl", "en")
    assert none.tier("sl", "en") is None


def test_translators_can_be_sent_to_another_process() -> None:
    assert BOOK == pickle.loads(pickle.dumps(BOOK))  # noqa: S301 our own bytes
