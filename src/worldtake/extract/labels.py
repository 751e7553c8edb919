"""Say in plain language what the label of a block or line means: its role in the text, or why it is left out."""

from __future__ import annotations

from worldtake.extract.plain import ROLES

#: Label of the headline, which is neither in the text nor left out.
TITLE = "title"
#: Label of blocks that the page shows as text, and in place of which another body of it was taken.
REPLACED = "replaced"
#: Label -> what it says, so that "it is ..." reads on.
LABELS = {
    "standfirst": "the standfirst",
    "paragraph": "a paragraph",
    "subheading": "a subheading",
    "quote": "a quotation",
    "list": "an item of a list",
    "table": "a cell of a table",
    "dateline": "the dateline",
    "title": "the headline",
    "advertisement": "an advertisement",
    "app_promotion": "a request to get an app",
    "aside": "a box beside the text",
    "byline": "a byline",
    "byline_duplicate": "a byline said again",
    "caption": "a caption",
    "comments": "readers' comments",
    "control": "a button or a label of one",
    "cookie": "a question about cookies",
    "country_label": "the name of a country",
    "details": "a part to be folded out",
    "dialog": "a dialogue window",
    "footer": "the page's foot",
    "form": "a form",
    "hidden": "not shown on the page",
    "image_alt": "a description of a picture",
    "image_credit": "a credit of a picture",
    "mail_header": "a header of a mail",
    "media_credit": "a credit of a medium",
    "modification_date": "the date of a change",
    "navigation": "navigation",
    "newsletter": "a newsletter box",
    "notice": "a note beside the text",
    "outside": "outside the text",
    "publication_date": "the date of publication",
    "publication_time": "the time of publication",
    "replaced": "shown, but another body was taken",
    "reading_time": "the time that reading takes",
    "reading_time_duplicate": "the time that reading takes, said again",
    "recurring": "a line that recurs on the outlet's pages",
    "related_links": "links to other articles",
    "repeated": "said before on the page",
    "section_label": "the name of a section",
    "separator": "a separator",
    "share": "buttons to share",
    "sign_off": "a sign-off",
    "source_label": "the name of a source",
    "source_note": "a note on sources",
    "tags": "tags of the article",
    "title_repeated": "the headline said again",
    "underline": "a line that underlines",
    "video_caption": "a caption of a video",
}


def is_text(label: str) -> bool:
    """Tell whether a block of this label is part of the article's text."""
    return label in ROLES


def label_words(label: str) -> str:
    """Return what a label says; the label itself, with spaces, where nobody has said it better."""
    return LABELS.get(label) or label.replace("_", " ")
