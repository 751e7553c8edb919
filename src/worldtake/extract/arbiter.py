"""Choose the headline among what several places state: by where it stands, what agrees with it, and what its outlet does.

Statements of the same words are one candidate. A candidate's score is a sum of weights, and how sure the choice is, is its
share of all scores' exponentials: a conditional logit, fitted to the development pages of fundus by `evals/headlines.py`,
which also says how it does on publishers that it was not fitted to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from worldtake.extract.evidence import LD
from worldtake.extract.writing import is_headline, word_count, word_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Fitted: what it is worth that a place states the candidate, that it alone does, and the candidate's shape. Title elements and
#: headings are written for search engines and fit the layout; what og:title and JSON-LD state is what the outlet sends out.
FITTED = {
    "in json-ld headline": 0.98, "in og:title": 0.94, "in twitter:title": -0.06, "in h1": -0.12, "in title": -0.33,
    "only json-ld headline": 0.35, "only og:title": 0.21, "only twitter:title": -0.10, "only h1": -0.56, "only title": -0.36,
    "words": 0.28, "part of another": 0.25, "holds another": -0.27,
}  # fmt: skip
#: Set by hand, for what fundus does not show: a feed's headline confirms and does not replace; a name or a slogan is no headline.
WEIGHTS = FITTED | {"in feed": 0.8, "only feed": -1.4, "no headline": -2.5}
#: What an outlet's habit is worth: times how much oftener than by half a place was right there.
HABIT = 3.0
#: Words of a headline from which more say nothing, and what they are counted in.
MANY_WORDS, WORDS_UNIT = 20, 10
#: Places in the order in which their spelling is taken, where several state the same words.
SPELLING = ("og:title", f"{LD} headline", "h1", "twitter:title", "title", "feed")
#: Words differ by an apostrophe's form, or are written without one.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´"))
#: Confidence in a candidate that no other stands against: the share of such pages on which it was right.
UNOPPOSED = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A headline with the places that state it."""

    #: Place -> the words as it spells them.
    forms: Mapping[str, str]
    #: The words as a key.
    key: tuple[str, ...]

    def spelling(self) -> tuple[str, str]:
        """Return the place whose spelling is taken, and the words."""
        place = min(self.forms, key=lambda each: SPELLING.index(each) if each in SPELLING else 0)
        return place, self.forms[place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The headline that was chosen."""

    place: str
    text: str
    #: 0 to 1.
    confidence: float


def choose(
    titles: Sequence[tuple[str, str]], reliable: Mapping[str, float] | None = None
) -> Choice | None:
    """Return the headline among those stated, given as place and words; None where there are none."""
    found = candidates(titles)
    if not found:
        return None
    scores = [score(each, found, reliable or {}) for each in found]
    best = max(range(len(found)), key=lambda n: scores[n])
    share = 1 / sum(math.exp(each - scores[best]) for each in scores)
    place, text = found[best].spelling()
    return Choice(place=place, text=text, confidence=round(min(share, UNOPPOSED), 3))


def candidates(titles: Sequence[tuple[str, str]]) -> list[Candidate]:
    """Return the different headlines stated, each with its places; the first of a place speaks for it."""
    forms: dict[tuple[str, ...], dict[str, str]] = {}
    for place, text in titles:
        key = _key(text)
        forms.setdefault(key, {}).setdefault(place, text)
    return [Candidate(forms=found, key=key) for key, found in forms.items()]


@lru_cache(maxsize=256)
def _key(text: str) -> tuple[str, ...]:
    return word_key(text.translate(_APOSTROPHES)) or (text,)


def score(candidate: Candidate, among: Sequence[Candidate], reliable: Mapping[str, float]) -> float:
    """Return how much speaks for a candidate."""
    habit = sum(reliable[place] - 0.5 for place in candidate.forms if place in reliable)
    found = features(candidate, among)
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items()) + HABIT * habit


def features(candidate: Candidate, among: Sequence[Candidate]) -> dict[str, float]:
    """Return what is weighed of a candidate."""
    found = {f"in {place}": 1.0 for place in candidate.forms}
    if len(candidate.forms) == 1:
        found[f"only {next(iter(candidate.forms))}"] = 1.0
    words = max(word_count(text) for text in candidate.forms.values())
    found["words"] = min(words, MANY_WORDS) / WORDS_UNIT
    others = [each.key for each in among if each is not candidate]
    found["part of another"] = float(any(_within(candidate.key, each) for each in others))
    found["holds another"] = float(any(_within(each, candidate.key) for each in others))
    found["no headline"] = float(not any(map(is_headline, candidate.forms.values())))
    return found


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Tell whether the words of one headline stand at the beginning or the end of another."""
    return len(part) < len(whole) and part in (whole[: len(part)], whole[-len(part) :])
