from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from worldtake.catalog import (
    Folders,
    outlet_files,
    read_catalogue,
    read_outlet,
    read_sources,
    shipped_catalogue,
    write_outlet,
)
from worldtake.errors import CatalogueError
from worldtake.model import Expect, Feed, Outlet

if TYPE_CHECKING:
    from pathlib import Path

GLAS = Outlet(
    id="si-glas",
    name="Glas",
    native_name="Glas naroda",
    domains=("glas.example", "novice.example"),
    country="SI",
    languages=("sl", "sr-Cyrl"),
    kind="newspaper",
    aliases=("Глас", "グラス"),
    feeds=(
        Feed(url="https://glas.example/rss", outlet_id="si-glas", language="sl", section="Svet"),
        Feed(
            url="https://glas.example/atom", outlet_id="si-glas", kind="atom", checked="2026-11-22"
        ),
        Feed(url="https://glas.example/news.xml", outlet_id="si-glas", kind="sitemap"),
    ),
    expect=Expect(articles_a_day=40, language="sl"),
    policy="headline",
    owner="Glas d.d.",
    state_control="funded",
)
SOURCES = {"owner": "https://register.example/glas", "state_control": "https://law.example/"}


def _written(folder: Path, **content: Any) -> Path:
    path = folder / "si" / "glas.yaml"
    path.parent.mkdir(exist_ok=True)
    given = {"id": "si-glas", "name": "Glas", "country": "SI"} | content
    kept = {key: value for key, value in given.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return path


def test_an_outlet_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = write_outlet(GLAS, tmp_path, SOURCES)
    assert tmp_path / "si" / "glas.yaml" == path
    assert (GLAS,) == read_catalogue(tmp_path)


def test_a_file_says_its_keys_in_order_and_nothing_that_is_not_known(tmp_path: Path) -> None:
    content = yaml.safe_load(write_outlet(GLAS, tmp_path, SOURCES).read_text("utf-8"))
    expected = (
        "id name native_name domains country languages kind aliases feeds sitemaps expect owner"
    )
    assert [*expected.split(), "state_control", "policy"] == list(content)
    assert [{"url": "https://glas.example/news.xml"}] == content["sitemaps"]


@pytest.mark.parametrize(
    "path", outlet_files(shipped_catalogue())[::25], ids=lambda path: path.stem
)
def test_a_shipped_file_is_written_again_as_it_is(tmp_path: Path, path: Path) -> None:
    again = write_outlet(read_outlet(path), tmp_path, read_sources(path))
    assert yaml.safe_load(path.read_bytes()) == yaml.safe_load(again.read_bytes())


def test_sources_are_read_beside_the_outlet(tmp_path: Path) -> None:
    assert SOURCES == read_sources(write_outlet(GLAS, tmp_path, SOURCES))


def test_an_outlet_of_no_known_country_has_a_file_too(tmp_path: Path) -> None:
    outlet = Outlet(id="xx-somewhere", name="Somewhere")
    assert outlet == read_outlet(write_outlet(outlet, tmp_path))


def test_of_two_folders_the_later_one_counts(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    write_outlet(Outlet(id="si-a", name="A", country="SI"), shipped)
    kept = write_outlet(Outlet(id="si-b", name="B", country="SI"), shipped)
    folders = Folders(folders=(shipped, own))
    before = folders.digest()
    mine = write_outlet(Outlet(id="si-a", name="Mine", country="SI"), own)
    assert {"si-a": mine, "si-b": kept} == folders.files()
    assert before != folders.digest()


def test_a_claim_without_a_source_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"owner\.source"):
        write_outlet(GLAS, tmp_path)
    assert [] == list(tmp_path.rglob("*.yaml"))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name: must be words"),
    ({"name": 5}, "name: must be words"),
    ({"id": "Glas"}, "id: 'Glas' is not"),
    ({"id": "hr-glas"}, "id: 'hr-glas' must begin with si-"),
    ({"id": "si-other"}, "move the file or correct the id"),
    ({"country": "Slovenia"}, "country: 'Slovenia' is not"),
    ({"country": False}, "country: must be words.*quote it"),
    ({"languages": "sl"}, "languages: must be a list"),
    ({"languages": [False]}, "languages: False.*quote it"),
    ({"languages": ["slovene"]}, "languages: 'slovene'"),
    ({"domains": ["https://glas.example/"]}, "domains: "),
    ({"domains": ["www.glas.example"]}, "domains: "),
    ({"domains": ["a.example", "a.example"]}, "says something twice"),
    ({"kind": "blog"}, "kind: 'blog' is none of newspaper"),
    ({"policy": "all"}, "policy: "),
    ({"feeds": {"url": "https://a.example/"}}, "feeds: must be a list"),
    ({"feeds": [{"url": "feed://a.example/"}]}, "feeds: "),
    ({"feeds": [{"url": "https://a.example/", "lang": "sl"}]}, "feeds: "),
    ({"owner": "Somebody"}, "leave it out if no source is known"),
    ({"owner": {"name": "Somebody", "source": "everybody knows"}}, r"owner\.source"),
    (
        {"state_control": {"value": "yes", "source": "https://a.example/"}},
        "none of controlled, captured, funded",
    ),
    ({"feeds": [{"url": "https://a.example/", "kind": "sitemap"}]}, "put it under sitemaps"),
    ({"feeds": [{"url": "https://a.example/", "checked": "today"}]}, "feeds.checked: 'today'"),
    ({"sitemaps": [{"url": "https://a.example/", "kind": "rss"}]}, "sitemaps: "),
    ({"expect": {"articles_a_day": 0}}, "expect.articles_a_day: 0"),
    ({"expect": {"articles_a_day": True}}, "expect.articles_a_day: True"),
    ({"expect": {}}, "expect: "),
    ({"expect": {"language": "slovene"}}, "language: 'slovene'"),
    (
        {"operates_from": {"value": "Latvia", "source": "https://a.example/"}},
        "operates_from.value: 'Latvia'",
    ),
    ({"aliases": [" "]}, "aliases: ' '"),
    ({"checked": "2026-11-22"}, "checked: unknown"),
    ({"bias": "left"}, "bias: unknown; the keys are"),
]


@pytest.mark.parametrize(("content", "words"), WRONG)
def test_a_wrong_key_is_named_with_its_file_and_the_remedy(
    tmp_path: Path, content: dict[str, Any], words: str
) -> None:
    path = _written(tmp_path, **content)
    with pytest.raises(CatalogueError, match=words) as caught:
        read_outlet(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    path = _written(tmp_path)
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(CatalogueError, match="not YAML"):
        read_outlet(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such folder"):
        read_catalogue(tmp_path / "nothing")


def test_the_shipped_catalogue_knows_the_agencies_and_the_world() -> None:
    outlets = {outlet.id: outlet for outlet in read_catalogue(shipped_catalogue())}
    agencies = {"gb-reuters", "us-ap", "fr-afp", "de-dpa", "jp-kyodo", "tr-anadolu"}
    assert agencies <= set(outlets)
    assert all(outlets[agency].kind == "agency" for agency in agencies)
    assert len({outlet.country for outlet in outlets.values()}) >= 30
    assert "dailymail" in outlets["gb-daily-mail"].names()
