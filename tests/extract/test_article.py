"""The stage: what it takes from a page, how it resolves outlet and address, and the laws of its offsets."""

import pickle
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.errors import UnreadableInputError
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Entry, Outlet, Page, Skip

FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
PARAGRAPHS = (
    "The ferry left the harbour at six in the morning with all its lamps lit, as it has for forty years.",
    "Nobody on the quay had been told that it was the last time, and the captain did not say it either.",
    "By noon the company had put out a statement of three lines, and the ticket office was closed.",
)
BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
ECHO = Outlet(id="gb-echo", name="Quayside Echo", domains=("echo.example",), country="GB")
LOCAL = Outlet(id="gb-local", name="Echo Local", domains=("local.echo.example",), country="GB")
STAGE = ExtractArticle(outlets=(ECHO, LOCAL))


def page(body: str | bytes, **fields: object) -> Page:
    given = {"url": "https://www.echo.example/a/1", "media_type": "text/html"} | fields
    content = body.encode() if isinstance(body, str) else body
    return Page(body=content, fetched=FETCHED, **given)  # type: ignore[arg-type]


def article(body: str | bytes, **fields: object) -> Article:
    found = STAGE(page(body, **fields))
    assert isinstance(found, Article)
    return found


def test_blocks_are_joined_by_two_line_ends() -> None:
    assert "\n\n".join(PARAGRAPHS) == article(f"<body><div>{BODY}</div>").text


def test_the_longest_domain_decides_the_outlet() -> None:
    found = [
        article(BODY, url=f"https://{host}/x").outlet_id
        for host in ("www.echo.example", "m.local.echo.example")
    ]
    assert found == ["gb-echo", "gb-local"]


def test_the_printed_name_decides_where_the_address_does_not() -> None:
    html = f'<meta property="og:site_name" content="QUAYSIDE ECHO">{BODY}'
    assert article(html, url="file:saved.html").outlet_id == "gb-echo"


def test_an_unknown_site_keeps_its_name_and_gets_no_outlet() -> None:
    found = article(
        f'<meta property="og:site_name" content="Elsewhere">{BODY}', url="https://else.example/1"
    )
    assert (found.outlet_id, found.site) == (None, "Elsewhere")


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://echo.example/a/clean?utm_source=x#top", "https://echo.example/a/clean"),
        ("https://other.example/a", "https://www.echo.example/a/1"),
        ("javascript:alert(1)", "https://www.echo.example/a/1"),
    ],
)
def test_only_a_web_address_of_the_same_site_is_canonical(canonical: str, url: str) -> None:
    assert article(f'<link rel="canonical" href="{canonical}">{BODY}').url == url


def test_a_file_without_an_address_is_named_by_its_bytes() -> None:
    found = article(
        "\n\n".join(PARAGRAPHS), url="file:/tmp/x.txt", file="x.txt", media_type="text/plain"
    )
    assert (found.url.startswith("file:"), found.url.endswith("/x.txt"), len(found.url)) == (
        True,
        True,
        27,
    )


def test_a_date_is_never_taken_from_teasers() -> None:
    html = f"<body><article><h1>The last ferry</h1>{BODY}</article><div class='related'><a href='/b'>Old news</a><span>3 May 2025</span></div>"
    assert article(html).published is None


def test_a_feed_gives_the_date_that_the_page_does_not() -> None:
    at = FETCHED - timedelta(hours=3)
    entry = Entry(url="u", feed_url="f", outlet_id="gb-echo", published=at)
    found = article(BODY, entry=entry)
    assert (found.published, dict(found.provenance)["published"]) == (at, "feed")


def test_people_and_agencies_of_the_feed_are_told_apart() -> None:
    entry = Entry(url="u", feed_url="f", outlet_id="gb-echo", authors=("By Tessa Marlowe", "dpa"))
    found = article(BODY, entry=entry)
    assert (found.authors, found.agencies) == (("Tessa Marlowe",), ("dpa",))


def test_every_value_says_where_it_is_from_and_how_sure_it_is() -> None:
    html = (
        "<head><meta property='og:title' content='The last ferry leaves'><meta name='author' content='Tessa Marlowe'>"
        "<meta property='article:published_time' content='2025-05-28T15:41:00+02:00'><meta property='article:section' content='Sea'>"
        f"<meta property='og:image' content='/i.jpg'></head><body><h1>The last ferry leaves</h1>{BODY}"
    )
    found = article(html)
    places, sure = dict(found.provenance), dict(found.confidences)
    assert {"title", "authors", "published", "section", "image"} <= places.keys() & sure.keys()
    assert all(0 < each <= 1 for each in sure.values())


def test_the_name_in_the_box_of_a_byline_is_the_author() -> None:
    html = f"<body><article><h1>The last ferry leaves</h1><ul class='author-list'><li><a href='/a'>Tessa Marlowe</a></li></ul>{BODY}</article>"
    assert article(html).authors == ("Tessa Marlowe",)


@pytest.mark.parametrize("label", ["Autorin/Autor", "Author:", "Автор", "作者："])
def test_a_table_of_facts_names_the_author(label: str) -> None:
    facts = f"<ul><li><strong>{label}</strong> Tessa Marlowe</li><li><strong>Topic</strong> Boats</li></ul>"
    html = f"<body><article><h1>The last ferry</h1>{BODY}</article>{facts}"
    assert article(html).authors == ("Tessa Marlowe",)


