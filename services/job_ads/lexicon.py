"""The words by which job ads in several languages mark sections, demands, wishes and refusals. Words only, no logic.

All entries are compared after `skill_terms.fold`: lower case, without accents.
"""

from typing import Final

MUST_HEADINGS: Final = """
requirements|requirement|required|required skills|required qualifications|required experience|job requirements
minimum qualifications|minimum requirements|basic qualifications|qualifications|qualification|essential
essential criteria|essential skills|essential skills and experience|must have|must haves|must-have|must-haves
what you need|what you'll need|what you will need|skills you need|you have|you'll have|you will have|you bring
what you bring|what you'll bring|what you will bring|who you are|who we are looking for|what we're looking for
what we are looking for|we are looking for|about you|your profile|profile|your background|your skills|your experience
skills|skill set|skills and experience|skills & experience|experience and skills|knowledge and skills|technical skills
key skills|core skills|experience|education|education and experience|candidate profile|person specification
job qualifications|licences|licenses|certifications|licenses and certifications|eligibility|we require|we need|you need
you|you are|must|musts|ideal candidate|the ideal candidate
what it takes|you must have|qualifications and skills|tech stack|stack
mindestanforderungen|was wir suchen|wen wir suchen|das wunschen wir uns|was wir uns wunschen|du hast|sie haben
anforderungen|anforderungsprofil|ihr profil|dein profil|profil|das bringen sie mit|das bringst du mit
was sie mitbringen|was du mitbringst|sie bringen mit|du bringst mit|voraussetzungen|ihre voraussetzungen
qualifikation|qualifikationen|ihre qualifikation|ihre qualifikationen|deine qualifikation|deine qualifikationen
wir erwarten|das erwarten wir|das solltest du mitbringen|das zeichnet sie aus|das zeichnet dich aus|erforderlich
fachliche anforderungen|muss|kenntnisse
profil recherche|votre profil|ton profil|competences requises|competences|exigences|prerequis|pre-requis|formation
qualifications requises|vous avez|ce que nous recherchons|conditions requises|profil du candidat
requisitos|requisitos minimos|requisitos imprescindibles|perfil|tu perfil|perfil requerido|se requiere|imprescindible
formacion|conocimientos|que buscamos|buscamos|competencias|requerimientos|experiencia
requisitos obrigatorios|qualificacoes|exigencias|o que procuramos|o que buscamos|formacao|obrigatorio|perfil pretendido
requisiti|requisiti richiesti|profilo|competenze richieste|competenze|cosa cerchiamo|profilo ricercato
functie-eisen|functie eisen|wat vragen wij|wij vragen|jouw profiel|wie ben jij|wat breng je mee|eisen
krav|kvalifikationer|vi soker dig som|din profil|din bakgrund|vem ar du|kompetens
"""

NICE_HEADINGS: Final = """
preferred|preferred qualifications|preferred skills|preferred experience|nice to have|nice to haves|nice-to-have
nice-to-haves|desirable|desirable criteria|desirable skills|desired|desired skills|bonus|bonus points|bonus skills|plus
pluses|a plus|good to have|advantageous|ideally|optional|additional qualifications|it would be great if
what would be nice|extra credit|nice|good-to-have|nice to know|desirables
wunschenswert|von vorteil|idealerweise|pluspunkte|nice-to-have|das ist ein plus|gern gesehen|kann
souhaite|souhaites|serait un plus|atouts|les plus|un plus|competences souhaitees|apprecie
deseable|deseables|valorable|se valorara|se valora|requisitos deseables|plus
se valorara positivamente|se valora positivamente
desejavel|desejaveis|diferencial|diferenciais|sera um diferencial|requisitos desejaveis|valorizamos
valoriza-se|valorizam-se
preferibile|costituisce un plus|gradito|titoli preferenziali|requisiti preferenziali
pre|pluspunten|is een pluspunt|mooi meegenomen
meriterande|det ar meriterande|meriterande erfarenhet
"""

