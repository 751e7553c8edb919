from __future__ import annotations

from worldtake.cluster.frequencies import Counts, Vocabulary, english_frequencies


def test_a_common_word_weighs_less_than_an_unlisted_one() -> None:
    counts = Counts(vocabulary=Vocabulary(prior=english_frequencies()))
    numbers = counts.vocabulary.number(["en:peopl", "en:maltieri"])
    counts.count("en", 0.0, numbers)
    common, rare = counts.idf("en", 0.0, numbers)
    assert common < rare / 2


def test_counts_fade_with_the_half_life() -> None:
    counts = Counts(vocabulary=Vocabulary(prior=english_frequencies()))
    numbers = counts.vocabulary.number(["en:maltieri"])
    for _ in range(50):
        counts.count("en", 0.0, numbers)
    then = counts.idf("en", 0.0, numbers)[0]
    later = counts.idf("en", 56.0, numbers)[0]
    assert then < later


def test_counts_stay_finite_over_years() -> None:
    counts = Counts(vocabulary=Vocabulary(prior=english_frequencies()))
    numbers = counts.vocabulary.number(["en:maltieri"])
    for day in range(0, 4000, 100):
        counts.count("en", float(day), numbers)
    assert 0 < counts.idf("en", 4000.0, numbers)[0] < 10


def test_the_table_names_itself_by_its_content() -> None:
    assert english_frequencies().digest() == english_frequencies().digest()
