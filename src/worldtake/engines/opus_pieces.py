"""What a segment goes through before a model reads it: plain punctuation, no more than the model's length."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Marks that models trained on flattened punctuation have never seen, and what stood for them in training.
PLAIN_MARKS: Mapping[str, str] = {
    **dict.fromkeys("“”„‟«»〝〞″", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\ufeff", ""),
    "…": "...",
    "•": "-",
}  # fmt: skip
#: Languages written without spaces: parts of a long segment are joined without one.
UNSPACED = frozenset(("zh", "ja", "th", "lo", "km", "my", "bo"))
#: Ends of sentences, then of clauses: where a long segment is best cut.
_SENTENCE_ENDS, _CLAUSE_ENDS = frozenset(".!?…。！？؟।۔;"), frozenset(",:，、،؛–—")
#: How far from its middle a segment is cut for a better place, as a share of its length.
_REACH = 0.35


def is_wordless(segment: str) -> bool:
    """Tell whether a segment has no letter: figures, marks and emoji need no translation, and models make some up."""
    return not any(letter.isalpha() for letter in segment)


def plain_marks(knows: Callable[[str], bool]) -> dict[int, str]:
    """Return a table for `str.translate` of the marks that a model does not know."""
    return {ord(mark): plain for mark, plain in PLAIN_MARKS.items() if not knows(mark)}


def cleaned(segment: str, marks: Mapping[int, str]) -> str:
    """Return a segment in one line, without control characters and halves of characters, its marks as in the table."""
    whole = segment.encode("utf-8", "ignore").decode("utf-8").translate(marks)
    spaced = "".join(" " if unicodedata.category(each) == "Cc" else each for each in whole)
    return " ".join(spaced.split())


def cut(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield parts of a text that fit, cut near the middle where a sentence, a clause or a word ends, again and again."""
    if len(text) <= 1 or fits(text):
        if text:
            yield text
        return
    at = _best_cut(text)
    yield from cut(text[:at].strip(), fits)
    yield from cut(text[at:].strip(), fits)


def _best_cut(text: str) -> int:
    middle = len(text) // 2
    reach = max(1, int(len(text) * _REACH))
    places = sorted(range(middle - reach, middle + reach + 1), key=lambda at: abs(at - middle))
    places = [at for at in places if 0 < at < len(text)]
    for good in (_ends_sentence, _ends_clause, _ends_word):
        for at in places:
            if good(text, at):
                return at
    return next((at for at in places if not unicodedata.combining(text[at])), middle)


def _ends_sentence(text: str, at: int) -> bool:
    return text[at - 1] in _SENTENCE_ENDS and (text[at].isspace() or text[at - 1] > "\u2fff")


def _ends_clause(text: str, at: int) -> bool:
    return text[at - 1] in _CLAUSE_ENDS and (text[at].isspace() or text[at - 1] > "\u2fff")


def _ends_word(text: str, at: int) -> bool:
    return text[at].isspace()
