"""The news agencies that a byline may name in place of a person, each under the names that pages print."""

from __future__ import annotations

from functools import cache

import regex

from worldtake.text.fold import fold

#: Name as shown -> further names as printed. An agency's own name is one of them.
_NAMES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse", "AFP Deutschland", "AFP Factuel", "فرانس برس", "法新社", "ＡＦＰ"),
    "AGERPRES": (),
    "AGI": ("Agenzia Italia",),
    "ANI": ("Asian News International",),
    "ANP": ("Algemeen Nederlands Persbureau",),
    "ANSA": ("Agenzia ANSA", "ANSA.it"),
    "ANTARA": ("ANTARA News",),
    "AP": ("Associated Press", "The Associated Press", "AP News", "أسوشيتد برس", "美联社", "美聯社", "ＡＰ"),
    "APA": ("Austria Presse Agentur", "APA-OTS"),
    "Adnkronos": (),
    "Agência Brasil": ("Agencia Brasil",),
    "Agência Lusa": ("Lusa",),
    "Anadolu": ("Anadolu Ajansı", "Anadolu Agency", "AA", "الأناضول"),
    "BELTA": ("БЕЛТА",),
    "BNS": ("Baltic News Service",),
    "BTA": ("БТА",),
    "Belga": ("Agence Belga", "Belga News Agency"),
    "Bernama": (),
    "Bloomberg": ("Bloomberg News",),
    "CNA": ("中央社", "Central News Agency"),
    "CTK": ("ČTK",),
    "Canadian Press": ("The Canadian Press", "La Presse Canadienne", "Presse canadienne"),
    "DHA": ("Demirören Haber Ajansı",),
    "EFE": ("Agencia EFE", "EFE News"),
    "Europa Press": (),
    "FENA": (),
    "HINA": (),
    "Newsis": ("뉴시스",),
    "News1": ("뉴스1",),
    "IANS": ("Indo-Asian News Service",),
    "IHA": ("İHA", "İhlas Haber Ajansı"),
    "INTERFAX": ("Interfax", "Интерфакс", "Интерфакс-Украина", "Interfax-Ukraine"),
    "IRNA": ("ایرنا",),
    "Jiji Press": ("時事通信", "時事通信社", "JIJI"),
    "Keystone-SDA": ("SDA", "sda-ats", "ATS", "Schweizerische Depeschenagentur", "Keystone/SDA"),
    "Kyodo": ("Kyodo News", "共同通信", "共同通信社"),
    "MTI": (),
    "MENA": ("أ ش أ", "أش أ"),
    "NTB": (),
    "Notimex": (),
    "PA": ("PA Media", "Press Association", "PA News Agency"),
    "PAP": ("Polska Agencja Prasowa",),
    "PTI": ("Press Trust of India",),
    "RIA Novosti": ("РИА Новости", "RIA"),
    "Reuters": ("Thomson Reuters", "Agencia Reuters", "رويترز", "路透社", "路透", "ロイター", "Рейтер"),
    "Ritzau": (),
    "SID": ("Sport-Informations-Dienst",),
    "SPA": ("واس",),
    "STA": ("Slovenska tiskovna agencija",),
    "STT": (),
    "Sputnik": (),
    "TANJUG": ("Tanjug", "Танјуг"),
    "TASR": (),
    "TASS": ("ТАСС", "ITAR-TASS"),
    "TT": ("TT Nyhetsbyrån",),
    "Télam": ("Telam",),
    "UNI": ("United News of India",),
    "UNIAN": ("УНІАН", "УНИАН"),
    "UPI": ("United Press International",),
    "Ukrinform": ("Укрінформ", "Укринформ"),
    "VNA": ("TTXVN", "Vietnam News Agency"),
    "WAM": ("وام",),
    "Xinhua": ("新华社", "新華社", "新华网", "Xinhua News Agency"),
    "Yonhap": ("연합뉴스", "Yonhap News Agency", "Yonhap News", "韓聯社"),
    "dpa": ("Deutsche Presse-Agentur", "dpa-infocom", "dpa-AFX", "dpa Sport", "Deutsche Presse Agentur", "DPA International"),
    "epd": ("Evangelischer Pressedienst",),
    "KNA": ("Katholische Nachrichten-Agentur",),
    "中新社": ("中国新闻社", "中新网", "China News Service"),
}  # fmt: skip
_EDGES = regex.compile(r"^[\W_]+|[\W_]+$")
#: A place after an agency's name, as in `Associated Press in Valencia`.
_PLACE = regex.compile(r"\s+(?:in|en|à|aus)\s+\p{Lu}.*$")


def agency(name: str) -> str | None:
    """Return the agency that words name, as it is shown; None where they name none."""
    return _agencies().get(_key(_PLACE.sub("", name)))


def _key(name: str) -> str:
    return _EDGES.sub("", fold(name))


@cache
def _agencies() -> dict[str, str]:
    return {
        _key(name): shown for shown, names in _NAMES.items() for name in (shown, *names) if name
    }
