from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from worldtake.model import Copy, Report, StoryFile, TakeGroup
from worldtake.takes import GroupTakes
from worldtake.testing import (
    NOON,
    a_quote,
    a_report,
    a_story_file,
    a_trace,
    a_translation,
    an_article,
    an_outlet,
)
from worldtake.testing.stage_checks import check_is_stage

PORT = "The ferry burned off the port of Ancona and all 214 people aboard were rescued by the coastguard."
CREW = "Crew and passengers of the ferry climbed into lifeboats before the coastguard reached the burning ship."
OWNER = "The company that owns the ferry said that its engineers would look into the fire aboard the ship."


def a_told(text: str, outlet_id: str, *, hours: float = 0.0, group: str | None = None) -> Report:
    article = an_article(text, outlet_id=outlet_id, published=NOON + timedelta(hours=hours))
    return a_report(article, outlet=an_outlet(id=outlet_id, group=group))


def a_copy(one: Report, two: Report) -> Copy:
    a, b = sorted((one.article.id, two.article.id))
    return Copy(a=a, b=b, kind="agency", spans_a=(), spans_b=(), score=0.95)


def by_key(file: StoryFile, view: str, stage: GroupTakes | None = None) -> dict[str, TakeGroup]:
    return {g.key: g for g in (stage or GroupTakes())(file) if g.view == view}


@pytest.fixture
def translated() -> Report:
    text = "Trajekt je zagorel pred pristaniščem v Anconi, rešili so vseh 214 ljudi.\n\nPosadka je splezala v čolne."
    article = an_article(text, outlet_id="si-jutro", language="sl")
    english = f"{PORT}\n\nThe crew climbed into the boats."
    return a_report(article, translation=a_translation(article, english))


def test_a_group_is_headed_by_its_country() -> None:
    groups = by_key(a_story_file([a_told(PORT, "si-jutro"), a_told(CREW, "us-lantern")]), "country")
    headings = {key: group.heading for key, group in groups.items()}
    assert {"SI": "As told in Slovenia", "US": "As told in the United States"} == headings


def test_a_passage_is_shown_in_the_readers_language_and_leads_to_the_original(
    translated: Report,
) -> None:
    (take,) = by_key(a_story_file([translated]), "country")["SI"].takes
    assert (PORT, True) == (take.passage, take.translated)
    assert take.evidence.exact == take.evidence.span.cut(translated.article.text)
    assert take.evidence.exact.startswith("Trajekt je zagorel")


def test_a_translation_for_grouping_alone_is_not_shown(translated: Report) -> None:
    assert translated.translation is not None
    hidden = replace(translated, translation=replace(translated.translation, tier="match"))
    (take,) = by_key(a_story_file([hidden]), "country")["SI"].takes
    assert (take.evidence.exact, False) == (take.passage, take.translated)


def test_copies_speak_once() -> None:
    one, two = a_told(PORT, "us-lantern"), a_told(PORT + " (Atlas)", "us-ledger", hours=1)
    file = a_story_file([one, two], copies=(a_copy(one, two),))
    takes = by_key(file, "country")["US"].takes
    assert [one.article.id] == [take.article_id for take in takes]


def test_outlets_of_one_owner_speak_once() -> None:
    file = a_story_file([a_told(PORT, "us-a", group="g"), a_told(CREW, "us-b", hours=1, group="g")])
    assert 1 == len(by_key(file, "country")["US"].takes)


def test_an_outlets_latest_report_stands_for_it_so_that_a_correction_shows() -> None:
    file = a_story_file([a_told(PORT, "us-lantern"), a_told(CREW, "us-lantern", hours=5)])
    (take,) = by_key(file, "country")["US"].takes
    assert CREW == take.passage


def test_at_most_four_takes_stand_under_a_heading() -> None:
    reports = [a_told(f"{PORT} Witness {n} saw it.", f"us-paper{n}", hours=n) for n in range(6)]
    assert 4 == len(by_key(a_story_file(reports), "country")["US"].takes)


def test_the_passage_is_what_the_reports_have_in_common() -> None:
    aside = "Readers of this paper may remember that the weather has been quite pleasant for weeks."
    reports = [
        a_told(f"{PORT}\n\n{aside}", "us-lantern"),
        a_told(CREW, "it-faro"),
        a_told(OWNER, "gb-argus"),
    ]
    (take,) = by_key(a_story_file(reports), "country")["US"].takes
    assert PORT == take.passage


@pytest.mark.parametrize(
    "furniture",
    [
        "Subscribe to our newsletter for more stories about ferries, ships and the coastguard in Ancona.",
        "Photo: the burning ferry off Ancona with the coastguard ship beside it and lifeboats in front.",
    ],
)
def test_furniture_is_no_take(furniture: str) -> None:
    file = a_story_file([a_told(f"{furniture}\n\n{CREW}", "us-lantern"), a_told(PORT, "it-faro")])
    (take,) = by_key(file, "country")["US"].takes
    assert CREW == take.passage


def test_chinese_passages_may_be_short() -> None:
    text = "一艘渡轮在安科纳附近海域起火，船上214人全部获救。海岸警卫队说原因不明。"
    article = an_article(text, outlet_id="cn-jiang", language="zh")
    (take,) = by_key(a_story_file([a_report(article)]), "country")["CN"].takes
    assert "一艘渡轮在安科纳附近海域起火，船上214人全部获救。" == take.passage


def test_an_actors_words_stand_under_its_bloc() -> None:
    text = f"{OWNER} “We regret every hour of fear aboard the ferry,” Leyla Karadere told reporters in Ancona."
    article = an_article(text, outlet_id="gb-argus")
    words = "We regret every hour of fear aboard the ferry,"
    quote = a_quote(text, words, speaker="Leyla Karadere")
    report = a_report(article, trace=a_trace(article, quotes=(quote,)))
    stage = GroupTakes(actors={"Leyla Karadere": "TR"})
    group = by_key(a_story_file([report]), "bloc", stage)["turkey"]
    assert ("Voices and press of Turkey", "Leyla Karadere") == (
        group.heading,
        group.takes[0].speaker,
    )
    assert words in group.takes[0].evidence.exact


def test_an_outlet_of_unknown_country_is_under_no_heading() -> None:
    report = replace(a_told(PORT, "us-lantern"), outlet=an_outlet(id="us-lantern", country=None))
    assert () == GroupTakes()(a_story_file([report]))


def test_it_keeps_the_promises_of_a_stage(translated: Report) -> None:
    check_is_stage(GroupTakes(), [a_story_file([translated]), a_story_file([a_told(PORT, "us-a")])])
