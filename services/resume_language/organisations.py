"""Words that names of employers and schools are made of, and academic degrees. Knows no document."""

import re
import unicodedata

from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_LEGAL_FORMS = re.compile(
    r"(?<![\w-])(?:[Ii]nc|INC|LLC|LLP|[Ll]td|LTD|Limited|Corp|CORP|Corporation|PLC|Plc|plc|Pty|GmbH|gGmbH"
    r"|AG|KG|KGaA|OHG|GbR|"
    r"UG|e\.\s?V|SE|mbH|S\.?A\.?S?|S\.?A\.?R\.?L|Sarl|SARL|SAS|SASU|S\.?L\.?U?|S\.?p\.?A|S\.?r\.?l|B\.?V"
    r"|N\.?V|AB|A/S|ApS|Oy|Oyj|ASA|"
    r"Ltda|LTDA|Lda|LDA|EIRELI|K\.?K|Pvt|LLP|Pte|Bhd|PLLC|CIC|e\.\s?U|e\.\s?K|e\.?G|EURL|SNC|S\.n\.c|S\.a\.s|VOF|V\.O\.F"
    r"|s\.\s?r\.\s?o|[Ss]p\. z o\.\s?o|Kft|& Co|and Company)\.?(?![\w-])|\bCo\.(?!\w)|(?<=\w )(?:Co|Company)$"
    r"|株式会社|有限会社|合同会社|（株）|\(株\)|有限公司|公司|集团|集團|银行|銀行|病院|医院"
)
_LEGAL_TAIL = re.compile(r"(?:inc|llc|ltd|gmbh|co|corp|s\.?a)\.?", re.IGNORECASE)
_OWN_BUSINESS = re.compile(
    r"self[- ]employed|freelance(?:r|\s?work)?|own business|sole trader|selbstständig(?:keit)?|freiberuflich"
    r"|indépendante?|à son compte|autónomo|autónoma|por cuenta propia|autônomo|autônoma|conta própria"
    r"|trabalhador independente|libera? professionista|in proprio|zzp(?:'er)?|zelfstandig|eget företag"
    r"|various (?:clients|employers|venues)",
    re.IGNORECASE,
)
_FAMILY_FIRM = re.compile(
    r"(?:&|\+| and| und| et| y| e| en)\s+(?:Partner\w*|Sons?|Söhne|Sohn|Associates|Associés|Associati|Co\b|Cie\b|Fils|"
    r"Hijos|Filhos|Figli|Zonen|Zn\b|Brothers|Bros\b|Frères|Hermanos|Irmãos|Fratelli|Daughters|Töchter|Company)"
)
_LONGEST = 400
"""Characters up to which a line can name somebody or something; longer ones are prose, and slow to search."""
_TABLE = read_table("companies")
_COMPANY_WORDS = frozenset(_TABLE["words"])
_COMPANY_ENDINGS = _TABLE["endings"]
_SCHOOL = re.compile(
    r"\b(?:universit\w*|schule|college|institut|institute|school|academy|polytechnic|hochschule|fachhochschule|berufsschule|"
    r"realschule|hauptschule|gymnasium|gesamtschule|grundschule|\w+schule|\w+gymnasium|akademie"
    r"|berufskolleg|ecole|lycee|"
    r"academie|faculte|escuela|colegio|universidad\w*|facultad|faculdade|escola|instituto|politecnico"
    r"|politecnica|scuola|"
    r"liceo|istituto|accademia|universita|hogeschool|universiteit|lyceum|hogskola|\w*hogskolan"
    r"|gymnasieskola|gymnasiet|"
    r"\w*skolan|skola|\w+gymnasiet|gymnasie|folkhogskola|universitet|\w+universitet|caltech|seminary"
    r"|conservatory|conservatoire|bootcamp|"
    r"\w+kammer|cfp|cip|training cent(?:er|re)|learning cent(?:er|re)|\w+akademie|\w*schulzentrum|\w*kolleg"
    r"|volkshochschule"
    r"|\w*bildungszentrum|bildungswerk|centre de formation|centro de formacion|centro de formacao|conservatori\w*"
    r"|sixth form|kunsthochschule|escola tecnica|ecole\w*|hogere\w*school|mittelschule|scuole|liceu|"
    r"high school|vidyalaya|polytech\w*|szkola|uniwersytet|politechnika|yliopisto|coursera|udacity|edx"
    r"|i\.?p\.?s\.?i\.?a|i\.?t\.?i\.?s|i\.?i\.?s|zespo[lł] szko[lł]|technikum|liceum|general assembly)\b"
    r"|大学|學院|学院|学校|學校|高校|中学|大學"
)
_SCHOOL_LETTERS = re.compile(
    r"(?<!\()\b(?:MIT|UCLA|UCL|LSE|KTH|ETH|EPFL|IIT|NIT|RWTH|TU|FH|HTL|HEC|INSA|IUT|CFA|CNAM|ROC|NYU|USC|CMU|UNAM|USP|"
    r"UFRJ|UPC|UPM|POSTECH|KAIST|NUS|HTW|HAW|LMU|TUM|KIT|IES|IFSI|IFAS|AFPA|SENAI|SENAC|ETEC|FATEC|UNED|UOC|UAB|UAM"
    r"|UNIP|UNESP|UNICAMP|FGV|PUC|ISEL|ISCTE|INSEAD|IESE|ESADE|ESSEC|EDHEC|ENSAM|ISTC|TAFE|IHK|HWK|FOM|ITIS"
    r"|CIFP|CPIFP|CEIP|EASD|CSIC|ENS|EHESS|ENSA|ISEN|EPITA|ESIEE|GRETA|BSZ|BBS|OSZ|DHBW|SOAS|CUNY|SUNY|UCSD|UCSB|UNC"
    r"|IIM|IISc|IIIT|BITS|NIMHANS|AIIMS|XLRI|UNSW|RMIT|UTS|QUT|ITS|ITC|ROC|SAIT|BCIT|NAIT|IPN|ITESM|NTNU|UiO|UiB|UiT|DTU|CBS|OsloMet|UBA|UFMG|UTFPR)\b"
)
_STATES = frozenset(("MA", "MD", "MS"))
_SCHOOL_DEGREE = re.compile(r"\b(?:high|secondary) school (?:diploma|certificate|equivalency|degree)\b")
_DEGREE_LETTERS = re.compile(
    r"(?<![\w.])(?:B\.?\s?Sc?|B\.?\s?A|B\.?\s?Eng|B\.?\s?E|B\.?\s?[Tt]ech|BTECH|B\.?\s?Com|B\.?\s?Ed"
    r"|B\.?\s?Arch|BBA|BFA|BSN|"
    r"LL\.?\s?B|M\.?\s?Sc?|M\.?\s?A|M\.?\s?[Ee]ng|M\.?\s?[Tt]ech|M\.?\s?Ed|M\.?\s?[Pp]hil|M\.?\s?Com"
    r"|M\.?\s?B\.?\s?A|MFA|MSN|LL\.?\s?M|MCA|"
    r"BCA|MPH|MPA|MPP|MSW|P[Hh]\.?\s?D|D\.?\s?[Pp]hil|M\.?\s?D|J\.?\s?D|Ed\.?D|DBA|DNP|DDS|PharmD"
    r"|A\.?\s?A\.?\s?S?|A\.?\s?S|PGDM|HND|"
    r"HNC|BTEC|PGCE|PGDip|NVQ|SVQ|HBO|MBO|WO|GCSEs?|GED|SSC|HSC|BTS|DUT|BUT|DEUG|DEA|DESS|CAPES|CAP|BEP|ESO"
    r"|VWO|HAVO|VMBO|Dr)(?![\w]|\.\w)\.?"
)
_DEGREE_WORDS = re.compile(
    r"\b(?:(?:high|secondary) school (?:diploma|certificate)|bachelor\w*|baccalaur\w*|master s|master"
    r"|masters|masterstudium|magister|magistr\w*|doctor\w*|doctorat|doktor\w*|"
    r"diplom|diplom-\w+|diplome\w*|diploma|degree|associate(?= of\b)|associate s|abitur|fachabitur"
    r"|allgemeine hochschulreife|matura|"
    r"mittlere reife|realschulabschluss|hauptschulabschluss|\w*schulreife|\w*staatsexamen|"
    r"ausbildung (?:zum|zur|als)|lehre als|umschulung|licen[cs]e|licenciat\w*|licenciad\w*|grado"
    r"|graduacao|bacharel\w*|"
    r"tecnologo|mestrado|doutorado|mestre|tecnico|tecnica|bac|maitrise|mastere|cycle ingenieur"
    r"|certificat d|laurea\w*|"
    r"\w*meisterprufung|\w*gesellenprufung|\w*abschlussprufung|meisterbrief|gesellenbrief|\w*fachwirt\w*|betriebswirt\w*|"
    r"fachhochschulreife|berufsausbildung|lehrabschluss|apprenticeship|journeyman certificate|leaving certificate|"
    r"brevet|titre professionnel|formation professionnelle|curso (?:tecnico|profissional|superior|de)|ensino medio|"
    r"ensino secundario|educacion secundaria|formacion profesional|grado (?:medio|superior)|fp de grado|certificado|"
    r"diplomatura|postgrado|posgrado|perito|qualifica|attestato|mbo niveau|middelbare school|foundation degree|"
    r"city (?:and|&) guilds|staatlich (?:gepruft|anerkannt)\w*|gepruft\w* \w{4,}|standard grades?|"
    r"national [45]s?|highers|"
    r"trade certificate|licensed practical|promotion (?:zum|zur|im|in|an)|habilitation|"
    r"dottorato|maturita|ingenier(?:ia|o)|kandidat\w*|magisterexamen|masterexamen|civilingenjor\w*|hogskoleexamen|"
    r"gymnasieexamen|yrkeshogskoleexamen|studentexamen|propedeuse|certificate|honours|minor in|major in"
    r"|undergraduate|"
    r"postgraduate|a-levels?|licentiate|hons|exchange (?:year|semester|student)|erasmus|curso superior|pos-graduacao|"
    r"licenca|graduado|\w*prufung|\w*zeugnis|efz|eba|o-levels?|as-levels?|bachillerato|especializacao|"
    r"ciclo formativo|examen)\b|学士|修士|博士|硕士|碩士|本科|大专|卒業|専攻|学部|學士|入学"
)
_GPA = re.compile(
    r"(?:\b(?:(?:cum(?:ulative)?\.?|major|overall)\s+)?(?:c?gpa|grade point average|abschlussnote"
    r"|gesamtnote|note|notenschnitt|durchschnitt|nota media|"
    r"promedio|moyenne|mention|voto(?: di laurea)?|cijfer|betyg|cra|ira|média"
    r"|cgpa|grade(?=\s*:))\b\s*[:=]?\s*"
    r"(?P<after>(?:first|distinction|merit|pass|2:[12])\b|\d{1,3}(?:[.,]\d{1,3})?(?:\s*(?:/|of|out of"
    r"|su)\s*\d{1,3}(?:[.,]\d{1,2})?)?(?: ?%)?))"
    r"|(?P<before>\d[.,]\d{1,3}(?:\s*/\s*\d{1,2}(?:[.,]\d{1,2})?)?)\s*(?=c?gpa\b)",
    re.IGNORECASE,
)


