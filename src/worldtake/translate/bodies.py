"""Words that are written with a capital letter and translated all the same: bodies, titles, directions, days.

Those of English tell how many capitalised words of a source may have been translated; those of the languages whose names are
looked at closely are no names.
"""

from __future__ import annotations

_TEXT = """
academy act administration admiral affairs africa african age agency agreement air alliance almanac ambassador america
american americans annual april archbishop archive arctic area arena army arts asia asian assembly association atlantic
attorney august authority avenue award awards bank baron base basin battle bay beach bible big bill bishop black blue board
border borough bridge british brother brothers building bureau bush business cabinet campaign canal cancellor cancer canyon
cape capital captain cardinal castle catholic center central centre century chair chairman chairwoman chamber champion
champions championship chancellor channel chapel charter chief children christ christian christmas church circle city civil
club coalition coast colonel college colonial commander commission commissioner committee common commons commonwealth
communist community company conference confederation congress conservative conservatives constitution constitutional
consulate convention cooperation coordinator coptic corporation council councillor country county court creek cross crown
cup customs day days dean december defence defense democracy democrat democratic democrats department deputy desert
development director directorate district division doctor dollars dragon duchess duke earl earth east eastern economic
economy education eight eighth election elections electoral embassy emergency emperor empire energy england english
environment europe european europeans evangelical exchange exhibition external father february federal federation festival
fifth fight film final finance financial first fleet food force forces foreign forest forum foundation four fourth france
free freedom french friday front fund gallery game games gate general german germans god golden good government governor
grand gray great greek green group guard gulf hall harbor harbour head health heart hearts heritage high highness hill hills
historical history holy home hospital hotel house human humanitarian hurricane immigration independence independent index
indian industry information institute intelligence interior international investigation ireland irish island islands isle
italian january japan japanese jewish john journal judge july june junior justice king kingdom knight labor labour lady lake
land law league left liberal liberals library lieutenant life lion little local london long lord lords madam magazine magic
majesty major march marine maritime market master may mayor media mediterranean memorial merchant mexican middle military
minister ministers ministry mirror miss mister modern monday monetary monument moon mother mount mountain mountains movement
mr mrs ms municipal museum muslim nation national nations native nature naval navy nazi new news night ninth north northern
november observatory ocean october office officer official oil old olympic olympics one open opera orchestra order
organisation organization orthodox pacific palace palestinian panel parade park parliament parliamentary party pass pastor
patriarch peace peninsula pentagon people peoples personal plan planet plaza pm police political pope port portuguese post
pound pounds power premier presbyterian president presidential press prime prince princess prison prize professor program
programme project prosecution prosecutor protestant province public queen race radio railway ranch red reformation reich
relations report representative representatives republic republican republicans research reserve resistance rest reverend
revolution revolutionary ridge right rights river road rock roman romanian room royal rule russian russians saint saturday
school science sciences scotland scots scottish sea season second secretary secretariat section security senate senator
senators september series serbian service services seven shadow sheriff show sir sister six social socialist society
solicitor son south southern soviet space spanish speaker special spokesman spring square stadium staff star state states
station stock street studies summer summit sun sunday super superior supreme swiss synod syrian team technology television
temple ten territory test theater theatre third thirty three throne thrones thursday times tour tower town trade trades
transport treasury treaty tribunal tuesday turkish twenty two under union unionist united universal university valley
vatican veterans vice victoria village virgin wales wall war washington water watch wave wednesday week welfare welsh west
western white wild wind winter woman women wood work workers world year years young youth
administrator advocate advocacy agriculture aid ambassadors analysis anti-corruption appeal appeals artificial assistant
attack attorneys audit backlash bulletin bureaucracy candidate candidates catholics citizen citizens client clinic coach
communications competition complaint concert congressman congresswoman consumer council's counter crime criminal culture
cultural data debate delegation designer diplomacy director-general discovery disease doctrine drought editor educational
enforcement environmental equality ethics examination executive expert farmer fashion federal's fiction finance's fishery
founder freedoms global graduate growth guardian harvest headquarters highway historian humanity hunger imperial inclusion
initiative innovation inspector institution insurance judges judicial judiciary jury laureate lawmakers lawyer leader leaders
league's lecture magistrate magistrates mayors member members migration ministerial mission monitor monitoring mps muslims
navigation northeast northwest nuclear nurse opposition outlook partner partnership patrol people's pilot pilots player
poetry policy postal prevention principal producer professors prophet protection psychology publishing quality reporter
rescue residents response retirement review revenue rivers sanctuary scientist scientists seventh shipping singer skipper
southeast southwest speech sport sports strategy student students superintendent supervisor survey task tax teacher teachers
territorial tournament tourism tradition training travel troops truth unit unity urban vaccine veteran voter voters victory
volunteer volunteers weather weekly wildlife worker youths
"""
#: Folded.
INSTITUTIONS = frozenset(_TEXT.split())

