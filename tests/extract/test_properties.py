"""Laws of extraction that hold for every page, of pages made at random out of what real ones are made of."""

from __future__ import annotations

import html
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from worldtake.errors import UnreadableInputError
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip

FETCHED = datetime(2026, 9, 16, tzinfo=UTC)
#: Most random pages a law: 100 take 3 s.
EXAMPLES = 60
SENTENCES = (
    "The lanterns along the old harbour were lit again on Friday after eleven years in the dark.",
    "Prom przez rzekę wrócił w maju, a mieszkańcy witali go na nabrzeżu z chlebem i solą.",
    "Паром через реку вернулся в мае, и жители встречали его на набережной хлебом и солью.",
    "Το πλοίο γύρισε στο λιμάνι τον Μάιο και οι κάτοικοι το περίμεναν με ψωμί και αλάτι.",
    "عادت العبارة إلى النهر في أيار واستقبلها السكان على الرصيف بالخبز والملح والأغاني القديمة.",
    "המעבורת חזרה אל הנהר בחודש מאי והתושבים קיבלו אותה על הרציף בלחם ובמלח ובשירים.",
    "नाव मई में नदी पर लौट आई और लोगों ने घाट पर रोटी और नमक के साथ उसका स्वागत किया।",
    "渡し船は五月に川へ戻り、住民たちは岸辺でパンと塩を手に、歌いながらそれを出迎えたという。",
    "渡船在五月回到了河上，居民们带着面包和盐站在岸边，唱着老歌迎接它的归来。",
    "나룻배가 오월에 강으로 돌아왔고 주민들은 빵과 소금을 들고 강가에서 노래하며 맞이했다.",
    "เรือข้ามฟากกลับมาที่แม่น้ำในเดือนพฤษภาคมและชาวบ้านออกมาต้อนรับที่ท่าน้ำด้วยขนมปังและเกลือ",
    "ጀልባው በግንቦት ወደ ወንዙ ተመለሰ፤ ነዋሪዎቹም በዳር ቆመው በዳቦና በጨው ተቀበሉት።",
    "“Nobody had believed in it,” said the keeper's widow. She had kept the key for all those years.",
)
SHORT = (
    "Lit again",
    "Read more",
    "Photo: A. Lund",
    "Ana Lund",
    "16 September 2026, 10:30",
    "Share",
    "7",
    "—",
    "Порт",
    "港",
)
INLINE = (
    "b",
    "i",
    "em",
    "a href=/x",
    "span",
    "span class=caption",
    "small",
    "sup",
    "u",
    "time datetime=2026-09-16",
    "cite",
    "q",
)
BLOCKS = (
    "p", "div", "h2", "h3", "blockquote", "li", "td", "figcaption", "aside", "section", "pre", "address", "center", "dd", "p class=lead",
    "div class=caption", "div class=related", "div class=author", "footer", "p hidden", "x-part", "label", "button",
)  # fmt: skip
BOXES = (
    "div", "ul", "ol", "table", "tr", "figure", "article", "section", "form", "main", "nav", "dl", "details", "div class=article-body",
    "div class=newsletter", "template", "noscript", "blockquote", "header",
)  # fmt: skip
EMPTY = ("<br>", "<br><br>", "<img src=x>", "<hr>", "<input type=email>", "<!-- x -->", "<script>var a = '<p>';</script>", "<style>p{}</style>", "<svg><text>x</text></svg>", " ", "\n", "&nbsp;", "\u200b", "</div>", "</p>", "<p>", "<td>")  # fmt: skip


def tagged(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split(maxsplit=1)[0]}>"


words = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(SHORT), st.text(max_size=12)).map(
    lambda text: html.escape(text.replace("\0", ""))
)
runs = st.one_of(words, words, st.builds(tagged, st.sampled_from(INLINE), words))
lines = st.lists(st.one_of(runs, runs, runs, st.sampled_from(EMPTY)), min_size=1, max_size=5)
blocks = st.builds(tagged, st.sampled_from(BLOCKS), lines.map(" ".join))
bodies = st.recursive(
    st.one_of(blocks, blocks, blocks, lines.map("".join), st.sampled_from(EMPTY)),
    lambda inner: st.builds(
        tagged, st.sampled_from(BOXES), st.lists(inner, max_size=6).map("".join)
    ),
    max_leaves=25,
)
pages = st.lists(bodies, min_size=1, max_size=8).map("".join)


def read(body: str, title: str = SENTENCES[0]) -> Article | Skip:
    page = f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    given = Page(
        url="http://lantern.example/1",
        body=page.encode("utf-8", "surrogatepass"),
        fetched=FETCHED,
        media_type="text/html",
    )
    try:
        return ExtractArticle()(given)
    except UnreadableInputError:
        return Skip("unreadable")


def texts(article: Article) -> list[str]:
    return [article.text[each.span.start : each.span.end] for each in article.blocks]


@given(pages)
@settings(max_examples=EXAMPLES, deadline=None)
def test_blocks_partition_the_text(body: str) -> None:
    found = read(body)
    if isinstance(found, Article):
        assert "\n\n".join(texts(found)) == found.text
        assert [] == [text for text in texts(found) if not text.strip()]


@given(pages)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_block_holds_the_end_of_a_line(body: str) -> None:
    found = read(body)
    if isinstance(found, Article):
        assert [] == [text for text in texts(found) if "\n" in text or "\r" in text]


@given(pages)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_page_read_twice_gives_the_same(body: str) -> None:
    assert read(body) == read(body)


@given(pages)
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_is_left_out_has_words_and_a_reason(body: str) -> None:
    found = read(body)
    if isinstance(found, Article):
        assert [] == [each for each in found.discarded if not each.text.strip() or not each.reason]


@given(st.lists(st.sampled_from(SENTENCES), min_size=4, max_size=9, unique=True))
@settings(max_examples=EXAMPLES, deadline=None)
def test_nothing_but_paragraphs_of_prose_is_all_text(prose: list[str]) -> None:
    body = "".join(f"<p>{html.escape(line)} {html.escape(line)[::-1]}.</p>" for line in prose)
    found = read(f"<article>{body}</article>", title="Ferries and lanterns")
    assert isinstance(found, Article)
    assert [f"{line} {html.unescape(html.escape(line)[::-1])}." for line in prose] == texts(found)


@given(pages)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_word_is_in_the_text_that_is_not_on_the_page(body: str) -> None:
    found = read(body)
    # What was encoded twice is mended, and then other letters stand there.
    if isinstance(found, Article) and "encoding" not in dict(found.provenance):
        shown = "".join(filter(str.isalnum, html.unescape(body)))
        strange = [
            text for text in texts(found) if not set(filter(str.isalnum, text)) <= set(shown)
        ]
        assert [] == strange


@given(st.text(alphabet="<>/!-[]&;#x'\" =pdivabrtle\n\0é港", max_size=300))
@settings(max_examples=EXAMPLES * 2, deadline=None)
def test_markup_that_is_none_is_read_or_refused(soup: str) -> None:
    found = read(soup + f"<p>{SENTENCES[0]}</p>")
    assert isinstance(found, Article | Skip)
    if isinstance(found, Article):
        assert "\n\n".join(texts(found)) == found.text
