"""Reading job ads by rules: what they demand, what they wish for, and what they say is not needed."""

import pytest

from services.job_ads.reader import JobAd, detect_language, read_job_ad

NURSE_AD = """Registered Nurse (RN) - ICU at Mercy General Hospital
About the role
You will care for critically ill adult patients in a 24-bed unit.
Requirements:
- Current RN license in the state of Ohio
- BLS and ACLS certification required
- 2+ years of critical care experience
- No BSN required
Nice to have:
- CCRN certification
- Spanish
What we offer:
- Sign-on bonus and Microsoft Office training
"""
ELECTRICIAN_AD = """Wir suchen zum nächstmöglichen Zeitpunkt einen Elektroniker für Betriebstechnik (m/w/d)
Stadtwerke Musterstadt GmbH sucht Verstärkung.
Ihre Aufgaben
• Wartung und Instandhaltung elektrischer Anlagen
Ihr Profil
• Abgeschlossene Ausbildung als Elektroniker oder vergleichbare Qualifikation
• Kenntnisse in SPS-Programmierung (Siemens S7)
• Führerschein Klasse B
• Englischkenntnisse von Vorteil
• Kein Studium erforderlich
Wir bieten
• 30 Tage Urlaub
"""


def demanded(ad: JobAd) -> set[str]:
    return {requirement.term for requirement in ad.requirements if requirement.kind == "must"}


def wished(ad: JobAd) -> set[str]:
    return {requirement.term for requirement in ad.requirements if requirement.kind == "nice"}


def test_inline_labels_tell_demands_from_wishes():
    ad = read_job_ad(
        "Senior Backend Engineer. Required: Python, FastAPI, Kafka. Preferred: Go, GraphQL. You lead teams."
    )
    assert ad.position == "Senior Backend Engineer"
    assert demanded(ad) == {"Python", "FastAPI", "Kafka"}
    assert wished(ad) == {"Go", "GraphQL"}
    assert ad.responsibilities == ("You lead teams.",)


def test_headings_tell_demands_wishes_duties_and_offers_apart():
    ad = read_job_ad(NURSE_AD)
    assert demanded(ad) == {"RN license", "BLS", "ACLS certification", "2+ years of critical care experience"}
    assert wished(ad) == {"CCRN certification", "Spanish"}
    assert ad.role_focus == "You will care for critically ill adult patients in a 24-bed unit."


@pytest.mark.parametrize(
    "heading",
    [
        "What you need to succeed",
        "What we look for in you",
        "You'll need:",
        "Selection criteria",
        "Who we're looking for",
        "Knowledge, Skills, and Abilities",
        "Votre Profil ✅",
        "Le Profil Recherché",
        "Wie zoeken wij?",
        "WHAT WE'D LOVE TO SEE",
        "The person",
        "Das bringst du mit",
        "Deine Skills",
        "Ce que nous recherchons",
        "¿Qué buscamos?",
        "O que precisas",
    ],
)
def test_what_stands_under_a_heading_of_demands_is_demanded(heading):
    ad = read_job_ad(f"Baker\nWhat you will be doing\nShape loaves by hand.\n\n{heading}\nSourdough, HACCP\n")
    assert demanded(ad) == {"Sourdough", "HACCP"}


@pytest.mark.parametrize(
    "heading",
    [
        "Why you'll love it at Preply",
        "Interview Process (≈ 3 weeks)",
        "### First stage interview",
        "Our Principles",
        "How we work",
        "Protect Yourself from Recruitment Scams",
        "Working Time & Place",
        "Total Rewards",
        "Pourquoi nous rejoindre ?",
        "Das kannst du von uns erwarten",
        "Deine Benefits",
        "Ce que nous vous proposons",
        "¿Qué te ofrecemos?",
        "O que temos para ti",
    ],
)
def test_what_an_employer_promises_or_plans_is_not_demanded(heading):
    ad = read_job_ad(f"Baker\nRequirements\n- HACCP\n\n{heading}\nYou will need a short take-home task, English\n")
    assert demanded(ad) == {"HACCP"}


@pytest.mark.parametrize("opening", ["Role and Responsibilities", "ESSENTIAL", "Responsibilities"])
def test_a_heading_is_no_position(opening):
    assert read_job_ad(f"{opening}\nBuild data marts for the finance team.\n\nRequirements\n- SQL\n").position is None


def test_position_and_company_are_read_off_the_opening_line():
    ad = read_job_ad(NURSE_AD)
    assert (ad.position, ad.company) == ("Registered Nurse", "Mercy General Hospital")


