"""Words by which a line shows that it is not the article: labels and headings of a page's furniture, in many languages.

Patterns are written folded (see `text.fold`): lower case, Latin and Greek without accents. They say what a line is when it
stands alone; where it stands is judged by others.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from worldtake.text.fold import fold

#: A line longer than this is prose, whatever it begins with, characters.
LABEL_CHARS = 160
#: Longest caption with its credit, and longest request for consent, characters.
CAPTION_CHARS = 300
CONSENT_CHARS = 1200
#: An agency's name ends a credit only in a line shorter than this, characters.
CREDIT_CHARS = 60

#: Lines whose answer is kept: a page asks of each several times, and an outlet's pages share most of them.
KEPT_LINES = 4096


def _compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern in the same normal form as folded text."""
    return regex.compile("(?:" + unicodedata.normalize("NFKC", pattern) + ")")


#: Reason -> beginnings of lines.
_BEGINNINGS: dict[str, tuple[str, ...]] = {
    "related_links": (
        r"(?:\p{N}+ )?related (?:articles?|stories|story|news|posts?|topics?|links?|content|coverage|reading|items?|videos?)\b",
        r"related:|(?:and )?more (?:from|on|stories|news|about|in|like this|articles?|headlines|coverage)\b|more:",
        r"(?:also )?read (?:more|also|next|the full|full|further)\b|also read|see also|see more|read:|watch:|listen:|must read",
        r"(?:you )?(?:may|might) (?:also )?(?:like|be interested)|you may have missed|recommended\b.{0,30}$",
        r"most (?:read|popular|viewed|shared|recent|commented)|trending\b.{0,20}$|popular (?:posts?|now|stories|articles)",
        r"(?:the )?latest (?:news|stories|headlines|articles|posts|updates|from)|top (?:stories|news|headlines)\b",
        r"don[’']?t miss(?: out| (?:our|this|these|the) .{0,30})?$|editor[’']?s[’']? picks?|up next|keep reading|continue reading|in case you missed|next article",
        r"mehr (?:zum thema|lesen|dazu|aus|nachrichten|artikel)|lesen sie (?:auch|mehr|dazu)|auch interessant|lies auch",
        r"(?:das|dies) konnte (?:sie|dich) (?:auch )?interessieren|meistgelesen|weitere (?:artikel|meldungen|nachrichten|themen|beitrage)",
        r"zum thema\b|verwandte (?:artikel|themen|beitrage)|empfohlene|aktuelle (?:nachrichten|meldungen)$|mehr\s?:",
        r"(?:a )?lire (?:aussi|plus|la suite|egalement)|sur le meme (?:sujet|theme)|(?:les )?(?:articles )?(?:les )?plus lus",
        r"articles? (?:lies?|similaires|connexes|recommandes)|(?:a )?voir aussi|(?:a )?decouvrir (?:aussi|egalement)|derniers articles|en savoir plus|dans la meme rubrique",
        r"lee? (?:tambien|ademas|mas)|leer (?:mas|tambien)|(?:te|le) (?:puede|podria) interesar|noticias relacionadas|mas (?:noticias|informacion|leidas|sobre)\b",
        r"lo mas (?:leido|visto)|(?:ver|vea) (?:tambien|mas)|ultimas noticias|(?:articulos|temas|contenidos?) relacionad[oa]s?",
        r"leia (?:tambem|mais|ainda)|veja (?:tambem|mais)|(?:as )?mais lidas|saiba mais|artigos relacionados|ultimas\b.{0,12}$|relacionad[oa]s$",
        r"leggi (?:anche|tutto|di piu)|articoli correlati|(?:ti )?potrebbe(?:ro)? interessar|(?:i )?piu letti|di tendenza|ultime (?:notizie|news)|correlati|notizie correlate",
        r"lees (?:ook|meer|verder)|meer (?:over|nieuws|lezen)|gerelateerde?|las (?:aven|mer|ocksa|ogsa)|les (?:ogsa|mer|mere)|lue myos",
        r"czytaj (?:tez|wiecej|takze|rowniez)|zobacz (?:tez|takze|wiecej|rowniez)|powiazane|polecane|najnowsze|przeczytaj",
        r"ctete take|souvisejici|cist (?:vice|dale)|precitajte si|suvisiace|olvasta mar|kapcsolodo|cititi si|citeste si|vezi si",
        r"preberite (?:tudi|se|vec)|sorodn[ei]|povezan[aeiu]\b.{0,20}$|procitajte (?:i|jos|vise)|najnovije|najcitanije|zadnje novice|beri (?:tudi|vec)|vise o temi",
        r"читайте (?:также|ещ[её]|далее|також|ще)|(?:материалы )?по теме|похожие|смотрите также|популярн(?:ое|ые)|последние новости|другие новости|ещ[её] по теме",
        r"(?:матеріали )?за темою|схожі|останні новини|дивіться також|популярне|інші новини|прочетете|още по темата|свързани|прочитајте|повезан[еи]|најновије|најчитаније",
        r"ilgili (?:haberler|haber|konular)|bunu da (?:okuyun|oku)|bunlar da ilginizi|haberin devami|en cok okunan|ayrica (?:okuyun|bak)|diger haberler|devamini oku|son haberler",
        r"διαβαστε (?:επισης|ακομη|ακομα|περισσοτερα)|σχετικα (?:αρθρα|νεα|θεματα)|δειτε (?:επισης|ακομη)|τελευταια νεα|δημοφιλη",
        r"اقر[أا] ا?أ?يض|(?:مواضيع|أخبار|اخبار|مقالات|موضوعات) (?:ذات صلة|مشابهة|متعلقة)|ذات صلة|المزيد|ال[أا]كثر (?:قراءة|مشاهدة)|شاهد [أا]يض|اقر[أا] المزيد|آخر ال[أا]خبار",
        r"بیشتر بخوانید|(?:مطالب|اخبار|خبرهای) (?:مرتبط|مشابه)|مزید پڑھیں|یہ بھی پڑھیں|כתבות נוספות|קראו (?:גם|עוד)|עוד בנושא|אולי יעניין",
        r"(?:यह|ये|इसे) भी (?:पढ़|पढ़|देख)|संबंधित|और (?:पढ़|पढ़)|ताज़?ा (?:खबर|ख़बर)|आगे पढ़|আরও পড়|আরও পড়ুন|மேலும் படிக்க",
        r"baca (?:juga|selengkapnya|lainnya)|(?:berita|artikel) (?:terkait|lainnya|populer|terbaru)|terpopuler|lihat juga|simak juga|soma (?:pia|zaidi)|habari (?:zinazohusiana|zaidi|nyingine)",
        r"(?:相关|相關|關聯)(?:新闻|新聞|阅读|閱讀|文章|报道|報導|報道|推荐|推薦|链接|連結)|延伸(?:阅读|閱讀)|推[荐薦](?:阅读|閱讀)|更多(?:新闻|新聞|报道|報導|内容|內容)|[热熱]门|熱門|最新(?:消息|新闻|新聞|文章)",
        r"関連(?:記事|ニュース|リンク|キーワード|情報|する)|あわせて読みたい|おすすめ|人気(?:記事|ニュース)|続きを読む|(?:アクセス)?ランキング|もっと見る|新着",
        r"관련\s?(?:기사|뉴스|글)|추천\s?(?:기사|뉴스)|많이\s?본|인기\s?(?:기사|뉴스)|더\s?보기|이\s?시각|อ่านเพิ่มเติม|(?:ข่าว|เรื่อง)ที่เกี่ยวข้อง|อ่านต่อ|ข่าวล่าสุด",
        r"xem them|tin (?:lien quan|cung chuyen muc)|doc (?:them|nhieu|tiep)|bai (?:viet )?lien quan",
    ),
    "newsletter": (
        r"(?:sign|signing) up (?:for|to|here|now|today)|subscribe (?:now|to|for|today|here)|subscribe$|get (?:the|our|your) .{0,40}(?:newsletter|inbox|briefing)|(?:our |the |daily |weekly )?newsletters?\b.{0,40}$",
        r"discover more from|enter your e-?mail|your e-?mail|join (?:our|the) .{0,30}(?:newsletter|mailing|community|channel)|stay (?:informed|up to date|updated)\b",
        r"(?:jetzt )?(?:abonnieren|newsletter)\b|(?:jetzt )?(?:kostenlos )?anmelden|inscri(?:vez|ption)|abonnez|s[’']abonner|recevez|suscrib|registrese|inscreva|assine\b|receba|iscriviti|abbonati|ricevi",
        r"zapisz sie|zaprenumeruj|prijavite? se|narocite|pretplatite|подпи(?:шитесь|ска)|підпи(?:шіться|сатися)|абонирайте|абонирај|претплатите|abone ol|bultene|εγγραφ(?:ειτε|η)",
        r"اشترك|النشرة|خبرنامه|הירשמו|सब्सक्राइब|न्यूज़?लेटर|berlangganan|daftar(?:kan)? (?:email|sekarang)|jiandikishe|订阅|訂閱|メルマガ|(?:ニュースレター|メール)|購読(?:する|$)|뉴스레터|구독(?:하기|$)|สมัครรับ|dang ky",
    ),
    "app_promotion": (
        r"(?:get|download|open|try|use|install) (?:the|our|this) .{0,40}\bapp\b|get the full experience|download (?:on|now|the)|available on (?:the )?(?:app store|google play)|(?:apple )?(?:app store|google play|play store)\b.{0,20}$|get it on google",
        r".{0,30}\b(?:app|app store|google play) badge$|(?:jetzt )?(?:die )?app (?:herunterladen|laden)|telecharge[rz]|descarg[au]|baixe|scarica|pobierz|скача(?:ть|йте)|завантаж|uygulama|حمل (?:ال)?تطبيق|ऐप डाउनलोड|unduh aplikasi|pakua|(?:下载|下載)(?:app|客户端|應用|应用)|アプリ(?:を|で|の)?(?:ダウンロード|読む|入手)|앱\s?(?:다운|설치)",
    ),
    "comments": (
        r"\p{N}+ (?:responses?|replies|thoughts?) (?:to|on)\b|(?:leave|write|post|add) (?:a |your )?(?:reply|comment)|(?:view |show |read |see )?(?:all )?(?:\p{N}+ )?comments?\b.{0,20}$|join the (?:conversation|discussion)|log in to comment|your comment|reply$",
        r"(?:\p{N}+ )?kommentare?\b.{0,20}$|commentaires?\b|laisser un|reagir|comentarios?\b|deja (?:un|tu)|comentar|deixe|commenti|lascia un|reacties|komentar|skomentuj|dodaj komentar",
        r"коммент|комент|оставить|yorum|σχολι|تعليق|التعليقات|اترك|نظرات|תגובות|टिप्पण|komentar|maoni|评论|評論|留言|コメント|댓글|ความคิดเห็น|binh luan",
    ),
    "share": (
        r"share(?: (?:this|on|via|article|story|now|with|to|your)\b.{0,30})?$|follow (?:us|me|him|her|them|.{2,30} on)\b|(?:like|find|join|connect with) us\b|for more: |copy link|print(?: this)?(?: article| page)?$|e-?mail(?: this)?(?: article)?$|save(?: article)?$|listen to (?:this )?article|(?:facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|tiktok)(?:[ ,|/]+(?:facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|tiktok|e-?mail|print|share))*$",
        r"teilen\b.{0,20}$|folgen sie|partage[rz]\b.{0,20}$|suivez|comparti[rl]\b.{0,20}$|siga|siguenos|compartilh|condividi|seguici|delen\b.{0,10}$|udostepnij|deli\b.{0,10}$|podijeli|podeli|поделиться|поділитися|подели|paylas|takip et|κοινοποι|شارك|تابعنا|مشاركة|اشتراک|שתפו|शेयर|फॉलो|bagikan|ikuti|sambaza|shiriki|分享|关注|關注|シェア|フォロー|공유|แชร์|chia se",
    ),
    "cookie": (
        r"(?:this|our) (?:web)?site uses cookies|we (?:and our partners )?use cookies|(?:accept|manage|reject) (?:all )?cookies?|cookies?$|cookie (?:policy|settings|preferences)|privacy (?:policy|notice)|wir verwenden cookies|diese (?:web)?seite verwendet|nous utilisons des cookies|utilizamos cookies|usamos cookies|utilizziamo|мы используем|ми використовуємо|bu site|نستخدم",
    ),
    "advertisement": (
        r"advertisements?\b.{0,20}$|ad$|ads by|sponsored\b.{0,30}$|promoted\b.{0,20}$|paid content|story continues below|article continues (?:below|after)|anzeige$|werbung$|publicite$|publicidad\b.{0,10}$|publicidade$|pubblicita$|advertentie$|reklam[aey]?$|реклама$|διαφημιση$|إعلان(?:ات)?$|اعلان$|विज्ञापन$|iklan$|tangazo$|广告$|廣告$|広告$|광고$|โฆษณา$",
    ),
    "navigation": (
        r"back to (?:top|home)|home$|menu$|search$|skip to|(?:main )?navigation$|references$|(?:visible|hidden) links\b.{0,3}$|log ?in$|sign in$|register$|previous(?: article| post)?$|next(?: article| post)?$|breaking news$|live$|contact(?: us)?$|about us$|all rights reserved|nach oben|zuruck zu|startseite$|accueil$|retour (?:a|en)|inicio$|volver|voltar|torna (?:su|alla)|naar boven|do gory|на главную|наверх|на головну|ana sayfa|basa don|الرئيسية|खोज|होम|beranda$|mwanzo$|首页|首頁|返回|ホーム|トップ(?:へ|ページ)|홈|หน้าแรก",
    ),
    "footer": (
        r"(?:copyright|©|\(c\)).{0,100}$|.{0,60}all rights reserved|terms (?:of|and)|impressum|datenschutz|mentions legales|tous droits|todos los derechos|todos os direitos|tutti i diritti|alle rechte|wszelkie prawa|все права|усі права|vse pravice|sva prava|tum haklari|جميع الحقوق|सर्वाधिकार|hak cipta|haki zote|版权所有|版權所有|無断転載|저작권",
    ),
}
_LABELS = {reason: _compiled("|".join(parts)) for reason, parts in _BEGINNINGS.items()}
#: Reasons whose line ends the article where nothing long follows.
ENDING = frozenset(
    ("related_links", "newsletter", "app_promotion", "comments", "share", "navigation", "footer")
)

