"""When an article was published: by the page, by the feed, and by both together."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from worldtake.extract import ExtractArticle
from worldtake.extract.dating import _searched
from worldtake.extract.dom import parse
from worldtake.extract.feedtime import with_feed
from worldtake.extract.known import Known
from worldtake.extract.moments import Moment
from worldtake.model import Article, Page

FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
BODY = f"<p>{'The ferry left the harbour at six in the morning. ' * 9}</p>"
CET = timezone(timedelta(hours=2))
FEED = datetime(2025, 5, 28, 15, 41, 20, tzinfo=CET)


def published(body: str) -> str | None:
    page = Page(url="https://echo.example/1", body=body.encode(), fetched=FETCHED)
    found = ExtractArticle()(page)
    assert isinstance(found, Article)
    return found.published.isoformat() if found.published else None


def stated(day: int, *clock: int, zone: timezone | None = None) -> Moment:
    return Moment(
        at=datetime(2025, 5, day, *clock, tzinfo=zone or UTC),
        precision="minute" if clock else "day",
        zone_stated=zone is not None,
    )


@pytest.mark.parametrize(
    "line",
    [
        "8930369 28 May 2025, 15:41",
        "World — 28 May 2025, 15:41",
        "28 мая 2025 г., 15:41, Марина Лугова",
        "<span>Por Ana Ruiz</span><span>28 de mayo de 2025, 3:41 p. m.</span>",
        "<span>٢٨ مايو ٢٠٢٥، ٣:٤١ م</span><span>كتب: هبة</span>",
        "28 ماي 2025، 15:41",
        "2025-05-28 15:41 港口网 A- A+",
    ],
)
def test_a_date_under_the_headline_is_read_in_any_line(line: str) -> None:
    html = f"<body><div><h1>The last ferry leaves</h1><div>{line}</div>{BODY}</div>"
    assert (published(html) or "")[:16] == "2025-05-28T15:41"


def test_a_time_element_above_the_headline_in_its_box_is_the_articles() -> None:
    html = (
        "<body><div><div>77 <time datetime='2025-05-28T15:41:00+02:00'>28 May</time></div>"
        f"<h1>The last ferry leaves</h1>{BODY}</div>"
    )
    assert published(html) == "2025-05-28T15:41:00+02:00"


def test_the_day_of_a_teaser_is_not_taken() -> None:
    teasers = "".join(
        f"<li><time datetime='2025-05-0{n}T10:00:00Z'>{n} May 2025</time> <a href='/{n}'>Headline {n}</a></li>"
        for n in (3, 4, 5)
    )
    html = f"<body><div><h1>The last ferry leaves</h1>{BODY}</div><ul>{teasers}</ul>"
    assert published(html) is None


def test_a_printed_time_adds_to_the_day_that_markup_states() -> None:
    html = (
        "<head><meta name='pubdate' content='2025-05-28'></head><body><div>"
        f"<h1>The last ferry leaves</h1><p>28 May 2025, 15:41</p>{BODY}</div>"
    )
    assert published(html) == "2025-05-28T15:41:00+00:00"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (None, "2025-05-28T15:41:20+02:00"),
        (stated(28), "2025-05-28T15:41:20+02:00"),
        (stated(20), "2025-05-20T00:00:00+00:00"),
        (stated(28, 15, 41), "2025-05-28T15:41:00+02:00"),
        (stated(28, 15, 30), "2025-05-28T15:30:00+02:00"),
        (stated(28, 14, 0, zone=CET), "2025-05-28T14:00:00+02:00"),
    ],
)
def test_page_and_feed_state_the_moment_together(page: Moment | None, expected: str) -> None:
    assert with_feed(page, FEED, None).at.isoformat() == expected


def test_a_feed_in_utc_leaves_the_local_clock_of_the_country() -> None:
    found = with_feed(stated(28, 15, 41), FEED.astimezone(UTC), "DE")
    assert found.at.isoformat() == "2025-05-28T15:41:00+02:00"


@pytest.mark.parametrize(
    "line",
    [
        "<div class='author-box'>Posted on 28 May 2025 by Jon Abel</div>",
        "<footer>erstellt von Kai Lorenz — veröffentlicht 28.05.2025 06:00</footer>",
        "<div>This entry was posted on 28 May 2025 under Boats and may be read by all.</div>",
        "<div>نشر في: 28 مايو 2025</div>",
        "<div>发布时间：2025年5月28日</div>",
        "<div>Опубликовано 28 мая 2025</div>",
    ],
)
def test_a_line_that_says_when_it_was_published_is_believed_wherever_it_stands(line: str) -> None:
    html = f"<body><div><h1>The last ferry leaves</h1>{BODY}</div><div>{line}</div>"
    assert (published(html) or "")[:10] == "2025-05-28"


def test_two_such_lines_of_different_days_say_nothing() -> None:
    lines = (
        "<div>Posted on 28 May 2025 by Jon Abel</div><div>Posted on 3 May 2025 by Jon Abel</div>"
    )
    html = f"<body><div><h1>The last ferry leaves</h1>{BODY}</div><div>{lines}</div>"
    assert published(html) is None


def test_what_the_text_tells_of_another_publication_is_no_date() -> None:
    told = "<p>The company's report, published on 12 May 2025, says that the boats are too old to sail on.</p>"
    html = f"<body><div><h1>The last ferry leaves</h1>{BODY}{told}{BODY}</div>"
    assert published(html) is None


def test_the_day_that_a_caption_tells_of_is_no_date() -> None:
    figure = "<figure><img src='/i.jpg'><figcaption>Archive picture, first published on 12 May 2025 by another paper</figcaption></figure>"
    html = f"<body><div><h1>The last ferry leaves</h1>{figure}{BODY}</div>"
    assert published(html) is None


def test_the_day_before_the_first_sentence_is_the_articles() -> None:
    html = f"<body><div><h1>The last ferry leaves</h1><p>28 May 2025. The ferry left the harbour at six in the morning.</p>{BODY}</div>"
    assert published(html) == "2025-05-28T00:00:00+00:00"


def test_a_comments_date_is_not_the_articles() -> None:
    comment = "<div class='comments'><p>Posted on 28 May 2025: I liked that ferry, and I used to ride on it.</p></div>"
    html = f"<body><div><h1>The last ferry leaves</h1>{BODY}</div>{comment}"
    assert published(html) is None


def test_a_date_in_the_title_element_counts_where_nothing_else_states_one() -> None:
    html = f"<head><title>The last ferry leaves | Echo | 28.05.2025</title></head><body><h1>The last ferry leaves</h1>{BODY}"
    assert published(html) == "2025-05-28T00:00:00+00:00"


def test_what_only_the_search_of_markup_finds_is_found() -> None:
    known = Known(url="https://www.echo.example/a/1", fetched=datetime(2025, 6, 1, tzinfo=UTC))
    root = parse("<head><meta name='created' content='2025-05-28'></head><body><p>Lit.</p>")
    found = _searched(root, known)
    assert found is not None
    assert found.moment.at.date().isoformat() == "2025-05-28"


def test_since_when_an_author_is_a_member_is_no_publication() -> None:
    member = "<dl><dd>Registriert: 18.09.2008, 05:56</dd></dl><p>von Ada » 21.01.2009, 05:42</p>"
    assert published(f"<body><div><h1>The last ferry leaves</h1>{member}{BODY}</div>") == (
        "2009-01-21T05:42:00+00:00"
    )
