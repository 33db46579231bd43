"""Words that job titles are made of, in many trades and languages. Knows no document."""

import re

from services.resume_language.folding import fold

_TITLE_WORDS = frozenset(
    """
    engineer developer programmer architect analyst scientist researcher designer manager director head lead leader chief
    officer president vp ceo cto cfo coo cio cmo cpo ciso founder cofounder owner partner principal consultant advisor adviser
    specialist coordinator administrator assistant associate intern internship trainee apprentice fellow technician
    operator supervisor foreman superintendent inspector mechanic electrician plumber carpenter welder machinist painter
    driver courier dispatcher warehouse picker packer loader cashier clerk salesman saleswoman salesperson representative
    rep agent broker realtor teller banker accountant bookkeeper auditor controller treasurer actuary underwriter economist
    lawyer attorney paralegal solicitor barrister counsel judge notary legal secretary receptionist concierge host hostess
    waiter waitress server bartender barista chef cook baker butcher dishwasher housekeeper cleaner janitor caretaker
    nurse midwife doctor physician surgeon dentist hygienist pharmacist therapist physiotherapist psychologist counselor
    counsellor paramedic emt caregiver carer aide veterinarian radiographer sonographer phlebotomist optician dietitian
    nutritionist trainer coach instructor teacher tutor lecturer professor educator principal librarian archivist curator
    professor postdoc ta faculty dean provost registrar journalist reporter editor writer copywriter author translator
    interpreter photographer videographer producer animator illustrator artist musician actor model stylist hairdresser
    beautician marketer strategist planner buyer merchandiser recruiter hr generalist evangelist advocate ambassador
    administrator sysadmin dba devops sre qa tester sdet webmaster moderator pilot steward stewardess attendant guard
    officer soldier sergeant lieutenant captain corporal policeman firefighter detective investigator social worker volunteer
    member chair chairman chairperson treasurer secretary freelancer contractor self-employed entrepreneur superviser
    executive ic tlm scrum sommelier gardener farmer florist tailor seamstress cutter fitter rigger roofer mason builder
    surveyor estimator draftsman drafter chemist biologist physicist statistician mathematician geologist archaeologist
    presenter organizer organiser speaker mentor promoter demonstrator canvasser fundraiser handyman labourer laborer
    helper porter valet busser crew worker employee staff student werkstudent liaison ombudsman comptroller negotiator
    ingenieur ingenieurin entwickler entwicklerin leiter leiterin berater beraterin referent referentin sachbearbeiter
    sachbearbeiterin kaufmann kauffrau assistent assistentin praktikant praktikantin praktikum auszubildende auszubildender
    azubi geschaftsfuhrer geschaftsfuhrerin verkaufer verkauferin lehrer lehrerin pfleger pflegerin krankenpfleger
    krankenschwester arzt arztin techniker technikerin mechaniker mechatroniker elektriker elektroniker fahrer koch kochin
    kellner kellnerin buchhalter buchhalterin sekretarin wissenschaftler wissenschaftlerin mitarbeiter mitarbeiterin
    angestellte angestellter aushilfe meister gesellin geselle werkstudentin hilfskraft fachkraft erzieher erzieherin
    projektleiter projektleiterin teamleiter teamleiterin abteilungsleiter vertriebsleiter redakteur redakteurin dozent dozentin
    softwareentwickler softwareentwicklerin softwareingenieur sachverstandiger architektin beamter pharmazeut apotheker
    ingenieure developpeur developpeuse chef cheffe responsable directeur directrice charge chargee gestionnaire technicien
    technicienne stagiaire alternant alternante apprenti apprentie conseiller conseillere vendeur vendeuse comptable
    infirmier infirmiere medecin enseignant enseignante professeur chercheur chercheuse consultante redacteur redactrice
    cuisinier cuisiniere serveur serveuse assistante adjoint adjointe coordinateur coordinatrice commercial commerciale
    animateur animatrice educateur educatrice caissier caissiere secretaire avocat avocate juriste architecte chauffeur
    employe employee ouvrier ouvriere electricien plombier menuisier boulanger patissier aide-soignant aide-soignante
    ingeniero ingeniera desarrollador desarrolladora programador programadora jefe jefa gerente director directora
    responsable encargado encargada analista consultor consultora tecnico tecnica auxiliar becario becaria practicante
    vendedor vendedora contable contador contadora enfermero enfermera medico medica profesor profesora maestro maestra
    disenador disenadora coordinador coordinadora administrativo administrativa asistente cocinero cocinera camarero camarera
    dependiente dependienta recepcionista abogado abogada arquitecto arquitecta cajero cajera conductor investigador
    investigadora redactor redactora periodista asesor asesora operario operaria supervisora comercial socio fundador
    engenheiro engenheira desenvolvedor desenvolvedora diretor diretora analista estagiario estagiaria assistente
    coordenador coordenadora vendedor enfermeiro enfermeira professora advogado advogada arquiteto designer tecnologo
    gestor gestora contabilista chefe lider pesquisador pesquisadora garcom cozinheiro atendente
    ingegnere sviluppatore sviluppatrice programmatore responsabile direttore direttrice impiegato impiegata stagista
    tirocinante consulente tecnico commessa commesso cameriere cameriera cuoco cuoca infermiere infermiera insegnante
    docente ricercatore ricercatrice contabile ragioniere segretaria architetto avvocato grafico grafica progettista addetto addetta
    operaio operaia capo collaboratore collaboratrice redattore giornalista
    ontwikkelaar adviseur medewerker medewerkster leidinggevende directeur docent verpleegkundige stagiair stagiaire
    verkoper verkoopster beheerder projectleider teamleider onderzoeker ontwerper boekhouder leraar lerares kok ober
    accountmanager vrijwilliger monteur chauffeur hoofd
    utvecklare ingenjor chef konsult projektledare saljare larare sjukskoterska undersköterska underskoterska lakare ekonom
    handlaggare samordnare controller praktikant assistent administrator butikssaljare kock servitor servitris forskare
    underviser udvikler konsulent sykepleier utvikler
    """.split()
)
_TITLE_ENDINGS = (
    "ingenieur entwickler entwicklerin leiter leiterin manager managerin berater beraterin kaufmann kauffrau verkaufer "
    "techniker mechaniker monteur pfleger pflegerin schwester arzt lehrer lehrerin mitarbeiter mitarbeiterin assistent "
    "assistentin praktikant praktikantin fachkraft hilfskraft fahrer meister sekretarin beauftragter beauftragte angestellte "
    "angestellter administrator architekt direktor helfer helferin student studentin utvecklare ingenjor ledare saljare "
    "skoterska larare konsult medewerker ontwikkelaar leider adviseur verpleegkundige beheerder smith wright ologist ographer"
).split()
_CJK_TITLE = re.compile(
    r"エンジニア|デベロッパー|マネージャー|ディレクター|デザイナー|コンサルタント|プログラマー|アナリスト|リーダー|部長|課長|係長|主任|担当|社員|営業|店長|"
    r"アシスタント|インターン|研究員|教師|看護師|スタッフ|アルバイト|工程师|工程師|经理|經理|总监|總監|主管|专员|專員|助理|顾问|顧問|开发|開發|设计师|設計師|"
    r"分析师|分析師|教师|老師|实习生|實習生|架构师|架構師|总裁|主任|会计|會計|运营|产品|销售|業務|研究員|研究员|讲师|護士|护士|医生|组长|組長|负责人"
)
_QUALIFIERS = frozenset(
    """
    platform backend frontend infrastructure payments growth marketing sales operations data mobile security analytics
    product engineering finance research development cloud web ios android core search ads risk compliance support
    design strategy hr it legal logistics procurement quality reliability automation networking embedded firmware robotics
    machine learning ai ml nlp vision team division department group unit full stack fullstack emea apac americas
    north south east west region regional global international part time full-time part-time contract freelance temporary
    icu er surgery oncology pediatrics cardiology maternity night shift internal external b2b b2c retail wholesale
    """.split()
)
_SENIORITY = frozenset(
    "senior sr junior jr lead staff principal chief head deputy vice assistant associate trainee i ii iii iv".split()
)
_ABBREVIATED_ENDINGS = (
    "eur",
    "eurin",
    "euse",
    "trice",
    "iste",
    "ista",
    "ist",
    "ician",
    "ologist",
    "keeper",
    "maker",
    "worker",
    "man",
    "woman",
)


def title_score(text: str) -> int:
    """How much a text looks like a job title: 0 not at all, 1 by the form of a word, 2 and more by known words."""
    if _CJK_TITLE.search(text):
        return 2
    tokens = fold(text).split()
    if not tokens or len(tokens) > 14:
        return 0
    known = [token for token in tokens if token in _TITLE_WORDS]
    if known:
        return 2 + (tokens[-1] in _TITLE_WORDS or tokens[0] in _TITLE_WORDS or tokens[0] in _SENIORITY)
    if any(token.endswith(ending) and len(token) > len(ending) for token in tokens for ending in _TITLE_ENDINGS):
        return 2
    if tokens[0] in _SENIORITY and len(tokens) > 1:
        return 1
    if any(token.endswith(_ABBREVIATED_ENDINGS) and len(token) > 5 for token in tokens[:4]):
        return 1
    return 0


def is_title_qualifier(text: str) -> bool:
    """Whether the words behind a comma only say what a title is about (`Platform`), not for whom."""
    tokens = fold(text).split()
    return bool(tokens) and all(
        token in _QUALIFIERS or token in _TITLE_WORDS or token in ("and", "the", "of") for token in tokens
    )
