"""Ask translators for the segments that are not remembered yet, the best translator first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.engines import Translated
from worldtake.errors import EngineError
from worldtake.translate.article import refusal
from worldtake.translate.checks import flags, is_taken
from worldtake.translate.segments import Remembered, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worldtake.engines import Translator
    from worldtake.translate.article import Draft


def translate_missing(
    draft: Draft, translators: Iterable[Translator], target: str = "en"
) -> dict[str, Remembered]:
    """Return translations of the segments and title that `draft` does not know, by `segment_key`.

    A translator that does not know the pair is passed over; one that fails leaves its segments to the next.
    """
    article = draft.article
    if refusal(article, target) is not None:
        return {}
    wanted = {segment.key: segment.text for segment in segments(article, target)}
    for key in draft.known:
        wanted.pop(key, None)
    found: dict[str, Remembered] = {}
    for translator in translators:
        missing = {key: text for key, text in wanted.items() if key not in found}
        if missing:
            found |= _asked(translator, missing, article.language, target)
    return found


def _asked(
    translator: Translator, missing: dict[str, str], source: str, target: str
) -> dict[str, Remembered]:
    support = translator.supports(source, target)
    if support is None or support.tier == "none":
        return {}
    try:
        answers = translator.translate(tuple(missing.values()), source, target)
    except EngineError:
        return {}
    if len(answers) != len(missing):
        return {}
    return {
        key: Remembered(
            target=answer.text.strip(),
            engine=translator.id,
            version=translator.version,
            tier=support.tier,
        )
        for (key, text), answer in zip(missing.items(), answers, strict=True)
        if isinstance(answer, Translated)
        and is_taken(
            flags(
                text,
                answer.text,
                source_language=source,
                target_language=target,
                score=answer.score,
            )
        )
    }
