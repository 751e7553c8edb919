"""Read quantities in text: digits as each language groups them, number words of English, shares, bounds.

Gives what is counted as the noun that follows. Times are left to `dates`: mask them first.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from worldtake.model import Span

_ONES_TEXT = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_ONES = _ONES_TEXT.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
#: English number words under a hundred.
SMALL = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
#: What a word after a number multiplies it by, in the languages of the sample and more.
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "millions": 1_000_000, "billion": 1_000_000_000,
    "trillion": 10**12, "mn": 1_000_000, "bn": 1_000_000_000, "crore": 10_000_000, "lakh": 100_000, "dozen": 12,
    "tausend": 1_000, "millionen": 1_000_000, "milliarden": 1_000_000_000, "milliarde": 1_000_000_000, "mio": 1_000_000,
    "mrd": 1_000_000_000, "mille": 1_000, "milliers": 1_000, "milliards": 1_000_000_000, "milliard": 1_000_000_000,
    "mil": 1_000, "millones": 1_000_000, "millón": 1_000_000, "milhões": 1_000_000, "milhão": 1_000_000,
    "bilhões": 1_000_000_000, "mila": 1_000, "milioni": 1_000_000, "milione": 1_000_000, "miliardi": 1_000_000_000,
    "tisoč": 1_000, "milijonov": 1_000_000, "milijard": 1_000_000_000, "hiljada": 1_000, "miliona": 1_000_000,
    "milijardi": 1_000_000_000, "хиљада": 1_000, "милиона": 1_000_000, "тысяч": 1_000, "тысячи": 1_000, "тыс": 1_000,
    "миллионов": 1_000_000, "млн": 1_000_000, "млрд": 1_000_000_000, "миллиардов": 1_000_000_000, "тисяч": 1_000,
    "мільйонів": 1_000_000, "мільярдів": 1_000_000_000, "tysięcy": 1_000, "tys": 1_000, "milionów": 1_000_000,
    "mln": 1_000_000, "miliardów": 1_000_000_000, "bin": 1_000, "milyon": 1_000_000, "milyar": 1_000_000_000,
    "ألف": 1_000, "آلاف": 1_000, "مليون": 1_000_000, "مليار": 1_000_000_000, "万": 10_000, "萬": 10_000, "億": 10**8,
    "亿": 10**8, "千": 1_000, "百": 100, "हज़ार": 1_000, "हजार": 1_000, "लाख": 100_000, "करोड़": 10_000_000, "ribu": 1_000,
    "juta": 1_000_000, "miliar": 1_000_000_000, "elfu": 1_000, "milioni ": 1_000_000,
}  # fmt: skip
#: Words that say "of a hundred".
PERCENT = (
    r"%|％|per ?cents?\b|percentage points?\b|Prozent\w*|pour ?cent\b|por ?cent[oi]\b|por ciento\b|per cento\b|odstot\p{L}*"
    r"|odsto\b|одсто\b|procen\p{L}*|процент\p{L}*|відсот\p{L}*|proc\.|yüzde\b|في المئة|في المائة|بالمئة|بالمائة|प्रतिशत|फ़ीसदी|फीसदी"
    r"|asilimia|persen|成"
)
_BOUNDS = (
    (">", (
        r"more than|over|above|mehr als|über|plus de|más de|mais de|più di|oltre|več kot|više od|више од|более|больше|понад"
        r"|більше|ponad|więcej niż|أكثر من|超过|超過|lebih dari|zaidi ya"
    )),
    (">=", (
        r"at least|no fewer than|no less than|a minimum of|mindestens|au moins|al menos|pelo menos|almeno|najmanj|najmanje"
        r"|најмање|не менее|щонайменше|co najmniej|en az|ما لا يقل عن|至少|कम से कम|setidaknya|angalau"
    )),
    ("<=", (
        r"at most|up to|no more than|a maximum of|as many as|höchstens|bis zu|au plus|jusqu['’]à"
        r"|como máximo|hasta|no máximo|até|al massimo|fino a|največ|najviše|највише|до|не более|не превысит|не перевищить"
        r"|najwyżej|do|en çok|en fazla|بحد أقصى|最多|至多|अधिकतम|paling banyak|hadi"
    )),
    ("<", (
        r"less than|fewer than|under|below|weniger als|unter|moins de|menos de|meno di|manj kot|manje od|мање од|менее|менше"
        r"|mniej niż|أقل من|不到|不足|kurang dari|chini ya"
    )),
    ("~", (
        r"about|around|roughly|approximately|nearly|almost|some|an estimated|circa|etwa|rund|ungefähr|knapp|environ|près de"
        r"|quelque|unos|unas|cerca de|casi|aproximadamente|quase|circa|quasi|približno|okoli|oko|око|около|примерно"
        r"|почти|близько|майже|około|prawie|yaklaşık|نحو|حوالي|约|約|大约|करीब|लगभग|sekitar|hampir|takriban"
    )),
)  # fmt: skip
_BEFORE = tuple(
    (op, regex.compile(rf"(?<!\p{{L}})(?:{words})\s*$", regex.IGNORECASE)) for op, words in _BOUNDS
)
_CAPPED = regex.compile(
    r"\b(?:cap(?:ped|s)?|limit(?:ed|s)?)\s+(?:\p{L}+\s+){0,3}(?:at|to)\s+$", regex.IGNORECASE
)
_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_WORD_NUMBER = rf"(?:(?:{_SMALL})(?:[- ](?:{_SMALL}))?)"
_SCALE = "|".join(sorted((regex.escape(word) for word in SCALES), key=len, reverse=True))
_DIGITS = r"\p{N}{1,3}(?:[,.\u00a0\u202f ’']\p{N}{3})+(?:[.,]\p{N}+)?|\p{N}+(?:[.,]\p{N}+)?"
_NUMBER = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,:-])(?P<currency>[$€£₹¥]\s?)?(?:(?P<digits>{_DIGITS})|(?P<words>\b{_WORD_NUMBER}\b|\ba(?= (?:hundred|thousand|million|billion|dozen)\b)))"
    rf"(?P<scales>(?:[ \u00a0\u202f-]?(?:{_SCALE})(?![\p{{Latin}}\p{{Cyrillic}}]))*)(?![\p{{L}}]?\p{{N}}|:\p{{N}})",
    regex.IGNORECASE,
)
_SCALE_WORD = regex.compile(_SCALE, regex.IGNORECASE)
_PERCENT = regex.compile(
    rf"[ \u00a0\u202f-]?(?P<points>percentage points?\b)?(?:{PERCENT})?", regex.IGNORECASE
)
_UNIT = regex.compile(r"[ \u00a0\u202f-](?P<unit>[\p{L}][\p{L}\p{M}’'-]*)")
#: A plural noun after one adjective.
_SECOND = regex.compile(r" (?P<noun>[a-z]{3,}s)(?![\p{L}’'])")
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "₹": "rupees", "¥": "yen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts."""

    #: From the bound, where there is one, to the unit.
    span: Span
    value: float
    #: The noun that follows, folded; `percent` for shares, `percentage_points` for their differences; may be empty.
    unit: str
    #: One of `=`, `<`, `<=`, `>`, `>=`, `~`.
    op: str


