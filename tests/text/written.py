"""Short news in many languages, invented, and the old encodings that pages in them were written in."""

import unicodedata

TEXTS = {
    "ru": "Сегодня в городе открыли новый мост через реку. Движение по нему начнётся завтра утром, сообщает местная газета. Жители ждали этого девять лет.",
    "uk": "Сьогодні в місті відкрили новий міст через річку. Рух ним розпочнеться завтра вранці, повідомляє місцева газета. Її читачі чекали на це дев'ять років.",
    "bg": "Днес в града откриха нов мост над реката. Движението по него започва утре сутринта, съобщава местният вестник. Жителите чакаха девет години.",
    "mk": "Денес во градот беше отворен нов мост преку реката. Сообраќајот ќе почне утре наутро, јавува локалниот весник. Жителите чекаа девет години.",
    "be": "Сёння ў горадзе адкрылі новы мост праз раку. Рух па ім пачнецца заўтра раніцай, паведамляе мясцовая газета. Жыхары чакалі дзевяць гадоў.",
    "kk": "Бүгін қалада өзен арқылы жаңа көпір ашылды. Қозғалыс ертең таңертең басталады, деп хабарлайды жергілікті газет. Тұрғындар мұны тоғыз жыл күтті.",
    "el": "Σήμερα άνοιξε στην πόλη η νέα γέφυρα πάνω από το ποτάμι. Η κυκλοφορία θα αρχίσει αύριο το πρωί, γράφει η τοπική εφημερίδα. Οι κάτοικοι περίμεναν εννέα χρόνια.",
    "ar": "افتتح اليوم في المدينة الجسر الجديد فوق النهر. وستبدأ حركة السير صباح الغد، حسب ما ذكرت الصحيفة المحلية. وقد انتظر السكان ذلك تسع سنوات.",
    "he": "היום נפתח בעיר הגשר החדש מעל הנהר. התנועה עליו תתחיל מחר בבוקר, כך נמסר בעיתון המקומי. התושבים חיכו לכך תשע שנים.",
    "th": "วันนี้เมืองเปิดสะพานใหม่ข้ามแม่น้ำ การจราจรจะเริ่มพรุ่งนี้เช้า หนังสือพิมพ์ท้องถิ่นรายงาน ชาวบ้านรอมาเก้าปีแล้ว",
    "vi": "Hôm nay thành phố khánh thành cây cầu mới qua sông. Xe cộ sẽ được lưu thông từ sáng mai, theo báo địa phương. Người dân đã chờ chín năm.",
    "zh-Hans": "今天，这座城市开通了一座跨河新桥。当地报纸报道，明天早上开始通车。居民们已经等了九年，许多人下午就到桥头拍照。",
    "zh-Hant": "今天，這座城市開通了一座跨河新橋。當地報紙報導，明天早上開始通車。居民們已經等了九年，許多人下午就到橋頭拍照。",
    "ja": "市内の川にかかる新しい橋がきょう開通した。車の通行はあすの朝から始まると地元の新聞が伝えている。住民は九年間これを待っていた。",
    "ko": "오늘 시내에서 강을 건너는 새 다리가 개통되었다. 차량 통행은 내일 아침부터 시작된다고 지역 신문이 전했다. 주민들은 구 년을 기다렸다.",
    "tr": "Bugün şehirde ırmağın üzerindeki yeni köprü açıldı. Yerel gazetenin yazdığına göre trafik yarın sabah başlayacak. Halk bunun için dokuz yıl bekledi.",
    "lt": "Šiandien mieste atidarytas naujas tiltas per upę. Eismas juo prasidės rytoj rytą, rašo vietos laikraštis. Gyventojai šito laukė devynerius metus, džiaugėsi ir meras.",
    "lv": "Šodien pilsētā atklāja jauno tiltu pār upi. Satiksme pa to sāksies rīt no rīta, raksta vietējā avīze. Iedzīvotāji to gaidīja deviņus gadus, un žēl, ka tik ilgi.",
    "et": "Täna avati linnas uus sild üle jõe. Liiklus sellel algab homme hommikul, kirjutab kohalik ajaleht. Elanikud ootasid seda üheksa aastat, ütles žürii liige.",
    "pl": "Dziś w mieście otwarto nowy most na rzece. Ruch zacznie się jutro rano, donosi miejscowa gazeta. Mieszkańcy czekali na to dziewięć lat i wreszcie się cieszą.",
    "cs": "Dnes se ve městě otevřel nový most přes řeku. Provoz začne zítra ráno, píše místní deník. Obyvatelé na to čekali devět let a teď už žádné objížďky nechtějí.",
    "hu": "Ma megnyílt a városban a folyó új hídja. A forgalom holnap reggel indul, írja a helyi újság. A lakók kilenc évig vártak erre, és most végre örülhetnek, győztek.",
    "ro": "Astăzi a fost deschis în oraș noul pod peste râu. Circulația începe mâine dimineață, scrie ziarul local. Locuitorii au așteptat nouă ani și țineau mult la el.",
    "hr": "Danas je u gradu otvoren novi most preko rijeke. Promet počinje sutra ujutro, piše mjesni list. Građani su čekali devet godina, a žele još šetnicu i čuvenu riječnu plažu.",
    "de": "Heute wurde in der Stadt die neue Brücke über den Fluss eröffnet. Der Verkehr läuft ab morgen früh, schreibt die Lokalzeitung. Neun Jahre mussten die Bürger auf die größte Brücke warten.",
    "fr": "Le nouveau pont sur la rivière a été inauguré aujourd'hui à l'entrée de la cité. La circulation y débutera demain matin, écrit le journal. Les habitants espéraient ça depuis neuf années.",
    "es": "Hoy se inauguró en la ciudad el puente nuevo sobre el río. El tránsito comenzará mañana por la mañana, según el periódico. Los vecinos lo esperaban desde hacía nueve años, qué alegría.",
    "ga": "Osclaíodh droichead nua thar an abhainn sa chathair inniu. Tosóidh an trácht maidin amárach, dar leis an nuachtán áitiúil. D'fhan na daoine naoi mbliana leis.",
    "cy": "Agorwyd pont newydd dros yr afon yn y ddinas heddiw. Bydd traffig yn dechrau bore yfory, yn ôl y papur lleol. Mae'r tŷ a'r dŵr gerllaw yn cael eu hadnewyddu hefyd.",
    "mt": "Illum fil-belt infetaħ il-pont il-ġdid fuq ix-xmara. It-traffiku jibda għada filgħodu, tgħid il-gazzetta lokali. In-nies stennew disa' snin għalih, u ċ-ċerimonja kienet żgħira.",
    "eo": "Hodiaŭ en la urbo oni malfermis la novan ponton trans la rivero. Veturado komenciĝos morgaŭ matene, skribas la loka ĵurnalo. La loĝantoj atendis ĝin naŭ jarojn, kaj ĉiuj ĝojas pri la ŝanĝo.",
    "is": "Í dag var opnuð í bænum ný brú yfir ána. Umferð hefst í fyrramálið, segir í staðarblaðinu. Íbúar biðu í níu ár og þótti það löng bið, en nú er glatt á hjalla.",
}