DUTY_HEADINGS: Final = """
responsibilities|key responsibilities|your responsibilities|primary responsibilities|main responsibilities
roles and responsibilities|role and responsibilities|duties|main duties|job duties|duties and responsibilities
essential functions|essential duties|what you'll do|what you will do|what you'll be doing|the role|your role|role
you will|in this role you will|tasks|your tasks|job description|position description|job summary|position summary
day to day|your mission|overview|about the role|about the job|the job|main tasks|your impact|description
aufgaben|ihre aufgaben|deine aufgaben|das erwartet sie|das erwartet dich|was sie erwartet|was dich erwartet
tatigkeiten|ihre tatigkeiten|aufgabenbereich|das machen sie|ihr aufgabengebiet|stellenbeschreibung
missions|vos missions|tes missions|responsabilites|description du poste|le poste|vos responsabilites|taches
funciones|responsabilidades|tareas|mision|tus funciones|descripcion del puesto|que haras
atividades|funcoes|descricao da vaga|principais atividades|o que voce vai fazer|principais responsabilidades
mansioni|compiti|responsabilita|attivita|descrizione della posizione
taken|werkzaamheden|jouw taken|wat ga je doen|functieomschrijving
arbetsuppgifter|dina arbetsuppgifter|om tjansten|om rollen|om jobbet
"""

OTHER_HEADINGS: Final = """
benefits|our benefits|what we offer|we offer|perks|perks and benefits|what's in it for you|why join us|about us
about the company|the company|company|company overview|company description|who we are|how to apply|application
to apply|salary|compensation|pay|equal opportunity|equal opportunities|diversity|location|working hours|hours|contact
job type|schedule|locations|salary range|employment type|posted on|department|time type|contract|start date
closing date|reference|workplace|working pattern|reports to|travel|job id|req id|country|some things you'll enjoy
conditions of employment|additional information|our promise|what happens next|what you'll get|what you get
our team|about the team|our values|disclaimer|selection process|interview process
wir bieten|das bieten wir|unser angebot|wir bieten ihnen|wir bieten dir|uber uns|wer wir sind|bewerbung|kontakt
ihre vorteile|deine vorteile|arbeitszeit|gehalt|vergutung|arbeitsort|ansprechpartner
nous offrons|avantages|a propos|qui sommes-nous|l'entreprise|salaire|remuneration|pour postuler|lieu
ofrecemos|que ofrecemos|se ofrece|beneficios|sobre nosotros|quienes somos|salario|la empresa|ubicacion
oferecemos|o que oferecemos|beneficios|sobre nos|quem somos|a empresa|salario|remuneracao|localizacao
offriamo|cosa offriamo|chi siamo|l'azienda|sede
wij bieden|wat bieden wij|over ons|arbeidsvoorwaarden|solliciteren
vi erbjuder|om oss|ansokan|lon
"""

