"""The language of an article: script, words, and what page, outlet and country make likely."""

import pickle
from datetime import UTC, datetime

import pytest

from worldtake.model import Article
from worldtake.translate import language as module
from worldtake.translate.language import DetectLanguage, detect

SERBIAN = "Vlada je danas odlučila da poveća plate radnicima u javnom sektoru."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council voted on Tuesday to close the old bridge.", "en"),
        ("Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu schließen.", "de"),
        ("Rada města v úterý rozhodla uzavřít starý most.", "cs"),
        ("Mestni svet je v torek sklenil, da zapre stari most.", "sl"),
        ("Городской совет решил закрыть старый мост.", "ru"),
        ("Міська рада вирішила закрити старий міст.", "uk"),
        ("Το δημοτικό συμβούλιο αποφάσισε", "el"),
        ("קראו את ההודעה של עיריית חיפה על הגשר הישן", "he"),
        ("قرر مجلس المدينة إغلاق الجسر القديم يوم الثلاثاء", "ar"),
        ("شورای شهر تصمیم گرفت پل قدیمی را ببندد", "fa"),
        ("नगर परिषद ने पुराने पुल को बंद करने का फैसला किया", "hi"),
        ("市議会は古い橋を閉鎖することを決めた", "ja"),
        ("시의회가 오래된 다리를 폐쇄하기로 했다", "ko"),
        ("สภาเมืองตัดสินใจปิดสะพานเก่า", "th"),
        ("市议会决定关闭旧桥，车辆须绕行", "zh-Hans"),
        ("市議會決定關閉舊橋，車輛須繞行", "zh-Hant"),
        ("Baraza la jiji liliamua kufunga daraja la zamani siku ya Jumanne.", "sw"),
    ],
)
def test_a_sentence_shows_its_language(text: str, language: str) -> None:
    assert detect(text)[0] == language


@pytest.mark.parametrize("text", ["", "12345 ...", "Oslo", "https://example.org/path/to/page"])
def test_too_few_letters_show_no_language(text: str) -> None:
    assert detect(text) == ("und", 0.0)


@pytest.mark.parametrize(
    ("country", "language"), [("RS", "sr-Latn"), ("HR", "hr"), ("BA", "bs"), ("ME", "sr-Latn")]
)
def test_the_country_tells_serbian_croatian_and_bosnian_apart(country: str, language: str) -> None:
    assert detect(SERBIAN, country=country)[0] == language


def test_serbian_in_cyrillic_is_serbian_everywhere() -> None:
    assert detect("Влада је данас одлучила да повећа плате.", country="BA")[0] == "sr-Cyrl"


def test_a_declared_language_decides_between_near_ones() -> None:
    text = "Presiden meresmikan jembatan"
    found = {detect(text, declared=(each,))[0] for each in ("id", "ms")}
    assert found == {"id", "ms"}


def test_clear_words_overrule_what_is_declared() -> None:
    assert detect("The council voted on Tuesday to close the bridge.", declared=("fr",))[0] == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Storbyens havn lukkes natten over på grund af storm", "da"),
        ("Myndighetene stenger havna over natta på grunn av storm", "no"),
        ("Isinara ang daungan ng lungsod dahil sa malakas na bagyo", "fil"),
        ("关闭旧桥", "zh-Hans"),
        ("다리 폐쇄", "ko"),
        ("गाडी बंद आहे, असे त्यांनी सांगितले", "mr"),
    ],
)
def test_a_headline_is_enough(text: str, language: str) -> None:
    assert detect(text)[0] == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("די שטאָט האָט הײַנט געעפֿנט אַ נײַע בריק איבערן טײַך, שרײַבט די צײַטונג.", "yi"),
        ("ከተማ ሎሚ ሓድሽ ድልድል ከፊታ ኣላ፣ ትራፊክ ጽባሕ ንግሆ ክጅምር እዩ።", "ti"),
        ("شهر ۾ اڄ درياءَ تي نئين پل کولي وئي، ٽريفڪ سڀاڻي صبح شروع ٿيندي.", "sd"),
    ],
)
def test_the_second_vote_knows_languages_that_the_first_does_not(text: str, language: str) -> None:
    pytest.importorskip("pycld2")
    assert detect(text)[0] == language


def test_an_address_is_of_no_language() -> None:
    text = "Rada města rozhodla https://news.example/the-old-bridge-will-be-closed-for-all-traffic"
    assert detect(text) == detect("Rada města rozhodla")


def test_without_a_second_vote_sentences_still_show_their_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_voter", lambda: None)
    assert detect("The council voted on Tuesday to close the old bridge.")[0] == "en"


@pytest.mark.parametrize(
    "text", ["\ud800 lone surrogate in a line", "a\x00b control characters\x01 here"]
)
def test_broken_characters_are_no_error(text: str) -> None:
    assert detect(text)[0] in {"en", "und"}


def test_a_name_in_another_script_does_not_outvote_the_text() -> None:
    assert detect("国家主席会见了Christopher")[0] == "zh-Hans"


def test_the_stage_takes_country_and_declared_language_as_priors() -> None:
    stage = DetectLanguage(countries={"hr-list": "HR"})
    found = stage(_article(SERBIAN, language="hr", outlet_id="hr-list"))
    assert (found.language, found.language_confidence > 0.9) == ("hr", True)


def test_the_stage_can_be_sent_to_another_process() -> None:
    stage = DetectLanguage(prior=("sl",), countries={"x": "SI"})
    assert pickle.loads(pickle.dumps(stage)) == stage  # noqa: S301 - our own bytes


def _article(text: str, *, language: str, outlet_id: str) -> Article:
    return Article(
        id="0", url="https://list.example/1", outlet_id=outlet_id, title="", text=text,
        language=language, seen=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
