"""The words by which the names of jobs, employers and places are told apart in the head of an ad. Words, no ads.

All entries are compared after `skill_terms.fold`: lower case, without accents.
"""

import re
from typing import Final

from services.matching.skill_terms import fold

_JOBS: Final = frozenset(
    """
    engineer developer programmer architect designer manager director head lead leader officer administrator assistant
    associate analyst scientist researcher consultant advisor adviser specialist expert technician technologist mechanic
    electrician plumber carpenter joiner welder fitter machinist operator driver courier nurse physician doctor dentist
    therapist paramedic caregiver carer midwife pharmacist teacher tutor lecturer professor instructor trainer coach
    educator librarian cook chef baker butcher waiter waitress barista bartender cleaner housekeeper receptionist clerk
    cashier secretary accountant bookkeeper auditor controller buyer planner estimator surveyor foreman supervisor
    coordinator executive representative agent broker recruiter writer editor journalist copywriter translator
    interpreter photographer producer artist musician lawyer attorney solicitor paralegal counsel guard firefighter
    investigator inspector worker labourer laborer gardener farmer tailor hairdresser stylist optician veterinarian
    biologist chemist physicist statistician economist strategist marketer merchandiser salesperson intern internship
    trainee apprentice volunteer fellow president tester handler packer picker practitioner steward captain pilot
    attendant dispatcher scheduler counsellor counselor psychologist aide phlebotomist radiographer hygienist moderator
    evangelist roofer bricklayer painter glazier installer superintendent concierge porter valet nanny rn lpn vp cto cfo
    ingenieur entwickler berater leiter meister mechaniker mechatroniker elektriker elektroniker techniker informatiker
    kaufmann kauffrau verkaufer sachbearbeiter pfleger pflegefachkraft pflegekraft krankenschwester arzt arztin lehrer
    lehrkraft erzieher koch kochin kellner fahrer lagerist buchhalter assistent assistenz referent mitarbeiter fachkraft
    aushilfe werkstudent praktikant praktikum auszubildender auszubildende hausmeister maurer schlosser schreiner
    tischler maler dachdecker installateur monteur betreuer therapeut apotheker redakteur backer metzger friseur
    developpeur developpeuse responsable charge chargee directeur directrice comptable infirmier infirmiere professeur
    enseignant enseignante vendeur vendeuse conseiller conseillere technicien technicienne chauffeur cuisinier
    cuisiniere serveur serveuse aide-soignant medecin avocat gestionnaire commercial conducteur ouvrier electricien
    plombier macon soudeur mecanicien educateur stagiaire alternant assistante chef boulanger coiffeur
    ingeniero ingeniera desarrollador desarrolladora programador jefe gerente contable auxiliar enfermero enfermera
    profesor profesora maestro vendedor vendedora dependiente dependienta tecnico tecnica conductor cocinero cocinera
    camarero camarera medico abogado administrativo administrativa operario electricista fontanero albanil soldador
    mecanico analista consultor recepcionista cajero educador becario peluquero
    engenheiro engenheira desenvolvedor diretor contabilista contador enfermeiro enfermeira professora motorista
    cozinheiro cozinheira garcom advogado assistente operador eletricista encanador pedreiro estagiario auxiliar
    ingegnere sviluppatore infermiere insegnante commesso impiegato operaio cuoco cameriere autista
    verpleegkundige medewerker leraar ontwikkelaar monteur sjukskoterska utvecklare larare
    """.split()
)
_ORGANISATIONS: Final = frozenset(
    """
    gmbh ag se kg kgaa ohg ug mbh ev ltd limited llc llp inc corp corporation plc company group gruppe groupe grupo sa
    sas sarl sl slu lda ltda bv nv ab oy aps spa srl hospital hospitals clinic clinics klinik kliniken klinikum
    krankenhaus hopital clinique clinica university universitat universite universidad universidade college school
    schule ecole escuela escola colegio gymnasium kita bank sparkasse hotel hoteis hotels restaurant restaurante council
    stadtwerke foundation stiftung fundacion institute institut instituto trust nhs ministry agency partners associates
    technologies labs studios industries logistics bakery backerei brewery motors airlines holdings pharmacy apotheke
    ggmbh center centre council centro zentrum authority board nursery academy society association museum theatre
    surgery salon pflegeheim trust
    healthcare pharma software energy foods stores supermarkets verlag werke versicherung insurance capital ventures
    """.split()
)
_HOUSES: Final = ("haus", "zentrum", "klinik", "heim")  # "Modehaus Ebert", "Seniorenzentrum Lindenhof"
_PLACES: Final = frozenset(
    """
    uk usa us eu emea dach germany deutschland france spain espana portugal italy italia austria osterreich switzerland
    schweiz suisse belgium belgique netherlands nederland ireland england scotland wales poland sweden sverige norway
    denmark finland brazil brasil mexico argentina chile colombia canada australia india singapore japan china europe
    kingdom states america zealand africa
    london manchester birmingham leeds bristol liverpool glasgow edinburgh cardiff belfast dublin cork oxford cambridge
    berlin hamburg munchen munich koln cologne frankfurt stuttgart dusseldorf leipzig dortmund essen bremen dresden
    hannover nurnberg bonn karlsruhe mannheim wien vienna graz linz salzburg zurich bern basel geneve geneva lausanne
    paris lyon marseille toulouse nice nantes strasbourg bordeaux lille rennes grenoble bruxelles brussels brussel
    antwerp gent amsterdam rotterdam utrecht eindhoven madrid barcelona valencia sevilla zaragoza malaga bilbao murcia
    lisboa lisbon porto braga coimbra faro funchal sao paulo rio curitiba brasilia salvador roma rome milano milan
    torino napoli bologna firenze stockholm goteborg malmo oslo copenhagen helsinki warsaw krakow prague budapest
    york boston chicago houston dallas austin seattle denver atlanta miami phoenix philadelphia portland detroit
    francisco angeles diego toronto montreal vancouver ottawa sydney melbourne brisbane perth auckland bangalore mumbai
    ohio texas california florida illinois georgia washington michigan virginia oregon colorado arizona
    """.split()
)
_WORKING_TERMS: Final = re.compile(
    r"\b(?:remote|hybrid|hybride|hibrido|remoto|on-?site|home ?office|full[ -]?time|part[ -]?time|permanent|temporary"
    r"|contract|fixed[ -]term|vollzeit|teilzeit|unbefristet|befristet|cdi|cdd|temps (?:plein|partiel)|jornada"
    r"|presencial"
    r"|tempo (?:integral|parcial)|freelance|days? ago|posted|apply|salary|gehalt|shift|hours?|nights?|weekends?"
    r"|location|standort|department|abteilung)\b|[€$£]|\d{3}"
)
_STATE_CODE: Final = re.compile(r"(?:^|[\s,])[A-Z]{2}$")


