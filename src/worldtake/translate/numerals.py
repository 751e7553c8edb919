"""Read the numbers of a text for comparison with those of its translation: digits of any script, the word of scale beside them.

Every number has several readings, since languages write "1.200" for what others write "1,200" or "1.2": two numbers are one
where a reading of the one is a reading of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

#: Marks that stand within one number; a space only before a group of three.
_MARKS = ".,'’٫٬˙"
_TOKEN = regex.compile(
    rf"\p{{Nd}}+(?:[{_MARKS}]\p{{Nd}}+|[\u00a0\u202f\u2009 ]\p{{Nd}}{{3}}(?!\p{{Nd}}))*"
)
_RUN = regex.compile(r"\p{Nd}+")
_MARK_RUN = regex.compile(r"[^\p{Nd}]+")
_ENTITY = regex.compile(r"&#\d+;")
#: Burmese letters are written by the digits that look like them: wa as nought, "the said" with a four; in the old encoding
#: of the fonts the digits of Shan are marks of tone.
_BURMESE_LETTER = regex.compile(
    r"(?<![\u1040-\u1049])(?:\u1040(?=[\p{Myanmar}--[\u1040-\u1049]])|(?<=[\p{Myanmar}--[\u1040-\u1049]])\u1040(?![\u1040-\u1049])"
    r"|\u1044(?=\u1004)|[\u1090-\u1099])",
    regex.V1,
)
_WORD_AFTER = regex.compile(r"[ \u00a0\u202f\u2009-]?([\p{L}\p{M}]+)")
_WORD_BEFORE = regex.compile(r"([\p{L}\p{M}]+)[ \u00a0]$")
#: How far back a word before a number is looked for, characters.
_WORD_CHARS = 16
_EAST_SCALE = {"十": 10, "百": 100, "千": 10**3, "천": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8, "兆": 10**12, "조": 10**12}  # fmt: skip
#: A number of the east that goes on after its scale: 1億2500万.
_EAST = regex.compile(
    r"(?<!\p{Nd})(?:\p{Nd}++(?:[.,]\p{Nd}++)*+[ \u00a0]?[百千천]?[万萬만億亿억兆조][ \u00a0]?)+(?:\p{Nd}+(?:[.,]\p{Nd}+)*)?(?:[百千천](?!\p{Han}{2}))?"
)
_EAST_PART = regex.compile(r"(\p{Nd}+(?:[.,]\p{Nd}+)*)[ \u00a0]?([百千천]?)([万萬만億亿억兆조]?)")
_THOUSAND = (
    r"thousands?|k|mil|mila|mille|milliers?|milers?|mije|mijë|tausend\p{L}*|duisend\p{L}*|duizend\p{L}*|tusen\p{L}*|tusind\p{L}*|þúsund\p{L}*"
    r"|tis[íi]c\p{L}*|tisoč\p{L}*|tysi\p{L}*|tys|hiljad\p{L}*|tisuć\p{L}*|tūkst\p{L}*|tuhat\p{L}*|tuhan\p{L}*|tuhin\p{L}*|ezer\p{L}*|bin|ming?|min|elf|mil"
    r"|hezar|ribu|rb|libo\p{L}*|elfu|dubu|mií|kun|izinkulungwane|тыс\p{L}*|тис\p{L}*|тысяч\p{L}*|тысяч|хиљад\p{L}*|хиляд\p{L}*|хил|илјад\p{L}*|мың\p{L}*"
    r"|миң\p{L}*|мянга\p{L}*|мянган\p{L}*|минг|χιλιάδ\p{L}*|χιλ|אלף|אלפי\p{L}*|ألف\p{L}*|آلاف|الاف|الف|هزار\p{L}*|ہزار\p{L}*|زره|زرو|हज़ार\p{L}*\p{M}*|हजार\p{M}*"
    r"|হাজার\p{L}*\p{M}*|હજાર\p{M}*|ਹਜ਼ਾਰ|ਹਜ਼ਾਰ|ஆயிர.*|వేల.*|ಸಾವಿರ.*|ആയിര.*|දහස.*|දාහ.*|พัน.*|ພັນ.*|ពាន់.*|ထောင်.*|ათას\p{L}*|հազար\p{L}*|ሺህ|ሺ|nghìn|ngàn"
)
_MILLION = (
    r"m|mn|mio|mln|m[ií]l+[ijyh]*[oóõöôu]+n?\p{L}*|milijun\p{L}*|miljoen\p{L}*|miljú?n\p{L}*|milion\p{L}*|míl.*n|trieu|triệu|juta|jt|milyan|milyong?|izigidi"
    r"|млн|м[иі]л+[ьиьйяі]*[оё]н\p{L}*|милијун\p{L}*|мільён\p{L}*|εκατομμ\p{L}*|εκατ|מיליו\p{L}*|מליו\p{L}*|مليون\p{L}*|ملايين|ملیون|میلیون\p{L}*|ملین|मिलियन|মিলিয়ন|মিলিয়ন"
    r"|મિલિયન|ਮਿਲੀਅਨ|மில்லிய.*|మిలియన్.*|ಮಿಲಿಯನ್.*|ദശലക്ഷ.*|മില്യ.*|මිලියන.*|ล้าน.*|ລ້ານ.*|លាន.*|သန်း.*|မီလီယံ.*|მილიონ\p{L}*|միլիոն\p{L}*|ሚሊዮን|ሚሊየን|сая"
)
_MILLIARD = (
    r"b|bn|mrd|mld|mlrd|bi|m[ií]l+[ijy]*[aā]r\p{L}*|billions?|bilh\p{L}+|bilyon\p{L}*|biliyan|bilioni|tỷ|tỉ|миллиард\p{L}*|мільярд\p{L}*|мільярд\p{L}*|милијард\p{L}*|милиард\p{L}*|млрд"
    r"|мільярд\p{L}*|мільярд|миллиярд\p{L}*|δισεκατομμ\p{L}*|δισ|מיליארד\p{L}*|مليار\p{L}*|میلیارد\p{L}*|ارب|अरब|बिलियन|বিলিয়ন|পরিষদ|બિલિયન|பில்லிய.*|బిలియన్.*|ಬಿಲಿಯನ್.*"
    r"|ബില്യ.*|බිලියන.*|พันล้าน.*|მილიარდ\p{L}*|միլիարդ\p{L}*|ቢሊዮን|ቢሊየን|тэрбум"
)
_SCALES = tuple(
    (factor, regex.compile(pattern, regex.IGNORECASE))
    for factor, pattern in (
        (100.0, r"hundred|cien\p{L}*|hundert|сот\p{L}*|सौ"),
        (1e3, _THOUSAND),
        (1e6, _MILLION),
        (1e9, _MILLIARD),
        (1e12, r"trillions?|tn|bil(?:l?ón|lones|ionů|ionów|lion\p{L}*)|трлн|триллион\p{L}*|trilh\p{L}+"),
        (1e5, r"lakhs?|lacs?|लाख\p{M}*|লাখ|লক্ষ|લાખ|ਲੱਖ|இலட்ச.*|லட்ச.*|లక్ష.*|ಲಕ್ಷ.*|ലക്ഷ.*|ලක්ෂ.*|لاکھ|แสน.*|သိန်း.*|ແສນ.*"),
        (1e7, r"crores?|करोड़|करोड|কোটি|કરોડ|ਕਰੋੜ|கோடி.*|కోట్.*|ಕೋಟಿ.*|കോടി.*|کروڑ|کروړ"),
        (1e4, r"หมื่น.*|ໝື່ນ.*|သောင်း.*|[万萬만].*"),
        (1e8, r"[億亿억].*"),
        (1e3, r"[千천].*"),
    )
)  # fmt: skip
#: Digits of a group of thousands.
_GROUP = 3
#: Digits of a reading that are kept: scales make fractions that are not exact.
_DIGITS_KEPT = 9


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, and what it may mean."""

    #: Where it stands.
    start: int
    end: int
    #: Its digits alone, in those of ASCII.
    digits: str
    #: The same, parted where other marks stand.
    parts: tuple[str, ...]
    #: What it may mean.
    readings: frozenset[float]
    #: Those of them that a word of scale beside it makes.
    scaled: frozenset[float] = frozenset()