# What short lines without a full stop begin with when they are headings, whatever follows: "What you need to succeed".
OTHER_OPENINGS: Final = r"""
(?:our|the|company|work) (?:principles|values|culture|mission|story|promise|benefits|location|package)\b
(?:our |the )?(?:interview|hiring|recruitment|recruiting|application) (?:process|steps|stages)
(?:\w+ )?(?:stage|round) (?:\w+ )?interview|meet the team|how we (?:work|hire)|our current
why (?:you.ll|you will|this|join|work|us)\b|what(?:.s| is) (?:on|in|included)\b
what (?:happens|to expect|you.ll get|you will get|you get|we offer|we can offer)
total rewards|(?:employee|job|exciting|your|great) (?:benefits|perks)|protect yourself|pay range
diversity|equal (?:opportunity|employment)|privacy|working (?:time|hours|conditions)|share this job
physical (?:demands|requirements)|work(?:ing)? environment
das (?:kannst du|konnen sie|bieten|erwartet dich bei|gibt es)|so geht es|(?:deine|ihre|eure) (?:benefits|vorteile)
(?:warum|darum) (?:wir|zu uns|du)|bewerbungsprozess|unsere? (?:angebot|benefits|leistungen)
ce que (?:nous|on) (?:vous |te |t.)?(?:propos|offr)|(?:les|nos|vos) avantages|processus de recrutement
pourquoi (?:nous|les) rejoindre|les (?:conditions|plus de l.offre)
(?:que|lo que) (?:te |le )?(?:ofrecemos|damos)|tus beneficios|por que (?:trabajar|trabalhar)
o que (?:temos|(?:te |lhe )?oferecemos)|porque (?:trabalhar|juntar)|wat mag je
"""
MUST_OPENINGS: Final = r"""
what you(?:.ll| will)? (?:need|bring|have)|you.ll need
what we(?:.re| are|.d)? (?:love|like|look(?:ing)? for)|who we(?:.re| are) looking for|who you are|about you
(?:knowledge|education|experience), \w+|(?:selection|essential|person) (?:criteria|specification)|the person$
your (?:skills|experience|background|expertise|toolkit|profile|qualifications)\b
(?:ihr|dein) profil\b|das (?:bringst|bringen|zeichnet|solltest|sollten|wunschen)|was (?:du|sie) mitbring
(?:deine|ihre) (?:skills|qualifikation|starken|fahigkeiten|kenntnisse|kompetenzen|voraussetzungen)
(?:votre|ton|le) profil\b|ce que (?:nous|on) (?:recherch|attend|cherch)
(?:tu|su|seu|o teu) perfil\b|(?:que|lo que) (?:buscamos|necesitas|pedimos|valoramos)
o que (?:precisas|precisa|procuramos|buscamos|esperamos)|quem procuramos|wie zoeken
"""
DUTY_OPENINGS: Final = r"""
what you(?:.ll| will) be |the opportunity$|(?:vos|tes|les) missions
(?:das|was) (?:erwartet|dich erwartet|sie erwartet|du bei uns|sie bei uns)
(?:que|lo que) haras|tus (?:funciones|tareas|responsabilidades)|o que (?:vais|vai|voce vai)
"""

MUST_CUES: Final = """
must|must have|required|requires|require|we need|you need|you'll need|needed|essential|mandatory|necessary|minimum
at least|a must|prerequisite|obligatory|have to
zwingend|erforderlich|vorausgesetzt|voraussetzung|setzen voraus|muss|mussen|mindestens|notwendig|benotigt|pflicht
exige|exigee|exiges|requis|requise|obligatoire|indispensable|imperatif|necessaire|au moins|minimum
imprescindible|obligatorio|obligatoria|requerido|requerida|se requiere|necesario|necesaria|minimo|al menos
indispensavel|obrigatorio|obrigatoria|necessario|necessaria|exigido|exigida|pelo menos|exige-se
obbligatorio|obbligatoria|richiesto|richiesta|indispensabile|necessario|almeno
vereist|verplicht|noodzakelijk|minimaal|kravs|krav|maste|minst
"""

NICE_CUES: Final = """
is a plus|are a plus|a plus|a big plus|big plus|strong plus|huge plus|real plus|definite plus|major plus
strong advantage|distinct advantage|nice to have|nice-to-have|preferred|preferably|prefer
desirable|desired|bonus points|as a bonus|an advantage|advantageous|ideally|would be great|beneficial|an asset
optional|helpful
von vorteil|vorteilhaft|wunschenswert|idealerweise|pluspunkt|ein plus|gerne auch|gern gesehen|optional
un plus|souhaite|souhaitee|souhaites|souhaitable|apprecie|appreciee|appreciees|idealement|un atout|de preference
deseable|deseables|valorable|se valora|se valorara|se valoraran|idealmente|un plus|preferiblemente|preferible
desejavel|desejaveis|mais-valia|um diferencial|diferencial|preferencialmente|sera valorizado|valorizado
valoriza-se|valorizam-se|valorizamos
preferibile|preferibilmente|gradito|gradita|costituisce titolo preferenziale|un plus
pluspunt|een pre|bij voorkeur|meriterande|garna|ett plus
"""

NEGATIONS: Final = """
not required|not needed|not necessary|not essential|not mandatory|not a must|not a requirement|not expected
isn't required|isn't needed|isn't necessary|aren't required|aren't needed|do not need|don't need|do not require
don't require|does not require|doesn't require|need not|must not|no need|not looking for|you won't need|won't need
nicht erforderlich|nicht notig|nicht notwendig|nicht zwingend|nicht vorausgesetzt|kein muss|nicht benotigt
pas obligatoire|pas necessaire|pas exige|pas exigee|pas requis|pas requise|n'est requis|n'est requise|pas besoin
no se requiere|no es necesario|no es necesaria|no necesario|no necesaria|no es imprescindible|sin necesidad
no hace falta|no se exige
nao e necessario|nao e necessaria|nao e obrigatorio|nao e obrigatoria|nao necessario|nao exigimos|sem necessidade
nao e exigido|nao e exigida|non e richiesto|non e richiesta|non e necessario|non necessario|non richiesto
niet vereist|niet nodig|niet verplicht|kravs inte|kravs ej|inget krav|inte ett krav|behovs inte
"""