def test_authors_in_the_boxes_of_teasers_wrote_other_articles() -> None:
    teasers = "".join(
        f"<li><a href='/{n}'>Boats</a> <span itemprop='author'>{name}</span></li>"
        for n, name in enumerate(("Kai Lorenz", "Ute Brandner"))
    )
    html = f"<body><article><h1>The last ferry</h1><span itemprop='author'>Tessa Marlowe</span>{BODY}</article><ul>{teasers}</ul>"
    assert article(html).authors == ("Tessa Marlowe",)


def test_the_parts_of_a_name_in_linked_data_are_joined() -> None:
    author = '{"@type":"Person","givenName":"Tessa","familyName":"Marlowe"}'
    html = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":[{author}]}}</script>{BODY}'
    assert article(html).authors == ("Tessa Marlowe",)


def test_a_printed_time_without_a_zone_is_in_the_outlets_country() -> None:
    text = "The last ferry of the season\n\nPublished: 28/05/2025\n\n- 15:41\n\n" + "\n\n".join(
        PARAGRAPHS
    )
    found = article(text, media_type="text/plain", url="https://echo.example/t")
    assert found.published is not None
    assert found.published.isoformat() == "2025-05-28T15:41:00+01:00"
    assert (found.published_precision, found.published_zone_stated) == ("minute", False)


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "font", "section"])
def test_deep_nesting_keeps_the_text(tag: str) -> None:
    found = article(f"<html><body>{f'<{tag}>' * 3000}{BODY}</body></html>")
    assert all(each in found.text for each in PARAGRAPHS)


def test_text_behind_broken_markup_is_kept() -> None:
    assert PARAGRAPHS[0] in article(f"<div><p>{PARAGRAPHS[0]}<div></p></b><p>{PARAGRAPHS[1]}").text


@pytest.mark.parametrize(
    "body", ["<html></html>", "<!-- nothing -->", "<script>var a = 1;</script>"]
)
def test_a_page_without_text_is_skipped(body: str) -> None:
    assert Skip("no-text") == STAGE(page(body))


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n0000", b"\x00\x01\x02" * 50])
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        STAGE(page(body))


def test_a_pdf_is_refused_by_its_type() -> None:
    with pytest.raises(UnreadableInputError, match="application/pdf"):
        STAGE(page("text", media_type="application/pdf"))


def test_the_stage_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(STAGE))  # noqa: S301 - our own bytes
    assert sent(page(BODY)) == STAGE(page(BODY))


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *PARAGRAPHS,
                "Read More",
                "Related Articles",
                "|",
                "GETTY",
                "By Ann Moss",
                "2 Min Read",
                "A short line",
                "",
                "Published: 28/05/2025",
                "• one of the points on the list",
                "यह भी पढ़ें",
                "港口今天关闭。",
            ]
        ),
        st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=80),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_word_of_a_text_lies_in_one_place(lines: list[str], ending: str) -> None:
    text = "x" + ending.join(lines)
    found = STAGE(
        page(text, media_type="text/plain", url="file:x.txt", file="x.txt", charset="utf-8")
    )
    if isinstance(found, Skip):
        return
    spans = [each.raw for each in (*found.blocks, *found.discarded)] + [found.title_raw]
    kept = sorted(span for span in spans if span)
    assert all(one.end <= two.start for one, two in pairwise(kept))
    assert text.split() == [word for span in kept for word in span.cut(text).split()]
    for block in found.blocks:
        assert block.raw is not None
        assert block.raw.cut(text) == block.span.cut(found.text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "<br>",
                "<li>",
                "<a href=x>",
                "<h2>",
                "</a>",
                *PARAGRAPHS,
                "نص قصير",
                "<nav>",
                "</nav>",
                "<table>",
                "<td>",
                "&nbsp;",
                "<figure>",
            ]
        ),
        max_size=40,
    )
)
def test_blocks_cover_the_text_of_any_markup(parts: list[str]) -> None:
    source = page("<html><body>" + "".join(parts))
    found = STAGE(source)
    assert found == STAGE(source)
    if isinstance(found, Article):
        cut = [block.span.cut(found.text) for block in found.blocks]
        assert "\n\n".join(cut) == found.text


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", "application/xhtml+xml"])
)
def test_hostile_bytes_are_read_skipped_or_refused(body: bytes, media_type: str) -> None:
    try:
        found = STAGE(page(body, media_type=media_type))
    except UnreadableInputError:
        return
    assert isinstance(found, Article | Skip)


def test_characters_that_were_mended_are_noted() -> None:
    french = "<p>Le bac a quitté le port à l'aube, été comme hiver, répétait le préposé, désolé, hébété, ému.</p>"
    twice = french.replace("à", "a").encode().decode("cp1252").encode()
    found = article(b"<body><div>" + BODY.encode() + twice + b"</div>", charset="utf-8")
    assert ("désolé" in found.text, dict(found.provenance)["encoding"]) == (
        True,
        "utf-8 by utf-8, mended: twice",
    )


def test_a_page_that_needs_no_mending_notes_nothing() -> None:
    assert "encoding" not in dict(article(BODY).provenance)