def plain_digits(text: str) -> str:
    """Return `text` with digits of every script as those of ASCII, without digits that stand for letters."""
    if "&#" in text:
        text = _ENTITY.sub("'", text)
    if text.isascii():
        return text
    text = _BURMESE_LETTER.sub("o", text)
    return _RUN.sub(lambda run: "".join(str(int(char)) for char in run.group()), text)


def runs(text: str) -> list[str]:
    """Return the runs of digits of a text that `plain_digits` made, in order."""
    return _RUN.findall(text)


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text that `plain_digits` made, in order."""
    found: list[Number] = []
    end = 0
    for east in _EAST.finditer(text):
        found += _plain(text, end, east.start())
        found.append(_eastern(east))
        end = east.end()
    return [*found, *_plain(text, end, len(text))]


def _plain(text: str, start: int, end: int) -> list[Number]:
    return [_number(text, token) for token in _TOKEN.finditer(text, start, end)]


def _number(text: str, token: regex.Match[str]) -> Number:
    parts = tuple(_RUN.findall(token.group()))
    plain = _readings(token.group(), parts)
    scaled = {
        round(value * factor, _DIGITS_KEPT)
        for factor in _scales_beside(text, token)
        for value in plain
    }
    readings = frozenset(plain | scaled)
    return Number(token.start(), token.end(), "".join(parts), parts, readings, frozenset(scaled))


def _readings(written: str, parts: tuple[str, ...]) -> set[float]:
    """Return what a number may mean: its marks as those of groups, the last as that of the fraction."""
    if len(parts) == 1:
        return {float(parts[0])}
    found = set()
    if all(len(part) == _GROUP for part in parts[1:]):
        found.add(float("".join(parts)))
    marks = _MARK_RUN.findall(written)
    if len(parts) == 2 or marks[-1] not in marks[:-1]:  # noqa: PLR2004 - whole and fraction
        found.add(float(f"{''.join(parts[:-1])}.{parts[-1]}"))
    if all(len(part) in (_GROUP - 1, _GROUP) for part in parts[1:]):  # 1,25,000 of India
        found.add(float("".join(parts)))
    return found


def _scales_beside(text: str, token: regex.Match[str]) -> set[float]:
    """Return what the words beside a number may multiply it by."""
    factors = set()
    end = token.end()
    scale = 1.0
    while after := _WORD_AFTER.match(text, end):
        factor = scale_of(after.group(1))
        if factor is None:
            break
        scale *= factor
        factors.add(scale)
        end = after.end()
    before = _WORD_BEFORE.search(text, max(0, token.start() - _WORD_CHARS), token.start())
    factor = scale_of(before.group(1)) if before else None
    return factors | ({factor} if factor else set())


@lru_cache(maxsize=20_000)
def scale_of(word: str) -> float | None:
    """Return what a word beside a number multiplies it by; None where it is no such word."""
    return next((factor for factor, pattern in _SCALES if pattern.fullmatch(word)), None)


def _eastern(match: regex.Match[str]) -> Number:
    total = 0.0
    digits = []
    for part in _EAST_PART.finditer(match.group()):
        digits.append("".join(_RUN.findall(part.group(1))))
        value = min(_readings(part.group(1), tuple(_RUN.findall(part.group(1)))), default=0.0)
        if len(part.group(1)) > _GROUP and "," in part.group(1):
            value = float(digits[-1])
        total += value * _EAST_SCALE.get(part.group(2), 1) * _EAST_SCALE.get(part.group(3), 1)
    reading = frozenset((round(total, _DIGITS_KEPT),))
    return Number(match.start(), match.end(), "".join(digits), tuple(digits), reading)


#: Numerals of one word or character: Chinese, Roman, Ethiopic.
_HAN = {
    **{char: n for n, char in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "两": 2,
    "兩": 2,
    "廿": 20,
}
_HAN_NUMBER = regex.compile(r"[〇零一二三四五六七八九两兩廿十百千万萬億亿]+")
_ROMAN_NUMBER = regex.compile(r"(?<![\p{L}\p{N}])[IVXІХ]+(?![\p{L}\p{N}])")
_ROMAN = {"I": 1, "V": 5, "X": 10, "І": 1, "Х": 10}
_ETHIOPIC_NUMBER = regex.compile(r"[\u1369-\u137c]+")
_ETHIOPIC_ONE, _ETHIOPIC_TEN, _ETHIOPIC_HUNDRED = 0x1369, 0x1372, 0x137B


def written_out(text: str) -> frozenset[float]:
    """Return the numbers that stand in Chinese, Roman or Ethiopic numerals in `text`."""
    found = {float(_roman(each)) for each in _ROMAN_NUMBER.findall(text)}
    if text.isascii():
        return frozenset(found)
    found |= {float(_han(each)) for each in _HAN_NUMBER.findall(text)}
    found |= {float(_ethiopic(each)) for each in _ETHIOPIC_NUMBER.findall(text)}
    return frozenset(found)


def _roman(numeral: str) -> int:
    values = [_ROMAN[char] for char in numeral]
    return values[-1] + sum(-a if a < b else a for a, b in pairwise(values))


def _han(numeral: str) -> int:
    """Return the value of a Chinese numeral; one without scales is read digit by digit."""
    if not any(char in _EAST_SCALE for char in numeral):
        return int("".join(str(_HAN[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        scale = _EAST_SCALE.get(char)
        if scale is None:
            digit = _HAN[char]
        elif scale < 10**4:
            section += (digit or 1) * scale
            digit = 0
        else:
            total += (section + digit or 1) * scale
            section = digit = 0
    return total + section + digit


def _ethiopic(numeral: str) -> int:
    total = part = 0
    for char in numeral:
        code = ord(char)
        if code < _ETHIOPIC_TEN:
            part += code - _ETHIOPIC_ONE + 1
        elif code < _ETHIOPIC_HUNDRED:
            part += 10 * (code - _ETHIOPIC_TEN + 1)
        else:
            total = (total + part or 1) * (100 if code == _ETHIOPIC_HUNDRED else 10_000)
            part = 0
    return total + part