#: Label -> Python's codec and the languages.
ENCODINGS = {
    "koi8-r": ("koi8-r", "ru"),
    "koi8-u": ("koi8-u", "uk"),
    "windows-1251": ("cp1251", "ru uk bg mk be"),
    "iso-8859-5": ("iso8859-5", "ru bg mk"),
    "ibm866": ("cp866", "ru"),
    "x-mac-cyrillic": ("mac-cyrillic", "ru bg"),
    "ptcp154": ("ptcp154", "kk"),
    "kz1048": ("kz1048", "kk"),
    "iso-8859-7": ("iso8859-7", "el"),
    "windows-1253": ("cp1253", "el"),
    "x-mac-greek": ("mac-greek", "el"),
    "windows-1256": ("cp1256", "ar"),
    "iso-8859-6": ("iso8859-6", "ar"),
    "windows-1255": ("cp1255", "he"),
    "iso-8859-8": ("iso8859-8", "he"),
    "iso-8859-8-i": ("iso8859-8", "he"),
    "tis-620": ("tis-620", "th"),
    "windows-874": ("cp874", "th"),
    "windows-1258": ("cp1258", "vi"),
    "gb2312": ("gb2312", "zh-Hans"),
    "gbk": ("gbk", "zh-Hans zh-Hant"),
    "gb18030": ("gb18030", "zh-Hans ko th"),
    "hz-gb-2312": ("hz", "zh-Hans"),
    "big5": ("big5", "zh-Hant"),
    "big5-hkscs": ("big5hkscs", "zh-Hant"),
    "shift_jis": ("shift_jis", "ja"),
    "windows-31j": ("cp932", "ja"),
    "euc-jp": ("euc_jp", "ja"),
    "iso-2022-jp": ("iso2022_jp", "ja"),
    "euc-kr": ("euc_kr", "ko"),
    "ks_c_5601-1987": ("cp949", "ko"),
    "iso-2022-kr": ("iso2022_kr", "ko"),
    "iso-8859-9": ("iso8859-9", "tr"),
    "windows-1254": ("cp1254", "tr"),
    "windows-1257": ("cp1257", "lt lv et"),
    "iso-8859-4": ("iso8859-4", "lt lv et"),
    "iso-8859-13": ("iso8859-13", "lt lv"),
    "iso-8859-2": ("iso8859-2", "pl cs hu hr"),
    "windows-1250": ("cp1250", "pl cs hu hr"),
    "x-mac-ce": ("mac-latin2", "pl cs hu"),
    "ibm852": ("cp852", "pl hu"),
    "iso-8859-1": ("iso8859-1", "de fr es is"),
    "windows-1252": ("cp1252", "de fr es is"),
    "iso-8859-15": ("iso8859-15", "fr de es"),
    "macintosh": ("mac-roman", "fr de"),
    "ibm850": ("cp850", "de fr"),
    "iso-8859-14": ("iso8859-14", "cy ga"),
    "iso-8859-16": ("iso8859-16", "ro"),
    "iso-8859-3": ("iso8859-3", "eo mt"),
    "iso-8859-10": ("iso8859-10", "is"),
    "utf-8": ("utf-8", "ru vi th ja ar"),
    "utf-16le": ("utf-16-le", "de ru ja"),
    "utf-16be": ("utf-16-be", "de ru ja"),
}