_TRANSLATED_TEXT = """
abogado abogada advogado avocat avocate avvocato ayuntamiento concello concejo casa maison banca banco banque banque cámara
chambre camera campeones capitán capitano carta chef chaîne chaine chiesa église iglesia igreja igrexa església biserica ciudad
cidade cidade città ville ciutat cabo cap col colonel coronel comisión commission comissão comité comitato comitet
comitetului commissione comune communes confederación congreso congrès congresso congresul consejo conseil consiglio conselho
consell consiliul consiliului constitución copa coupe coppa cupa corte corts cour court curtea curții cruz croix croce creu
crucea defensa défense difesa defesa dios dieu dio deus derecho diputado diputados député deputato distrito district
distretto domingo sábado lunes martes miércoles jueves viernes ejército armée esercito exército armata escuela école scuola
escola estado estados état états stato stati estat estats stat statul statului statele statelor est este leste oeste ouest
ovest oest vest norte nord sud sur sul estrella étoile estadio estádio stade stadio stadion familia famille federación
fédération fiscal fiscalía procureur fondo fonds fundo fuerza forces forza fuerzas gobierno gouvernement governo goberno
govern guvern guvernul guvernului gran grande grand gran marea mare guardia garde guarda guerra guerre război războiul hija
hijo historia histoire instituto institut internet isla île isola ilha illa insula islas îles jefe jeux juego juegos jogos
giochi jocs jocurile jocurilor juez juge giudice juzgado lago lac liga ligue lega league ley loi legge lei llei legea lugar
madre mère mãe mar mer mare marina marine miembro miembros membre membres membro membros membri ministerio ministère
ministero ministério ministerul ministro ministre ministra ministrul mme mlle mm monte mont montagne muerte mujer mujeres
museo musée museu mundial mondial mundo monde mondo nacional national nationale nazionale naciones nations nazioni nações
nacións națiunile nación naturaleza navidad noël natale nuestro notre nuestra nostra nova nueva nuevo nouveau nouvelle nuova
nuovo novo noul noua oficina bureau ufficio olímpicos olympiques olimpiadi olimpíadas orden ordre ordine padre père pai pare
părintele país pays paese palacio palais palazzo palácio papa pape partido parti partito partit partidul partidului
parlamento paz pérez plaza place piazza policía police polizia polícia poliția premio prix prêmio presidencia príncipe prince
primer premier primeira primo primul procurador puerta porte puerto port porto pueblo peuple radio red reforma reina reine
regina rainha rey roi rei rege regele república reverendo révérend reverendo rio río fiume rivière royaume reino regno regne
regatul sala salle salón salud santé salute saúde san santa santo saint sainte são sant sfântul secretario secretariado
secrétaire segretario seguridad sécurité sicurezza segurança seguretat securitate senado sénat senato senatul señor señora
senhor senhora sr sra servicio service servizio serviço servei serviciul siglo siècle sol sociedad société società supremo
suprema suprême supremă superior tierra terre terra trabajo travail lavoro trabalho tribunal tribunale tribunaux tribunalul
trono tronos trônes ue unido unida unidos unis uni unito uniti unite united unión union unione união unió uniunea uniunii
universidad université università universidade universitat universitatea vicepresidente vida virgen zona asamblea assemblée
assemblea assembleia adunarea adunării onu otan oms vih sida adn ong pib iva usd eur gbp chf domnul doamna doctor doamnei
țara țării oraș strada via rue calle avenida avenue poder tv tve capitán almirante général generale general duque duc duca
blanca blanco blanche bianca branca negro negra noir nero roja rojo rouge rosso vermelha verde vert azul bleu
agence agencia agenzia agência axencia agenția bolsa bourse borsa borsa bursa justicia justiça giustizia xustiza paesi países
estados presse prensa stampa imprensa presidencia présidence
okrožje okrožja vlada vlade sodišče sodišča ministrstvo stranka stranke svet sveta zbornica zakon liga pokal zveza zveze
narodna národní narodni rada rady ministerstvo strana soud súd únie únia republika republiky vijeće vijeća sud suda sveučilište
predsjednik predsednik severna severní severná sjeverna južna jižní južná zahodna západní západná zapadna vzhodna východní
istočna sveti sv rdeči červený crveni beli bílý bijela hæstiréttur flokkurinn háskóli norður suður vestur austur forseti
folketinget regeringen högsta vita røde röda vest øst sør syd norr söder väst öst nord statsminister stortinget riksdagen
ministeren minister kommissionen domstolen retten partiet
"""
#: The same of other languages, as written without regard to case.
TRANSLATED = frozenset(_TRANSLATED_TEXT.split())
_IN_NAMES_TEXT = """
san santa santo são sant casa gran grand grande lago lac lake mar mer monte mont puerto porto port punta río rio isla
isola île norte nord sur sud blanca blanco negro negra roja rojo rosa rose verde este costa villa nova nueva nuevo
novo azul paz premier rouge rojo rossa vermelho verte noire cruz león flor luna sol guerra rey iglesia torre
"""
#: Those of them that names of places and people begin with as well.
IN_NAMES = frozenset(_IN_NAMES_TEXT.split())
