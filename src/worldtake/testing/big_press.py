"""A press of any size for measuring: the sample press's sites, many times over, with stories of their own.

Every outlet is a double of a sample outlet on a host of its own; every story has its own words, made by exchanging letters
within the sample's sentences, so that stories differ and reports of one story agree. Texts are gibberish in the right script
with the right small words; nothing in them is real. `python -m worldtake.testing.big_press` serves it and prints its address.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from worldtake.testing.sample_nouns import Sentence
from worldtake.testing.sample_press import Sample, load_sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from worldtake.testing.sample_nouns import SampleArticle, SampleOutlet

#: The moment by which everything is out.
NEWEST = datetime(2026, 9, 17, 12, tzinfo=UTC)
#: Time over which it came out.
SPREAD = timedelta(days=3)
#: Reports of a story on average; story sizes follow a power law, as in the press.
MEAN_REPORTS = 5.0
#: Share of reports that repeat an earlier one of their story and language word for word: agency copy.
COPIED = 0.25
#: Words from this length on get the story's own letters; shorter ones keep a sentence in its language.
LONG_WORD = 6
#: Letters that change places with each other.
_ALPHABETS = (
    "aeiou",
    "bcdfghklmnprstvz",
    "аеиоу",
    "бвгдзклмнпрст",
    "αεηιο",
    "βγδζκλμνπρστ",
    "بتثجحخدرسشصطعفقكلمن",
    "גדזחטכלמנספצקרש",
    "कखगघचजटडतदनपबमरलवसह",
    "กขคงจชดตทนบปพมยรลวส",
)
_LONG = regex.compile(rf"[\p{{L}}\p{{M}}]{{{LONG_WORD},}}")
_HAN = regex.compile(r"\p{Han}")
_NUMBER = regex.compile(r"[0-9]{2,}")


@dataclass(frozen=True, kw_only=True)
class BigSample:
    """A grown sample; equal numbers and seed give equal articles."""

    outlet_count: int
    article_count: int
    seed: int = 1
    #: Outlets of one registered domain; 1 gives each its own.
    group: int = 1

    @cached_property
    def seedling(self) -> Sample:
        """The sample press that it grows from."""
        return load_sample()

    @cached_property
    def outlets(self) -> tuple[SampleOutlet, ...]:
        """Doubles of the sample's outlets, in turn."""
        bases = self.seedling.outlets
        return tuple(
            self._grouped(_double(bases[number % len(bases)], number // len(bases) + 1), number)
            for number in range(self.outlet_count)
        )

    def _grouped(self, outlet: SampleOutlet, number: int) -> SampleOutlet:
        if self.group == 1:
            return outlet
        return replace(outlet, label=f"{outlet.label}.group-{number // self.group + 1}")

    def articles(self) -> Iterator[SampleArticle]:
        """Yield the articles, story by story."""
        chance = random.Random(self.seed)  # noqa: S311 nothing secret
        writer = _Writer(self.seedling)
        places = [number % self.outlet_count for number in range(self.article_count)]
        chance.shuffle(places)
        number = 0
        for story, size in enumerate(_sizes(self.article_count, chance)):
            told = _Telling(writer, story, random.Random(f"{self.seed}/{story}"))  # noqa: S311 the same
            for place in places[number : number + size]:
                yield told.report(self.outlets[place], number)
                number += 1


class _Writer:
    """Base texts by language."""

    def __init__(self, sample: Sample) -> None:
        self.by_language: Mapping[str, list[SampleArticle]] = defaultdict(list)
        for article in sample.articles:
            self.by_language[article.language.split("-")[0]].append(article)
        text = "".join(article.text() for article in sample.articles)
        self.han = "".join(sorted(set(_HAN.findall(text))))


class _Telling:
    """One story, told in any language."""

    def __init__(self, writer: _Writer, story: int, chance: random.Random) -> None:
        self._writer, self._story, self._chance = writer, story, chance
        alphabets = (*_ALPHABETS, writer.han)
        self._letters = {k: v for each in alphabets for k, v in _mixed(each, chance).items()}
        self._digits = _mixed("123456789", chance)
        self._start = NEWEST - SPREAD * chance.random()
        self._told: dict[str, list[SampleArticle]] = defaultdict(list)

    def report(self, outlet: SampleOutlet, number: int) -> SampleArticle:
        """Return the report of `outlet`."""
        language = outlet.languages[0].split("-")[0]
        earlier, chance = self._told[language], self._chance
        bases = self._writer.by_language[language] or self._writer.by_language["en"]
        base = bases[self._story % len(bases)]
        if earlier and chance.random() < COPIED:
            made = chance.choice(earlier)
        else:
            made = self._written(base)
        published = min(NEWEST, self._start + timedelta(minutes=chance.expovariate(1 / 180)))
        ending = base.path.partition("?")[0].rpartition(".")[2] if "." in base.path else "html"
        report = replace(
            made,
            id=f"b{number}",
            story=f"story-{self._story}",
            outlet_id=outlet.id,
            published=published.replace(microsecond=0).astimezone(base.published.tzinfo),
            address=f"{outlet.host}/news/{published:%Y/%m/%d}/{number}.{ending[:4]}",
        )
        earlier.append(report)
        return report

    def _written(self, base: SampleArticle) -> SampleArticle:
        paragraphs = list(base.paragraphs)
        self._chance.shuffle(paragraphs)
        kept = paragraphs[: max(3, len(paragraphs) - self._chance.randint(0, 3))]
        return replace(
            base,
            title=self._sentence(base.title),
            standfirst=base.standfirst and self._sentence(base.standfirst),
            paragraphs=tuple(tuple(map(self._sentence, each)) for each in kept),
        )

    def _sentence(self, sentence: Sentence) -> Sentence:
        words = _LONG.sub(
            lambda found: found[0][0] + found[0][1:].translate(self._table), sentence.source
        )
        words = _HAN.sub(lambda found: self._letters.get(found[0], found[0]), words)
        said = _NUMBER.sub(lambda found: "".join(self._digits.get(d, d) for d in found[0]), words)
        return Sentence(said, said)

    @cached_property
    def _table(self) -> dict[int, str]:
        return {ord(old): new for old, new in self._letters.items() if not _HAN.match(old)}


def _mixed(letters: str, chance: random.Random) -> dict[str, str]:
    others = list(letters)
    chance.shuffle(others)
    return dict(zip(letters, others, strict=True))


def _sizes(total: int, chance: random.Random) -> Iterator[int]:
    """Yield story sizes that sum to `total`: a Pareto tail of exponent 1.6, at most 60."""
    left = total
    while left > 0:
        size = min(left, 60, int(chance.paretovariate(1.6) * MEAN_REPORTS * 0.375) or 1)
        left -= size
        yield size


def _double(base: SampleOutlet, number: int) -> SampleOutlet:
    return replace(
        base,
        id=f"{base.id}-{number}",
        name=f"{base.name} {number}",
        native_name=f"{base.native_name} {number}" if base.native_name else None,
        label=f"{base.label}-{number}",
        aliases=tuple(f"{alias} {number}" for alias in base.aliases),
        group=None,
    )


def newest_first(articles: Sequence[SampleArticle]) -> tuple[SampleArticle, ...]:
    """Return the articles, the newest first."""
    return tuple(sorted(articles, key=lambda each: (each.published, each.id), reverse=True))
