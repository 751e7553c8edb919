from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.http.addresses import (
    article_key,
    canonical,
    same_article,
    same_domain,
    spellings,
    stated_address,
    without_face,
)
from worldtake.http.domains import registered_domain


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "HTTPS://Glas.Example:443/A?utm_source=x&id=7&fbclid=abc#top",
            "https://glas.example/A?id=7",
        ),
        ("http://glas.example", "http://glas.example/"),
        ("http://glas.example:8080/a?", "http://glas.example:8080/a"),
        (
            "http://glas.example./a?UTM_Medium=rss&at_campaign=1&p=%c4%8d",
            "http://glas.example/a?p=%C4%8D",
        ),
        ("http://user:word@glas.example/a", "http://glas.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        (
            "https://glas.example/a?id=2&id=1&empty=&flag",
            "https://glas.example/a?id=2&id=1&empty=&flag",
        ),
        ("https://glas.example/%7ea%2Fb%41/č d", "https://glas.example/~a%2FbA/%C4%8D%20d"),
        ("https://glas.example/100%/a", "https://glas.example/100%25/a"),
        ("https://glas.example/index.html", "https://glas.example/index.html"),
        ("https://glas.example/a;jsessionid=7F?x=1", "https://glas.example/a?x=1"),
        (
            "http://Вести.рф/новости",
            "http://xn--b1agj9af.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        (" https://glas.example/a\n", "https://glas.example/a"),
        ("file:///tmp/a#b", "file:///tmp/a#b"),
        ("http://[broken", "http://[broken"),
        ("http://glas.example:port/", "http://glas.example:port/"),
        ("http://", "http://"),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str) -> None:
    assert expected == canonical(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://glas.example/a/amp/", "https://glas.example/a/"),
        ("https://glas.example/a/amp", "https://glas.example/a"),
        ("https://glas.example/a.amp.html?x=1", "https://glas.example/a.html?x=1"),
        ("https://glas.example/a.amp", "https://glas.example/a"),
        ("https://glas.example/a?amp=1", "https://glas.example/a"),
        ("https://glas.example/a?amp", "https://glas.example/a"),
        ("https://glas.example/a?id=4&outputType=amp", "https://glas.example/a?id=4"),
        ("https://glas.example/amp", "https://glas.example/amp"),
        ("https://glas.example/champ", "https://glas.example/champ"),
        (
            "https://www-glas-example.cdn.ampproject.org/c/s/www.glas.example/a/amp/?usqp=mq331",
            "https://www.glas.example/a/",
        ),
        ("https://cdn.ampproject.org/v/glas.example/a?amp_js_v=0.1", "http://glas.example/a"),
        ("https://www.google.com/amp/s/glas.example/a?x=1", "https://glas.example/a?x=1"),
        ("https://www.google.co.uk/amp/glas.example/a", "http://glas.example/a"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
    ],
)
def test_an_amp_page_is_its_article(url: str, expected: str) -> None:
    assert expected == canonical(url)


@pytest.mark.parametrize(
    "kept",
    ["id=7", "newsid=7", "p=7", "cid=7", "sid=102", "from=20261122", "source=politics", "ref=12345", "mod=news&act=view"],
)  # fmt: skip
def test_what_may_name_an_article_is_kept(kept: str) -> None:
    assert f"https://glas.example/view.php?{kept}" == canonical(
        f"https://glas.example/view.php?{kept}"
    )


@pytest.mark.parametrize(
    "dropped",
    [
        "from=rss", "ref=rss", "ref=homepage_main", "source=twitter", "ref_src=twsrc%5Etfw", "yclid=1", "ysclid=2",
        "spm=a2c.1", "wt_zmc=sm.int", "xtor=RSS-1", "traffic_source=rss", "share=wechat", "src=push&rss=1", "iref=comtop",
        "amp;utm_source=x", "mod=rss_world", "from=singlemessage&isappinstalled=0", "__twitter_impression=true",
    ],
)  # fmt: skip
def test_what_only_tracks_is_dropped(dropped: str) -> None:
    assert "https://glas.example/a?id=1" == canonical(f"https://glas.example/a?id=1&{dropped}")


SAME = [
    "https://www.glas.example/svet/a-1",
    "http://www.glas.example/svet/a-1",
    "https://glas.example/svet/a-1/",
    "https://m.glas.example/svet/a-1?utm_source=rss",
    "https://amp.glas.example/svet/a-1",
    "https://www.glas.example/svet/a-1/amp/",
    "https://www.glas.example/amp/svet/a-1",
    "https://www.google.com/amp/s/www.glas.example/svet/a-1",
]


@pytest.mark.parametrize("other", SAME)
def test_an_article_is_one_however_it_is_announced(other: str) -> None:
    assert same_article(SAME[0], other)
    assert article_key(SAME[0]) == article_key(canonical(other))


