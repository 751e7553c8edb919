from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.model import Skip
from worldtake.testing import STAGE_CHECKS, an_article
from worldtake.trace import FindQuotes

from .tracing_builders import quotes, spoken

if TYPE_CHECKING:
    from .tracing_builders import StageCheck


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_finding_quotes_is_a_stage(check: StageCheck) -> None:
    check(FindQuotes(), [an_article(), an_article("")])


def test_an_article_without_text_is_skipped() -> None:
    assert Skip("no-text") == FindQuotes()(an_article("  "))


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        ("en", "“We left at dawn,” said Ada Brankovic, the keeper.", "We left at dawn,", "Ada Brankovic"),
        ("en", "“We left at dawn,” the keeper said on Friday.", "We left at dawn,", "the keeper"),
        ("en", 'The keeper told reporters: "Nobody came."', "Nobody came.", "The keeper"),
        ("de", "„Wir sind früh los“, sagte Kapitän Jan Petersen.", "Wir sind früh los", "Kapitän Jan Petersen"),
        ("de", "In einem Interview erklärte er: „Das war knapp genug.“", "Das war knapp genug.", "er"),
        ("fr", "« Nous sommes partis tôt », a déclaré Anne Roux.", "Nous sommes partis tôt", "Anne Roux"),
        ("fr", "« Il fait froid ici », a-t-elle ajouté.", "Il fait froid ici", "elle"),
        ("es", "«Salimos temprano», dijo Marta Ruiz.", "Salimos temprano", "Marta Ruiz"),
        ("es", "—Nadie vino a vernos —sostiene Marta Ruiz.", "Nadie vino a vernos", "Marta Ruiz"),
        ("it", "«Siamo partiti presto», ha detto Anna Bruni.", "Siamo partiti presto", "Anna Bruni"),
        ("pt", "“Saímos cedo de casa”, disse Ana Prata.", "Saímos cedo de casa", "Ana Prata"),
        ("sl", "»Odšli smo zgodaj,« je povedal Matej Kos.", "Odšli smo zgodaj,", "Matej Kos"),
        ("sr-Latn", "„Otišli smo rano“, rekao je Jovan Ilić.", "Otišli smo rano", "Jovan Ilić"),
        ("sr-Cyrl", "„Отишли смо рано“, рекао је Јован Илић.", "Отишли смо рано", "Јован Илић"),
        ("ru", "«Мы вышли рано», — сказал Иван Крылов.", "Мы вышли рано", "Иван Крылов"),
        ("uk", "«Ми вийшли рано», — сказав Тарас Левченко.", "Ми вийшли рано", "Тарас Левченко"),
        ("pl", "– Wyszliśmy wcześnie – mówi Jan Nowak.", "Wyszliśmy wcześnie", "Jan Nowak"),
        ("tr", "Aylin Demir, “Erken çıktık” dedi.", "Erken çıktık", "Aylin Demir"),
        ("ar", "وقال سامي حداد: «خرجنا مبكرا من البيت».", "خرجنا مبكرا من البيت", "سامي حداد"),
        ("hi", "अनिल वर्मा ने कहा, “हम सुबह जल्दी निकले।”", "हम सुबह जल्दी निकले।", "अनिल वर्मा"),
        ("zh", "林海表示：“我们很早就出发了。”", "我们很早就出发了。", "林海"),
        ("ja", "田中氏は「早く出発しました」と述べた。", "早く出発しました", "田中氏"),
        ("id", "“Kami berangkat pagi,” kata Budi Santoso.", "Kami berangkat pagi,", "Budi Santoso"),
        ("sw", "“Tuliondoka mapema,” alisema Juma Bakari.", "Tuliondoka mapema,", "Juma Bakari"),
    ],
)  # fmt: skip
def test_a_speaker_is_found_in_each_language(
    language: str, text: str, words: str, speaker: str
) -> None:
    assert [(words, speaker)] == spoken(text, language)


def test_a_quote_runs_over_paragraphs_without_its_marks() -> None:
    text = "Ada Brank said: “We left at dawn.\n\n“Nobody saw us go.”"
    assert [("We left at dawn. / Nobody saw us go.", "Ada Brank")] == spoken(text)


def test_a_second_quotation_is_by_the_speaker_of_the_first() -> None:
    text = "“We left at dawn,” said Ada Brank. “Nobody saw us go anywhere.”"
    assert ["Ada Brank", "Ada Brank"] == [speaker for _, speaker in spoken(text)]


def test_a_speaker_may_stand_within_the_marks_in_french() -> None:
    text = "« On attend le drame, soupire Yann Guern, délégué. Cette fois, tout va bien. »"
    assert [("On attend le drame / Cette fois, tout va bien.", "Yann Guern")] == spoken(text, "fr")


def test_a_pronoun_stands_for_the_person_named_before() -> None:
    text = "Ada Brank runs the port.\n\nIt was built long ago. She left it.\n\n“We are closed,” she said."
    assert ["Ada Brank"] == [quote.speaker_name for quote in quotes(text) if quote.kind == "direct"]


def test_a_last_name_stands_for_the_full_name() -> None:
    text = "Carla Vendramin spoke first.\n\n“Nobody is missing,” Vendramin told reporters."
    assert ["Carla Vendramin"] == [quote.speaker_name for quote in quotes(text)]


def test_a_term_in_marks_is_no_speech() -> None:
    assert ["term"] == [
        quote.kind for quote in quotes("The so-called ‘de facto’ border was closed.")
    ]


def test_quoted_words_of_a_headline_count_into_the_title() -> None:
    title = "Keeper 'offers to sell Anna's lamp' in major surprise"
    found = quotes("Nothing was said.", title=title)
    assert [("headline", "title", "offers to sell Anna's lamp")] == [
        (one.kind, one.part, one.content[0].cut(title)) for one in found
    ]


def test_reported_speech_is_found_where_the_wording_is_plain() -> None:
    text = "Ada Brank confirmed that the port had been sold to nobody."
    found = quotes(text)
    assert [("indirect", "the port had been sold to nobody")] == [
        (one.kind, one.content[0].cut(text)) for one in found
    ]


def test_what_someone_was_told_is_not_theirs() -> None:
    assert () == quotes("Ada was being told that the port had been sold.")


def test_quotes_without_a_table_for_the_language_are_still_found() -> None:
    assert [("Vi gick tidigt hemifrån idag", None)] == spoken(
        "”Vi gick tidigt hemifrån idag”, sade hon.", "sv"
    )