def test_a_german_ad_is_read_by_its_own_words():
    ad = read_job_ad(ELECTRICIAN_AD)
    assert ad.language == "de"
    assert ad.position == "Elektroniker für Betriebstechnik"
    assert {"Ausbildung als Elektroniker", "SPS-Programmierung", "Siemens S7", "Führerschein Klasse B"} == demanded(ad)
    assert wished(ad) == {"Englischkenntnisse"}


@pytest.mark.parametrize(
    ("text", "must", "nice"),
    [
        (
            "Profil recherché : Master MEEF exigé, 2 ans d'expérience, anglais courant. Permis B souhaité.",
            {"Master MEEF", "2 ans d'expérience", "anglais"},
            {"Permis B"},
        ),
        (
            "Requisitos: 2 años en ventas, carnet de conducir. Se valorará inglés. No se requiere titulación.",
            {"2 años", "ventas", "carnet de conducir"},
            {"inglés"},
        ),
        (
            "Requisitos obrigatórios: licenciatura em Enfermagem. Diferencial: inglês.",
            {"licenciatura em Enfermagem"},
            {"inglês"},
        ),
    ],
)
def test_french_spanish_and_portuguese_cues_are_understood(text, must, nice):
    ad = read_job_ad(text)
    assert (demanded(ad), wished(ad)) == (must, nice)


@pytest.mark.parametrize(
    "sentence",
    [
        "No degree needed.",
        "A degree is not required.",
        "You don't need a degree.",
        "Ein Studium ist nicht erforderlich.",
        "Kein Studium nötig.",
        "Diplôme pas obligatoire.",
        "No se requiere título.",
        "Não é necessário diploma.",
    ],
)
def test_what_is_said_to_be_unneeded_is_no_requirement(sentence):
    ad = read_job_ad(f"Requirements:\n- Welding\n- {sentence}\n")
    assert demanded(ad) | wished(ad) == {"Welding"}


def test_a_refusal_and_a_demand_in_one_sentence_are_told_apart():
    ad = read_job_ad("No degree needed, but Python experience is required and Go is a plus.")
    assert (demanded(ad), wished(ad)) == ({"Python"}, {"Go"})


def test_a_plus_at_the_end_of_a_list_covers_the_list_only_when_it_is_joined():
    assert wished(read_job_ad("Requirements:\n- Python, Django, Kafka a plus")) == {"Kafka"}
    assert wished(read_job_ad("Requirements:\n- Go, Rust or Kafka are a plus")) == {"Go", "Rust", "Kafka"}


def test_a_thing_demanded_and_wished_for_counts_once_as_a_demand():
    ad = read_job_ad("Preferred: Kubernetes. Required: k8s, Python.")
    assert [(one.term, one.kind) for one in ad.requirements] == [("k8s", "must"), ("Python", "must")]


def test_behaviour_and_boilerplate_are_no_requirements():
    ad = read_job_ad(
        "Requirements:\n- Ability to work under pressure\n- Must be at least 18 years old\n- Forklift licence\n"
        "\nBenefits\n- Dental insurance\nWe are an equal opportunity employer; Excel at what you love."
    )
    assert demanded(ad) | wished(ad) == {"Forklift licence"}


def test_a_one_line_ad_without_demands_gives_the_things_that_it_names():
    ad = read_job_ad("Backend developer with Python and k8s at Initech")
    assert demanded(ad) == {"Python", "k8s"}
    assert (ad.position, ad.company) == ("Backend developer", "Initech")


def test_every_requirement_is_quoted_from_the_ad():
    for text in (NURSE_AD, ELECTRICIAN_AD):
        for requirement in read_job_ad(text).requirements:
            assert requirement.sentence in text
            assert requirement.term in requirement.sentence


