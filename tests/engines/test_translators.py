from __future__ import annotations

import pickle

from worldtake.engines import NoTranslator, PhrasebookTranslator, Translated, Untranslated

BOOK = PhrasebookTranslator(
    phrases={("sl", "Dober dan."): "Good day.", ("it", "Buongiorno."): "Hello."}
)


def test_a_phrasebook_knows_its_sentences_and_no_others() -> None:
    segments = ("Nekaj drugega.", " Dober\u00a0dan. ")
    unknown = Untranslated(reason="not known by heart")
    assert (unknown, Translated(text="Good day.")) == BOOK.translate(segments, "sl", "en")


def test_a_phrasebook_can_do_only_its_languages() -> None:
    pairs = [("sl", "en"), ("de", "en"), ("sl", "fr")]
    found = [BOOK.supports(*pair) for pair in pairs]
    assert ["good", None, None] == [each and each.tier for each in found]


def test_a_phrasebook_of_another_target_gives_nothing() -> None:
    (answer,) = BOOK.translate(("Dober dan.",), "sl", "fr")
    assert isinstance(answer, Untranslated)


def test_no_translator_answers_for_every_segment() -> None:
    none = NoTranslator()
    none_of_two = (Untranslated(reason="no translator is set up"),) * 2
    assert none_of_two == none.translate(("a", "b"), "sl", "en")
    assert none.supports("sl", "en") is None


def test_translators_can_be_sent_to_another_process() -> None:
    assert BOOK == pickle.loads(pickle.dumps(BOOK))  # noqa: S301 our own bytes
