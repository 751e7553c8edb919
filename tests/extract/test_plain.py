"""Lines of plain text are what their form, place and repetition show."""

from worldtake.extract.lines import read_lines
from worldtake.extract.plain import label_lines

ONE = "The mayor opened the new market hall on Tuesday, eleven years after the old one burned down in a single night."
TWO = "Traders who had sold from vans in the car park since the fire moved their stalls in before dawn, and by eight every place was taken."
THREE = "The hall cost the town nine million, of which the county paid a third, and it has room for a hundred and twenty stalls."


def labels(*lines: str) -> list[str]:
    return [each.label for each in label_lines(read_lines("\n\n".join(lines)))]


def test_the_first_headline_like_line_is_the_title() -> None:
    assert labels("Town", "Market hall opens after eleven years", ONE)[:2] == [
        "section_label",
        "title",
    ]


def test_a_standfirst_of_several_sentences_is_no_title() -> None:
    line = "Hall opens after long delay. Traders move in before dawn. County pays a third"
    assert labels(line, ONE, TWO) == ["standfirst", "paragraph", "paragraph"]


def test_a_line_said_twice_without_an_end_is_a_caption() -> None:
    line = "Traders at the new hall on Tuesday"
    assert labels("Market hall opens at last", ONE, line, line, TWO, THREE)[2:4] == ["caption"] * 2


def test_an_unended_line_before_a_credit_is_a_caption() -> None:
    assert labels("Market hall opens at last", ONE, "The hall", "Photo: Town archive", TWO, THREE)[
        2:4
    ] == [
        "caption",
        "image_credit",
    ]


def test_a_short_unended_line_above_a_paragraph_is_a_subheading() -> None:
    assert labels("Market hall opens at last", ONE, "Who paid", TWO, THREE)[2] == "subheading"


def test_teasers_between_paragraphs_are_left_out_and_the_text_goes_on() -> None:
    found = labels("Market hall opens at last", ONE, "Read more: Fire in the old hall", TWO, THREE)
    assert found[2:] == ["related_links", "paragraph", "paragraph"]


def test_all_after_the_end_is_left_out() -> None:
    found = labels(
        "Market hall opens at last", ONE, TWO, THREE, "Latest news", "Dog saves angler", "Read More"
    )
    assert found[4:] == ["related_links"] * 3


def test_dates_under_related_links_are_not_the_articles() -> None:
    found = labels(
        "Market hall opens at last",
        ONE,
        TWO,
        THREE,
        "Latest news",
        "Dog saves angler",
        "3 May 2025",
    )
    assert "publication_date" not in found


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "\n".join(
        [
            ONE[:70].strip(),
            "and it was then that the oldest of the traders there began to",
            "sing, and all the others joined in with her until the doors opened,",
            "which was late.",
        ]
    )
    assert len(read_lines(wrapped)) == 1


def test_thai_paragraphs_need_no_closing_mark() -> None:
    line = "สภาเมืองตัดสินใจเปิดตลาดแห่งใหม่ในวันอังคารที่ผ่านมาหลังจากตลาดเก่าถูกไฟไหม้เมื่อสิบเอ็ดปีก่อนและประชาชนจำนวนมากมาร่วมงานเปิดตลาด"
    assert (
        labels("ตลาดแห่งใหม่ของเมืองเปิดแล้ววันนี้", line, line + "อีก", line + "แล้ว")[1:]
        == ["paragraph"] * 3
    )