@pytest.mark.parametrize(
    "other",
    [
        "https://www.glas.example/svet/a-2",
        "https://www.glas.example/svet/A-1",
        "https://sport.glas.example/svet/a-1",
        "https://www.glas.example/svet/a-1?id=2",
        "https://www.drugi.example/svet/a-1",
        "https://www.glas.example:8080/svet/a-1",
    ],
)
def test_other_articles_are_others(other: str) -> None:
    assert not same_article(SAME[0], other)


def test_an_address_is_looked_for_under_its_other_spellings_too() -> None:
    assert (
        "https://www.glas.example/a",
        "https://glas.example/a",
        "http://www.glas.example/a",
        "http://glas.example/a",
    ) == spellings("https://www.glas.example/a?utm_source=x")
    assert ("https://www.gov.uk/a", "http://www.gov.uk/a") == spellings("https://www.gov.uk/a")
    assert ("http://127.0.0.1:8020/a",) == spellings("http://127.0.0.1:8020/a")
    assert ("file:///a",) == spellings("file:///a")


def test_a_host_keeps_what_was_registered() -> None:
    assert ["glas.example", "m.uk", "www.gov.uk", "news.glas.example"] == [
        without_face(host)
        for host in ("www.m.glas.example", "m.uk", "www.gov.uk", "m.news.glas.example")
    ]


HOSTS = st.sampled_from(
    ["glas.example", "www.glas.example", "m.glas.co.uk", "amp.glas.example", "WAP.Glas.Example.", "вести.рф", "[::1]"]
)  # fmt: skip


@given(HOSTS, st.text(max_size=60), st.text(max_size=60))
def test_what_is_canonical_stays_as_it_is_and_where_it_is(host: str, path: str, query: str) -> None:
    once = canonical(f"https://{host}/{path}?{query}")
    assert once == canonical(once)
    assert article_key(once) == article_key(article_key(once).join(["https://", ""]))
    here, there = urlsplit(f"https://{host}/").hostname, urlsplit(once).hostname
    assert there
    if host.isascii():
        assert registered_domain(here or "") == registered_domain(there)


@given(st.text(max_size=80))
def test_any_text_has_a_canonical_form_and_a_key(url: str) -> None:
    assert canonical(url) == canonical(canonical(url))
    assert article_key(url) == article_key(canonical(url))


HERE = "https://www.glas.example/svet/2026/11/22/dolg-naslov-tega-clanka-1234567"


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ("/svet/dolg-naslov-1234567?utm_source=x", HERE, "https://www.glas.example/svet/dolg-naslov-1234567"),
        ("https://glas.example/1234567", HERE, "https://glas.example/1234567"),
        ("https://novice.glas.example/c/7654321", HERE, "https://novice.glas.example/c/7654321"),
        ("https://www.glas.example/", HERE, None),
        ("https://www.glas.example/sl/", HERE, None),
        ("https://www.glas.example/index.html", HERE, None),
        ("https://www.glas.example/svet", HERE, None),
        ("https://www.glas.example/svet/2026/11/22/", HERE, None),
        ("https://www.drugi.example/svet/1234567", HERE, None),
        ("https://www.glas.example/article.php", "https://www.glas.example/article.php?id=55", None),
        ("https://www.glas.example/", "https://www.glas.example/?p=55", None),
        ("https://www.glas.example/?p=55", HERE, "https://www.glas.example/?p=55"),
        ("https://www.glas.example/", "https://www.glas.example/index.php", "https://www.glas.example/"),
        ("https://www.glas.example/onas", "https://www.glas.example/o-nas", "https://www.glas.example/onas"),
        ("https://glas.example/नई-दिल्ली-समाचार", HERE, "https://glas.example/%E0%A4%A8%E0%A4%88-%E0%A4%A6%E0%A4%BF%E0%A4%B2%E0%A5%8D%E0%A4%B2%E0%A5%80-%E0%A4%B8%E0%A4%AE%E0%A4%BE%E0%A4%9A%E0%A4%BE%E0%A4%B0"),
        ("https://a.co.uk/x-1234", "https://b.co.uk/x-1234", None),
        ("javascript:void(0)", HERE, None),
        ("http://[x/", HERE, None),
        ("", HERE, "https://www.glas.example/svet/2026/11/22/dolg-naslov-tega-clanka-1234567"),
        ("https://www.glas.example/a-1234", "file:///tmp/a.html", "https://www.glas.example/a-1234"),
        ("https://www.glas.example/", "file:///tmp/a.html", None),
        ("/a-1234", "file:///tmp/a.html", None),
    ],
)  # fmt: skip
def test_a_page_is_believed_within_its_domain_and_not_where_it_names_its_front_page_or_section(
    stated: str, url: str, expected: str | None
) -> None:
    assert expected == stated_address(stated, url)


def test_domains_are_compared_by_what_was_registered() -> None:
    assert same_domain("https://a.glas.co.uk/", "http://b.glas.co.uk:81/x")
    assert not same_domain("https://a.co.uk/", "https://b.co.uk/")
    assert not same_domain("https://a.example/", "file:///a")