def company_score(text: str) -> int:
    """How much a text looks like an employer: 2 by its legal form, 1 by a word that firms are named with."""
    if len(text) > _LONGEST:
        return 0
    if _LEGAL_FORMS.search(text) or _FAMILY_FIRM.search(text) or _OWN_BUSINESS.fullmatch(text.strip()):
        return 2
    tokens = fold(text).split()
    if any(token in _COMPANY_WORDS for token in tokens):
        return 1
    return int(any(token.endswith(_COMPANY_ENDINGS) and len(token) > 7 for token in tokens))


def is_own_business(text: str) -> bool:
    """Whether the text says that somebody works on their own account."""
    return len(text) <= _LONGEST and _OWN_BUSINESS.search(text) is not None


def is_legal_form(text: str) -> bool:
    """Whether the whole text is the legal form behind a name: `Inc.` of `Kite Software, Inc.`."""
    found = _LEGAL_FORMS.match(text)
    return (found is not None and found.end() == len(text)) or bool(_LEGAL_TAIL.fullmatch(text))


def is_school(text: str) -> bool:
    """Whether a text names a school, college or university."""
    if len(text) > _LONGEST:
        return False
    plain = _SCHOOL_DEGREE.sub(" ", light_fold(text))
    return bool(_SCHOOL.search(plain) or _SCHOOL_LETTERS.search(text))


