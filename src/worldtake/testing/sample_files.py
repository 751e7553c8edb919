"""Read the files of the sample press and build its derived articles by their recipes.

A story file holds independent articles sentence by sentence with their English, and recipes that make copies of them:
which paragraphs are kept, which sentences are replaced, what is inserted, what dateline or credit line is added.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from worldtake.errors import UnreadableInputError
from worldtake.testing.sample_nouns import (
    PlantedDifference,
    SampleArticle,
    SampleCredit,
    SampleFigure,
    SampleImage,
    SampleOutlet,
    SampleQuote,
    SampleStory,
    Sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

#: The C reader is eight times faster where libyaml is there.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Words of a title that go into an address.
SLUG_WORDS = 7
#: Sections that a story may stand in: the first of each site's list, not sport or weather.
NEWS_SECTIONS = 3
#: Article numbers run from this to ten times this.
FIRST_NUMBER = 1_000_000


def sample_folder() -> Traversable:
    """Return the folder of the shipped sample."""
    return files("worldtake.testing") / "sample"


def read_outlets(folder: Traversable) -> tuple[SampleOutlet, ...]:
    """Return the outlets in the order of their file."""
    return tuple(
        SampleOutlet(
            **{
                **record,
                "native_name": record.get("native_name"),
                "group": record.get("group"),
                "languages": tuple(record["languages"]),
                "aliases": tuple(record["aliases"]),
            }
        )
        for record in _read(folder / "outlets.yaml")
    )


def read_words(folder: Traversable) -> Mapping[str, Mapping[str, Any]]:
    """Return the words of the sites' chrome by language."""
    words: Mapping[str, Mapping[str, Any]] = _read(folder / "words.yaml")
    return words


def read_stories(
    folder: Traversable, outlets: Iterable[SampleOutlet], words: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[SampleStory, ...], tuple[SampleArticle, ...]]:
    """Return the stories and all their articles, derived ones built, in the order of the files.

    Raises:
        UnreadableInputError: if a recipe or an outlet does not fit.
    """
    by_id = {outlet.id: outlet for outlet in outlets}
    stories: list[SampleStory] = []
    articles: list[SampleArticle] = []
    for path in sorted((folder / "stories").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            record = _read(path)
            stories.append(_story(record))
            articles.extend(_articles(record, by_id, words))
    return tuple(stories), tuple(articles)


def _read(path: Traversable) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 a safe loader in C


def _story(record: Mapping[str, Any]) -> SampleStory:
    gold = record["gold"]
    story: str = record["story"]
    return SampleStory(
        id=story,
        title=record["title_en"],
        thread=record.get("thread"),
        differences=tuple(
            PlantedDifference(story=story, question=d["question"], values=tuple(d["values"]))
            for d in gold["differences"]
        ),
        corrections=tuple((c["article"], c["corrects"]) for c in gold["corrections"]),
        chains=tuple(tuple(chain) for chain in gold["chains"]),
        gaps=tuple(gold["gaps"]),
        shared_quotes=tuple((q["entity"], tuple(q["articles"])) for q in gold["shared_quotes"]),
        look_alike=gold.get("look_alike"),
    )


def _articles(
    record: Mapping[str, Any],
    outlets: Mapping[str, SampleOutlet],
    words: Mapping[str, Mapping[str, Any]],
) -> list[SampleArticle]:
    built: dict[str, SampleArticle] = {}
    for given in record["articles"]:
        outlet = outlets.get(given["outlet"])
        if outlet is None:
            message = f"{given['id']}: outlet {given['outlet']} is not in outlets.yaml"
            raise UnreadableInputError(message)
        article = _article(given, record["story"], built)
        built[article.id] = replace(article, address=_address(article, outlet, words))
    return list(built.values())


def _article(
    given: Mapping[str, Any], story: str, built: Mapping[str, SampleArticle]
) -> SampleArticle:
    source = _source(given, built)
    image = given.get("image")
    return SampleArticle(
        id=given["id"],
        story=story,
        outlet_id=given["outlet"],
        language=source.language if source else given["language"],
        published=given["published"],
        author=given.get("author"),
        title=_sentence(given["title"]),
        standfirst=_sentence(given["standfirst"]) if given.get("standfirst") else None,
        image=SampleImage(caption=_sentence(image[:2]), credit=image[2] or "") if image else None,
        paragraphs=_derived(given, source) if source else _paragraphs(given["paragraphs"]),
        dateline=given.get("dateline") or "",
        credit_line=_sentence(given["credit_line"]) if given.get("credit_line") else None,
        source_id=given.get("from"),
        recipe=given["kind"] if source else None,
        credits=tuple(
            SampleCredit(
                outlet_id=c["outlet"], kind=c["kind"], text=c["text"], alias=c.get("alias")
            )
            for c in given.get("credits") or ()
        ),
        quotes=tuple(
            SampleQuote(content=tuple(q["content"]), speaker=q.get("speaker"), entity=q["entity"])
            for q in given.get("quotes") or ()
        ),
        figures=tuple(SampleFigure(**f) for f in given.get("figures") or ()),
    )


def _source(given: Mapping[str, Any], built: Mapping[str, SampleArticle]) -> SampleArticle | None:
    if "from" not in given:
        return None
    if given["from"] not in built:
        message = f"{given['id']}: its source {given['from']} does not stand above it"
        raise UnreadableInputError(message)
    return built[given["from"]]


def _derived(given: Mapping[str, Any], source: SampleArticle) -> tuple[tuple[Sentence, ...], ...]:
    edits = {old: _sentence(new) for old, new in (given.get("replace") or {}).items()}
    missing = edits.keys() - {s.source for s in source.sentences()}
    if missing:
        message = f"{given['id']}: sentences to replace are not in {source.id}: {sorted(missing)}"
        raise UnreadableInputError(message)
    edited = [tuple(edits.get(s.source, s) for s in p) for p in source.paragraphs]
    kept = given.get("keep")
    paragraphs = edited if kept is None else [edited[i] for i in kept]
    for at, added in reversed(given.get("insert") or ()):
        paragraphs.insert(at, tuple(_sentence(pair) for pair in added))
    return tuple(paragraphs)


def _paragraphs(given: Iterable[Iterable[list[str | None]]]) -> tuple[tuple[Sentence, ...], ...]:
    return tuple(tuple(_sentence(pair) for pair in paragraph) for paragraph in given)


def _sentence(pair: Iterable[str | None]) -> Sentence:
    source, english = pair
    return Sentence(source or "", english or source or "")


def _address(
    article: SampleArticle, outlet: SampleOutlet, words: Mapping[str, Mapping[str, Any]]
) -> str:
    number = _number(article.id)
    local = words[outlet.languages[0]]["sections"]
    index = number % NEWS_SECTIONS
    day = article.published
    path = outlet.path.format(
        y=day.year,
        m=f"{day.month:02d}",
        d=f"{day.day:02d}",
        n=number,
        slug=_slug(article.title.source),
        section=_slug(local[index]) or _slug(words["en"]["sections"][index]),
    )
    return f"{outlet.host}{path}"


def _number(article_id: str) -> int:
    digest = hashlib.blake2b(article_id.encode(), digest_size=8).digest()
    return FIRST_NUMBER + int.from_bytes(digest, "big") % (9 * FIRST_NUMBER)


def _slug(words: str) -> str:
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded)[:SLUG_WORDS])
