from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.text.sentences import CAP_CHARS, split

SENTENCES = {
    "en": ("Dr. Ada Stone left at 5 p.m. on Sept. 4 for the U.S. Senate.", "Nobody saw her again."),
    "de": (
        "Am 12. September brannte die Fähre.",
        "Im 19. Jahrhundert gab es so etwas z. B. nicht.",
    ),
    "sl": ("Ladja je odplula 12. septembra ob 7. uri.", "»Bili smo mirni,« je povedal kapitan."),
    "fr": ("« Nous partons. » a-t-elle dit à M. Morel.", "Puis elle est partie."),
    "es": ("¿Quién lo sabe?", "¡Nadie!", "El Sr. Gil calla."),
    "ru": ("В 2026 г. в г. Туле открыли мост.", "«Мы рады», — сказал И. Петров."),
    "el": ("Ο κ. Νίκος έφυγε.", "Κανείς δεν ξέρει γιατί."),
    "ar": ("هل وصلت السفينة؟", "نعم، قال د. سامي.", "وهذا كل شيء."),
    "ur": ("وہ گھر گیا۔", "پھر بارش ہوئی۔"),
    "he": ("הספינה הגיעה.", "איש לא נפגע."),
    "hi": ("डॉ. कविता दिल्ली गईं।", "वह लौट आईं।"),
    "am": ("መርከቡ ደረሰ።", "ማንም አልተጎዳም፡፡", "ደህና ነው።"),
    "hy": ("Նավը հասավ:", "Ոչ ոք չի տուժել։"),
    "ka": ("გემი მოვიდა.", "არავინ დაშავებულა."),
    "ko": ("배가 도착했다.", "다친 사람은 없다."),
    "my": ("သင်္ဘော ရောက်ပြီ။", "ဘာမှ မဖြစ်ပါ။"),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_joined_by_a_space_are_found_again(language: str) -> None:
    text = " ".join(SENTENCES[language])
    assert list(SENTENCES[language]) == [span.cut(text) for span in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ("地震发生在清晨。", "没有人受伤。", "“我们很冷静。”她说。"),
        ("地震は朝に起きた。", "「怖かった。」と話した。", "けが人はいない。"),
        ("他問：「你在哪裡？」", "沒有人回答！"),
    ],
)
def test_chinese_and_japanese_need_no_space(sentences: tuple[str, ...]) -> None:
    text = "".join(sentences)
    joined = [piece for span in split(text) for piece in [span.cut(text)]]
    assert "".join(sentences) == "".join(joined)
    assert sentences[0] == joined[0]


def test_a_line_end_always_ends_a_sentence() -> None:
    text = "A headline without an end\n\nthe text goes on,\nand on"
    expected = ["A headline without an end", "the text goes on,", "and on"]
    assert expected == [span.cut(text) for span in split(text)]


def test_a_short_quotation_of_two_sentences_stays_whole() -> None:
    text = "Dodal je: »Posadka je bila mirna. To nas je rešilo.« Potem je odšel."
    expected = ["Dodal je: »Posadka je bila mirna. To nas je rešilo.«", "Potem je odšel."]
    assert expected == [span.cut(text) for span in split(text)]


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    text = ", ".join(["eleven more words than anybody would care to read"] * 20)
    pieces = [span.cut(text) for span in split(text)]
    assert all(piece.endswith((",", "read")) for piece in pieces)
    assert max(map(len, pieces)) <= CAP_CHARS


def test_thai_is_cut_at_spaces() -> None:
    text = "เรือเฟอร์รี่ไฟไหม้ในทะเลเอเดรียติกเมื่อคืนนี้ ผู้โดยสารทั้งหมดได้รับการช่วยเหลืออย่างปลอดภัย"
    assert len(split(text)) == 2


def test_a_small_letter_goes_on_after_an_abbreviation_only() -> None:
    text = "Serokwezîr duh li Amedê vegeriya. wî got ku ew vedigere. It cost approx. five crowns."
    expected = [
        "Serokwezîr duh li Amedê vegeriya.",
        "wî got ku ew vedigere.",
        "It cost approx. five crowns.",
    ]
    assert expected == [span.cut(text) for span in split(text)]


def test_invisible_marks_after_the_end_belong_to_the_sentence_before() -> None:
    text = "کښتۍ ورسېده.\u200e \u200e بیا باران وشو."
    assert ["کښتۍ ورسېده.\u200e \u200e", "بیا باران وشو."] == [
        span.cut(text) for span in split(text)
    ]


@pytest.mark.parametrize("seen", ["👩\u200d👩\u200d👧\u200d👦", "e\u0301\u0323", "🇸🇮", "نِّ", "ก็"])
def test_a_word_without_end_is_cut_between_characters_as_readers_see_them(seen: str) -> None:
    pieces = [span.cut(seen * 2000) for span in split(seen * 2000)]
    assert seen * 2000 == "".join(pieces)
    assert all(
        len(piece) <= CAP_CHARS and piece == seen * (len(piece) // len(seen)) for piece in pieces
    )


def test_a_letter_under_hundreds_of_marks_is_cut_all_the_same() -> None:
    text = "a" + "\u0301" * 1000
    assert text == "".join(span.cut(text) for span in split(text))


_HARD = ["a\u0301", "👩\u200d👧 ", "x" * 450, "\u0301" * 401, "Da. ", "地震。", "」", "؟ ", "\u200e ", "\u2028", "\r\n", " ", "12. ", "»Ne.« ", "ก" * 60 + " ", "\ud83d"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_HARD), st.text(max_size=10)), max_size=30))
def test_spans_hold_every_character_of_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    spans = split(text)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    assert all(text[end:start].strip() == "" for end, start in zip(ends, starts, strict=True))
    assert all(span.cut(text) == span.cut(text).strip() for span in spans)
    assert all(len(span) <= CAP_CHARS for span in spans)


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n。」“”«»ก ا،؟।\u0301-"), max_size=900))
def test_spans_cover_all_but_white_space_in_order(text: str) -> None:
    spans = split(text)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    assert all(text[end:start].strip() == "" for end, start in zip(ends, starts, strict=True))
    assert all(span.cut(text) == span.cut(text).strip() for span in spans)
    assert all(len(span) <= CAP_CHARS for span in spans)


@given(st.text(max_size=300))
def test_any_text_is_split_the_same_twice(text: str) -> None:
    assert split(text) == split(text)
