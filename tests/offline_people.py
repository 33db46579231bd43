"""People of several trades and languages with a job each, for tests of the offline model."""

from dataclasses import dataclass

from schemas.resume_schemas import Certification, Education, Experience, PersonalInfo, ResumeData, SkillGroup


@dataclass(frozen=True)
class Applicant:
    """A resume, and the ad that it is tailored to."""

    trade: str
    language: str
    resume: ResumeData
    job_description: str


def _person(
    summary: str,
    jobs: list[tuple[str, str, list[str]]],
    skills: dict[str, list[str]],
    degree: str = "",
    certificates: tuple[str, ...] = (),
    *,
    school: str = "",
    subject: str = "",
) -> ResumeData:
    starts = [("2019", "Present"), ("2014", "2019")]
    return ResumeData(
        personal_info=PersonalInfo(name="Robin Amsel"),
        professional_summary=summary,
        experience=[
            Experience(title=title, company=company, start_date=start, end_date=end, bullets=bullets)
            for (title, company, bullets), (start, end) in zip(jobs, starts, strict=False)
        ],
        skills=[SkillGroup(category=category, skills=items) for category, items in skills.items()],
        education=[Education(degree=degree, field=subject, institution=school)] if degree else [],
        certifications=[Certification(name=name) for name in certificates],
    )


