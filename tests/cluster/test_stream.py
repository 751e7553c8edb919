from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.cluster import ClusterItem, ClusterSettings, StreamClusterer
from worldtake.testing import b_cubed, load_sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.cluster import StoryGroup
    from worldtake.testing import SampleArticle

MONDAY = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
SUBJECTS = (
    "ferry burns harbour coastguard lifeboats captain passengers smoke Ancona",
    "earthquake magnitude villages rubble tents governor aftershock Van",
    "vaccine dengue trial efficacy volunteers company board Nairobi",
    "railway court forest judge injunction rails ministry Belem",
    "painting stolen convent attic inspector prior baroque Lyon",
    "cable seabed internet repair ship operator regulator Suez",
)
FILLER = [
    "deck",
    "tally",
    "crane",
    "ballot",
    "quay",
    "vessel",
    "mayor",
    "harvest",
    "ledger",
    "witness",
    "tariff",
    "orchard",
]


def an_item(number: int, words: str, *, hours: float = 0.0, language: str = "en") -> ClusterItem:
    return ClusterItem(
        id=f"a{number:05}",
        moment=MONDAY + timedelta(hours=hours),
        outlet_id=f"o{number % 7}",
        language=language,
        title=" ".join(words.split()[:4]),
        text=words,
    )


def a_stream(size: int, seed: int = 3) -> list[ClusterItem]:
    chance = random.Random(seed)  # noqa: S311 a seeded stream of words, no secret
    items = []
    for number in range(size):
        words = [*SUBJECTS[number % len(SUBJECTS)].split(), *chance.sample(FILLER, 6)]
        words.append(f"event{number // 60 * len(SUBJECTS) + number % len(SUBJECTS)}")
        chance.shuffle(words)
        items.append(an_item(number, " ".join(words), hours=number / 6))
    return sorted(items, key=ClusterItem.order)


