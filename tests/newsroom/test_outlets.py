"""Outlets found at sites, checked, imported: against real servers on loopback."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.catalog import read_outlet, write_opml, write_outlet
from worldtake.errors import WorldtakeError
from worldtake.model import Feed, Outlet
from worldtake.newsroom import open_newsroom
from worldtake.newsroom.checking import check_feeds, write_reports
from worldtake.newsroom.finding import FoundOutlet, find_outlet
from worldtake.newsroom.outlets import Shelf, chosen, import_list, named
from worldtake.settings import Settings
from worldtake.testing.feed_writers import Announcement, Channel, atom, news_sitemap, rss
from worldtake.testing.press import Answer, Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.newsroom.reports import FeedReport
    from worldtake.testing.press import Request

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLES = {
    "en": ["The last tram of the city stopped an hour early", "Nobody knows why the bridge is closed"],
    "sl": ["Zadnji tramvaj v mestu je obstal uro prej", "Nihče ne ve, zakaj je most zaprt za promet"],
    "uk": ["Останній трамвай міста зупинився на годину раніше", "Ніхто не знає, чому міст закрито"],
    "ar": ["توقف آخر ترام في المدينة قبل ساعة من موعده", "لا أحد يعرف لماذا أغلق الجسر أمام السيارات"],
    "ja": ["市内の最終電車が一時間早く止まった", "橋がなぜ閉鎖されたのか誰も知らない"],
    "el": ["Το τελευταίο τραμ της πόλης σταμάτησε μία ώρα νωρίτερα", "Κανείς δεν ξέρει γιατί έκλεισε η γέφυρα"],
    "hi": ["शहर की आखिरी ट्राम एक घंटे पहले रुक गई", "कोई नहीं जानता कि पुल क्यों बंद है"],
}  # fmt: skip


@dataclass
class Site:
    """A host with fixed answers."""

    host: str
    pages: dict[str, Answer] = field(default_factory=dict)

    def answer(self, request: Request, port: int) -> Answer | None:
        del port
        return self.pages.get(request.path)


def channel(host: str, items: tuple[Announcement, ...] = (), **said: str) -> Channel:
    home = f"http://{host}/"
    words = {"title": "Feed", "url": home, "home": home, "description": "", "language": "en"}
    return Channel(items=items, **(words | said))


def page(html: str, charset: str = "utf-8") -> Answer:
    return Answer(body=html.encode(charset), charset=None)


def feed(
    host: str,
    language: str = "en",
    *,
    title: str = "Feed",
    declared: str | None = None,
    age_days: float = 0.1,
    form: str = "rss",
    part: str = "a",
) -> Answer:
    """A feed in a language, under whatever content type sites give it."""
    items = tuple(
        Announcement(
            url=f"http://{host}/{part}/{at}",
            title=text,
            published=NOW - timedelta(days=age_days, minutes=at),
        )
        for at, text in enumerate(TITLES[language])
    )
    write = {"rss": rss, "atom": atom, "sitemap": news_sitemap}[form]
    return Answer(
        body=write(channel(host, items, title=title, language=declared or language)),
        media_type="text/html",
        charset=None,
    )


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "home",
        workers=0,
        allow_hosts=("*.localhost",),
        pace_seconds=0,
        domain_pace_seconds=0,
    )


def found_at(press: Press, settings: Settings, site: Site, *known: Outlet) -> FoundOutlet:
    press.add(site)
    return find_outlet(press.url(site.host), settings, known, now=NOW)


LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'
SITES = [
    (
        "sl",
        '<html lang="sl-SI"><head><title>Glas Primorja – novice</title><meta property="og:site_name" content="Glas Primorja">',
        ("Glas Primorja", None, ("sl",), "SI", "si-glas-primorja"),
    ),
    (
        "uk",
        '<html lang="uk"><head><title>Світло Півдня | Новини</title><meta property="og:locale" content="uk_UA">',
        ("Site Uk", "Світло Півдня", ("uk",), "UA", "ua-site-uk"),
    ),
    (
        "ar",
        """<html lang="en"><head><meta property="og:site_name" content="صباح الدلتا">
        <script type="application/ld+json">{"@type":"NewsMediaOrganization","name":"صباح الدلتا",
        "alternateName":"Sabah al-Delta","address":{"addressCountry":{"name":"Egypt"}}}</script>""",
        ("Sabah al-Delta", "صباح الدلتا", ("ar",), "EG", "eg-sabah-al-delta"),
    ),
    (
        "ja",
        '<html lang="ja"><head><title>みなと朝報 - Minato Choho</title><meta name="application-name" content="みなと朝報">',
        ("Minato Choho", "みなと朝報", ("ja",), None, "xx-minato-choho"),
    ),
    (
        "el",
        '<html lang="el-CY"><head><title>Η Φωνή της Λάρνακας</title>',
        ("Site El", "Η Φωνή της Λάρνακας", ("el",), "CY", "cy-site-el"),
    ),
    (
        "hi",
        """<html lang="hi-IN"><head><meta property="og:site_name" content="प्रभात दूत">
        <script type="application/ld+json">{"@graph":[{"@type":"Newspaper","name":"Prabhat Doot"}]}</script>""",
        ("Prabhat Doot", "प्रभात दूत", ("hi",), "IN", "in-prabhat-doot"),
    ),
]


@pytest.mark.parametrize(("language", "head", "expected"), SITES, ids=[each[0] for each in SITES])
def test_an_outlet_is_read_off_its_site_in_any_script(
    press: Press,
    settings: Settings,
    language: str,
    head: str,
    expected: tuple[str, str | None, tuple[str, ...], str | None, str],
) -> None:
    host = f"site-{language}.localhost"
    site = Site(host, {"/": page(head + LINK.format("/rss")), "/rss": feed(host, language)})
    outlet = found_at(press, settings, site).outlet
    assert expected == (
        outlet.name,
        outlet.native_name,
        outlet.languages,
        outlet.country,
        outlet.id,
    )
    assert [(press.url(host, "/rss"), "rss", language, "2026-11-22")] == [
        (each.url, each.kind, each.language, each.checked) for each in outlet.feeds
    ]


def test_empty_broken_repeated_and_comment_feeds_are_left_out_and_said(
    press: Press, settings: Settings
) -> None:
    host = "glas.localhost"
    paths = ("/good", "/same", "/empty", "/broken", "/missing", "/comments/feed")
    empty = replace(feed(host), body=rss(channel(host)))
    site = Site(
        host,
        {
            "/": page("<html lang=en><title>Glas</title>" + "".join(map(LINK.format, paths))),
            "/good": feed(host),
            "/same": feed(host, form="atom"),
            "/empty": empty,
            "/broken": page("<html>no feed</html>"),
            "/comments/feed": feed(host, part="comments"),
        },
    )
    found = found_at(press, settings, site)
    said = " ".join(found.missing)
    assert [press.url(host, "/good")] == [each.url for each in found.outlet.feeds]
    for words in ("/same: announces the same", "/empty: announces nothing", "/broken: is no feed", "/missing: answers 404"):  # fmt: skip
        assert words in said


def test_common_paths_are_tried_only_where_a_site_announces_no_feed(
    press: Press, settings: Settings
) -> None:
    quiet = Site(
        "quiet.localhost", {"/": page("<title>Quiet"), "/rss.xml": feed("quiet.localhost")}
    )
    loud = Site(
        "loud.localhost",
        {"/": page(LINK.format("/x")), "/x": feed("loud.localhost"), "/rss": feed("q", part="b")},
    )
    ends = [
        each.url.rpartition("/")[2]
        for site in (quiet, loud)
        for each in found_at(press, settings, site).outlet.feeds
    ]
    assert ["rss.xml", "x"] == ends


def test_a_site_without_feeds_still_gives_an_outlet(press: Press, settings: Settings) -> None:
    found = found_at(press, settings, Site("bare.localhost", {"/": page("<title>Bare</title>")}))
    assert ((), ("bare.localhost",)) == (found.outlet.feeds, found.outlet.domains)
    assert "feeds: none was found" in found.missing
    assert len(press.requests) <= 12


def test_news_sitemaps_of_robots_are_kept_and_others_not(press: Press, settings: Settings) -> None:
    host = "maps.localhost"
    robots = f"User-agent: *\nSitemap: {press.url(host, '/news-sitemap.xml')}\nSitemap: {press.url(host, '/all.xml')}\n"
    site = Site(
        host,
        {
            "/": page("<html lang=en><title>Maps</title>" + LINK.format("/rss")),
            "/rss": feed(host),
            "/robots.txt": Answer(body=robots.encode(), media_type="text/plain"),
            "/news-sitemap.xml": feed(host, form="sitemap"),
        },
    )
    outlet = found_at(press, settings, site).outlet
    kinds = {each.url: each.kind for each in outlet.feeds}
    assert {
        press.url(host, "/rss"): "rss",
        press.url(host, "/news-sitemap.xml"): "sitemap",
    } == kinds


def test_a_robots_refusal_is_the_end_of_it(press: Press, settings: Settings) -> None:
    robots = Answer(body=b"User-agent: worldtake\nDisallow: /\n", media_type="text/plain")
    site = Site("shut.localhost", {"/": page("<title>Shut"), "/robots.txt": robots})
    with pytest.raises(WorldtakeError, match="robots"):
        found_at(press, settings, site)
    assert {"/robots.txt"} == {each.path for each in press.requests}


def test_a_site_that_has_moved_is_read_where_it_is(press: Press, settings: Settings) -> None:
    new = Site("new.localhost", {"/": page("<title>New Voice"), "/feed": feed("new.localhost")})
    press.add(new, Site("old.localhost", {"/": page("")}))
    press.plant("old.localhost", "/", Fault(status=301, redirect_to=press.url("new.localhost")))
    found = find_outlet(press.url("old.localhost"), settings, (), now=NOW)
    assert ("New Voice", ("new.localhost",)) == (found.outlet.name, found.outlet.domains)


def test_the_address_of_a_feed_leads_to_the_outlet_of_its_site(
    press: Press, settings: Settings
) -> None:
    host = "lead.localhost"
    press.add(Site(host, {"/": page("<title>Lead Daily"), "/a.xml": feed(host)}))
    found = find_outlet(press.url(host, "/a.xml"), settings, (), now=NOW)
    assert ("Lead Daily", [press.url(host, "/a.xml")]) == (
        found.outlet.name,
        [each.url for each in found.outlet.feeds],
    )


def test_a_language_that_a_template_declares_yields_to_what_is_written(
    press: Press, settings: Settings
) -> None:
    host = "template.localhost"
    head = '<html lang="en-US"><meta property="og:locale" content="en_US">' + LINK.format("/f")
    site = Site(host, {"/": page(head), "/f": feed(host, "uk", declared="en-US")})
    outlet = found_at(press, settings, site).outlet
    assert (("uk",), None) == (outlet.languages, outlet.country)


def test_an_outlet_that_is_known_gains_only_what_is_new(press: Press, settings: Settings) -> None:
    host = "known.localhost"
    old, new = press.url(host, "/old"), press.url(host, "/new")
    known = Outlet(
        id="si-known",
        name="Known",
        domains=(host,),
        country="SI",
        languages=("sl",),
        feeds=(Feed(url=old, outlet_id="si-known", section="world"),),
    )
    pages = {"/": page(LINK.format("/old") + LINK.format("/new"))}
    pages |= {"/old": feed(host, "sl"), "/new": feed(host, "en", part="b")}
    found = found_at(press, settings, Site(host, pages), known)
    assert (known, [old, new], ("sl", "en")) == (
        found.known,
        [each.url for each in found.outlet.feeds],
        found.outlet.languages,
    )
    again = found_at(press, settings, Site(host, pages), found.outlet)
    assert again.known == again.outlet


def test_an_address_of_this_machine_is_not_called(press: Press, tmp_path: Path) -> None:
    guarded = Settings(home=tmp_path, workers=0)
    with pytest.raises(WorldtakeError, match="public"):
        find_outlet(press.url("glas.localhost"), guarded, (), now=NOW)
    assert () == press.requests


STANDINGS = {
    "/alive": "alive",
    "/old": "stale",
    "/moved": "moved",
    "/login": "blocked",
    "/paid": "blocked",
    "/forbidden": "blocked",
    "/law": "blocked",
    "/robots": "blocked",
    "/empty": "empty",
    "/410": "gone",
    "/404": "gone",
    "/500": "failing",
    "/drop": "failing",
    "/page": "not-a-feed",
}


@pytest.fixture
def checked(press: Press, settings: Settings) -> tuple[Outlet, list[FeedReport]]:
    host = "many.localhost"
    site = Site(host, {path: feed(host) for path in STANDINGS})
    site.pages |= {
        "/here": feed(host),
        "/old": feed(host, age_days=30),
        "/page": page("<html><p>no feed"),
        "/empty": replace(feed(host), body=rss(channel(host))),
        "/robots.txt": Answer(body=b"User-agent: *\nDisallow: /robots$\n", media_type="text/plain"),
    }
    press.add(site)
    for path, status in (("/login", 401), ("/paid", 402), ("/forbidden", 403), ("/law", 451), ("/410", 410), ("/404", 404), ("/500", 500)):  # fmt: skip
        press.plant(host, path, Fault(status=status))
    press.plant(host, "/drop", Fault(drop=True))
    press.plant(host, "/moved", Fault(status=301, redirect_to=press.url(host, "/here")))
    outlet = Outlet(
        id="si-many",
        name="Many",
        domains=(host,),
        country="SI",
        owner="Many d.o.o.",
        feeds=tuple(Feed(url=press.url(host, path), outlet_id="si-many") for path in STANDINGS),
    )
    reports: list[FeedReport] = []
    check_feeds([outlet], settings, reports.append, now=NOW)
    return outlet, reports


def test_each_feed_is_reported_as_it_stands(
    press: Press, checked: tuple[Outlet, list[FeedReport]]
) -> None:
    _, reports = checked
    found = {each.url.removeprefix(press.url("many.localhost", "")): each for each in reports}
    assert STANDINGS == {path: each.state for path, each in found.items()}
    assert ("server-error", "reset", "robots") == tuple(
        found[path].outcome for path in ("/500", "/drop", "/robots")
    )
    assert press.url("many.localhost", "/here") == found["/moved"].moved_to
    assert 2 == found["/alive"].entries


def test_what_was_seen_is_written_and_sources_are_kept(
    settings: Settings, checked: tuple[Outlet, list[FeedReport]], tmp_path: Path
) -> None:
    outlet, reports = checked
    folder = tmp_path / "catalogue"
    path = write_outlet(outlet, folder, {"owner": "https://many.example/imprint"})
    shelf = Shelf.of(settings, folder)
    assert (path,) == write_reports(shelf, [outlet], reports, "2026-11-22")
    feeds = {each.url.rpartition("/")[2]: each.checked for each in read_outlet(path).feeds}
    days = {name for name, day in feeds.items() if day == "2026-11-22"}
    assert ({"alive", "old", "here", "empty"}, False) == (days, "moved" in feeds)
    assert "https://many.example/imprint" in path.read_text("utf-8")


def test_an_outlet_file_of_the_reader_wins_over_the_shipped_one(
    settings: Settings, tmp_path: Path
) -> None:
    shipped, own = tmp_path / "shipped", settings.home / "catalogue"
    write_outlet(Outlet(id="si-a", name="Shipped", country="SI"), shipped)
    write_outlet(Outlet(id="si-b", name="Bee", country="SI"), shipped)
    with open_newsroom(settings, catalogue=shipped) as newsroom:
        assert ["Shipped", "Bee"] == [each.name for each in newsroom.outlets()]
    write_outlet(Outlet(id="si-a", name="Mine", country="SI"), own)
    (own / "si" / "broken.yaml").write_text("id: [")
    with open_newsroom(settings, catalogue=shipped) as newsroom:
        assert [("Mine", "reader"), ("Bee", "catalogue")] == [
            (each.name, each.provenance) for each in newsroom.outlets()
        ]


def test_a_list_is_imported_and_what_became_of_each_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "catalogue"
    shelf = Shelf.of(settings, folder)
    known = Outlet(
        id="si-delo",
        name="Delo",
        domains=("delo.example",),
        country="SI",
        owner="Delo d.o.o.",
        feeds=(Feed(url="https://delo.example/rss", outlet_id="si-delo"),),
    )
    write_outlet(known, folder, {"owner": "https://delo.example/imprint"})
    file = tmp_path / "list.opml"
    file.write_text(
        """<opml version="2.0"><body><outline text="Slovenia" country="SI" language="sl-SI">
        <outline title="Delo - World" xmlUrl="https://www.delo.example/world" htmlUrl="https://www.delo.example/"/>
        <outline title="Delo" xmlUrl="https://delo.example/rss"/>
        <outline title="Glas" xmlUrl="feed://glas.example/rss" owner="Nobody knows"/>
        <outline title="Secret" xmlUrl="https://me:word@secret.example/rss"/>
        </outline></body></opml>"""
    )
    decisions = {each.outlet.id: each.decision for each in import_list(shelf, file)}
    assert {"si-delo": "merged", "si-glas": "new", "si-secret": "refused"} == decisions
    kept = {each.id: each for each in shelf.outlets()}
    assert ["https://delo.example/rss", "https://www.delo.example/world"] == [
        each.url for each in kept["si-delo"].feeds
    ]
    assert ("Delo d.o.o.", None, ("sl",)) == (
        kept["si-delo"].owner,
        kept["si-glas"].owner,
        kept["si-glas"].languages,
    )
    assert {"known", "refused"} == {each.decision for each in import_list(shelf, file)}


def test_an_exported_list_comes_back_with_its_owners(settings: Settings, tmp_path: Path) -> None:
    outlet = Outlet(
        id="eg-sabah",
        name="Sabah",
        domains=("sabah.example",),
        country="EG",
        languages=("ar",),
        owner="Delta",
        feeds=(
            Feed(url="https://sabah.example/rss", outlet_id="eg-sabah", language="ar"),
            Feed(url="https://sabah.example/map.xml", outlet_id="eg-sabah", kind="sitemap"),
        ),
    )
    file = tmp_path / "list.opml"
    file.write_bytes(write_opml([outlet], owner_sources={"eg-sabah": "https://sabah.example/us"}))
    shelf = Shelf.of(settings, tmp_path / "other")
    assert ["new"] == [each.decision for each in import_list(shelf, file)]
    assert (outlet,) == shelf.outlets()
    assert {"owner": "https://sabah.example/us"} == shelf.sources("eg-sabah")


def test_outlets_are_chosen_and_named() -> None:
    times = Outlet(id="gb-times", name="The Times", country="GB", languages=("en",))
    india = Outlet(
        id="in-toi", name="The Times", domains=("toi.example",), country="IN", languages=("en",)
    )
    serb = replace(times, id="rs-vreme", name="Vreme", country="RS", languages=("sr-Latn",))
    known = (times, india, replace(serb, kind="magazine", state_control="funded"))
    assert ["rs-vreme"] == [each.id for each in chosen(known, language="sr")]
    assert ["in-toi"] == [each.id for each in chosen(known, country="in")]
    assert ["rs-vreme"] == [each.id for each in chosen(known, kind="magazine", state="funded")]
    assert 2 == len(named(known, "the times"))
    assert (india,) == named(known, "https://www.toi.example/x")
    assert (times,) == named(known, "gb-times")