# A clause that begins so is refused as a whole: "No degree needed", "Keine Berufserfahrung nötig", "Sans diplôme".
NEGATIVE_OPENINGS: Final = frozenset(
    "no kein keine keinen keiner sans aucun aucune sin sem senza geen ingen inget".split()
)

# Words that make a sentence outside any section a demand.
HAVING_CUES: Final = """
experience with|experience in|experience of|experience using|years of experience|years experience
years' experience|knowledge of|proficient in|proficient with|proficiency in|proficiency with|fluent in|fluency in
familiar with|familiarity with|background in|command of|expertise in|expertise with|understanding of|skilled in
degree in|years experience|knowledge|certified|certification|license|licence|diploma|you have|you bring|you know
comfortable with|with experience
looking for someone with|ability to|able to|strong skills|hands-on experience|trained in
erfahrung|berufserfahrung|erfahrungen|kenntnisse|abgeschlossene|abgeschlossenes|ausbildung|fuhrerschein|studium
sie verfugen|du verfugst|sie haben|du hast|sie bringen|du bringst|sicherer umgang|versiert
experience en|experience dans|experience de|maitrise|connaissance|connaissances|diplome|diplomee|permis|bac
vous maitrisez|vous justifiez|vous disposez|vous avez
experiencia en|experiencia con|conocimientos|conocimiento|titulacion|dominio|carnet|carne|licencia|con experiencia
experiencia em|experiencia com|conhecimento|conhecimentos|dominio de|carteira|com experiencia|formacao em
esperienza|conoscenza|laurea|patente|diploma di|ervaring|kennis van|rijbewijs|erfarenhet|kunskap|korkort|utbildning
"""

# How a sentence about the employer begins: what it says is not asked of the applicant.
EMPLOYER_OPENINGS: Final = frozenset(
    "we our us wir unser unsere unserem nous notre nos nosotros nuestra nuestro nos nossa nosso noi nostra wij ons onze"
    " vi var the this join".split()
)
ASKING_CUES: Final = """
looking for|we need|we require|we expect|seeking|we want|suchen|erwarten|recherchons|cherchons|recherche|buscamos|busca
procuramos|cerchiamo|zoeken|soker
"""

