"""The pages of one call, read one after the other: the later ones profit from the earlier."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from worldtake.cli.learning import LearningReader
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip

APPEAL = "The Quay is paid for by its readers: become a member today and keep our lamps lit."
NOUNS = ("ferry", "harbour", "lighthouse", "market", "bridge", "school", "orchard", "tunnel")


def a_page(number: int, host: str = "quay.example") -> Page:
    chance = random.Random(f"{host} {number}")  # noqa: S311 chance, not secrets
    own = [
        f"The {chance.choice(NOUNS)} of ward {chance.random():.8f} was closed, and nobody on the "
        f"{chance.choice(NOUNS)} committee had been told of it before the evening of day {day}."
        for day in range(4)
    ]
    lines = "".join(f"<p>{each}</p>" for each in (*own[:2], APPEAL, *own[2:]))
    url = f"https://{host}/{number}"
    body = f'<html><head><link rel="canonical" href="{url}"></head><body><article>'
    body += f"<h1>The {chance.choice(NOUNS)} of ward {number} is closed</h1>{lines}"
    return Page(url=url, body=f"{body}</article></body></html>".encode(), fetched=datetime.now(UTC))


def bearing(pages: list[Page]) -> list[bool]:
    read = LearningReader(ExtractArticle())
    found = [read(each) for each in pages]
    assert not any(isinstance(each, Skip) for each in found)
    return [isinstance(each, Article) and APPEAL in each.text for each in found]


def test_the_fourth_page_of_a_host_is_read_with_what_three_have_taught() -> None:
    assert [True, True, True, False, False] == bearing([a_page(number) for number in range(5)])


def test_one_page_given_five_times_teaches_nothing() -> None:
    assert [True] * 5 == bearing([a_page(1)] * 5)


def test_hosts_learn_each_by_itself() -> None:
    hosts = ("quay.example", "pier.example")
    assert [True] * 4 == bearing([a_page(number, host) for number in range(2) for host in hosts])


def test_a_page_alone_is_read_as_the_stage_reads_it() -> None:
    page = a_page(1)
    assert ExtractArticle()(page) == LearningReader(ExtractArticle())(page)
