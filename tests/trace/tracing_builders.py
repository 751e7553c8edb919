"""What the tests of tracing build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from worldtake.model import Skip
from worldtake.testing import an_article, an_outlet
from worldtake.trace import FindCredits, FindQuotes

if TYPE_CHECKING:
    from worldtake.model import Article, Credit, Outlet, Quote

StageCheck: TypeAlias = Callable[[Any, Sequence[Any]], None]
NOON = datetime(2026, 9, 11, 12, 0, tzinfo=UTC)
GAZETTE = an_outlet(id="gb-gazette", name="Thames Gazette", kind="newspaper")
ATLAS = an_outlet(id="gb-atlas", name="Atlas News Agency", kind="agency")
SESI = an_outlet(
    id="tr-sesi", name="Boğaz Sesi", aliases=("Богаз сеси", "بوغاز سيسي"), kind="newspaper"
)
PORTOVYK = an_outlet(id="ua-portovyk", name="Portovyk", native_name="Портовик", kind="newspaper")
JUTRANJIK = an_outlet(id="si-jutranjik", name="Jutranjik", kind="newspaper")
JIANGPAN = an_outlet(id="cn-jiangpan", name="Jiangpan", native_name="江畔晨报", kind="newspaper")
TIME = an_outlet(id="us-time", name="Time", kind="magazine")
OUTLETS = (GAZETTE, ATLAS, SESI, PORTOVYK, JUTRANJIK, JIANGPAN, TIME)


def quotes(text: str, language: str = "en", title: str = "Nothing") -> tuple[Quote, ...]:
    """Return the quotes of a text."""
    found = FindQuotes()(an_article(text, language=language, title=title))
    assert not isinstance(found, Skip)
    return found


def spoken(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """Return the words and the speaker of each quotation in marks."""
    return [
        (
            " / ".join(span.cut(text) for span in quote.content),
            quote.speaker.cut(text) if quote.speaker else None,
        )
        for quote in quotes(text, language)
        if quote.kind != "indirect"
    ]


def credited(
    text: str, language: str = "en", outlets: tuple[Outlet, ...] = OUTLETS, **changes: Any
) -> list[tuple[str, str]]:
    """Return outlet and kind of each credit."""
    return [
        (one.outlet, one.kind) for one in credits_of(article(text, language, **changes), outlets)
    ]


def credits_of(given: Article, outlets: tuple[Outlet, ...] = OUTLETS) -> tuple[Credit, ...]:
    """Return the credits of an article."""
    found = FindCredits(outlets=outlets)(given)
    assert not isinstance(found, Skip)
    return found


def article(text: str, language: str = "en", **changes: Any) -> Article:
    """Return an article of an outlet that is not credited."""
    return an_article(
        text, **{"language": language, "outlet_id": "us-lantern", "title": "Nothing", **changes}
    )
