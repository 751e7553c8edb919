"""Paywall, live blog, section and keywords, as pages of several kinds state them."""

import pytest

from worldtake.extract.dom import parse
from worldtake.extract.evidence import Evidence, gather
from worldtake.extract.flags import keywords, live, paywalled, section


def evidence(head: str = "", body: str = "") -> Evidence:
    return gather(parse(f"<html><head>{head}</head><body><p>Text</p>{body}</body></html>"))


def linked_data(fields: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type":"{kind}",{fields}}}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked_data('"isAccessibleForFree":false'), True),
        (linked_data('"isAccessibleForFree":"False"'), True),
        (linked_data('"isAccessibleForFree":true'), False),
        (linked_data('"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False"}'), True),
        ('<meta property="article:content_tier" content="locked">', True),
        ('<meta property="article:content_tier" content="free">', False),
    ],
)
def test_a_page_says_whether_its_article_must_be_paid_for(head: str, expected: bool) -> None:  # noqa: FBT001
    found = paywalled(evidence(head))
    assert found is not None
    assert found[0] is expected


def test_a_wall_with_words_on_it_is_a_paywall() -> None:
    wall = "<div class='article-paywall'>Subscribe to the Echo to read on; the first month is free.</div>"
    assert paywalled(evidence(body=wall)) == (True, "class article-paywall")


@pytest.mark.parametrize(
    "body", ["<div class='paywall'></div>", "<div class='wallpaper'>Blue</div>", ""]
)
def test_an_empty_wall_and_none_say_nothing(body: str) -> None:
    assert paywalled(evidence(body=body)) is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked_data('"headline":"Ferries"', "LiveBlogPosting"), "Ferries"),
        (linked_data('"coverageStartTime":"2025-05-28T15:41:00Z"'), "Ferries"),
        ("", "LIVE: ferries stop"),
        ("", "Fähren im Liveticker: Hafen steht still"),
        ("", "Fin des ferries | En direct"),
        ("", "Feribotlar durdu: canlı blog"),
        ("", "港口关闭 文字直播"),
    ],
)
def test_a_live_blog_is_told_by_its_type_or_its_headline(head: str, title: str) -> None:
    assert live(evidence(head), title) is not None


@pytest.mark.parametrize(
    "title", ["Sailors live on boats", "Live music on the quay", "Deliver: us"]
)
def test_the_word_live_alone_makes_no_live_blog(title: str) -> None:
    assert live(evidence(), title) is None


def test_section_and_keywords_are_read_with_their_places() -> None:
    found = evidence(
        linked_data('"articleSection":["World","Sea"],"keywords":"ferries, harbour"')
        + '<meta name="keywords" content="boats">'
    )
    assert (section(found), keywords(found)) == (
        ("World", "json-ld articleSection"),
        (("ferries", "harbour"), "json-ld keywords"),
    )


def test_keywords_are_parted_by_the_commas_of_each_script() -> None:
    found = evidence('<meta name="news_keywords" content="港口、渡轮，海，ميناء، بحر">')
    assert keywords(found) == (("港口", "渡轮", "ميناء", "بحر"), "news_keywords")
