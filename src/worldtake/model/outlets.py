"""Who publishes: outlets and the feeds in which they announce articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

FeedKind: TypeAlias = Literal["rss", "atom", "json", "sitemap", "unknown"]
OutletKind: TypeAlias = Literal[
    "newspaper", "broadcaster", "agency", "portal", "magazine", "unknown"
]
Policy: TypeAlias = Literal["full", "extract", "headline"]
#: Where the record of an outlet comes from; `page` is made from an article page and unconfirmed.
Provenance: TypeAlias = Literal["catalogue", "sample", "page", "reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where an outlet announces articles: a feed or a news sitemap."""

    #: Address of the feed.
    url: str
    #: `Outlet.id` of the outlet.
    outlet_id: str
    #: Format; `unknown` until the first fetch.
    kind: FeedKind = "unknown"
    #: BCP 47 tag of its articles; None where not declared.
    language: str | None = None
    #: Section of the outlet, such as "World"; None for all of it.
    section: str | None = None
    #: Day on which it was last seen live, ISO 8601; None before it has been.
    checked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What an outlet is known to publish, until its own history says so."""

    #: Articles a day; None where not known.
    articles_a_day: int | None = None
    #: BCP 47 tag of most of them; None where not known.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher of news."""

    #: Stable id, `<country>-<name>` in lower case.
    id: str
    #: Name in Latin script, as an English reader would see it.
    name: str
    #: Name as the outlet prints it, where that differs from `name`.
    native_name: str | None = None
    #: Web domains without "www.", the main one first.
    domains: tuple[str, ...] = ()
    #: ISO 3166-1 alpha-2 (XK for Kosovo) of where it is edited for; None where unknown.
    country: str | None = None
    #: Country it operates from, where that differs (in exile).
    operates_from: str | None = None
    #: "in exile", "in occupied territory"; None where neither.
    status: str | None = None
    #: BCP 47 tags of the languages it publishes in, the main one first.
    languages: tuple[str, ...] = ()
    #: What kind of publisher it is.
    kind: OutletKind = "unknown"
    #: Owner; None where not known.
    owner: str | None = None
    #: Ownership group, under which outlets count as one voice; None where not known.
    group: str | None = None
    #: "controlled" by a state, "captured" (private, under a government's influence) or "funded" by one (and independent);
    #: None where nothing is known.
    state_control: str | None = None
    #: Other names under which it is credited, in any script.
    aliases: tuple[str, ...] = ()
    #: Where it announces articles: feeds, and news sitemaps (of kind `sitemap`).
    feeds: tuple[Feed, ...] = ()
    #: What it is known to publish; None where not known.
    expect: Expect | None = None
    #: How much of an article may be shown to others than the reader.
    policy: Policy = "extract"
    #: Where this record comes from.
    provenance: Provenance = "catalogue"

    def names(self) -> tuple[str, ...]:
        """Return every name it goes by, without repeats, its own name first."""
        native = (self.native_name,) if self.native_name else ()
        return tuple(dict.fromkeys((self.name, *native, *self.aliases)))

    def voice(self) -> str:
        """Return what it counts as when independent voices are counted: its group, else itself."""
        return self.group or self.id
