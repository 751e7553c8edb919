"""A small press for the tests of the site: three stories in seven languages, one hostile outlet, all of it invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from worldtake.errors import UnknownItemError
from worldtake.model import (
    UNTRANSLATED,
    Aligned,
    Article,
    Block,
    Copy,
    CountryCoverage,
    Credit,
    Difference,
    DifferenceValue,
    Discarded,
    Edge,
    Lineage,
    Maker,
    Origin,
    Outlet,
    Quote,
    Span,
    Story,
    Take,
    TakeGroup,
    Trace,
    Translation,
    article_id,
    quote_evidence,
)
from worldtake.model.health import DayCount, Health, HealthLine
from worldtake.model.views import (
    ArticleView,
    CountryCount,
    CountryView,
    EngineStatus,
    FrontView,
    Headline,
    OutletView,
    QuarantineItem,
    SearchView,
    StageCount,
    StatusView,
    StoryCard,
    StoryView,
    TranslationStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.model import CreditKind
    from worldtake.model.health import HealthState

#: When the ferry burned, in this press.
NIGHT = datetime(2026, 9, 8, 5, 50, tzinfo=UTC)
#: Texts that try to leave their place in a page.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}</title><svg onload=alert(1)>",
)
#: Sentences of one paragraph: as printed, and in English where that is another language.
Paragraph = tuple[tuple[str, str | None], ...]

OUTLETS = {
    outlet.id: outlet
    for outlet in (
        Outlet(
            id="it-lanterna",
            name="La Lanterna",
            country="IT",
            languages=("it",),
            kind="newspaper",
            domains=("lanterna.example",),
        ),
        Outlet(
            id="si-odmev",
            name="Kraški odmev",
            country="SI",
            languages=("sl",),
            kind="newspaper",
            owner="Odmev d.o.o.",
        ),
        Outlet(
            id="gb-quay", name="Quay News Agency", country="GB", languages=("en",), kind="agency"
        ),
        Outlet(
            id="ke-shore",
            name="Shore Times",
            country="KE",
            languages=("en",),
            kind="newspaper",
            group="Shore",
        ),
        Outlet(
            id="eg-sabah",
            name="Sabah al-Bahr",
            native_name="صباح البحر",
            country="EG",
            languages=("ar",),
            kind="portal",
        ),
        Outlet(
            id="jp-kishi",
            name="Kishi Shimbun",
            native_name="岸新聞",
            country="JP",
            languages=("ja",),
            kind="newspaper",
        ),
        Outlet(
            id="xx-sly",
            name=f"Sly {HOSTILE[1]}",
            provenance="page",
            native_name=HOSTILE[0],
            domains=('x"onclick=alert(1)',),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An article as a test says it."""

    outlet: str
    language: str
    title: tuple[str, str | None]
    paragraphs: tuple[Paragraph, ...]
    hours: float = 0
    #: Words that are quoted, and who says them.
    quotes: tuple[tuple[str, str], ...] = ()
    #: Words that credit, the outlet, the kind.
    credits: tuple[tuple[str, str, CreditKind], ...] = ()
    dated: bool = True
    url: str | None = None
    authors: tuple[str, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    translated: bool = True
    #: What differs from a whole translation of the first trust: fields of it.
    changes: Mapping[str, Any] = field(default_factory=dict)
    #: A sentence of the original -> what the checks found in it; who translated it, as a place among the makers.
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: Mapping[str, int] = field(default_factory=dict)
    target: str = "en"
    #: Fields of the article's view that differ.
    view: Mapping[str, Any] = field(default_factory=dict)

    def article(self) -> Article:
        """Return it as an article."""
        moment = NIGHT + timedelta(hours=self.hours)
        url = self.url or f"https://{self.outlet}.example/{self.hours}"
        text, blocks, at = "", [], 0
        for paragraph in self.paragraphs:
            words = self.joint().join(source for source, _ in paragraph)
            blocks.append(Block(span=Span(at, at + len(words)), role="paragraph"))
            text += words + "\n\n"
            at = len(text)
        return Article(
            id=article_id(url, moment), url=url, outlet_id=self.outlet, title=self.title[0],
            text=text.removesuffix("\n\n"), blocks=tuple(blocks), language=self.language,
            published=moment if self.dated else None, seen=moment + timedelta(minutes=9),
            authors=self.authors, discarded=self.discarded,
        )  # fmt: skip

    def joint(self) -> str:
        """Return what stands between two sentences."""
        return "" if self.language in {"ja", "zh"} else " "

    def translation(self) -> Translation | None:
        """Return its hand-made translation; None for an English article."""
        article = self.article()
        if self.language == self.target or not self.translated:
            return None
        text, pairs, at = "", [], 0
        for paragraph in self.paragraphs:
            for source, target in paragraph:
                start = article.text.index(source, at)
                at = start + len(source)
                english = target or source
                pairs.append(
                    Aligned(
                        source=Span(start, at), target=Span(len(text), len(text) + len(english)),
                        flags=self.flags.get(source, () if target else (UNTRANSLATED,)),
                        maker=self.by.get(source, 0) if target else None,
                    )
                )  # fmt: skip
                text += english + " "
            text = text.rstrip() + "\n\n"
        whole = Translation(
            article_id=article.id, language=self.target, engine="sample", engine_version="1",
            tier="good", title=self.title[1] or self.title[0], text=text.rstrip(),
            alignment=tuple(pairs),
        )  # fmt: skip
        return replace(whole, **self.changes)

    def trace(self) -> Trace:
        """Return its quotes and credits."""
        article = self.article()
        return Trace(
            article_id=article.id,
            quotes=tuple(
                Quote(kind="direct", content=(find(article.text, words),), speaker=find(article.text, who), confidence=0.9)
                for words, who in self.quotes
            ),
            credits=tuple(
                Credit(outlet_id=outlet, outlet=OUTLETS[outlet].name, kind=kind, span=find(article.text, words))
                for words, outlet, kind in self.credits
            ),
        )  # fmt: skip

    def headline(self, story_id: str | None) -> Headline:
        """Return its line in a list."""
        article, translation = self.article(), self.translation()
        if translation and (self.view.get("reads") or not translation.shown):
            translation = None
        return Headline(
            article_id=article.id, title=translation.title if translation else article.title,
            tier=translation.tier if translation and self.title[1] else "none",
            original=article.title, language=article.language, outlet=OUTLETS[self.outlet],
            published=article.published, seen=article.seen, story_id=story_id, url=article.url,
            extract=(translation.text if translation else article.text).split("\n")[0][:280],
        )  # fmt: skip


def find(text: str, words: str) -> Span:
    """Return where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


FERRY = (
    Written(
        outlet="it-lanterna", language="it", authors=("Giulia Serrani",),
        title=("Traghetto in fiamme, tutti salvi", "Ferry ablaze, everyone safe"),
        paragraphs=(
            (("Il traghetto è bruciato per ore nella notte.", "The ferry burned for hours in the night."), ("A bordo c'erano 214 persone.", "There were 214 people aboard.")),
            (("«Le fiamme sono partite dal ponte garage», ha detto Carla Vendramin.", "“The flames began on the car deck,” said Carla Vendramin."), ("I feriti sono 12.", "Twelve are injured.")),
        ),
        quotes=(("Le fiamme sono partite dal ponte garage", "Carla Vendramin"),),
        discarded=(Discarded(text="Leggi anche: il porto", reason="related_links"), Discarded(text="Foto: archivio", reason="caption")),
    ),
    Written(
        outlet="gb-quay", language="en", hours=2,
        title=("Passengers rescued from burning ferry", None),
        paragraphs=((("All 214 people aboard a ferry were taken off before dawn.", None), ("The company put the injured at 19.", None)),),
    ),
    Written(
        outlet="ke-shore", language="en", hours=4,
        title=("All rescued as ferry burns", None),
        paragraphs=((("All 214 people aboard a ferry were taken off before dawn.", None), ("(Quay News Agency)", None)),),
        credits=(("(Quay News Agency)", "gb-quay", "agency"),),
    ),
    Written(
        outlet="eg-sabah", language="ar", hours=6, dated=False,
        title=("حريق في عبّارة قبالة أنكونا", "Fire on a ferry off Ancona"),
        paragraphs=(
            (("احترقت العبّارة ساعات في الليل.", "The ferry burned for hours in the night."), ("وقالت صحيفة «لا لانتيرنا» إن عدد الجرحى 12.", "The newspaper “La Lanterna” said that the injured number 12.")),
            (("وقالت كارلا فيندرامين: «بدأت النيران من مرآب السيارات».", "Carla Vendramin said: “The fire began in the car deck.”"),),
        ),
        credits=(("وقالت صحيفة «لا لانتيرنا»", "it-lanterna", "report"),),
        quotes=(("بدأت النيران من مرآب السيارات", "كارلا فيندرامين"),),
    ),
    Written(
        outlet="jp-kishi", language="ja", hours=7,
        title=("アドリア海でフェリー火災", "Ferry fire in the Adriatic"),
        paragraphs=((("フェリーが夜間に炎上した。", "A ferry burst into flames at night."), ("乗客は全員無事だった。", "All passengers were safe.")),),
    ),
)  # fmt: skip
CAVE = (
    Written(
        outlet="si-odmev", language="sl", hours=30,
        title=("V jami našli ognjišča", "Hearths found in a cave"),
        paragraphs=((("Jamarji so odkrili dvorano z ognjišči.", "Cavers discovered a hall with hearths."),),),
    ),
)  # fmt: skip
OPUS = Maker(
    engine="opus",
    version="2",
    model="OPUS-MT sl-en",
    tier="good",
    made=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
)
APERTIUM = Maker(
    engine="apertium",
    version="3.9",
    model="Apertium spa-eng",
    tier="gist",
    made=datetime(2026, 11, 22, 9, 31, tzinfo=UTC),
)
PIVOT = Maker(
    engine="libretranslate",
    version="1.6",
    model="LibreTranslate he-fa",
    tier="good",
    made=datetime(2026, 11, 21, 22, 0, tzinfo=UTC),
    via="en",
)
#: Two makers, doubts, and sentences that stand in the original.
DOUBTED = Written(
    outlet="si-odmev", language="sl", hours=31,
    title=("Na Krasu odprli novo pot do jame", "New path to the cave opened on the Karst"),
    paragraphs=(
        (("Občina je v soboto odprla 3 kilometre dolgo pot do jame.", "The municipality opened a 5 kilometre path to the cave on Saturday."), ("Pot bo odprta vse leto.", "The path will be open all year round.")),
        (("»Poti nismo zgradili čez noč,« je dejala županja Neva Kocjan.", "“We did not build the path overnight,” said the mayor, Neva Kocjan."), ("Jamarji so obljubili, da bodo jamo čuvali kot punčico svojega očesa.", None)),
        (("Gradnja je stala 240.000 evrov.", None), ("Denar je prispevala tudi država.", "The state state also contributed the money the state also contributed the money."), ("Odprtja se je udeležilo 120 ljudi.", "120 people attended the opening.")),
    ),
    quotes=(("Poti nismo zgradili čez noč", "županja Neva Kocjan"),),
    flags={
        "Občina je v soboto odprla 3 kilometre dolgo pot do jame.": ("digits-differ",),
        "Denar je prispevala tudi država.": ("repeats", "length-ratio"),
        "Gradnja je stala 240.000 evrov.": (UNTRANSLATED, "digits-differ", "wrong-language"),
    },
    by={"Pot bo odprta vse leto.": 1},
    changes={"makers": (OPUS, APERTIUM), "title_flags": ("name-missing",)},
)  # fmt: skip
#: The same by a translator good for the gist alone.
ROUGH = replace(DOUBTED, hours=32, flags={}, by={}, changes={"makers": (APERTIUM,), "tier": "gist"})
#: Good for grouping alone: its words are never shown.
MATCHED = replace(
    DOUBTED, hours=33, flags={}, by={}, changes={"makers": (replace(APERTIUM, tier="match"),), "tier": "match"}, view={"translator": "match"},
)  # fmt: skip
#: The beginning is translated, the rest waits for readers, for a new day, for an engine.
WAITING = Written(
    outlet="eg-sabah", language="ar", hours=34,
    title=("افتتاح ميناء جديد في العريش", "New harbour opens in El Arish"),
    paragraphs=(
        (("افتتح الميناء يوم السبت أمام 12 سفينة.", "The harbour opened on Saturday to 12 ships."), ("قال الوزير إن العمل استمر عامين.", None)),
        (("وصلت أول سفينة من قبرص.", None), ("كان على متنها 300 راكب.", None)),
        (("يأمل التجار في عودة السياح.", None),),
    ),
    changes={"makers": (replace(OPUS, model="OPUS-MT ar-en"),), "waits": "reader", "waits_for": "opus"},
    view={"translator": "good"},
)  # fmt: skip
FOR_BUDGET = replace(
    WAITING, hours=35, changes={**WAITING.changes, "waits": "budget", "waits_for": "deepl"}
)
FOR_ENGINE = replace(
    WAITING, hours=36, changes={**WAITING.changes, "waits": "engine", "waits_for": "libretranslate"}
)
#: Nothing of it is translated: it is about to be, or nothing is set up.
DUE = replace(WAITING, hours=37, translated=False)
UNSERVED = replace(DOUBTED, hours=38, translated=False)
#: In a language that the reader reads, though there is a translation.
READ = replace(DOUBTED, hours=39, view={"reads": True, "translator": "good"})
#: The headline stands in the original, the text is translated.
UNTITLED = replace(
    DOUBTED, hours=40, title=("Na Krasu odprli novo pot do jame", None), flags={}, by={},
    changes={"makers": (OPUS,), "title_flags": (UNTRANSLATED,)},
)  # fmt: skip
#: From right to left on both sides: Hebrew put into Persian, for a reader of Persian.
INTO_PERSIAN = Written(
    outlet="eg-sabah", language="he", hours=41, target="fa",
    title=("נמל חדש נפתח בחיפה", "بندر تازه‌ای در حیفا گشوده شد"),
    paragraphs=(
        (("הנמל נפתח ביום שבת בפני 12 ספינות.", "بندر روز شنبه به روی ۱۲ کشتی گشوده شد."), ("„עבדנו שנתיים”, אמרה ראש העיר.", "شهردار گفت: «دو سال کار کردیم.»")),
        (("הספינה הראשונה הגיעה מקפריסין.", "نخستین کشتی از قبرس رسید."), ("על סיפונה היו 300 נוסעים.", None)),
    ),
    flags={"הספינה הראשונה הגיעה מקפריסין.": ("low-score",)},
    changes={"makers": (PIVOT,)},
)  # fmt: skip
#: Translators that answer, are used up, and rest; articles that wait for each reason.
TRANSLATING = TranslationStatus(
    engines=(
        EngineStatus(id="opus", characters=412_380),
        EngineStatus(id="deepl", characters=20_000, daily_characters=20_000, money=0.4, daily_money=1.5),
        EngineStatus(
            id="libretranslate", state="rests", failures=5, rests_until=NIGHT + timedelta(hours=2),
            error=f"no answer in 60 seconds {HOSTILE[1]}", characters=900,
        ),
    ),
    waiting=(("reader", 1_204), ("budget", 1), ("engine", 3)), remembered=48_113, remembered_bytes=21_400_000,
)  # fmt: skip
TRANSLATIONS = (
    DOUBTED, ROUGH, MATCHED, WAITING, FOR_BUDGET, FOR_ENGINE, DUE, UNSERVED, READ, UNTITLED, INTO_PERSIAN,
)  # fmt: skip
SLY = Written(
    outlet="xx-sly", language="und", hours=40, url="javascript:alert(1)", authors=(HOSTILE[2],),
    title=(HOSTILE[0], None),
    paragraphs=(((HOSTILE[1], None),), ((HOSTILE[2], None),)),
    discarded=(Discarded(text=HOSTILE[0], reason=HOSTILE[1]),),
    translated=False,
)  # fmt: skip


def story_of(written: Iterable[Written]) -> Story:
    """Return the story that articles make."""
    articles = [w.article() for w in written]
    return Story(
        id=f"st-{articles[0].id}", articles=tuple(a.id for a in articles),
        first=articles[0].moment(), last=articles[-1].moment(),
    )  # fmt: skip


def card_of(written: tuple[Written, ...], low: int, high: int) -> StoryCard:
    """Return a story's card."""
    story = story_of(written)
    lead = written[0].headline(story.id)
    countries = Counter(OUTLETS[w.outlet].country or "" for w in written)
    return StoryCard(
        story=story, title=lead.title, lead=lead, articles=len(written), outlets=len(written),
        origins_low=low, origins_high=high, countries=tuple(c for c, _ in countries.most_common() if c),
        languages=tuple(dict.fromkeys(w.language for w in written)), importance=float(low),
    )  # fmt: skip


def evidence(written: Written, words: str):  # noqa: ANN201 inferred
    """Return the receipt for words of an article."""
    article = written.article()
    return quote_evidence(article.text, find(article.text, words), article_id=article.id)


def take(written: Written, words: str, english: str) -> Take:
    """Return a take."""
    outlet = OUTLETS[written.outlet]
    return Take(
        article_id=written.article().id, outlet_id=outlet.id, country=outlet.country, speaker=None,
        evidence=evidence(written, words), passage=english, translated=words != english,
    )  # fmt: skip


def ferry_takes() -> tuple[TakeGroup, ...]:
    """Return the ferry as told in Italy and Egypt."""
    italian, arabic = FERRY[0].paragraphs[1][0], FERRY[3].paragraphs[1][0]
    return (
        TakeGroup(view="country", key="IT", heading="Italy", takes=(take(FERRY[0], italian[0], italian[1] or ""),)),
        TakeGroup(view="country", key="EG", heading="Egypt", takes=(take(FERRY[3], arabic[0], arabic[1] or ""),)),
    )  # fmt: skip


def coverage_row(country: str, carrying: int, healthy: int, verdict: str) -> CountryCoverage:
    """Return a row of a coverage table."""
    return CountryCoverage(
        country=country, tracked=healthy, healthy=healthy, carrying=carrying, outlets=(),
        low=0.0 if not carrying else 0.2, high=0.22 if not carrying else 0.9,
        elsewhere=0.46, elsewhere_carrying=19, elsewhere_healthy=41, verdict=verdict,  # type: ignore[arg-type]
    )  # fmt: skip


FERRY_COVERAGE = (
    coverage_row("US", 0, 12, "under-covered"),
    coverage_row("IT", 8, 9, "covered"),
    coverage_row("SI", 0, 3, "too-few-outlets"),
    coverage_row("MT", 0, 0, "too-few-outlets"),
)


def ferry_lineage() -> Lineage:
    """Return who has the ferry from whom."""
    ids = [w.article().id for w in FERRY]
    return Lineage(
        story_id=story_of(FERRY).id,
        edges=(
            Edge(article_id=ids[2], to_outlet="gb-quay", to_article=ids[1], basis="stated", kind="agency", evidence=(evidence(FERRY[2], "(Quay News Agency)"),)),
            Edge(article_id=ids[3], to_outlet="it-lanterna", to_article=ids[0], basis="stated", kind="report", evidence=(evidence(FERRY[3], "وقالت صحيفة «لا لانتيرنا»"),)),
        ),
        origins=(
            Origin(outlet="it-lanterna", article_id=ids[0], articles=(ids[0], ids[3])),
            Origin(outlet="gb-quay", article_id=ids[1], articles=(ids[1], ids[2])),
            Origin(outlet="jp-kishi", article_id=ids[4], articles=(ids[4],)),
        ),
        origins_low=2, origins_high=3,
    )  # fmt: skip


def ferry_copy() -> Copy:
    """Return what the Shore Times shares with the agency."""
    a, b = FERRY[1].article(), FERRY[2].article()
    words = FERRY[1].paragraphs[0][0][0]
    return Copy(
        a=a.id, b=b.id, kind="agency", spans_a=(find(a.text, words),), spans_b=(find(b.text, words),),
        score=0.92, origin=a.id, direction_by="credit",
    )  # fmt: skip


INJURED = Difference(
    kind="difference",
    question="How many are injured?",
    values=(
        DifferenceValue(value="12", receipts=(evidence(FERRY[0], "12"),), as_of="2026-09-08"),
        DifferenceValue(value="19", receipts=(evidence(FERRY[1], "19"),)),
    ),
)


def health_lines() -> tuple[HealthLine, ...]:
    """Return how some outlets stand, worst first."""
    stands: tuple[tuple[str, HealthState, str, float | None, int], ...] = (
        ("xx-sly", "unreached", f"Never heard: every call of its feeds {HOSTILE[1]}.", None, 0),
        ("ke-shore", "silent", "Silent since 05:50 UTC on Tuesday: 14 articles were expected since then.", 14.2, 0),
        ("eg-sabah", "unknown", "Too little history to say: 12 articles in 3 days.", None, 4),
        ("gb-quay", "healthy", "As usual: 38 articles in the last 24 hours, where 41 were expected.", 41.0, 38),
    )  # fmt: skip
    return tuple(
        HealthLine(
            outlet_id=outlet, name=OUTLETS[outlet].name, country=OUTLETS[outlet].country,
            health=Health(
                outlet_id=outlet, state=state, since=NIGHT, reason=reason, expected=expected, seen=seen,
                measured=NIGHT + timedelta(hours=8), counted_from=NIGHT,
                usual_a_day=None if expected is None else 40.6,
                last_entry=None if state == "unreached" else NIGHT,
            ),
        )
        for outlet, state, reason, expected, seen in stands
    )  # fmt: skip


def four_weeks() -> tuple[DayCount, ...]:
    """Return the days of an outlet that publishes less at weekends, and nothing on the last day."""
    days = (NIGHT.date() - timedelta(days=ago) for ago in range(27, -1, -1))
    usual = {day: 14 if day.weekday() >= 5 else 40 for day in days}
    return tuple(
        DayCount(
            day=day, low=number * 0.7, high=number * 1.35,
            entries=0 if day == NIGHT.date() else number - 4 + (day.day * 7) % 9,
        )
        for day, number in usual.items()
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPress:
    """A newsroom over the articles above."""

    language: str = "en"
    due: tuple[tuple[str, int], ...] = ()
    empty: bool = False
    #: Further articles, in no story.
    more: tuple[Written, ...] = field(default=(SLY,))
    #: How translation stands.
    translation: TranslationStatus = field(default_factory=TranslationStatus)

    def written(self) -> dict[str, tuple[Written, str | None]]:
        """Return every article by id, with the id of its story."""
        if self.empty:
            return {}
        found: dict[str, tuple[Written, str | None]] = {
            w.article().id: (w, None) for w in self.more
        }
        for story in (FERRY, CAVE):
            found |= {w.article().id: (w, story_of(story).id) for w in story}
        return found

    def headlines(self) -> tuple[Headline, ...]:
        """Return every article, newest first."""
        lines = [w.headline(story) for w, story in self.written().values()]
        return tuple(sorted(lines, key=lambda line: line.seen, reverse=True))

    def cards(self) -> tuple[StoryCard, ...]:
        """Return the stories."""
        return () if self.empty else (card_of(FERRY, 2, 3), card_of(CAVE, 1, 1))

    shows_images = False

    def image(self, article_id: str) -> tuple[str, bytes]:
        """Return an article's image: there is none."""
        message = f"article {article_id} has no image"
        raise UnknownItemError(message)

    def front(self) -> FrontView:
        """Return the front page."""
        lines = self.headlines()
        counts = Counter(line.outlet.country for line in lines if line.outlet.country)
        return FrontView(
            stories=self.cards(), newest=lines, articles=len(lines), outlets=len(counts),
            countries=tuple(CountryCount(country=c, outlets=1, articles=n) for c, n in counts.items()),
            as_of=None if self.empty else NIGHT + timedelta(hours=48), due=self.due,
        )  # fmt: skip

    def story(self, story_id: str) -> StoryView:
        """Return a story; `old` is an older id of the ferry's."""
        cards = {card.story.id: card for card in self.cards()}
        card = cards.get(self.cards()[0].story.id if story_id == "old" else story_id)
        if card is None:
            message = f"no story {story_id}: it may be of another store"
            raise UnknownItemError(message)
        lines = [w.headline(s) for w, s in self.written().values() if s == card.story.id]
        bare = StoryView(
            card=card, by_country=(), by_bloc=(), headlines=tuple(lines), lineage=None, copies=(),
            differences=(), coverage=(), outlets=tuple(OUTLETS.values()),
        )  # fmt: skip
        if card.articles == 1:
            return bare
        bloc = TakeGroup(
            view="bloc",
            key="european-union",
            heading="European Union",
            takes=ferry_takes()[0].takes,
        )
        return replace(
            bare, by_country=ferry_takes(), by_bloc=(bloc,), lineage=ferry_lineage(),
            copies=(ferry_copy(),), differences=(INJURED,), coverage=FERRY_COVERAGE,
            thread=(self.cards()[1],),
        )  # fmt: skip

    def article(self, article_id: str) -> ArticleView:
        """Return an article."""
        if article_id not in self.written():
            message = f"no article {article_id}: it may be of another store"
            raise UnknownItemError(message)
        written, story = self.written()[article_id]
        copy = ferry_copy()
        other = {copy.a: copy.b, copy.b: copy.a}.get(article_id)
        return ArticleView(
            article=written.article(), outlet=OUTLETS[written.outlet],
            translation=written.translation(), trace=written.trace(), **written.view,
            story=next((c for c in self.cards() if c.story.id == story), None),
            copies=(copy,) if other else (),
            copied=tuple(line for line in self.headlines() if line.article_id == other),
            credited=(),
        )  # fmt: skip

    def country(self, code: str) -> CountryView:
        """Return a country's press."""
        if len(code) != 2:
            message = f"no country {code}: use two letters, such as SI"
            raise UnknownItemError(message)
        outlets = tuple(o for o in OUTLETS.values() if o.country == code)
        gaps = tuple((self.cards()[0], r) for r in FERRY_COVERAGE[:1] if r.country == code)
        return CountryView(
            country=code, outlets=outlets, gaps=gaps,
            headlines=tuple(line for line in self.headlines() if line.outlet.country == code),
            stories=tuple(c for c in self.cards() if code in c.countries),
        )  # fmt: skip

    def outlet(self, outlet_id: str) -> OutletView:
        """Return an outlet."""
        if outlet_id not in OUTLETS:
            message = f"no outlet {outlet_id}: it may be of another catalogue"
            raise UnknownItemError(message)
        lines = tuple(line for line in self.headlines() if line.outlet.id == outlet_id)
        credited = (("Quay News Agency", 1),) if outlet_id == "ke-shore" else ()
        health = {line.outlet_id: line.health for line in health_lines()}.get(outlet_id)
        return OutletView(
            outlet=OUTLETS[outlet_id], headlines=lines, credits_to=credited, health=health,
            days=four_weeks() if outlet_id == "ke-shore" else (),
        )  # fmt: skip

    def search(self, query: str, before: str | None) -> SearchView:
        """Return the articles whose headline holds the query."""
        lines = tuple(
            line
            for line in self.headlines()
            if query.lower() in f"{line.title} {line.original}".lower()
        )
        return SearchView(
            query=query, headlines=lines, older=None if before or not lines else "01&x=<y>"
        )

    def status(self) -> StatusView:
        """Return how the stages stand."""
        return StatusView(
            store="sqlite", home="/home/reader/worldtake", articles=7, stories=2, outlets=7,
            stages=(StageCount(stage="extract", due=1, running=2, done=7, skipped=0, quarantined=1),),
            quarantine=1, sample=False, health=health_lines(), translation=self.translation,
        )  # fmt: skip

    def quarantine(self) -> tuple[QuarantineItem, ...]:
        """Return one page that could not be read."""
        return (
            QuarantineItem(
                id=1, stage="extract", item=f"https://sly.example/{HOSTILE[1]}",
                message="the page is binary: nothing to read", details=f"Traceback {HOSTILE[0]}",
                tries=3, since=NIGHT,
            ),
        )  # fmt: skip
