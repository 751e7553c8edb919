"""What the site needs of a newsroom: one call for each page, each answered by a finished view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from worldtake.model.views import (
        ArticleView,
        CountryView,
        FrontView,
        OutletView,
        QuarantineItem,
        SearchView,
        StatusView,
        StoryView,
    )


class SiteSource(Protocol):
    """Answer for each page; calls may come from several threads at once."""

    @property
    def language(self) -> str:
        """Return the reader's language, BCP 47."""
        ...

    @property
    def shows_images(self) -> bool:
        """Tell whether images of articles are shown."""
        ...

    def image(self, article_id: str) -> tuple[str, bytes]:
        """Return the media type and bytes of an article's image.

        Raises:
            UnknownItemError: if there is none, or images are not shown.
        """
        ...

    def front(self) -> FrontView:
        """Return the front page."""
        ...

    def story(self, story_id: str) -> StoryView:
        """Return a story by its id or an older id of it.

        Raises:
            UnknownItemError: if there is none.
        """
        ...

    def article(self, article_id: str) -> ArticleView:
        """Return an article.

        Raises:
            UnknownItemError: if there is none.
        """
        ...

    def country(self, code: str) -> CountryView:
        """Return a country's press.

        Raises:
            UnknownItemError: if `code` is no country.
        """
        ...

    def outlet(self, outlet_id: str) -> OutletView:
        """Return an outlet.

        Raises:
            UnknownItemError: if there is none.
        """
        ...

    def search(self, query: str, before: str | None) -> SearchView:
        """Return articles that hold the words of `query`, older than `before` where given."""
        ...

    def status(self) -> StatusView:
        """Return the state of the house."""
        ...

    def quarantine(self) -> tuple[QuarantineItem, ...]:
        """Return what could not be processed."""
        ...