_PREFIX = regex.compile(r"^[^\p{L}\p{N}©(]+")
_CREDIT = _compiled(
    r"(?:[(\[©]\s?)*(?:(?:file |hand-?out |stock )?(?:photos?|photograph|image|picture|pic|video|graphic|illustration|screenshot|credits?)"
    r"(?: (?:credit|by|courtesy|source|from|copyright))*|photograph(?:er|ed by)|"
    r"foto|fotos|fotografia|fotocredit|fotograf|bild|bilder|bildquelle|fotka|snimka|slika|снимка|"
    r"credit photo|©|\(c\)|crediti?|imagem|imagen|immagine|фото(?:графия)?|зображення|slike?|fotograf|gorsel|φωτο(?:γραφια)?|"
    r"(?:ال)?صور[ةه]|תמונה|צילום|फोटो|फ़ोटो|तस्वीर|foto|picha|图片?(?:来源)?|圖片?(?:來源)?|图源|写真|撮影|画像|사진|ภาพ|anh)\s*"
    r"(?:[:：/|©-]|=|\bby\b|courtesy)",
)
_AGENCY_CREDIT = _compiled(
    r"(?:[/|(©]\s*|via |^)(?:getty(?: images)?|reuters|ap(?: photo| images)?|afp(?: photo)?|epa|dpa|ansa|efe|pa(?: wire| images| media)?|xinhua|tass|shutterstock|istock|alamy|imago|picture[- ]alliance|bloomberg|anadolu(?: agency)?|keystone|apa|unsplash|pexels|pixabay|zuma(?: press)?|nurphoto|sipa)\b.{0,40}$",
)
_CREDITED_END = _compiled(
    r"[\s(.（／/](?:photos?|foto|fotos|fot|photo credit|image|bild|credit|фото|снимка|slika|ảnh|anh|imagem|imagen|gorsel|fotograf|φωτο|"
    r"صور[ةه]|תמונה|צילום|फोटो|picha|图|圖|写真|撮影|사진|ภาพ)\s?(?:[:：.=／/]\s?|by |courtesy (?:of )?|\s(?=(?:ansa|afp|ap|epa|anp|dpa|reuters|efe)\b))"
    r"[^:：]{2,40}$",
)
_CONSENT_ASKS = _compiled(
    r"(?:we value your privacy|your privacy|(?:this|our) (?:site|website) uses?|we (?:and our|use|store|may use)|by (?:continuing|clicking|using)|"
    r"wir (?:und unsere|verwenden|nutzen|benotigen)|diese (?:web)?seite|nous (?:et nos|utilisons)|ce site utilise|(?:nosotros|utilizamos|usamos|este sitio)|"
    r"(?:nos e os|este site)|noi e|utilizziamo|questo sito|wij |deze (?:web)?site|my i nasi|uzywamy|ta strona|spletno mesto|uporabljamo|koristimo|"
    r"мы используем|этот сайт|ми використовуємо|(?:bu site|sitemizde|web sitemiz)|نستخدم|يستخدم هذا|אנו משתמשים|我们使用|本网站|本網站|当サイト|kami menggunakan)"
)
_CONSENT_TO = _compiled(
    r"cookie|privacy|consent|kuki|piskotk|kolacic|çerez|cerez|куки|файлы cookie|ملفات تعريف|עוגיות|personal(?:i[sz]ed)? (?:data|ads)|partners? (?:store|use)"
)
_READING_TIME = _compiled(
    r"(?:.{0,40}\s)?\p{N}{1,3}\s?[- ]?(?:min(?:ute|uten|utos|uti|uty|ut)?s?\.?\s?(?:read|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|czytania|branja|citanja|okuma|чтения|читання)\b.{0,20}$|分钟阅读|分鐘閱讀|分で読)"
    r"|(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura|время чтения|час читання|cas branja|okuma suresi)\b.{0,30}$",
)
_BYLINE = regex.compile(
    r"^(?:(?:words|text|story|report|reporting|written|reported|posted|published|article)? ?by|von|par|por|di|door|av|af|tekst|autor(?:ica|ka)?|author|auteur|autore|reporter|"
    r"przez|napisal|pise|piseta|pise|avtor(?:ica)?|автор(?:ка)?|текст|yazan|haber|κειμενο|بقلم|كتب(?:ت)?|بواسطة|نویسنده|מאת|लेखक|द्वारा|oleh|penulis|mwandishi|文|作者|记者|記者|撰文|作成者|執筆|기자|โดย)\s*[:：]?\s+(?=\S)"
    r"|^(?:作者|记者|記者|撰文|文|執筆)\s?[:：/／]\s?(?=\S)",
    regex.IGNORECASE,
)
_SOURCE_NOTE = _compiled(
    r"(?:source|sources|source of (?:information|the|this)|quelle|quellen|fuente|fuentes|fonte|fonti|bron|zrodlo|vir|izvor|zdroj|источник|джерело|извор|kaynak|πηγη|المصدر|مصدر|منبع|מקור|स्रोत|sumber|chanzo|来源|來源|出典|ソース|출처|ที่มา|nguon)\s?(?:[:：]|of (?:information|the))",
)
_READ_MORE = _compiled(
    r"^(?:read|learn|see|show|view|find out|load)(?: \w+)? more[.…»>\s]*$|^(?:weiterlesen|mehr lesen|lire la suite|leer mas|leia mais|leggi tutto|lees meer|czytaj dalej|preberi vec|procitaj vise|читать далее|читати далі|devami|اقرأ المزيد|और पढ़ें|baca selengkapnya|soma zaidi|阅读全文|閱讀全文|続きを読む)[.…»>\s]*$",
)