def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """Return the quantities in `text` in order; `language` (BCP 47) says how digits are grouped."""
    found = []
    for match in _NUMBER.finditer(text):
        quantity = _quantity(text, match, language)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, match: regex.Match[str], language: str) -> Quantity | None:
    value = _value(match, language)
    if value is None:
        return None
    end, unit = _unit(text, match)
    start, op = _bound(text, match.start())
    return Quantity(span=Span(start, end), value=value, unit=unit, op=op)


def _value(match: regex.Match[str], language: str) -> float | None:
    if match.group("digits"):
        value = number(match.group("digits"), language)
    else:
        value = _spoken(match.group("words").lower())
    for scale in _SCALE_WORD.findall(match.group("scales") or ""):
        value = round(value * SCALES[scale.lower()], 6)
    return value


def number(digits: str, language: str = "en") -> float:
    """Return the number that `digits` writes, separators read as the language uses them.

    A mark before exactly three last digits groups thousands where the language groups by that mark, or where it stands
    more than once; any other mark is the decimal one.
    """
    plain = "".join(str(int(char)) if char.isdigit() else char for char in digits)
    plain = regex.sub(r"[\u00a0\u202f ’']", "", plain)
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return float(plain)
    decimal = _decimal_mark(plain, marks, language)
    kept = "".join(char for char in plain if char.isdigit() or char == decimal)
    return float(kept.replace(",", "."))


def _decimal_mark(plain: str, marks: list[str], language: str) -> str:
    """Return the mark that parts whole from fraction in `plain`; empty where none does."""
    if len(set(marks)) > 1:
        return marks[-1]
    grouping = (
        "," if language.split("-", maxsplit=1)[0] in _DOT_DECIMAL or language == "es-MX" else "."
    )
    thousands = len(plain.rsplit(marks[0], 1)[1]) == _GROUP and not plain.startswith("0")
    if len(marks) > 1 or (thousands and marks[0] == grouping):
        return ""
    return marks[0]


#: Digits of a group of thousands.
_GROUP = 3
#: Languages that write the fraction after a full stop.
_DOT_DECIMAL = frozenset(
    ["en", "zh", "ja", "ko", "he", "th", "hi", "bn", "ar", "fa", "ur", "sw", "ta", "te", "ms"]
)


def _spoken(words: str) -> float:
    if words == "a":
        return 1.0
    return float(sum(SMALL[part] for part in regex.split(r"[- ]", words)))


def _unit(text: str, match: regex.Match[str]) -> tuple[int, str]:
    """Return where the quantity ends and what it counts."""
    percent = _PERCENT.match(text, match.end())
    if percent is not None and percent.group().strip(" \u00a0\u202f-"):
        return percent.end(), "percentage_points" if percent.group("points") else "percent"
    currency = match.group("currency")
    if currency:
        return match.end(), _CURRENCIES[currency.strip()]
    unit = _UNIT.match(text, match.end())
    if unit is None:
        return match.end(), ""
    second = _SECOND.match(text, unit.end()) if not unit.group("unit").endswith("s") else None
    if second is not None and match.group("words"):
        return second.end(), second.group("noun").casefold()
    return unit.end("unit"), unit.group("unit").casefold()


def _bound(text: str, start: int) -> tuple[int, str]:
    """Return where the quantity starts with the words that bound it, and the bound."""
    ahead = text[max(0, start - 30) : start]
    for op, words in _BEFORE:
        found = words.search(ahead)
        if found is not None:
            return start - len(ahead) + found.start(), op
    return start, "<=" if _CAPPED.search(ahead) else "="
