"""Words that tell a full stop from the end of a sentence, over the languages that write them; case folded, without the stop."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: A full stop after these never ends a sentence: titles and words that need another word after them.
ABBREVIATIONS = _words(
    # English
    "mr mrs ms messrs dr prof rev hon gen col lt sgt cpl capt cmdr maj adm brig gov govs sen sens",
    "rep reps pres det insp supt st mt ft vs",
    # German
    "hr fr frl hrsg bzw vgl sog evtl ggf inkl zzgl bspw str z.b d.h u.a i.d.r o.ä s.o dipl ing",
    # French, Italian, Spanish, Portuguese, Romanian
    "mme mlle mgr sig sigg dott dott.ssa prof.ssa avv sr sra srta dra dña lic gral cnel exmo exma",
    "avda dna p.ej p.ex cf",
    # Slavic languages in Latin script
    "npr oz tj t.j gl gosp univ akad inž odv tzv t.zv tzn dr.sc mr.sc judr mudr phdr rndr bc ul ks",
    "bp płk kpt mjr ppłk św śp",
    # Nordic, Baltic, Hungarian, Turkish, Dutch, Swahili
    "bl.a f.eks t.ex dvs jf pga özv ifj doç yrd bşk dkt kapt dhr mevr drs mw o.a m.b.t g.k t.y",
    # Cyrillic
    "см ср проф акад доц инж ген полк гр ул пл тов им напр т.е т.н т.зв тзв св вул просп обл р-н",
    "б-р д-р г-н г-жа г-ђа др мр нпр тј стр",
    # Greek, Arabic, Devanagari, Bengali, Thai
    "κ κα κκ δρ π.χ δηλ καθ أ.د डॉ डा प्रो श्री एस पी आर एम एन सी डी बी वी टी ডা ডঃ ดร รศ ผศ",
)
#: A full stop after these does not end a sentence if a number follows.
BEFORE_NUMBERS = _words(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos nr núm num n št č čl art fig p pp pg",
    "pag pág vol sec par c ca circa approx s r rr t kap bd abs tel hs sz nº",
    "бр № ст с п гл чл рис тел г р ч αρ सं क्र নং",
)
#: Before a number with a full stop these make it an ordinal, in languages that write ordinals so.
BEFORE_ORDINALS = _words(
    # German
    "am im der dem den des das die vom zum zur beim seit bis ab ein einen einem eines einer jeder",
    "jeden jedem sein seinen seinem ihr ihren ihrem mit und oder nach vor auf",
    # Nordic
    "det de til på fra i og",
    # Slavic, Hungarian, Estonian, Latvian
    "dne od do v na za u iz po k a až w az és vagy ja un no",
)
#: Words with a capital letter before which a number with a full stop is an ordinal.
MONTHS = _words(
    "januar jänner februar feber märz april mai juni juli august september oktober november",
    "dezember ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "jahrhundert jahrhunderts jahrestag geburtstag lebensjahr platz mal spieltag runde etage stock",
)
#: Words that open an English sentence after an abbreviation in capitals ("in the U.S. The"); not folded.
ENGLISH_OPENERS = _words(
    "The A An He She It They We You I But And In On At As This That These Those There If When While",
    "After Before However Meanwhile For His Her Their Its Some Many Most",
)