def grouped(items: Sequence[ClusterItem], batches: int = 1) -> tuple[StoryGroup, ...]:
    clusterer = StreamClusterer()
    size = -(-len(items) // batches)
    for start in range(0, len(items), size):
        clusterer.add(items[start : start + size])
        clusterer.stories()
    return clusterer.stories()


def the_stories(groups: Iterable[StoryGroup]) -> set[frozenset[str]]:
    return {frozenset(group.members) for group in groups}


def test_reports_of_one_happening_are_one_story_and_others_are_not() -> None:
    items = [an_item(n, SUBJECTS[n % 2] + f" detail{n}", hours=n) for n in range(6)]
    expected = {
        frozenset({"a00000", "a00002", "a00004"}),
        frozenset({"a00001", "a00003", "a00005"}),
    }
    assert expected == the_stories(grouped(items))


def test_a_story_is_named_after_its_first_article() -> None:
    items = [an_item(n, SUBJECTS[0], hours=n) for n in range(3)]
    (story,) = grouped(items)
    assert ("a00000", ("a00000", "a00001", "a00002")) == (story.founder, story.members)


@pytest.mark.parametrize("batches", [3, 10])
def test_batches_do_not_matter(batches: int) -> None:
    items = a_stream(400)
    assert grouped(items) == grouped(items, batches)


def test_asking_for_stories_changes_nothing() -> None:
    asked, silent = StreamClusterer(), StreamClusterer()
    for item in a_stream(270):
        asked.add([item])
        silent.add([item])
        if item.id.endswith("57"):
            asked.stories()
    assert silent.dump() == asked.dump()


def test_a_loaded_state_goes_on_as_the_one_dumped() -> None:
    items = a_stream(600)
    first = StreamClusterer()
    first.add(items[:333])
    second = StreamClusterer.load(first.dump())
    assert first.dump() == second.dump()
    first.add(items[333:])
    second.add(items[333:])
    assert (first.stories(), first.dump()) == (second.stories(), second.dump())


def test_a_state_made_with_other_settings_is_refused() -> None:
    dumped = StreamClusterer(ClusterSettings(block=64)).dump()
    with pytest.raises(ValueError, match="other settings"):
        StreamClusterer.load(dumped)


def test_bytes_that_are_no_state_are_refused() -> None:
    with pytest.raises(ValueError, match="not a packed state"):
        StreamClusterer.load(b"PK")


def test_an_article_out_of_order_is_refused_and_nothing_of_its_batch_is_taken() -> None:
    clusterer = StreamClusterer()
    later, earlier = an_item(2, SUBJECTS[0], hours=2), an_item(1, SUBJECTS[0], hours=1)
    with pytest.raises(ValueError, match="sort by moment"):
        clusterer.add([later, earlier])
    assert () == clusterer.stories()


def test_an_article_twice_is_refused() -> None:
    clusterer = StreamClusterer()
    item = an_item(1, SUBJECTS[0])
    clusterer.add([item])
    with pytest.raises(ValueError, match="sort by moment"):
        clusterer.add([item])


def test_an_empty_article_stands_alone() -> None:
    items = [replace(an_item(n, "", hours=n), title="") for n in range(2)]
    assert 2 == len(grouped(items))


def test_the_same_words_weeks_later_are_another_story() -> None:
    items = [an_item(0, SUBJECTS[0]), an_item(1, SUBJECTS[0], hours=24 * 20)]
    assert 2 == len(grouped(items))


def test_the_same_letters_in_two_languages_are_different_words() -> None:
    items = [an_item(0, SUBJECTS[0]), an_item(1, SUBJECTS[0], hours=1, language="fr")]
    assert 2 == len(grouped(items))


@pytest.mark.parametrize(
    ("language", "one", "two", "other"),
    [
        ("ru", "Паром сгорел у Анконы", "Паром горел близ Анконы", "Суд остановил железную дорогу"),
        (
            "el",
            "Φωτιά σε πλοίο στην Αγκόνα",
            "Πλοίο στις φλόγες στην Αγκόνα φωτιά",
            "Σεισμός στη Βαν",
        ),
        ("ar", "حريق في عبارة قبالة أنكونا", "عبارة تحترق قبالة أنكونا", "زلزال قرب مدينة وان"),
        ("he", "מעבורת נשרפה ליד אנקונה", "שריפה מעבורת אנקונה נשרפה", "רעידת אדמה בוואן"),
        ("hi", "अंकोना के पास नौका में आग", "नौका में आग अंकोना से बचाए", "वान में भूकंप के झटके"),
        ("zh", "安科纳附近渡轮起火", "渡轮在安科纳附近起火燃烧", "凡城发生地震三人死亡"),
        (
            "ja",
            "アンコーナ沖でフェリー火災",
            "フェリー火災アンコーナ沖で全員救助",
            "ワンで地震三人死亡",
        ),
        ("th", "เรือเฟอร์รี่ไฟไหม้ใกล้อันโคนา", "ไฟไหม้เรือเฟอร์รี่ใกล้อันโคนา", "แผ่นดินไหวที่เมืองวาน"),
    ],
)
def test_headlines_group_in_every_script(language: str, one: str, two: str, other: str) -> None:
    items = [
        replace(an_item(n, "", hours=n, language=language), title=title)
        for n, title in enumerate((one, two, other))
    ]
    expected = {frozenset({"a00000", "a00001"}), frozenset({"a00002"})}
    assert expected == the_stories(grouped(items))


def a_sample_item(article: SampleArticle) -> ClusterItem:
    return ClusterItem(
        id=article.id,
        moment=article.published,
        outlet_id=article.outlet_id,
        language="en",
        title=article.title.english,
        text=" ".join(s.english for paragraph in article.paragraphs for s in paragraph),
    )


def test_the_sample_press_in_english_falls_into_its_stories() -> None:
    articles = load_sample().articles
    gold = {article.id: article.story for article in articles}
    groups = grouped(sorted(map(a_sample_item, articles), key=ClusterItem.order))
    found = {member: group.founder for group in groups for member in group.members}
    score = b_cubed(found, gold)
    assert score.f1 >= 0.85
    for group in groups:
        assert 1 == len({gold[member] for member in group.members}), "look-alikes stay apart"