# Words that introduce or close a demand and are no part of the thing demanded.
FILLERS: Final = frozenset(
    """
    beherrschst beherrschen beherrscht sprichst spricht schreibst schreibt kennst kennt nutzt arbeitest fehlerfrei
    fehlerfreie fehlerfreies fehlerfreien fliessend fliessende fliessendes
    flawless impeccable un/a una/o una/un une/un eine/n eine/r ein/e el/la le/la
    a an the some any our your their its his her you we i they with in of for and or to as by at on from be been being
    is are was have has having had will would should can could may might must need needs needed require requires
    required requirement requirements preferred preferably prefer preference desirable desired essential mandatory
    necessary minimum least plus bonus nice ideal ideally advantage advantageous asset beneficial helpful optional big
    great huge obligatory prerequisite also both either other additional etc least more than over up well very highly
    strong solid good excellent proven proved demonstrated demonstrable deep thorough broad sound profound outstanding
    exceptional superior extensive significant relevant previous prior recent practical professional working work
    hands-on hands real-world real basic advanced intermediate expert expert-level high level levels valid
    current active clean full fluent fluency fluently native conversational spoken written verbal oral a1 a2
    b1 b2 c1 c2 business-level near-native experience experienced experiences expertise knowledge knowledgeable
    understanding familiarity familiar proficiency proficient competent competence competency command mastery skilled
    skill ability abilities able capability capable comfortable confident confidence track record background exposure
    qualification qualifications qualified certified completed trained year years yr yrs month months include
    includes including such like using use used usage work working who someone candidate candidates applicants
    applicant looking seeking person people join new that this these those it if do does not passion passionate
    interest interested love enthusiastic enthusiasm willingness willing desire least e.g i.e eg ie similar related
    equivalent comparable preferable possess possesses holder hold holding successful successfully bring know
    accredited recognised recognized appropriate welcome field discipline area areas subject
    degree
    sie du ihr ihre ihren deine dein wir uns der die das den dem des ein eine einen einem einer eines und oder mit in im
    von vom zur zum zu fur auf als bei an aus ist sind sein haben hast bringen mit mitbringen verfugen uber sowie auch
    gute guter gutes guten gut sehr fundierte fundiertes solide umfassende erste mehrjahrige mehrjahriger langjahrige
    einschlagige nachgewiesene praktische sichere sicherer sicheres sicheren umgang erfahrung erfahrungen
    berufserfahrung kenntnisse kenntnissen fahigkeit fahigkeiten wort schrift fliessend fliessende fliessendes
    verhandlungssicher verhandlungssichere verhandlungssicheres erforderlich zwingend vorausgesetzt notwendig muss
    mindestens wunschenswert idealerweise vorteil vorteilhaft pluspunkt gerne gern optional abgeschlossene
    abgeschlossenes abgeschlossen abgeschlossener gultiger gultige besitz idealer weise ware jahr jahre jahren etwa
    vergleichbare vergleichbaren vergleichbarer ahnliche versiert bereitschaft interesse freude spass ausgepragte
    ausgepragtes hohe hohes hoher
    le la les l un une des du de d en et ou au aux avec dans pour sur vous nous votre vos notre est sont avoir avez
    etes etre une bonne bon bonnes excellente excellent excellentes solide solides experience experiences connaissance
    connaissances maitrise maitrisez competence competences souhaite souhaitee souhaites souhaitees apprecie appreciee
    exige exigee exiges requis requise requises obligatoire indispensable imperatif idealement atout plus minimum
    tant que ainsi outils imperativement
    courant couramment confirme confirmee titulaire diplome diplomee justifiez disposez an ans annees moins au
    el los las una unos y o e con del por para se su sus al como es son ser tener tienes experiencia conocimiento
    conocimientos dominio nivel alto alta buen buena buenos buenas excelente excelentes solida solidos imprescindible
    obligatorio obligatoria requerido requerida requiere necesario necesaria deseable deseables valorable valora
    valorara valoraran minimo minima menos ano anos fluido avanzado avanzados demostrable previa titulo capacidad
    persona buscamos
    os as um uma com do da dos das em no na nos nas ao pelo pela conhecimento conhecimentos fluente avancado
    obrigatorio obrigatoria necessario necessaria exigido exigida desejavel desejaveis diferencial comprovada boa bom
    solida habilidade habilidades vaga procuramos sera
    il lo gli di del della dei delle esperienza conoscenza conoscenze ottima buona richiesto richiesta gradita
    preferibile anni anno almeno
    het een van voor je jij bent hebt ervaring kennis goede vereist jaar minimaal
    erfarenhet kunskap kunskaper goda god minst ar har du av och att som
    """.split()
)

# What is left over when nothing was asked for: these alone are never a requirement.
EMPTY_TERMS: Final = frozenset(
    """
    clear concise view domain forget resume gain career careers chat agree sitting formats awesome academic foundation
    routine yourself routines scope diverse congenial
    points september october november december january february march april june july august september immediately
    team teams environment environments role roles job position tools tool technologies technology etc field fields
    discipline industry company candidate following equivalent combination areas area things way time day days week
    years year hours month months people person least one two three more less level ability willingness plus bonus
    applicant skills experience knowledge qualification qualifications requirements skill everything something all
    nothing best us work software-related aspects practice practices principles concepts setting settings projects
    project subject right attitude mindset sense details detail fachrichtung vergleichbare vergleichbar bereich umfeld
    oder ahnliche ahnliches qualifikation similaire equivalente domaine similar relacionada afines afin area equipo
    equipe outils herramientas school university college addition example case even down how short asked invited
    allowed specified standards community host scope print access line events activities groups services problems
    others means authority guidance complexity findings inquiries data feedback approach approaches platform platforms
    member members user users order basis part variety range opportunity opportunities need life home world office
    country location hours future growth success impact value values results goals deadlines he she they yes none
    higher above below broader fewer program programs programme study education preferences duties title backgrounds
    involvement criteria aptitude exposure coursework internship internships accuracy completeness
    individual individuals major minor language languages product products business stakeholders attention
    """.split()
)