#: What is not recognised without a declaration in these short texts (label, language): the bytes are as likely in another set.
AMBIGUOUS = frozenset(
    (
        ("gb18030", "ko"),  # four bytes a letter, as no page is written
        ("gb18030", "th"),  # the same
        ("iso-8859-4", "et"),  # differs from windows-1257 in one rare letter
        ("iso-8859-16", "ro"),  # differs from windows-1250 in how the comma under a letter is drawn
    )
)
#: The tones that windows-1258 writes after their letter.
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def pairs() -> list[tuple[str, str, str]]:
    """Return label, codec and language of each case."""
    return [
        (label, codec, language)
        for label, (codec, languages) in ENCODINGS.items()
        for language in languages.split()
    ]


def page(text: str, *, head: str = "") -> str:
    """Return a page of HTML with `text` in it, and some words of its template."""
    title = text[:30]
    return (
        f"<!DOCTYPE html>\n<html><head>{head}<title>{title}</title>"
        f'<script>var app = {{"name": "news"}};</script></head>\n'
        f'<body><div class="menu"><a href="/news">News</a> <a href="/sport">Sport</a></div>\n'
        f"<p>{text}</p>\n</body></html>\n"
    )


def as_written(text: str, codec: str) -> str:
    """Return `text` as its encoding can hold it: Vietnamese tones stand after their letter."""
    return "".join(map(_toned, text)) if codec == "cp1258" else text


def _toned(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(each for each in parts if each not in _TONES))
    return letter + "".join(each for each in parts if each in _TONES)
