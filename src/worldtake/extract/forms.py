"""Tell what a line of plain text is by its form alone, wherever it stands: marks, underlines, addresses, consent, a mail's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.extract.phrases import is_consent
from worldtake.extract.writing import is_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.lines import Line

_LINK = regex.compile(r"(?:\[?\p{N}{1,3}[\].)]\s*)?(?:https?://|www\.)\S+")
_UNDERLINE = regex.compile(r"([-=~_*])\1{2,}")
#: Fields of a mail's header that must be there, and lines of the page in which they are looked for.
MAIL_FIELDS = 3
MAIL_LINES = 20
_MAIL_FIELD = regex.compile(
    r"(?:-+ ?)?(?:(?:original|forwarded|weitergeleitete) \p{L}+\s*-*$|(?:from|to|cc|date|sent|subject|reply-to|von|an|gesendet|datum|betreff|de|à|envoyé|"
    r"objet|para|enviado|fecha|asunto|assunto|data|da|a|inviato|oggetto|van|aan|verzonden|onderwerp|от|кому|дата|тема|kimden|"
    r"kime|tarih|konu|od|do|temat|za|poslano|zadeva|מאת|אל|נושא|תאריך|من|إلى|التاريخ|الموضوع|发件人|收件人|主题|日期|差出人|宛先|件名|日時|"
    r"보낸 사람|받는 사람|제목|날짜)\s?[:：])",
    regex.IGNORECASE,
)


def form_label(line: Line) -> str:
    """Return what a line is by its form alone, wherever it stands."""
    text = line.text
    if is_mark(text):
        is_under = not line.apart and _UNDERLINE.fullmatch(text)
        return "underline" if is_under else "separator"
    if is_consent(text):
        return "cookie"
    return "navigation" if _LINK.fullmatch(text) else ""


def label_mail(lines: Sequence[Line], labels: list[str]) -> None:
    """Label the header of a mail that the page was sent in: three and more lines that begin with its fields."""
    heads = [bool(_MAIL_FIELD.match(line.text)) for line in lines[:MAIL_LINES]]
    if sum(heads) < MAIL_FIELDS:
        return
    for index in range(len(heads)):
        if heads[index]:
            labels[index] = "mail_header"