# Verbs that open a demand on behaviour ("communicate clearly"): nothing that a resume could name.
BEHAVIOUR_VERBS: Final = frozenset(
    """
    manage communicate collaborate deliver build create develop learn think adapt thrive lift stand perform handle
    prioritize prioritise multitask multi-task understand solve identify maintain provide ensure write read speak
    present explain influence drive take make get be analyze analyse meet follow contribute demonstrate
    translate interact articulate own enjoy love keep commute relocate go come want feel see find give use utilize
    utilise apply conduct coordinate organize organise assist complete set define direct mediate moderate represent
    assess recommend navigate click arrange strive share plan bring join grow say serve implement execute review
    update evaluate facilitate establish engage promote participate prepare report respond monitor oversee supervise
    gather document mentor guide operate break advocate flex exercise express strengthen validate reduce standardize
    standardise embrace crave deploy introduce cut marry vary improve scale check forward confirm optimize optimise
    transform qualify champion synthesise synthesize involve carry balance troubleshoot compile draft supply recruit
    answer greet resolve assign delegate escalate investigate assists participates
    bypass seek interpret adhere adheres maintains demonstrates works provides ensures simplify obtain pursue lead
    arbeiten reisen lernen travailler voyager apprendre trabajar viajar aprender trabalhar viajar
    """.split()
)
# The same, but nouns as well ("care planning", "design systems"): a behaviour only where a verb must stand.
VERBS_OR_NOUNS: Final = frozenset(
    "work travel support help act design care stay pass start show working managing being having".split()
)

OR_WORDS: Final = tuple("or oder ou o u eller bzw. and/or und/oder et/ou y/o e/ou".split())
CONJUNCTIONS: Final = (*"and und sowie et y e och plus &".split(), *OR_WORDS)
ENUMERATORS: Final = (
    "for example|for instance|zum beispiel|beispielsweise|bspw.|par exemple|p. ex.|por ejemplo|p. ej.|por exemplo"
    "|ad esempio|bijvoorbeeld|till exempel|t.ex.|including|such as|like|e.g.|i.e.|namely|especially|particularly"
    "|as well as|z.b.|wie|insbesondere|comme|notamment"
    "|tel que|tels que|como|incluyendo|incluindo"
).split("|")
# These lead from the demand to its object ("experience with X") or on to a modifier of it ("X in a hospital").
CONNECTORS: Final = frozenset(
    """
    with in using for to at on within as from by through via across under around into over between during where that
    which who so because when while
    mit im bei fur zur zum auf als aus nach an en dans avec pour sur chez con para por com em no na per nel nella voor
    met bij inom med mot
    is are will can must should would ist sind wird werden est sont serait es son sera e sao ware
    """.split()
)
# Sentences about applying, equal treatment and pay: nothing in them is asked of the applicant's skills.
BOILERPLATE: Final = """
equal opportunity|equal opportunities|affirmative action|without regard to|regardless of|sexual orientation
reasonable accommodation|accommodations|click|cookie|cookies|privacy policy|user agreement|to apply|apply now
your application|all applications|applications are|applications will|applications from
cover letter|resumes|first stage interview|interview process|background investigation
background check|drug screening|drug test|salary|salaries|compensation|benefits package|annual bonus|stock options
selection criteria|please note|please send|for more information|visa sponsorship|right to work|posting|requisition
schwerbehinderte|gehalt|vergutung|bewerbung|bewerben sie|salaire|remuneration|postuler|salario|remuneracao|curriculum
employment type|job type|job location|req id|requisition id|relocation|travel required|e-verify|federal law
equal employment|background checks?|drug-free|protected veteran|affirmative|posted by|job posting|time type
gain experience|gain hands-on|you will gain|you will learn|opportunity to|we offer|join us
"""