def names_a_job(text: str) -> bool:
    """Whether a text holds the name of an occupation; German ones may end a compound ("Softwareentwicklerin")."""
    return any(_is_job_word(word) for word in _words(text))


def names_an_organisation(text: str) -> bool:
    """Whether a name ends, or begins, with what organisations are called by ("Acme GmbH", "Hotel Mar")."""
    words = _words(text.replace(".", ""))
    if not words:
        return False
    if words[-1] in _ORGANISATIONS:
        return True
    named = words[0] in _ORGANISATIONS or words[0].endswith(_HOUSES)
    return named and len(words) > 1 and not names_a_job(text)


def names_a_place(text: str) -> bool:
    """Whether a text is a place or holds one ("Bristol", "Dallas, TX", "Greater London")."""
    return any(word in _PLACES for word in _words(text)) or bool(_STATE_CODE.search(text.strip(" ()")))


def names_working_terms(text: str) -> bool:
    """Whether a text says how, when or for how much one works ("hybrid", "full-time", "£50,000")."""
    return bool(_WORKING_TERMS.search(fold(text)))


def _is_job_word(word: str) -> bool:
    stems = {word, word.removesuffix("s"), word.removesuffix("in"), word.removesuffix("innen"), word.removesuffix("a")}
    return bool(stems & _JOBS) or any(
        len(stem) > 8 and any(len(job) > 5 and stem.endswith(job) for job in _JOBS) for stem in stems
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(re.sub(r"[(/:*_.·]\s?(?:in|e|a|r|innen)\b\)?", " ", text)))