_MEMBERSHIP = _compiled(
    r"(?:registered|joined|join date|member since|date of registration|registriert|angemeldet|mitglied seit|dabei seit|beitritt|"
    r"inscrit|membre depuis|registrado|miembro desde|se unio|membro desde|cadastrado|iscritto|membro dal|geregistreerd|lid sinds|"
    r"dolaczyl|na forum od|registrovan|clan od|регистрация|зарегистрирован|на форуме с|зареєстрован|kayit tarihi|uyelik|εγγραφη|"
    r"تاريخ التسجيل|注册|註冊|加入|登録日|가입일)"
)
_PRIVACY = _compiled(
    r"\b(?:privacy|private? data|personal data|consent|cookies?|third[- ]party content|external content|e-?mail address|password)\b"
    r"|datenschutz|privatsphare|personenbezogen|externen? inhalt|e-?mail-adresse|passwort|donnees personnelles|confidentialite"
    r"|contenu externe|privacidad|datos personales|contenido externo|privacidade|dados pessoais|dati personali|contenuti esterni"
    r"|персональн|конфиденциальн|конфіденційн|kisisel veri|gizlilik|개인정보|プライバシー|隐私|隱私|الخصوصية|פרטיות"
)


@lru_cache(maxsize=KEPT_LINES)
def plain_form(text: str) -> str:
    """Return `text` folded, without bullets and marks in front."""
    return _PREFIX.sub("", text.casefold().strip() if text.isascii() else fold(text))


