"""Countries, languages and blocs: names, flags, points on the globe."""

from worldtake.places.blocs import BLOCS, Bloc, bloc_name, bloc_of, country_blocs
from worldtake.places.countries import (
    Country,
    centroid,
    countries,
    country,
    country_name,
    find_country,
    flag,
    language_name,
)

__all__ = [
    "BLOCS",
    "Bloc",
    "Country",
    "bloc_name",
    "bloc_of",
    "centroid",
    "countries",
    "country",
    "country_blocs",
    "country_name",
    "find_country",
    "flag",
    "language_name",
]
