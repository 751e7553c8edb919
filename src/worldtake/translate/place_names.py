"""Names of places that no table has: the short forms of states and unions in many languages, and which names are none."""

from __future__ import annotations

#: Unions that the CLDR names as territories.
UNIONS = ("EU", "UN")
#: Concept -> its short forms, after the language where one alone writes them so.
SHORT_FORMS = {
    "US": (
        "USA U.S. U.S.A. es:EEUU es:EE pt:EUA gl:EUA gl:EEUU ca:EUA ca:EEUU sl:ZDA hr:SAD sr:SAD sr:САД bs:SAD mk:САД ru:США"
        " uk:США be:ЗША bg:САЩ tr:ABD az:ABŞ ro:SUA sq:SHBA eu:AEB el:ΗΠΑ lv:ASV lt:JAV af:VSA nl:VS kk:АҚШ ky:АКШ mn:АНУ"
        " uz:AQSH cy:UDA ka:აშშ hy:ԱՄՆ he:ארהב fr:États-Unis fr:Etats-Unis pl:Stany de:Amerika ja:米国 ja:アメリカ zh:美国 zh:美國"
        " ko:미국 vi:Hoa-Kỳ ar:أمريكا ar:أميركا fa:آمریکا ur:امریکہ hi:अमेरिका ne:अमेरिका mr:अमेरिका"
        " hu:Egyesült-Államok cs:Spojené-státy it:Stati-Uniti nb:Amerika sw:Marekani am:አሜሪካ"
    ),
    "GB": (
        "UK U.K. ru:Британия uk:Британія bg:Великобритания pl:Brytania cs:Británie sk:Británia sl:Britanija hr:Britanija"
        " es:Bretaña fr:Grande-Bretagne it:Bretagna sv:Storbritannien da:Storbritannien nb:Storbritannia zh:英国 zh:英國"
        " ko:영국 ar:بريطانيا fa:بریتانیا he:בריטניה hi:ब्रिटेन tr:İngiltere vi:Anh-quốc id:Inggris ja:英国 el:Βρετανία es:Escocia es:Gales"
        " es:Inglaterra gl:Escocia gl:Gales gl:Inglaterra pt:Escócia pt:Gales pt:Inglaterra pt:Bretanha gl:Bretaña ca:Escòcia"
        " ca:Gal·les ca:Anglaterra ca:Bretanya it:Scozia it:Galles it:Inghilterra fr:Écosse fr:Galles fr:Angleterre ro:Scoția"
        " ro:Anglia ro:Britanie sl:Škotska sl:Anglija hr:Škotska hr:Engleska bs:Škotska bs:Engleska sr:Škotska sr:Engleska"
        " sr:Шкотска sr:Енглеска cs:Skotsko cs:Anglie sk:Škótsko sk:Anglicko pl:Szkocja pl:Anglia sv:Skottland da:Skotland"
        " nb:Skottland is:Skotland is:Bretland is:Wales et:Šotimaa fi:Skotlanti fi:Britannia lv:Skotija hu:Skócia tr:İskoçya"
        " ru:Шотландия ru:Англия ru:Уэльс uk:Шотландія uk:Англія uk:Уельс bg:Шотландия bg:Англия sq:Skocia sq:Britania"
        " de:Schottland de:England nl:Schotland nl:Engeland"
    ),
    "EU": (
        "EU E.U. es:UE pt:UE gl:UE ca:UE fr:UE it:UE ro:UE pl:UE ru:ЕС uk:ЄС bg:ЕС sr:ЕУ mk:ЕУ be:ЕС el:ΕΕ lt:ES lv:ES et:EL"
        " eu:EB is:ESB tr:AB sq:BE zh:欧盟 zh:歐盟"
    ),
    "UN": (
        "UN U.N. es:ONU pt:ONU gl:ONU ca:ONU fr:ONU it:ONU ro:ONU pl:ONZ ru:ООН uk:ООН bg:ООН be:ААН sr:УН mk:ООН sl:ZN cs:OSN"
        " sk:OSN hu:ENSZ sv:FN da:FN nb:FN fi:YK et:ÜRO lv:ANO lt:JT is:SÞ tr:BM sq:OKB eu:NBE el:ΟΗΕ nl:VN id:PBB ms:PBB"
        " vi:LHQ zh:联合国 zh:聯合國 ja:国連 ko:유엔"
    ),
    "NATO": "NATO es:OTAN pt:OTAN gl:OTAN ca:OTAN fr:OTAN ru:НАТО uk:НАТО bg:НАТО mk:НАТО sr:НАТО el:ΝΑΤΟ zh:北约 zh:北約",
    "CN": "pl:Chiny cs:Čína vi:Trung-Quốc ja:中国 id:Cina id:Tiongkok",
    "CZ": "cs:Česko sl:Češka de:Tschechien ru:Чехия en:Czech",
}  # fmt: skip
#: What English says for a concept beside the names of the table of countries.
ENGLISH_FORMS = {
    "EU": "eu e.u. european union europe",
    "UN": "un u.n. united nations",
    "NATO": "nato alliance",
    "US": "us u.s. usa u.s.a. america american americans united states washington",
    "GB": "uk u.k. britain british briton britons united kingdom england english scotland wales welsh scottish",
    "MK": "macedonia macedonian",
    "IE": "ireland irish",
    "CZ": "czech czechia",
    "KR": "korea korean",
    "KP": "north korea korean dprk pyongyang",
    "CD": "congo congolese",
    "CG": "congo congolese",
    "NL": "dutch netherlands holland",
    "PH": "philippines philippine filipino filipinos",
    "TR": "turkey turkish turks turkiye",
    "CI": "ivory coast ivorian",
    "SZ": "eswatini swaziland",
    "MM": "myanmar burma burmese",
}
_ORDINARY_TEXT = """
man reunion jersey guam chad čad mali malta turci norma jordan georgia kuba oman samoa curacao mart grenada
niger tonga nauru svazi alban albain dakar roma romu lima riga kair
"""
#: Names that are ordinary words or people's names in some languages.
ORDINARY = frozenset(_ORDINARY_TEXT.split())
#: Countries whose names are parts of other words where no capital tells them apart: Mali and "financial", Peru and "his fruit".
CASED_ONLY = frozenset(("ML", "PE", "SX", "GD", "KE", "TD", "OM", "CU"))
_CITIES_TEXT = """
London Paris Berlin Madrid Rome Moscow Kiev Warsaw Prague Vienna Budapest Athens Istanbul Lisbon Brussels Amsterdam
Copenhagen Stockholm Oslo Helsinki Dublin Belgrade Zagreb Ljubljana Sarajevo Skopje Sofia Bucharest Chisinau Minsk
Vilnius Tallinn Zurich Tokyo Seoul Pyongyang Shanghai Taipei Manila Jakarta Bangkok Saigon Singapore Kabul Tehran
Baghdad Damascus Beirut Jerusalem Riyadh Baku Tbilisi Yerevan Tashkent Almaty Karachi Calcutta Cairo Tripoli Tunis
Algiers Casablanca Khartoum Addis_Ababa Nairobi Kinshasa Johannesburg Luanda New_York Chicago Los_Angeles Toronto
Vancouver Mexico_City Havana Caracas Bogota Santiago Buenos_Aires Sao_Paulo Panama Kathmandu Dhaka Colombo
"""
#: The time zones of the CLDR that are cities which the world's press names.
CITIES = frozenset(_CITIES_TEXT.split())
