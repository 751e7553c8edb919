"""The route of the image proxy: an article's own image, in a box of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.responses import Response

if TYPE_CHECKING:
    from fastapi import APIRouter

    from worldtake.web.source import SiteSource

#: An image opened by itself may load and run nothing.
IMAGE_POLICY = "default-src 'none'; sandbox"
IMAGE_HEADERS = {
    "Content-Security-Policy": IMAGE_POLICY,
    "Cache-Control": "private, max-age=86400",
    "Content-Disposition": "inline",
}


def add_images(router: APIRouter, newsroom: SiteSource) -> None:
    """Add the route of images; it finds nothing where the setting `image_proxy` is off."""

    @router.get("/article/{article_id}/image")
    def image(article_id: str) -> Response:
        """Show the image of an article, where `image_proxy` is set."""
        media_type, body = newsroom.image(article_id)
        return Response(body, media_type=media_type, headers=IMAGE_HEADERS)