APPLICANTS = [
    Applicant(
        "backend engineer",
        "en",
        _person(
            "Software engineer with 6 years of experience building web services.",
            [
                (
                    "Software Engineer",
                    "Northwind Logistics",
                    [
                        "Mentored 2 junior engineers",
                        "Built REST APIs in Flask, Docker and Python used by 12 internal teams",
                        "Contributed to the migration of a billing monolith to services on AWS",
                        "Reduced nightly ETL runtime from 4 hours to 50 minutes by rewriting SQL queries on Postgres",
                    ],
                ),
                (
                    "Junior Developer",
                    "Contoso Retail",
                    ["Maintained a Django storefront handling 3,000 orders per day"],
                ),
            ],
            {"Technical": ["Docker", "Flask", "Django", "Python"], "Languages": ["English"]},
            "B.S. Computer Science",
            ("AWS Cloud Practitioner",),
        ),
        "Senior Backend Engineer at Globex. Required: Python, PostgreSQL, REST APIs, AWS, Kafka. Preferred: Docker,"
        " Go.",
    ),
    Applicant(
        "nurse",
        "en",
        _person(
            "Registered nurse with 7 years in acute care",
            [
                (
                    "Staff Nurse",
                    "St. Mary's Hospital",
                    [
                        "Helped train 4 new hires on the ward",
                        "Cared for 5 patients per shift on a 30-bed surgical ward",
                        "Performed wound care and medication administration for post-operative patients",
                        "Charted in Epic",
                    ],
                )
            ],
            {"Clinical": ["Phlebotomy", "Triage", "IV therapy"], "Languages": ["Spanish", "English"]},
            "BSN",
            ("BLS", "ACLS"),
        ),
        "Registered Nurse (ICU) at Mercy General\nRequirements:\n- RN license\n- BLS and ACLS certification\n"
        "- Wound care and medication administration\n- IV therapy, triage\nNice to have:\n- Epic\n- Spanish\n",
    ),
    Applicant(
        "electrician",
        "de",
        _person(
            "Elektroniker mit 8 Jahren Berufserfahrung in der Instandhaltung.",
            [
                (
                    "Elektroniker für Betriebstechnik",
                    "Müller Anlagenbau GmbH",
                    [
                        "Montierte Schaltschränke für 3 Werke",
                        "Programmierung von Förderanlagen mit Siemens S7",
                        "Reparierte Antriebe und führte Wartungen nach VDE durch",
                    ],
                )
            ],
            {"Fachkenntnisse": ["Schaltschrankbau", "VDE-Prüfung", "Antriebstechnik"], "Sprachen": ["Deutsch"]},
            "Gesellenbrief Elektroniker",
        ),
        "Elektroniker für Betriebstechnik (m/w/d) bei Stadtwerke Musterstadt\nIhr Profil\n"
        "• Kenntnisse in Siemens S7 und Antriebstechnik\n• VDE-Prüfung\n• Führerschein Klasse B von Vorteil\n",
    ),
    Applicant(
        "teacher",
        "fr",
        _person(
            "Professeure des écoles avec 5 ans d'expérience en cycle 3.",
            [
                (
                    "Professeure des écoles",
                    "École Jules Ferry",
                    [
                        "Préparé et animé des ateliers de lecture pour 26 élèves",
                        "Organisation de sorties scolaires et suivi des familles",
                    ],
                )
            ],
            {"Compétences": ["Chant", "Gestion de classe", "Différenciation pédagogique", "Numérique éducatif"]},
            "Master MEEF",
        ),
        "Professeur des écoles (H/F) chez École Montaigne\nProfil recherché : Master MEEF exigé, différenciation"
        " pédagogique, numérique éducatif. La gestion de classe serait un plus.",
    ),
    Applicant(
        "shop assistant",
        "es",
        _person(
            "Vendedora con 4 años de experiencia en tiendas de moda.",
            [
                (
                    "Vendedora",
                    "Moda Sur",
                    [
                        "Atendí a unos 60 clientes al día",
                        "Gestioné la caja y el CRM de la tienda",
                        "Reposición de producto",
                    ],
                )
            ],
            {"Habilidades": ["Atención al cliente", "Caja", "Escaparatismo"], "Idiomas": ["Inglés"]},
        ),
        "Buscamos un vendedor para tienda en Sevilla. Requisitos: escaparatismo, atención al cliente, CRM."
        " Se valorará inglés.",
    ),
    Applicant(
        "cook",
        "pt",
        _person(
            "Cozinheiro com 6 anos de experiência em restaurantes.",
            [
                (
                    "Cozinheiro",
                    "Restaurante Atlântico",
                    [
                        "Preparei 120 refeições por dia",
                        "Organizei o estoque e apliquei o HACCP",
                        "Gestão de fornecedores",
                    ],
                )
            ],
            {"Competências": ["Confeitaria", "Grelhados", "Controle de estoque"]},
        ),
        "Procuramos um Cozinheiro para o Hotel Mar. Requisitos obrigatórios: HACCP, controle de estoque, grelhados.",
    ),
    Applicant(
        "sales manager",
        "en",
        _person(
            "",
            [
                (
                    "Account Executive",
                    "Initech",
                    [
                        "Responsible for 40 accounts in the Midwest",
                        "Closed $1.2M in new business using Salesforce",
                        "Negotiation of yearly contracts with 15 suppliers",
                    ],
                ),
                (
                    "Sales Representative",
                    "Hooli",
                    ["Sold office furniture to small firms", "Won back 12 lost accounts"],
                ),
            ],
            {"Skills": ["Cold calling", "Negotiation", "Forecasting"]},
            "B.A. Economics",
        ),
        "Acme Corp is hiring a Sales Manager.\nYou must have 5+ years of sales experience, negotiation skills and"
        " Salesforce. Forecasting is required. HubSpot is a plus. A degree is not required.",
    ),
    Applicant(
        "accountant",
        "en",
        _person(
            "Accountant with nine years in manufacturing and retail.",
            [
                (
                    "Accountant",
                    "Harbor & Pine Ltd",
                    [
                        "Month-end: Closed the books of 3 entities within 5 working days",
                        "Preparation of VAT returns and audit papers",
                        "Reconciled 40 bank accounts in Xero",
                    ],
                ),
                ("Bookkeeper", "Copper Kettle", ["Kept the ledgers of 2 cafés in QuickBooks"]),
            ],
            {"Skills": ["Xero", "QuickBooks", "Excel", "VAT"]},
            "BSc",
            ("Certified Public Accountant",),
            school="University of Leeds, Leeds",
            subject="Accounting",
        ),
        "Accountant – Contoso Foods – Leeds\n\nContoso Foods is a maker of sauces.\n\nWhat you bring\n- CPA\n"
        "- Bachelor's degree in Accounting\n- Xero and Excel\n- Preparation of VAT returns\n\nNice to have\n- French\n",
    ),
    Applicant(
        "bookkeeper",
        "de",
        _person(
            "Buchhalterin mit 6 Jahren Erfahrung in der Finanzbuchhaltung.",
            [
                (
                    "Finanzbuchhalterin",
                    "Nordlicht Handels GmbH",
                    ["Erstellung von Monatsabschlüssen in DATEV", "Betreute 120 Debitorenkonten"],
                ),
                ("Bürokauffrau", "Autohaus Weber", ["Bearbeitete Rechnungen und Mahnungen"]),
            ],
            {"Kenntnisse": ["DATEV", "Excel", "Umsatzsteuer"], "Sprachen": ["Englisch"]},
            "Bachelor",
            school="Hochschule Bremen",
            subject="Betriebswirtschaft",
        ),
        "Buchhalter (m/w/d)\nSonnenhof Klinik, Bremen\n\nProfil\n• Studium der Betriebswirtschaft\n• DATEV und Excel\n"
        "• Englisch von Vorteil\n",
    ),
    Applicant(
        "infirmier",
        "fr",
        _person(
            "",
            [
                (
                    "Infirmier",
                    "Clinique Saint-Roch",
                    ["Réalisé les soins de 12 patients par jour", "Gestion des stocks de pharmacie"],
                )
            ],
            {"Compétences": ["Accueil", "Pansements", "Perfusions"]},
            "Licence",
            school="Université de Lyon",
            subject="Soins infirmiers",
        ),
        "L’Hôpital Sainte-Anne recrute un infirmier. Profil recherché : licence en soins infirmiers, perfusions,"
        " pansements. Anglais souhaité.",
    ),
    Applicant(
        "ingeniero",
        "es",
        _person(
            "Ingeniero mecánico con 5 años de experiencia en mantenimiento.",
            [
                (
                    "Técnico de mantenimiento",
                    "Grupo Levante",
                    ["Mantenimiento de 14 líneas de envasado", "Reduje las averías con un plan preventivo"],
                )
            ],
            {"Conocimientos": ["AutoCAD", "Inglés", "PLC"]},
            "Grado en Ingeniería Mecánica",
            school="Universidad de Valencia",
        ),
        "Ingeniero de mantenimiento\nPapelera del Sur, Sevilla\n\nRequisitos\n- Grado en Ingeniería\n- PLC\n- AutoCAD\n"
        "\nSe valorará inglés.\n",
    ),
    Applicant(
        "professora",
        "pt",
        _person(
            "Professora com 8 anos de experiência em escolas básicas.",
            [
                (
                    "Professora",
                    "Escola Central",
                    ["Lecionei matemática a 4 turmas", "Organização de clubes de leitura"],
                )
            ],
            {"Competências": ["Xadrez", "Matemática", "Moodle"]},
            "Licenciatura em Matemática",
            school="Universidade do Porto",
        ),
        "Procuramos um professor de matemática. Requisitos obrigatórios: licenciatura em Matemática, Moodle.",
    ),
]
