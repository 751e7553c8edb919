from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import html
from tests.web.conftest import client_of
from tests.web.press import FERRY, SmallPress, story_of

if TYPE_CHECKING:
    from worldtake.model.views import ArticleView, StoryView

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
ARTICLE = f"/article/{FERRY[0].article().id}"
STORY = f"/story/{story_of(FERRY).id}"


@dataclass(frozen=True)
class Pictured(SmallPress):
    """The small press with an image for every article."""

    shows_images: bool = True  # type: ignore[misc]

    def image(self, article_id: str) -> tuple[str, bytes]:
        self.article(article_id)
        return "image/png", PNG

    def article(self, article_id: str) -> ArticleView:
        view = super().article(article_id)
        return replace(view, article=replace(view.article, image="https://a.example/i.png"))

    def story(self, story_id: str) -> StoryView:
        view = super().story(story_id)
        return replace(view, card=replace(view.card, lead=replace(view.card.lead, image=True)))


def sources(press: SmallPress, path: str) -> list[str]:
    tree = html.document_fromstring(client_of(press).get(path).text)
    return [each.get("src") for each in tree.cssselect("main img")]


def test_an_image_is_sent_in_a_box_of_its_own() -> None:
    answer = client_of(Pictured()).get(f"{ARTICLE}/image")
    assert (200, PNG, "image/png") == (
        answer.status_code, answer.content, answer.headers["content-type"],
    )  # fmt: skip
    assert "default-src 'none'; sandbox" == answer.headers["content-security-policy"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "private, max-age=86400" == answer.headers["cache-control"]


def test_article_and_story_show_the_image_from_this_site() -> None:
    assert [f"{ARTICLE}/image"] == sources(Pictured(), ARTICLE)
    [source] = sources(Pictured(), STORY)
    assert source.startswith("/article/")


def test_no_image_is_shown_where_the_setting_is_off() -> None:
    off = Pictured(shows_images=False)
    assert [] == sources(off, ARTICLE) + sources(off, STORY)


def test_an_image_that_cannot_be_had_is_not_found() -> None:
    assert 404 == client_of(SmallPress()).get(f"{ARTICLE}/image").status_code
    assert 404 == client_of(Pictured()).get("/article/none/image").status_code


def test_an_address_in_the_query_is_not_called() -> None:
    answer = client_of(Pictured()).get(f"{ARTICLE}/image?url=http://127.0.0.1/secret")
    assert PNG == answer.content


def test_a_caption_and_a_credit_stand_under_the_image() -> None:
    @dataclass(frozen=True)
    class Captioned(Pictured):
        """The same with words under the image, as a page wrote them."""

        def article(self, article_id: str) -> ArticleView:
            view = super().article(article_id)
            words = replace(
                view.article,
                image_caption="The <b>ferry</b>",
                image_credit="Jon Abel",
                section="Sea",
                agencies=("dpa",),
                paywalled=True,
                live=True,
            )
            return replace(view, article=words)

    tree = html.document_fromstring(client_of(Captioned()).get(ARTICLE).text)
    under = " ".join(tree.cssselect("figure.picture figcaption")[0].text_content().split())
    head = tree.cssselect("header.article-head")[0].text_content()
    assert under.startswith("The <b>ferry</b> Picture: Jon Abel")
    assert all(each in head for each in ("Sea", "live blog", "dpa", "behind a paywall"))