def degree_at(text: str) -> tuple[int, int] | None:
    """Where the first word of an academic degree stands in the text."""
    if len(text) > _LONGEST:
        return None
    letters = (match for match in _DEGREE_LETTERS.finditer(text) if not _is_state(text, match))
    found = [match.span() for match in (next(letters, None), _DEGREE_WORDS.search(light_fold(text))) if match]
    return min(found) if found else None


def _is_state(text: str, letters: re.Match[str]) -> bool:
    """Whether `MA` or `MD` stands behind a town and nothing behind it: `Medford, MA`."""
    if letters.group() not in _STATES:
        return False
    before = re.search(r"(?:^|[\t|•·(,–—-])\s*([^\t|•·(,]+),\s*$", text[: letters.start()])
    town = before.group(1).strip() if before else ""
    ends = re.match(r"\s*(?:\d{5}\b.*)?(?:$|[\t|•·),–—-])", text[letters.end() :])
    is_name = town[:1].isupper() and len(town.split()) <= 3 and not _DEGREE_LETTERS.search(town)
    return bool(ends) and is_name and not _DEGREE_WORDS.search(light_fold(text))


def find_gpa(text: str) -> tuple[int, int] | None:
    """Where a grade stands in the text, without its label."""
    match = _GPA.search(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    return match.span("after") if match.group("after") else match.span("before")


def light_fold(text: str) -> str:
    """Lower case without accents and apostrophes, of the same length, so that offsets stay."""
    plain = text.replace("’", " ").replace("'", " ")
    return "".join((unicodedata.normalize("NFKD", c)[:1] or c).casefold()[:1] or c for c in plain)
