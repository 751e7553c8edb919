"""Words that say nothing about what happened: function words, and the furniture of newsrooms."""

from __future__ import annotations

#: Language -> words without weight, written for this project, separated by spaces.
FUNCTION_WORDS = {
    "en": """a about above across after again against all almost along already also although always am
    among an and another any anyone anything are aren around as at away back be became because become
    been before began behind being below between both but by came can cannot come could couldn did didn
    do does doesn doing don done down during each either else enough even ever every everyone everything
    few for from further gave get gets getting give given go goes going gone got had hadn has hasn have
    haven having he her here hers herself him himself his how however i if in indeed instead into is isn
    it its itself just keep kept knew know known last later least less let like likely ll lot made make
    makes making many may maybe me might mine more most mostly much must my myself near nearly need needs
    never next no nobody none nor not nothing now of off often on once one ones only onto or other others
    our ours ourselves out over own per perhaps put quite rather re really same saw say saying says said
    see seem seemed seems seen several shall she should shouldn since so some someone something sometimes
    soon still such take taken takes taking tell tells than that the their theirs them themselves then
    there therefore these they thing things think this those though through throughout thus till to
    together told too took toward towards tried try trying two under until up upon us use used uses using
    ve very via want wants was wasn way we well went were weren what whatever when where whether which
    while who whole whom whose why will with within without won would wouldn yes yet you your yours
    yourself""",
    "de": """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits
    bis bin bist da damit dann das dass dem den denn der des die dies diese diesem diesen dieser dieses
    doch dort du durch ein eine einem einen einer eines er es etwa für ganz gegen hat hatte hatten habe
    haben ich ihm ihn ihr ihre ihrem ihren ihrer im in ins ist ja jede jeder jetzt kann kein keine können
    man mehr mit muss nach nicht noch nun nur ob oder ohne sagte sehr sei sein seine seinem seinen seiner
    seit sich sie sind so soll sollen sollte sowie über um und uns unter vom von vor war waren was weil
    wenn wer werden wie wieder will wir wird worden wurde wurden zu zum zur zwei zwischen""",
    "fr": """à afin ai ainsi alors après au aucun aussi autre autres aux avait avant avec avoir car ce ceci
    cela celle celui ces cet cette ceux chez comme contre dans de déjà depuis des deux dit donc dont du elle
    elles en encore entre est et était été être eu fait font il ils je jusqu la le les leur leurs lors lui
    mais même moins mon ne ni nos notre nous on ont ou où par pas pendant peu peut plus pour pourrait qu quand
    que quel quelle qui quoi sa sans se selon sera ses si son sont sous sur tout tous toute toutes très un une
    vers vos votre vous y""",
    "es": """a al algo ante antes aquí así aún aunque cada como con contra cuando cual cuyo dado de del desde
    dijo donde dos durante e el él ella ellas ellos en entre era eran es esa ese eso esta está estaba están
    estas este esto estos fue fueron ha había han hace hacia hasta hay la las le les lo los más me mi mientras
    muy nada ni no nos nuestro o otra otras otro otros para pero poco por porque pues que quien se según ser
    será si sí sido sin sobre son su sus también tan tanto tiene tienen todo todos tras un una uno unos y ya yo""",
    "pt": """a à ainda ao aos as às até cada com como contra da das de depois desde disse do dois dos duas e é
    ela elas ele eles em entre era eram essa esse esta está estão este foi foram há isso isto já lhe mais mas me
    mesmo muito na não nas nem no nos nós o onde os ou outra outras outro outros para pela pelas pelo pelos por
    porque qual quando que quem se segundo sem ser será seu seus sido só sobre são sua suas também tem têm tinha
    todo todos um uma umas uns""",
    "it": """a ad ai al alla alle allo anche ancora aveva avere c che chi ci come con contro cui da dai dal dalla
    dalle dallo degli dei del della delle dello dopo dove due e è ed era erano essere fa fino fra già gli ha hanno
    i il in io l la le lo loro lui ma mentre nei nel nella nelle nello no noi non nostro o ogni per perché però più
    poi prima quale quando quanto quella quelle quelli quello questa queste questi questo qui sarà se secondo sei
    senza si sia solo sono stata state stati stato su sua sue sul sulla sulle suo suoi tra tutti tutto un una uno""",
    "nl": """aan al als bij dan dat de den der deze die dit door een en er had heb hebben heeft het hij hoe hun ik in
    is je kan maar meer men met na naar niet nog nu of om omdat onder ons ook op over te tegen toch toen tot uit van
    veel voor waar wat we werd wie worden wordt zal ze zei zich zij zijn zo zonder""",
    "ru": """а без бы был была были было быть в вам вас весь во вот все всего всех вы где да для до его ее если есть
    еще же за и из или им их к как когда который которая которые кто ли лишь между меня мне может мы на над надо нас не
    него нее нет ни них но о об однако он она они оно от очень по под после при с сам себя сейчас со так также такой там
    те тем то того тоже только том тот тут ты у уже чего чем через что чтобы эта эти это этого этой этом этот я""",
    "uk": """а або але б без би був була були було бути в вже ви від він вона вони все всі для до є ж з за зі і із
    й його їх її коли ми на навіть над не нам нас ні але об один про при під після по та так також те ти то того тому
    тільки у хто це цей ця ці цього через чи що щоб я як який яка які""",
    "sr": """a ali ako bi bila bile bili bilo bio biti da do dok ga gde i iako ili iz ja je još kad kada kako kao koja
    koje koji kod koju li mi mu na nad nakon ne nego nije nisu no o od oko on ona one oni ono ova ove ovo po pod pre pri
    sa sam samo se si smo sto su što sve svi ta tada tako te to tu u uz već za zbog а али ако би била биле били било био
    бити да до док га где и или из ја је још кад када како као која које који код ли ми му на над након не него није нису
    о од око он она они оно ова ове ово по под пре при са сам само се смо су што све сви та тада тако те то у уз већ за""",
    "sl": """a ali bi bil bila bile bili bilo bo bodo brez da do dokler ga če čez dve ga iz in jih jo je k kaj kako kar
    ker ki ko kot lahko le med mi na nad naj ne nekaj ni niso o ob od oziroma pa po pod pred pri prav s sa se sem si smo
    so še ta tako te tem ter ti to tudi tega v vse vsi z za zaradi že""",
    "pl": """a aby ale bez bo być by był była było były co czy dla do dwa gdy gdzie go i ich ile im ja jak jako je jego
    jej jest jeszcze już każdy kiedy kto która które który lub ma mnie może my na nad nam nas nie nich niż o od on ona
    oni oraz po pod przed przez przy są się tak także tam te tego tej ten to tu tych tylko tym u w we więc wszystko z za
    ze że""",
    "tr": """acaba ama ancak artık aynı bazı belki ben bile bin bir biri biz bu buna bunu bunun çok çünkü da daha de değil
    diye dolayı en gibi göre ha hem hep her hiç için iki ile ise kadar ki kim mı mi mu mü nasıl ne neden nerede o olan
    olarak oldu olduğu olduğunu olması on ona onlar onu onun sadece sonra şey şu tüm var ve veya ya yani yok""",
    "id": """ada adalah agar akan anda antara apa atas atau bagi bahwa banyak baru beberapa belum bisa bukan dalam dan
    dapat dari dengan di dia dua harus hingga ia ini itu jika juga kami karena kata kepada ketika kita lain lebih maka
    masih mereka namun oleh pada para pun saat saja sama sangat saya sebagai sebuah secara sedang sehingga sejak sekitar
    semua seperti serta setelah suatu sudah tak tapi telah tentang terhadap tersebut tetapi tidak untuk yaitu yakni yang""",
    "sw": """ama au baada bado bila cha hadi hata hii hilo hivyo hiyo huo huyo ili iliyo isipo juu kabla kama katika kila
    kisha kuhusu kupitia kutoka kutokana kuwa kwa kwamba la lakini mara na nao ndani ndiyo ni pamoja pia sana sasa si tu
    vya wa wake wakati wako walio wao watu ya yake yao yeye za zaidi zake zao""",
    "vi": """bị bởi các cái cả cho chỉ có còn của cũng đã đang đây để đến đó được do gì hay hơn khi không là lại lên mà
    một này nên nếu ngày người những như nhưng ở ra rằng rất sau sẽ số tại theo thì trên trong trước từ và vào vẫn về vì
    với việc""",
    "ar": """إذا إلا إلى أم أن أنه أنها أو أي إن إنه الذي التي الذين بعد بل بين تم ثم حتى حول حيث خلال ذلك سوف على عن عند
    عندما غير في فإن فقد قال قالت قبل قد كان كانت كل كما لا لم لن له لها ليس ما مع من منذ منها منه نحو هذا هذه هناك هو
    هي و وأن وفي وقال وقد وكان ولا ومن وهو وهي يتم يكون""",
    "fa": """از است اما آن این با بر برای بود بودند به تا خود در را شد شده که کرد کرده می نیز هم و های هر یا یک""",
    "hi": """अब अपना अपनी अपने आज इन इस इसके इसमें उन उनके उस उसके एक एवं और कर करना करने कहा का कि किया की कुछ के को
    कोई क्या गई गए गया जब जा जाता जाने जो तक तथा तो था थी थे दिया दो नहीं ने पर फिर बाद भी में मे या यह ये रहा रही रहे
    लिए लेकिन वह वाले वे साथ से हम ही हुआ हुई हुए है हैं हो होता होने""",
    "el": """αλλά αν από αυτά αυτή αυτό αυτός για δεν εδώ είναι είχε ένα έναν ένας επίσης έχει έχουν η ή ήταν θα κάθε και
    κατά με μετά μέχρι μια μία μόνο να ο οι όμως όπως όταν ότι που προς πως σαν σε στα στη στην στις στο στον στους τα τη
    την της τι τις το τον του τους των ως""",
    "he": """אבל או אולם אחרי אין אל אם אני אף את בין גם הוא היא הם היה היו הייתה זה זו זאת יותר יש כדי כי כל כמו לא לאחר
    מה מי מן על עם עוד עד רק של שלא שלו""",
}
#: Words of every newsroom's furniture, in English: who said it, when, and where to click.
NEWSROOM_WORDS = """accessed according added ago am announced april asked august aug breaking button called
caption click comment comments contact copyright correction correspondent dec december email emailed epa facebook
feb february file follow friday getty gmt image images instagram interview jan january jul july jun june latest
link live local mar march media midnight mon monday month monthly months moment morning newsletter news newspaper
noon nov november oct october online page photo photograph photos picture pictures pm pool posted press pt read
release reply report reported reportedly reporter reporters reporting reports reserved reuters rights saturday sep
sept september share sign spokesman spokesperson spokeswoman statement story subscribe subscriber sun sunday tag
thursday today tomorrow tonight tuesday twitter updated update updates video videos watch wednesday week weekend
weekly weeks website whatsapp year yearly years yesterday zone"""


def stop_words(language: str) -> frozenset[str]:
    """Return the words without weight of a base language; empty where none are listed."""
    listed = FUNCTION_WORDS.get(language, "")
    newsroom = NEWSROOM_WORDS if language == "en" else ""
    return frozenset(f"{listed} {newsroom}".split())
