"""What a place looks like in a resume: city and state, city and country, remote work. Knows no document."""

import re

from services.resume_language.folding import fold

_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC "
    "SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS ON PE QC SK NSW VIC QLD TAS ACT SP RJ MG RS PR BA PE CE DF GO SC UK US USA UAE".split()
)
_COUNTRIES = frozenset(
    fold(name)
    for name in """
    United States; United States of America; USA; US; U.S.A.; U.S.; America; Canada; Mexico; México; Brazil; Brasil; Argentina; Chile; Colombia;
    Peru; Perú; Ecuador; Venezuela; Uruguay; Paraguay; Bolivia; Costa Rica; Panama; Panamá; Guatemala; Cuba; Puerto Rico; Jamaica;
    United Kingdom; UK; U.K.; England; Scotland; Wales; Northern Ireland; Ireland; Irland; Great Britain; Großbritannien; Reino Unido;
    France; Frankreich; Francia; França; Germany; Deutschland; Allemagne; Alemania; Alemanha; Germania; Duitsland; Tyskland; Austria; Österreich;
    Autriche; Switzerland; Schweiz; Suisse; Suiza; Svizzera; Italy; Italia; Italien; Italie; Spain; España; Spanien; Espagne; Spagna; Portugal;
    Netherlands; The Netherlands; Nederland; Niederlande; Pays-Bas; Belgium; België; Belgique; Belgien; Luxembourg; Luxemburg; Denmark; Danmark;
    Dänemark; Sweden; Sverige; Schweden; Norway; Norge; Norwegen; Finland; Suomi; Finnland; Iceland; Poland; Polska; Polen; Czech Republic; Czechia;
    Slovakia; Hungary; Romania; Bulgaria; Greece; Turkey; Türkiye; Türkei; Russia; Ukraine; Belarus; Estonia; Latvia; Lithuania; Croatia; Serbia;
    Slovenia; Bosnia; Albania; Cyprus; Malta; Israel; Egypt; Morocco; Maroc; Tunisia; Algeria; Nigeria; Ghana; Kenya; South Africa; Ethiopia;
    India; Pakistan; Bangladesh; Sri Lanka; Nepal; China; Hong Kong; Taiwan; Japan; South Korea; Korea; S.Korea; Singapore; Malaysia; Indonesia;
    Thailand; Vietnam; Philippines; Australia; New Zealand; UAE; United Arab Emirates; Dubai; Qatar; Saudi Arabia; Kuwait; Lebanon; Jordan; Iran; Iraq;
    California; Texas; Florida; New York; Massachusetts; Washington; Illinois; Ohio; Georgia; Virginia; Colorado; Pennsylvania; Michigan; Arizona; Oregon;
    New Jersey; North Carolina; Ontario; Quebec; British Columbia; Alberta; Bayern; Hessen; Sachsen; Catalonia; Bavaria; Île-de-France; Minnesota;
    Wisconsin; Maryland; Missouri; Indiana; Tennessee; Nevada; Utah; Connecticut; Karnataka; Maharashtra; Tamil Nadu; Telangana; Gujarat; Punjab; Kerala
    """.split(";")
)
_CITIES = frozenset(
    fold(name)
    for name in """
    London; Paris; Berlin; Munich; München; Hamburg; Köln; Cologne; Frankfurt; Frankfurt am Main; Stuttgart; Düsseldorf; Leipzig; Dresden; Hannover;
    Nürnberg; Bremen; Bonn; Karlsruhe; Mannheim; Heidelberg; Freiburg; Aachen; Essen; Dortmund; Wien; Vienna; Graz; Linz; Salzburg; Zürich; Zurich;
    Genf; Genève; Geneva; Basel; Bern; Lausanne; Lyon; Marseille; Toulouse; Bordeaux; Lille; Nantes; Nice; Strasbourg; Rennes; Grenoble; Montpellier;
    Madrid; Barcelona; Valencia; Sevilla; Bilbao; Málaga; Zaragoza; Lisboa; Lisbon; Lisbonne; Porto; Braga; Coimbra; São Paulo; Rio de Janeiro; Brasília;
    Belo Horizonte; Curitiba; Porto Alegre; Buenos Aires; Santiago; Bogotá; Medellín; Lima; Ciudad de México; Mexico City; CDMX; Guadalajara; Monterrey;
    Roma; Rome; Milano; Milan; Torino; Napoli; Bologna; Firenze; Venezia; Amsterdam; Rotterdam; Utrecht; Den Haag; Eindhoven; Groningen; Leiden; Delft; Brussel;
    Brussels; Bruxelles; Antwerpen; Gent; Stockholm; Göteborg; Gothenburg; Malmö; Uppsala; Lund; Linköping; København; Copenhagen; Aarhus; Oslo; Bergen;
    Helsinki; Warszawa; Warsaw; Kraków; Wrocław; Praha; Prague; Budapest; Bucharest; Sofia; Athens; Istanbul; Ankara; Moscow; Kyiv; Dublin; Cork; Edinburgh;
    Glasgow; Manchester; Birmingham; Leeds; Bristol; Liverpool; Cambridge; Oxford; New York City; NYC; New York; Los Angeles; San Francisco; Chicago; Boston;
    Seattle; Austin; Dallas; Houston; Denver; Atlanta; Miami; Philadelphia; Phoenix; San Diego; San Jose; Portland; Toronto; Montreal; Montréal; Vancouver;
    Ottawa; Calgary; Sydney; Melbourne; Brisbane; Perth; Auckland; Tokyo; Osaka; Kyoto; Seoul; Beijing; Shanghai; Shenzhen; Hangzhou; Guangzhou; Taipei;
    Singapore; Hong Kong; Bangalore; Bengaluru; Mumbai; Delhi; New Delhi; Hyderabad; Chennai; Pune; Kolkata; Gurgaon; Noida; Ahmedabad; Dubai; Abu Dhabi;
    Doha; Tel Aviv; Cairo; Lagos; Nairobi; Johannesburg; Cape Town; Karachi; Lahore; Islamabad; Dhaka; Colombo; Kathmandu; Jakarta; Manila; Bangkok; Hanoi;
    東京; 大阪; 京都; 横浜; 名古屋; 福岡; 札幌; 东京; 北京; 上海; 深圳; 广州; 杭州; 成都; 南京; 武汉; 西安; 苏州; 台北; 香港; Silicon Valley; Bay Area; Washington DC;
    Washington D.C.; Santiago de Chile; Coventry; Nottingham; Sheffield; Cardiff; Belfast; Newcastle; Tallinn; Riga; Vilnius; Zagreb; Belgrade; Ljubljana
    """.split(";")
)
_REMOTE = re.compile(
    r"^\(?(?:remote|hybrid|on-?site|fully remote|worldwide|online|home ?office|télétravail|teletrabajo|teletrabalho|remoto|im homeoffice|distans)(?:\s*[-–,/(]\s*[\w., ]+\)?)?\)?$",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][\w.'’/-]*"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|&)){{0,3}}"
_CITY_STATE = re.compile(
    rf"^(?P<city>{_NAME}),\s*(?P<region>{_NAME}|[A-Z]\.?[A-Z]\.?(?:[A-Z]\.?)?)(?:,\s*(?P<land>{_NAME}))?(?:\s+\d{{5}}(?:-\d{{4}})?|\s+[A-Z]\d[A-Z] ?\d[A-Z]\d)?$"
)
_TAIL = re.compile(rf"(?:,|\s[-–—|]|\s\()\s*(?P<place>{_NAME}(?:,\s*{_NAME}){{0,2}})\)?\s*$")


def is_place(text: str) -> bool:
    """Whether the whole text names a place: `Austin, TX`, `Lyon, France`, `Berlin`, `Remote`, `Pacific Coast, CA`."""
    text = text.strip().strip("()")
    if not text or len(text) > 60:
        return False
    if _REMOTE.match(text):
        return True
    if any(separator in text for separator in (" & ", " / ", "/ ")):
        parts = re.split(r"\s*[&/]\s*", text)
        if all(is_place(part) for part in parts):
            return True
    folded = fold(text)
    if folded in _CITIES or folded in _COUNTRIES:
        return True
    match = _CITY_STATE.match(text)
    if match is None or not text[:1].isupper():
        return False
    last = match.group("land") or match.group("region")
    return _is_region(last) and (not match.group("land") or _is_region(match.group("region")))


def looks_like_place(text: str) -> bool:
    """Whether the text has the form `Name, Name` of a place without being a known one: for slots where one stands."""
    match = _CITY_STATE.match(text.strip())
    return (
        bool(match)
        and len(text) <= 40
        and all(
            word[:1].isupper() or word in ("de", "am", "sur", "la", "le", "i", "y")
            for word in re.findall(r"[^\W\d_]+", text)
        )
    )


def _is_region(text: str) -> bool:
    compact = text.replace(".", "").replace(" ", "")
    return compact.upper() in _STATES and text[:1].isupper() and compact.isupper() or fold(text) in _COUNTRIES


def trailing_place(text: str) -> tuple[int, int] | None:
    """Where a place stands at the end of a text, behind a comma, dash or bracket: `Acme Corp, Springfield, IL`."""
    for match in re.finditer(r",\s*|\s+[-–—|·•]\s+|\s+\(|\s+in\s+", text):
        rest = text[match.end() :].rstrip(" )")
        if is_place(rest):
            return match.end(), match.end() + len(rest)
    return None
