"""Why a page was read as it was, as one page that needs nothing else: no script, no other file, no call to anywhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from worldtake.extract import Explanation

#: Sign of what a block is, so that colour is not the only one.
SIGNS = {"text": "✓", "title": "T", "left out": "×"}


def explained_page(found: Explanation) -> str:
    """Return the page that shows an explanation; every word of the page explained is escaped."""
    environment = Environment(
        loader=PackageLoader("worldtake.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    article = found.article
    texts = (n for n, each in enumerate(found.blocks, 1) if each.kept)
    return environment.get_template("explained.html").render(
        found=found,
        headline=article.title if article else "",
        language=article.language if article and article.language != "und" else "",
        web=found.url.startswith(("http://", "https://")),
        counts=Counter(each.state for each in found.blocks),
        first=next(texts, None),
        percent=_percent,
        SIGNS=SIGNS,
    )


def _percent(share: float) -> str:
    return f"{share:.0%}"
