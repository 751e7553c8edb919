"""Blocs: groups of countries under which takes of a story are gathered.

A reading aid and no statement of alignment: it puts the presses of all countries under a few headings, each country in one.
Memberships of unions and leagues are facts as of 2025; a member that stands elsewhere here (Egypt is in the African Union
too) is under the first bloc of the list that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A group of countries."""

    #: Short name in lower case with hyphens.
    id: str
    #: Name in English, as it stands in a heading.
    name: str
    #: ISO codes of its countries.
    countries: tuple[str, ...]


def _bloc(bloc_id: str, name: str, codes: str) -> Bloc:
    return Bloc(id=bloc_id, name=name, countries=tuple(codes.split()))


#: In the order in which they are tried.
BLOCS: tuple[Bloc, ...] = (
    _bloc("united-states", "United States", "US PR GU VI AS MP UM"),
    _bloc("russia", "Russia", "RU"),
    _bloc("china", "China", "CN HK MO"),
    _bloc("ukraine", "Ukraine", "UA"),
    _bloc("united-kingdom", "United Kingdom", "GB GG JE IM GI BM FK KY VG AI MS TC SH PN IO GS"),
    _bloc(
        "european-union",
        "European Union",
        "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
        " AX GP GF MQ RE YT MF BL NC PF PM WF TF",
    ),
    _bloc("western-balkans", "Western Balkans", "AL BA ME MK RS XK"),
    _bloc("turkey", "Turkey", "TR"),
    _bloc("israel", "Israel", "IL"),
    _bloc("iran", "Iran", "IR"),
    _bloc(
        "arab-league",
        "Arab League",
        "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE",
    ),
    _bloc(
        "african-union",
        "African Union",
        "AO BF BI BJ BW CD CF CG CI CM CV EH ER ET GA GH GM GN GQ GW KE LR LS MG ML MU MW MZ NA NE NG"
        " RW SC SL SN SS ST SZ TD TG TZ UG ZA ZM ZW",
    ),
    _bloc("japan-korea", "Japan and Korea", "JP KR KP"),
    _bloc("taiwan", "Taiwan", "TW"),
    _bloc("south-asia", "South Asia", "AF BD BT IN LK MV NP PK"),
    _bloc("southeast-asia", "Southeast Asia", "BN ID KH LA MM MY PH SG TH TL VN"),
    _bloc("caucasus-central-asia", "Caucasus and Central Asia", "AM AZ GE KG KZ MN TJ TM UZ"),
    _bloc(
        "latin-america",
        "Latin America and the Caribbean",
        "AG AR AW BB BO BQ BR BS BZ CL CO CR CU CW DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR"
        " SV SX TT UY VC VE",
    ),
    _bloc("other-europe", "Other Europe", "AD BV BY CH FO GL IS LI MC MD NO SJ SM VA"),
    _bloc("canada", "Canada", "CA"),
    _bloc(
        "australia-pacific",
        "Australia and the Pacific",
        "AU NZ CC CK CX FJ FM HM KI MH NF NR NU PG PW SB TK TO TV VU WS",
    ),
    _bloc("antarctica", "Antarctica", "AQ"),
)


def bloc_of(country: str) -> str | None:
    """Return the id of the bloc that a country is under; None where none holds it."""
    return country_blocs().get(country)


def bloc_name(bloc_id: str) -> str:
    """Return a bloc's name in English; the id itself where there is none."""
    return next((bloc.name for bloc in BLOCS if bloc.id == bloc_id), bloc_id)


@cache
def country_blocs() -> dict[str, str]:
    """Return the bloc id of every country."""
    return {code: bloc.id for bloc in reversed(BLOCS) for code in bloc.countries}
