from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.translate.digits import digits_differ
from worldtake.translate.numerals import written_out

SAME = [
    # Groups and fractions.
    ("Cena je 1.200,5 evra.", "The price is 1,200.5 euros."),
    ("Bilo je 12 000 ljudi.", "There were 12,000 people."),
    ("2,5 lakh लोग", "250,000 people"),
    ("Skupaj 1.25 odstotka", "1.25 percent in all"),
    # Words of scale, on either side.
    ("Всего 3 млн человек", "3 million people in all"),
    ("Около 350 тыс. рублей", "About 350,000 roubles"),
    ("約1億2500万円", "about 125 million yen"),
    ("2040万人が見た", "20.4 million people watched"),
    ("3만 5천 명", "35,000 people"),
    ("लगभग 5 करोड़ लोग", "about 50 million people"),
    ("mkopo wa milioni 20", "a loan of 20 million"),
    # Digits of other scripts.
    ("أصيب ٤١ شخصًا", "41 people were hurt"),
    ("४१ लोग घायल", "41 people hurt"),
    ("၄၁ ဦး ဒဏ်ရာရ", "41 were hurt"),
    # Dates and hours.
    ("10月3日に発表", "announced on October 3"),
    ("ngày 30 tháng 5 năm 2005", "on May 30, 2005"),
    ("Dne 19.11. ob 15.00", "On November 19 at 3 p.m."),
    ("à 14h30", "at 2:30 pm"),
    ("v 30. letech 20. století", "in the 1930s, in the 20th century"),
    ("1800-talets hus", "houses of the 19th century"),
    ("十一月二十日", "on November 20"),
    # Words for numbers.
    ("V nesreči so umrli 3 ljudje.", "Three people died in the accident."),
    ("Na zabavi je bilo dvajset ljudi.", "There were 20 people at the party."),
    ("за 21 день", "in twenty-one days"),
    ("Poslali so 600 šotorov.", "Six hundred tents were sent."),
    ("в XIX веке", "in the 19th century"),
    ("同じ1つの理由", "one and the same reason"),
    # Measures.
    ("hitrost 137 km/h", "a speed of 85 miles per hour"),
    ("od 5 do 10 cm dežja", "2 to 4 inches of rain"),
    # What are letters.
    ("ေ၀လအမ်ိဳးသား", "the people of Wales"),
    ("L&#39;Oreal", "L'Oreal"),
]


@pytest.mark.parametrize(("source", "target"), SAME)
def test_a_number_written_otherwise_is_the_same(source: str, target: str) -> None:
    assert not digits_differ(source, target, "en")


OTHER = [
    ("Bilo je 214 ljudi.", "There were 241 people."),
    ("Bilo je 214 ljudi.", "There were people."),
    ("Bilo je veliko ljudi.", "There were 214 people."),
    ("Cena je 1.200 evrov.", "The price is 1,300 euros."),
    ("Bilo je 76.000 ljudi.", "There were 76,050 people."),
    ("Leto po glasovanju 1. oktobra", "A year after the vote of October 7"),
    ("Всего 3 млн человек", "3 billion people in all"),
    ("約1億2500万円", "about 120 million yen"),
    ("hitrost 137 km/h", "a speed of 95 miles per hour"),
    ("Bilo je 15 ljudi.", "There were 3 people."),
    ("Dne 19.11. ob 15.00", "On November 18 at 3 p.m."),
]


@pytest.mark.parametrize(("source", "target"), OTHER)
def test_another_number_is_seen(source: str, target: str) -> None:
    assert digits_differ(source, target, "en")


def test_number_words_of_a_language_without_a_list_are_let_pass_where_they_are_small() -> None:
    found = [
        digits_differ(source, "Bilo je mnogo ljudi.", "sl") for source in ("3 people", "73 people")
    ]
    assert [False, True] == found


@pytest.mark.parametrize(
    ("numerals", "value"),
    [("第十一回", 11), ("二百五十人", 250), ("三万五千", 35_000), ("二〇二六年", 2026), ("XXIV", 24), ("፲፱", 19), ("፪፻", 200)],
)  # fmt: skip
def test_old_numerals_are_read(numerals: str, value: int) -> None:
    assert {float(value)} == written_out(numerals)


def test_a_loop_of_digits_is_another_number() -> None:
    for loop in ("9" * 20_000, "1 2 " * 5_000, "三万" * 5_000, "IV " * 5_000, "9億" * 5_000):
        assert digits_differ("Bilo je 214 ljudi.", loop, "en")


@given(st.integers(21, 10**9), st.sampled_from(["{:,}", "{}"]))
def test_a_number_is_itself_however_it_is_grouped(number: int, form: str) -> None:
    text = form.format(number)
    assert not digits_differ(text.replace(",", "."), text, "en")
    assert not digits_differ(text.replace(",", "\u00a0"), text, "en")


@given(st.text(alphabet="0123456789.,: ٣४年月日万億XI½²䷀a", max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(source: str, target: str) -> None:
    assert digits_differ(source, target) in {True, False}
    assert not digits_differ(source, source)
