"""Who looks for whom: position and employer as ads of many shapes open, and silence where an ad says nothing."""

import pytest

from services.job_ads.reader import read_job_ad

REST = "\n\nWhat you bring\n- Python\n"

HEADS = [
    (
        "Backend Engineer (m/f/x)\nHarbourlight Energy, Bristol (hybrid)\n\nHarbourlight Energy balances farms." + REST,
        "Backend Engineer",
        "Harbourlight Energy",
    ),
    (
        "Harbourlight Energy – Senior Backend Engineer – Bristol" + REST,
        "Senior Backend Engineer",
        "Harbourlight Energy",
    ),
    (
        "Senior Backend Engineer – Harbourlight Energy – Bristol" + REST,
        "Senior Backend Engineer",
        "Harbourlight Energy",
    ),
    ("Senior Backend Engineer | Globex | Berlin" + REST, "Senior Backend Engineer", "Globex"),
    ("Globex\nSenior Backend Engineer\nBerlin, Germany" + REST, "Senior Backend Engineer", "Globex"),
    ("Staff Nurse\nMercy Hospital\nLeeds" + REST, "Staff Nurse", "Mercy Hospital"),
    ("Staff Nurse\nBristol, United Kingdom\n\nWe look after people." + REST, "Staff Nurse", None),
    ("Staff Nurse\nLeeds (hybrid)\nFull-time" + REST, "Staff Nurse", None),
    ("Welder\n\nAcme Pipes is looking for a welder with 3 years of experience." + REST, "Welder", "Acme Pipes"),
    ("Join Globex as a Data Analyst! You will love it." + REST, "Data Analyst", "Globex"),
    ("Software Engineer\n\nAbout Globex\nWe make things." + REST, "Software Engineer", "Globex"),
    ("Koch (m/w/d) bei Hotel Seeblick in Konstanz\nIhr Profil\n- Ausbildung" + REST, "Koch", "Hotel Seeblick"),
    (
        "Die Müller & Söhne GmbH sucht eine Buchhalterin (m/w/d).\nIhr Profil\n- DATEV",
        "Buchhalterin",
        "Müller & Söhne GmbH",
    ),
    ("Buchhalter (m/w/d)\n\nÜber Contoso\nWir bauen Software.\nIhr Profil\n- DATEV", "Buchhalter", "Contoso"),
    ("Infirmier (H/F) chez Clinique Saint-Roch\nProfil recherché : diplôme d'État", "Infirmier", "Clinique Saint-Roch"),
    ("La société Bâti Sud recrute un maçon à Nîmes. Profil : permis B", "maçon", "Bâti Sud"),
    ("Enfermera en Hospital del Mar\nRequisitos:\n- inglés", "Enfermera", "Hospital del Mar"),
    ("Enfermera en Madrid\nRequisitos:\n- inglés", "Enfermera", None),
    ("Procuramos um Cozinheiro para o Hotel Mar. Requisitos obrigatórios: HACCP.", "Cozinheiro", "Hotel Mar"),
    ("Moda Sur busca dependienta para su tienda. Requisitos: inglés.", "dependienta", "Moda Sur"),
    ("At Initech, we write reports.\n\nWe are hiring a Payroll Specialist." + REST, "Payroll Specialist", "Initech"),
    ("Delivery Driver\n\nOur client is looking for a driver." + REST, "Delivery Driver", None),
    ("We are looking for a Plumber to join our team in Cork." + REST, "Plumber", None),
    ("Position: Warehouse Operative\nCompany: FastShip Ltd\n" + REST, "Warehouse Operative", "FastShip Ltd"),
    ("Senior Product Designer @ Monzo\nLondon" + REST, "Senior Product Designer", "Monzo"),
    ("Head Chef, The Oak Tree, Bath" + REST, "Head Chef", None),
    ("Electrician – Full-time – Manchester\nSparks Ltd\n" + REST, "Electrician", "Sparks Ltd"),
    (
        "Marketing Manager\nContoso · Munich · Hybrid\n\nContoso is a leading maker of coffee machines." + REST,
        "Marketing Manager",
        "Contoso",
    ),
    ("HR Business Partner\nAcme Inc. (Chicago, IL)\n" + REST, "HR Business Partner", "Acme Inc"),
    ("Teacher of Mathematics at St. Mary's School, Reading" + REST, "Teacher of Mathematics", "St. Mary's School"),
    ("Nurse (RN), night shift, St. Mary Hospital. BLS/ACLS required.", "Nurse", "St. Mary Hospital"),
    ("Wij zoeken een verpleegkundige. Zorggroep Noord zoekt versterking.", "verpleegkundige", "Zorggroep Noord"),
    (
        "Elektroniker für Betriebstechnik (m/w/d) bei Stadtwerke Musterstadt\nIhr Profil\n- Englisch",
        "Elektroniker für Betriebstechnik",
        "Stadtwerke Musterstadt",
    ),
    (
        "The University of Leeds is seeking a Research Assistant in Chemistry." + REST,
        "Research Assistant",
        "University of Leeds",
    ),
    (
        "Data Engineer\nBerlin | Remote\nWho we are\nTalentwerk builds tools. Talentwerk was founded in 2015." + REST,
        "Data Engineer",
        "Talentwerk",
    ),
    ("Python Developer wanted\n\nPython is a must." + REST, "Python Developer", None),
    (
        "Pflegefachkraft (m/w/d)\nSeniorenzentrum Lindenhof gGmbH, Kassel" + REST,
        "Pflegefachkraft",
        "Seniorenzentrum Lindenhof gGmbH",
    ),
    (
        "Sachbearbeiter (m/w/d)\n\nWir, die Hansen Pumpentechnik GmbH & Co. KG, sind ein Betrieb in Bremen." + REST,
        "Sachbearbeiter",
        "Hansen Pumpentechnik GmbH & Co. KG",
    ),
    (
        "Buchhalter gesucht\n\nGasser & Partner Steuerberatung GmbH\nHerrengasse 4, Graz",
        "Buchhalter",
        "Gasser & Partner Steuerberatung GmbH",
    ),
    ("¡Únete a Glovo! Buscamos un Analista de Datos." + REST, "Analista de Datos", "Glovo"),
    ("Verkäufer (m/w/d)\nbei Modehaus Ebert in Trier" + REST, "Verkäufer", "Modehaus Ebert"),
    (
        "Registered Nurse\nCedar Ridge Medical Center - Boise, ID\nJob ID 48213" + REST,
        "Registered Nurse",
        "Cedar Ridge Medical Center",
    ),
    ("LEGAL CLERK\nGrade: 7\nUnit: Law\nWestmere Borough Council" + REST, "LEGAL CLERK", "Westmere Borough Council"),
    (
        "Infirmier(ère) de bloc opératoire\nClinique Saint-Vincent – Besançon" + REST,
        "Infirmier(ère) de bloc opératoire",
        "Clinique Saint-Vincent",
    ),
    ("Groupe Maisonelle recrute un vendeur. L'anglais est un atout.", "vendeur", "Groupe Maisonelle"),
    (
        "Business Analyst\n\nSolvay Analytics helps hospitals plan.\n\nSQL is a strong plus",
        "Business Analyst",
        "Solvay Analytics",
    ),
    ("We are recruiting for a Staff Nurse to join us.", "Staff Nurse", None),
    ("We are looking for a part time barista, weekends mostly.", "barista", None),
    ("Mechanical Fitter required for busy workshop in Hull.", "Mechanical Fitter", None),
    ("Data Engineer\n\nContact Jo at Brightwater Recruitment Ltd." + REST, "Data Engineer", None),
    (
        "<h1>Staff Accountant</h1><p><strong>Company:</strong> Larkspur Holdings LLC</p>",
        "Staff Accountant",
        "Larkspur Holdings LLC",
    ),
    (
        "About the job\nOperations Manager - Fulfilment Centre\n\nPilgrim & Rowe is one of the UK's growing retailers."
        + REST,
        "Operations Manager",
        "Pilgrim & Rowe",
    ),
    ("Forklift Operator\nNight shift, Dallas, TX\n$20/hour" + REST, "Forklift Operator", None),
    (
        "Senior Business Intelligence (BI) Engineer\nGlobex, Leeds\n\nGlobex is a maker of pumps." + REST,
        "Senior Business Intelligence Engineer",
        "Globex",
    ),
]


@pytest.mark.parametrize(("text", "position", "company"), HEADS)
def test_position_and_employer_are_read_off_the_head_of_an_ad(text, position, company):
    ad = read_job_ad(text)
    assert (ad.position, ad.company) == (position, company)


@pytest.mark.parametrize(
    "text",
    [
        "Python is great. We build things. Now is the time to join us.",
        "Bristol, United Kingdom\nFull-time\n\nWe need somebody with a driving licence.",
        "Required: Python. Preferred: Go.",
    ],
)
def test_an_ad_that_names_nobody_is_given_no_employer(text):
    assert read_job_ad(text).company is None