@pytest.mark.parametrize("text", ["", "   ", "?", "(" * 5000, "a, " * 20_000, "Must have " * 4000])
def test_texts_that_are_no_ads_have_no_requirements(text):
    assert read_job_ad(text).requirements == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We are looking for a nurse with experience in the ICU", "en"),
        ("Wir suchen eine Pflegefachkraft (m/w/d) mit Erfahrung", "de"),
        ("Offre d'emploi : Ingénieur DevOps à Lyon. Profil recherché : Bac+5", "fr"),
        ("Buscamos enfermera con experiencia en UCI", "es"),
        ("Procuramos enfermeiro com experiência em UTI", "pt"),
        ("Cerchiamo un elettricista con esperienza nella manutenzione", "it"),
        ("Wij zoeken een elektricien met ervaring", "nl"),
        ("Vi söker en sjuksköterska med erfarenhet av akutvård", "sv"),
        ("募集要項：ソフトウェアエンジニア", "ja"),
        ("招聘 软件 工程师", "zh"),
        ("Python, SQL, Docker", "en"),
        ("Analyst. jane@example.com, example.com/jane, https://www.jane.com/a. SQL, R", "en"),
    ],
)
def test_the_language_of_an_ad_is_told_by_its_little_words(text, code):
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("demand", "things"),
    [
        ("Experience with event streaming, for example Kafka", {"event streaming", "Kafka"}),
        ("AWS or another large cloud", {"AWS"}),
        ("A habit of writing tests and documentation", {"documentation"}),
        ("Very good knowledge of PostgreSQL and SQL performance", {"PostgreSQL", "SQL"}),
        ("German, because two of our partners are in Hamburg", {"German"}),
        ("Experience developing web applications in Python", {"web applications", "Python"}),
        ("Forklift licence and any other relevant tickets", {"Forklift licence"}),
        ("Works well with service managers and non-technical teams", set()),
        ("Collaborative, flexible and dynamic", set()),
        ("High degree of curiosity", set()),
        ("40 hours a week", set()),
        ("Deutsch, weil unsere Kunden aus Hamburg kommen", {"Deutsch"}),
        ("Kenntnisse in Excel oder vergleichbaren Programmen", {"Excel"}),
    ],
)
def test_requirements_are_things_that_one_can_have(demand, things):
    assert demanded(read_job_ad(f"Requirements:\n- {demand}\n")) == things


@pytest.mark.parametrize(
    ("demand", "offered"),
    [
        ("Python, Go or Rust", {"Python, Go or Rust"}),
        ("Docker and Python or Go", {"", "Python or Go"}),
        ("Python or Go, and AWS or GCP", {"Python or Go", "AWS or GCP"}),
        ("3 years of experience, Python or Go", {"", "Python or Go"}),
        (
            "data warehouses such as Snowflake, BigQuery, or Redshift",
            {"data warehouses such as Snowflake, BigQuery, or Redshift"},
        ),
        ("scripting, ideally with Ruby, Bash, PowerShell or similar", {"", "Ruby, Bash, PowerShell"}),
        ("data warehouses (e.g. Snowflake, BigQuery)", {"data warehouses (e.g. Snowflake, BigQuery)"}),
        ("tools like Tableau and Looker", {"Tableau and Looker"}),
        ("reporting (e.g. Tableau, Power BI) and SQL", {"Tableau, Power BI", ""}),
        ("Innendienst oder in der Buchhaltung", {"Innendienst oder in der Buchhaltung"}),
        ("Service mesh (Istio or Linkerd)", {"", "Istio or Linkerd"}),
        ("Maîtrise de Python ou Go", {"Python ou Go"}),
        ("Python, SQL and Docker", {""}),
    ],
)
def test_things_joined_by_or_are_a_choice(demand, offered):
    assert {one.choice for one in read_job_ad(f"Requirements:\n- {demand}\n").requirements} == offered


def test_a_choice_is_no_way_round_what_is_demanded_by_itself():
    for demands in ("- Python or Go\n- Very good Python", "- Very good Python\n- Python or Go"):
        (only,) = read_job_ad(f"Requirements:\n{demands}\n").requirements
        assert (only.term, only.choice) == ("Python", "")


def test_a_nature_is_nothing_that_one_can_have():
    assert demanded(read_job_ad("Requirements:\n- A caring nature\n- Warm personality\n- Welding\n")) == {"Welding"}


def test_what_is_needed_now_and_then_is_no_demand():
    ad = read_job_ad("Cook\nPrepares reports as needed and performs other duties as required.\nRequired: HACCP.")
    assert demanded(ad) == {"HACCP"}


def test_prose_demands_only_from_its_demand_on():
    ad = read_job_ad("You join nine designers, two testers and a cat, and have experience with SQL. Fluent in Polish.")
    assert demanded(ad) == {"SQL", "Polish"}


@pytest.mark.parametrize("ad", [NURSE_AD, ELECTRICIAN_AD], ids=["nurse", "electrician"])
def test_an_ad_pasted_as_one_line_reads_like_the_original(ad):
    whole, blob = read_job_ad(ad), read_job_ad(" ".join(ad.split()))
    assert (blob.position, blob.company) == (whole.position, whole.company)
    assert (demanded(blob), wished(blob)) == (demanded(whole), wished(whole))
    assert blob.role_focus == whole.role_focus


