"""What stands over a group of takes, from templates."""

from __future__ import annotations

from worldtake.places import bloc_name, country_name

#: Codes of countries whose English name takes an article.
WITH_ARTICLE = frozenset(
    ("AE", "BS", "CF", "CG", "DO", "GB", "GM", "KM", "KY", "MH", "MV", "NL", "PH", "SB", "SC", "US")
)
#: Blocs whose English name takes an article.
BLOCS_WITH_ARTICLE = frozenset(
    (
        "african-union",
        "arab-league",
        "european-union",
        "united-kingdom",
        "united-states",
        "western-balkans",
    )
)


def country_heading(code: str) -> str:
    """Return the heading of what a country's outlets tell; an outlet does not speak for its government."""
    article = "the " if code in WITH_ARTICLE else ""
    return f"As told in {article}{country_name(code)}"


def bloc_heading(bloc_id: str, *, quoted: bool) -> str:
    """Return the heading of takes from a bloc, `quoted` where its actors speak in them."""
    name = bloc_name(bloc_id)
    article = "the " if bloc_id in BLOCS_WITH_ARTICLE else ""
    return f"Voices and press of {article}{name}" if quoted else f"Press of {article}{name}"