@lru_cache(maxsize=KEPT_LINES)
def furniture(text: str) -> str | None:
    """Return the reason for which a line of its own is page furniture; None where it shows none."""
    if not text or len(text) > LABEL_CHARS:
        return None
    folded = plain_form(text)
    if _READING_TIME.match(folded):
        return "reading_time"
    if _credits(folded):
        return "image_credit"
    return next((reason for reason, label in _LABELS.items() if label.match(folded)), None)


def is_credit(text: str) -> bool:
    """Tell whether a line of its own credits a picture."""
    if len(text) > LABEL_CHARS:
        return False
    return _credits(plain_form(text))


def _credits(folded: str) -> bool:
    return bool(
        _CREDIT.match(folded) or (len(folded) < CREDIT_CHARS and _AGENCY_CREDIT.search(folded))
    )


def is_captioned(text: str) -> bool:
    """Tell whether a line of its own is a caption that ends with the picture's credit."""
    return len(text) <= CAPTION_CHARS and bool(_CREDITED_END.search(plain_form(text)))


def is_consent(text: str) -> bool:
    """Tell whether a line asks for consent to cookies and the like; it may be as long as a paragraph."""
    if len(text) > CONSENT_CHARS:
        return False
    folded = plain_form(text)
    return bool(_CONSENT_ASKS.match(folded)) and bool(_CONSENT_TO.search(folded))


def is_source_note(text: str) -> bool:
    """Tell whether a line of its own says where the report is from."""
    return len(text) <= LABEL_CHARS and bool(_SOURCE_NOTE.match(plain_form(text)))


def is_membership(text: str) -> bool:
    """Tell whether a line says since when somebody is a member, as forums print beside each post."""
    return bool(_MEMBERSHIP.match(plain_form(text)))


def is_privacy_notice(text: str) -> bool:
    """Tell whether a block speaks of privacy, consent or an account: one that does so twice on a page is a notice."""
    return bool(_PRIVACY.search(plain_form(text[: 2 * LABEL_CHARS])))


def is_read_more(text: str) -> bool:
    """Tell whether a line of its own is the link under a teaser."""
    return bool(_READ_MORE.match(plain_form(text)))


def reading_time(text: str) -> bool:
    """Tell whether a line of its own says how long reading takes."""
    return len(text) < LABEL_CHARS and bool(_READING_TIME.match(plain_form(text)))


def byline_names(text: str) -> str | None:
    """Return what follows "By" in a line that begins so; None where it does not."""
    found = _BYLINE.match(text.strip())
    return text.strip()[found.end() :].strip() or None if found else None