@pytest.mark.parametrize(
    "sentence",
    [
        "You do not need a degree, and we do not ask for a cover letter.",
        "You will receive 30 days of holiday.",
        "You'll join a team of nine.",
        "We offer a training budget.",
    ],
)
def test_the_focus_says_what_the_role_does(sentence):
    ad = read_job_ad(f"Baker\nWhat you will do\n- Bake 300 loaves a night\nRequirements\n- Ovens\n\n{sentence}")
    assert ad.role_focus == "Bake 300 loaves a night"
    assert ad.responsibilities == ("Bake 300 loaves a night",)


def test_the_focus_of_an_ad_without_duties_is_its_position():
    ad = read_job_ad("Baker at Golden Crust\nRequirements\n- Ovens\n\nYou do not need a degree for this.")
    assert ad.role_focus == "Baker"


@pytest.mark.parametrize(
    ("ad", "must", "nice"),
    [
        (
            "<p><b>Team:</b> Finance</p><ul><li>Proficiency in QuickBooks</li><li>CPA preferred</li></ul>",
            {"QuickBooks"},
            {"CPA"},
        ),
        (
            "Requirements\n- ISO 13485\nDesirable: Six Sigma Green Belt\n\nContact Jo for a chat.",
            {"ISO 13485"},
            {"Six Sigma"},
        ),
        ("Must: Go, gRPC. Nice: Kafka, Kubernetes.", {"Go", "gRPC"}, {"Kafka", "Kubernetes"}),
        ("Requisitos:\n- SQL\nSe valorará positivamente:\n- Python", {"SQL"}, {"Python"}),
        ("Requisitos:\n- SQL\nValoriza-se: conhecimentos de inglês", {"SQL"}, {"inglês"}),
        (
            "You:\n– write flawless English\n– have used Zendesk\n– bonus points for Polish",
            {"English", "Zendesk"},
            {"Polish"},
        ),
        ("Recepcionista de Hotel\n\nRequisitos:\n- Buscamos un/a recepcionista\n- inglés", {"inglés"}, set()),
        ("Requirements:\n- Knowledge of health & safety", {"health & safety"}, set()),
        ("Requirements:\n- Strong people management skills", {"people management skills"}, set()),
    ],
)
def test_demands_and_wishes_of_many_forms(ad: str, must: set[str], nice: set[str]) -> None:
    read = read_job_ad(ad)
    assert {one.term for one in read.requirements if one.kind == "must"} == must
    assert {one.term for one in read.requirements if one.kind == "nice"} == nice


@pytest.mark.parametrize(
    ("ad", "language"),
    [
        ("Bilanzbuchhalter (m/w/d)\nNordwind Logistik GmbH\nIhr Profil:\n- Kaufmännische Ausbildung\n- DATEV", "de"),
        ("Krankenpfleger (m/w/d) gesucht, Klinik Leer. Examen erforderlich.", "de"),
        ("Verkäufer (w|m|d)\nEdeka Nord\nVollzeit", "de"),
        ("Comptable H/F, Lyon. BTS comptabilité exigé.", "fr"),
        ("Desarrollador Java, Madrid\nRequisitos: Java, Spring, SQL", "es"),
        ("Desenvolvedor Java, São Paulo\nRequisitos: Java, Spring, SQL", "pt"),
        ("Software Engineer (m/w/d), München\nYou will build services in Python.", "en"),
        ("Backend Engineer, Berlin. Python, Docker.", "en"),
    ],
)
def test_the_language_of_a_short_ad_is_not_told_by_its_mark_that_everybody_is_meant(ad: str, language: str) -> None:
    assert read_job_ad(ad).language == language


@pytest.mark.parametrize("name", ["PowerShell", "QuickBooks", "SharePoint", "TensorFlow", "JavaScript"])
def test_a_name_with_a_capital_inside_is_one_thing(name):
    assert [one.term for one in read_job_ad(f"Requirements:\n- {name} and SQL\n").requirements] == [name, "SQL"]


def test_lines_that_pasting_closed_up_are_taken_apart():
    ad = read_job_ad("Requirements: Strong knowledge of PythonExperience with Docker in productionKnowledge of Kafka")
    assert {"Python", "Docker", "Kafka"} <= {one.term for one in ad.requirements}
