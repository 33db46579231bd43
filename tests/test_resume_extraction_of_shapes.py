"""The offline model's reading of single shapes of a section, each in a resume that holds little else."""

import pytest

from schemas.resume_schemas import ResumeData
from services.contact_details import find_contact_details, redact_lines
from services.document_text import DocumentText, TextLine, render_numbered
from services.offline_model.extraction import extract
from services.resume_assembly import assemble
from tests.resumes.reading import document


def read(text: str) -> ResumeData:
    resume = document(f"# Ada Kowalska\nada@mail.test\n\n{text}")
    contact = find_contact_details(resume.lines)
    return assemble(resume, extract(render_numbered(redact_lines(resume.lines, contact))), contact).resume


def jobs(text: str) -> list[tuple[str, str, str]]:
    return [(job.title, job.company, job.location) for job in read(f"# Experience\n{text}").experience]


def schools(text: str) -> list[tuple[str, str, str]]:
    return [(school.institution, school.degree, school.location) for school in read(f"# Education\n{text}").education]


# --- Towns that no list knows ---


def test_an_unknown_town_is_a_place_where_a_sibling_has_a_known_one():
    assert jobs(
        """
        Baker, Crumb & Daughters, Bristol~Mar 2022 – Present
        - Bakes
        Junior Baker, Miller Lane, Upper Wobbling~Sep 2017 – Jul 2019
        - Kneads
        """
    ) == [("Baker", "Crumb & Daughters", "Bristol"), ("Junior Baker", "Miller Lane", "Upper Wobbling")]


def test_unknown_towns_are_places_where_every_job_has_one():
    assert jobs(
        """
        Waiter, The Blue Door, Ludwick~2020 – 2022
        Cook, Rosie Kettle, Marlow-on-Sea~2017 – 2019
        """
    ) == [("Waiter", "The Blue Door", "Ludwick"), ("Cook", "Rosie Kettle", "Marlow-on-Sea")]


def test_what_an_employer_is_called_is_no_town():
    assert jobs(
        """
        Clerk, Smith, Jones and Sons~2020 – 2022
        Nurse, City Hospital, Bristol~2017 – 2019
        Analyst, Harbour Bank, Risk Team~2015 – 2017
        """
    ) == [
        ("Clerk", "Smith, Jones and Sons", ""),
        ("Nurse", "City Hospital", "Bristol"),
        ("Analyst", "Harbour Bank, Risk Team", ""),
    ]


def test_the_town_of_a_school_is_its_place_and_its_campus_is_its_name():
    assert schools("BSc Physics, Hartwell College, Ludwick~2014 – 2017") == [("Hartwell College", "BSc", "Ludwick")]
    assert schools("BSc Physics, University of California, Berkeley~2014 – 2017") == [
        ("University of California, Berkeley", "BSc", "")
    ]


# --- Spoken languages ---


@pytest.mark.parametrize(
    ("heading", "line", "languages"),
    [
        ("Certificates and languages", "English (native), German (B2)", ["English (native)", "German (B2)"]),
        (
            "Zertifikate und Sprachen",
            "Deutsch: Muttersprache; Englisch: C1",
            ["Deutsch: Muttersprache", "Englisch: C1"],
        ),
        ("Formation et langues", "Français, anglais courant", ["Français", "anglais courant"]),
    ],
)
def test_spoken_languages_among_certificates_or_schools_are_skills(heading: str, line: str, languages: list[str]):
    resume = read(f"# {heading}\nWelding Certificate, 2020\n{line}")

    assert [skill for group in resume.skills for skill in group.skills] == languages
    assert len(resume.certifications) + len(resume.education) == 1


def test_a_link_goes_on_behind_the_address_that_was_cut_out():
    resume = document(
        "# Ada Kowalska\nada@mail.test | github.com/ada\n\n# Projects\ntides – tide alarm, github.com/ada/tides"
    )
    contact = find_contact_details(resume.lines)

    project = assemble(resume, extract(render_numbered(redact_lines(resume.lines, contact))), contact).resume.projects[
        0
    ]

    assert project.link == "github.com/ada/tides"


# --- Headers of all kinds ---


def test_a_state_that_is_written_like_a_degree_opens_no_school():
    assert schools(
        """
        Hollowbrook College~Medford, MA
        Bachelor of Science in Biology~Aug. 2018 – May 2022
        Quarry Hill School~Towson, MD 21204
        Diploma~2016 – 2018
        """
    ) == [
        ("Hollowbrook College", "Bachelor of Science", "Medford, MA"),
        ("Quarry Hill School", "Diploma", "Towson, MD 21204"),
    ]


def test_a_role_among_the_contact_data_is_found():
    resume = document("# Kai Brennan\nLine Cook · Bristol · (808) 555-0133 · kai@mail.test\n\n# Skills\nKnives, Sauces")
    contact = find_contact_details(resume.lines)

    answer = extract(render_numbered(redact_lines(resume.lines, contact)))

    assert assemble(resume, answer, contact).resume.personal_info.current_role == "Line Cook"


def test_a_name_below_a_side_column_ends_its_last_section():
    lines = [
        TextLine(number=1, text="Interests", heading=True, font_size=12),
        TextLine(number=2, text="Pottery", font_size=10),
        TextLine(number=3, text="Trail running", font_size=10),
        TextLine(number=4, text="Lucía Vidal", heading=True, font_size=24, block=1),
        TextLine(number=5, text="Senior Product Designer", heading=True, font_size=13, block=1),
        TextLine(number=6, text="Experience", heading=True, font_size=12, block=2),
        TextLine(number=7, text="Product Designer, Nube Travel, 2016 – 2019", font_size=10, block=2),
    ]
    contact = find_contact_details(lines)

    answer = extract(render_numbered(redact_lines(lines, contact)))
    read = assemble(DocumentText(tuple(lines)), answer, contact).resume

    assert (read.personal_info.name, read.personal_info.current_role) == ("Lucía Vidal", "Senior Product Designer")
    assert [section.items for section in read.custom_sections] == [["Pottery", "Trail running"]]


def test_headings_on_the_line_of_their_content_are_no_part_of_it():
    resume = read(
        """
        SUMMARY~Interpreter with court experience in three cities of Poland and a calm voice.

        SKILLS~Subtitling · Trados

        INTERESTS~Choir, chess
        """
    )

    assert resume.professional_summary.startswith("Interpreter with")
    assert [skill for group in resume.skills for skill in group.skills] == ["Subtitling", "Trados"]
    assert [(section.title, section.items) for section in resume.custom_sections] == [("INTERESTS", ["Choir, chess"])]


def test_lists_parted_by_commas_and_semicolons_are_single_skills():
    resume = read("# Skills\nWord, Excel (VBA, Power Query); typing 80 wpm")

    assert [skill for group in resume.skills for skill in group.skills] == [
        "Word", "Excel (VBA, Power Query)", "typing 80 wpm"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("jan/2017 - fev/2021", "jan/2017", "fev/2021"),
        ("março de 2021 até o momento", "março de 2021", "o momento"),
        ("Da marzo 2019 ad oggi", "marzo 2019", "oggi"),
        ("von 03/2016 bis 02/2020", "03/2016", "02/2020"),
        ("Octubre 2018 – Actualidad", "Octubre 2018", "Actualidad"),
        ("2021 – aujourd'hui", "2021", "aujourd'hui"),
        ("sept. 2019 – heden", "sept. 2019", "heden"),
        ("enero 2019 - a la fecha", "enero 2019", "a la fecha"),
        ("enero 2019 - hasta la actualidad", "enero 2019", "hasta la actualidad"),
        ("01/2019 - bis dato", "01/2019", "bis dato"),
        ("März 2019 – bis heute", "März 2019", "bis heute"),
        ("mars 2019 - à ce jour", "mars 2019", "à ce jour"),
        ("mars 2019 – jusqu'à ce jour", "mars 2019", "jusqu'à ce jour"),
        ("março 2019 – até à data", "março 2019", "até à data"),
        ("marzo 2019 – ad oggi", "marzo 2019", "ad oggi"),
        ("maart 2019 – tot heden", "maart 2019", "tot heden"),
        ("Jan 2019 - till date", "Jan 2019", "till date"),
        ("Jan 2019 – until now", "Jan 2019", "until now"),
    ],
)
def test_dates_of_a_job_are_read_and_nothing_of_them_is_left_over(written: str, start: str, end: str):
    [job] = read(f"# Experience\nWelder\nHarbour Fabrication Ltd\n{written}\n- Welds").experience

    assert (job.title, job.start_date, job.end_date, job.bullets) == ("Welder", start, end, ["Welds"])


@pytest.mark.parametrize(
    ("line", "school", "degree"),
    [
        ("Ciclo Formativo en Cocina, IES Miralbueno, 2014 - 2016", "IES Miralbueno", "Ciclo Formativo en Cocina"),
        ("Ausbildung zur Kauffrau, BSZ Leipzig, 2011 - 2014", "BSZ Leipzig", "Ausbildung zur Kauffrau"),
        ("MBO Logistiek, ROC Nova College, 2010 - 2014", "ROC Nova College", "MBO"),
        ("Associate of Arts, Green River College, 2012", "Green River College", "Associate of Arts"),
        (
            "Bacharelado em Direito - Universidade Paulista (2013 - 2016)",
            "Universidade Paulista",
            "Bacharelado em Direito",
        ),
    ],
)
def test_schools_known_by_letters_are_parted_from_the_degree(line: str, school: str, degree: str):
    assert [entry[:2] for entry in schools(line)] == [(school, degree)]


def test_a_role_below_another_at_one_employer_has_that_employer_whatever_it_is_called():
    assert jobs(
        """
        Sweet Auburn School, Atlanta, GA
        Fourth Grade Teacher (August 2017 to Present)
        - Teaches
        Paraprofessional (January 2015 to July 2017)
        - Reads
        """
    ) == [
        ("Fourth Grade Teacher", "Sweet Auburn School", "Atlanta, GA"),
        ("Paraprofessional", "Sweet Auburn School", "Atlanta, GA"),
    ]


def test_a_dutch_postal_code_is_no_year():
    resume = document("# Joost Meulen\nBurgwal 12, 2011 BB Haarlem\njoost@mail.test\n\n# Vaardigheden\nExcel")

    assert find_contact_details(resume.lines).personal_info.location == "Burgwal 12, 2011 BB Haarlem"


def test_a_school_that_no_word_tells_is_read_where_each_entry_begins_with_its_years():
    assert schools(
        """
        2011 – 2014~Ausbildung zur Altenpflegerin
        Fachseminar Rheinblick
        2011~Fachoberschulreife
        Gesamtschule Holweide
        """
    ) == [
        ("Fachseminar Rheinblick", "Ausbildung zur Altenpflegerin", ""),
        ("Gesamtschule Holweide", "Fachoberschulreife", ""),
    ]


def test_a_title_that_no_word_tells_stands_beside_an_employer_that_is_known():
    assert jobs("Trailhead Books, Mapwright — Denver, CO\nJune 2015 - April 2019\n- Drew maps") == [
        ("Mapwright", "Trailhead Books", "Denver, CO")
    ]


def test_cells_of_a_table_with_labels_are_read_as_labels():
    resume = document(
        """
        # Lebenslauf
        # Persönliche Daten
        Name

        Ada Kowalska

        E-Mail

        ada@mail.test

        # Kenntnisse

        Sprachen

        Deutsch (C1), Polnisch
        """
    )
    contact = find_contact_details(resume.lines)

    read = assemble(resume, extract(render_numbered(redact_lines(resume.lines, contact))), contact).resume

    assert [(group.category, group.skills) for group in read.skills] == [("Sprachen", ["Deutsch (C1)", "Polnisch"])]
    assert read.custom_sections == []


CHINESE = """
教育背景
2012.09 - 2016.06~北京邮电大学~计算机科学与技术~本科

工作经历
2019.03 - 至今~云帆科技有限公司~高级后端工程师
- 负责订单系统的设计与开发
2016.07 - 2019.02~星河软件有限公司~软件工程师

专业技能
Python、Java、MySQL

兴趣爱好
摄影、跑步
"""
JAPANESE = """
職務経歴
2019年4月 〜 現在~株式会社あおぞらシステム~ソフトウェアエンジニア
- 決済基盤の設計と開発
2015年4月 〜 2019年3月~みなと情報株式会社~プログラマー

学歴
2011年4月 〜 2015年3月~東都大学 工学部 情報工学科 卒業

スキル
Java、Python

趣味
登山、読書
"""


def test_a_chinese_resume_is_read():
    resume = read(CHINESE)

    assert [(job.title, job.company, job.start_date, job.end_date) for job in resume.experience] == [
        ("高级后端工程师", "云帆科技有限公司", "2019.03", "至今"),
        ("软件工程师", "星河软件有限公司", "2016.07", "2019.02"),
    ]
    assert [(school.institution, school.degree, school.field) for school in resume.education] == [
        ("北京邮电大学", "本科", "计算机科学与技术")
    ]
    assert [group.skills for group in resume.skills] == [["Python", "Java", "MySQL"]]
    assert [section.title for section in resume.custom_sections] == ["兴趣爱好"]


def test_a_japanese_resume_is_read():
    resume = read(JAPANESE)

    assert [(job.title, job.company, job.start_date, job.end_date) for job in resume.experience] == [
        ("ソフトウェアエンジニア", "株式会社あおぞらシステム", "2019年4月", "現在"),
        ("プログラマー", "みなと情報株式会社", "2015年4月", "2019年3月"),
    ]
    assert [school.institution for school in resume.education] == ["東都大学"]
    assert [group.skills for group in resume.skills] == [["Java", "Python"]]


def test_qualifications_beside_schools_are_certificates():
    resume = read("# Education\nGCSEs, Moorway School, 2012\n\n# Qualifications\nFirst Aid, St John Ambulance, 2021")

    assert [school.institution for school in resume.education] == ["Moorway School"]
    assert [(c.name, c.issuer, c.date) for c in resume.certifications] == [("First Aid", "St John Ambulance", "2021")]


# --- What the others of a section tell ---


def test_a_title_that_no_word_tells_stands_where_the_other_titles_stand():
    assert jobs(
        """
        Finance Manager, Thistledown plc~2020 – 2022
        - Closes the books
        Audit Senior, Baker Sterling~2016 – 2020
        - Audited clients
        Accountant, Marlowe & Sons~2012 – 2016
        - Kept ledgers
        """
    ) == [
        ("Finance Manager", "Thistledown plc", ""),
        ("Audit Senior", "Baker Sterling", ""),
        ("Accountant", "Marlowe & Sons", ""),
    ]


def test_an_unknown_town_beside_the_dates_is_a_place_where_a_sibling_has_one_there():
    assert jobs(
        """
        **Chef, Bistro Ludwick**
        2020 – 2022 | London
        - Cooked
        **Waiter, Rosie Kettle**
        2017 – 2019 | Upper Wobbling
        - Served
        """
    ) == [("Chef", "Bistro Ludwick", "London"), ("Waiter", "Rosie Kettle", "Upper Wobbling")]


def test_an_employer_with_its_town_beside_the_date_is_no_place():
    assert jobs(
        """
        2020 – 2022~The Crooked Billet, Ludwick
        Head Chef
        - Cooked
        2013 – 2016~The Walnut Tree, Abergavenny
        Chef de Partie
        - Worked the fish section
        """
    ) == [("Head Chef", "The Crooked Billet", "Ludwick"), ("Chef de Partie", "The Walnut Tree", "Abergavenny")]


def test_a_span_that_is_open_by_a_word_keeps_the_word():
    first, second = read(
        """
        # Beruflicher Werdegang
        **Seit März 2020**
        Obermonteur, Elektro Sattler GmbH
        - Führt drei Monteure
        **2012 – Februar 2020**
        Elektroniker, Haustechnik Vogt GmbH
        - Installierte
        """
    ).experience

    assert (first.start_date, first.end_date) == ("Seit März 2020", "")
    assert (second.start_date, second.end_date) == ("2012", "Februar 2020")


def test_the_row_that_names_the_columns_of_a_table_is_no_job():
    resume = read(
        """
        # Work Experience
        Period~Position~Employer
        2020 – 2022~Nurse~Willow Court
        2017 – 2019~Porter~City Hospital
        """
    )

    assert [(job.title, job.company) for job in resume.experience] == [
        ("Nurse", "Willow Court"), ("Porter", "City Hospital"),
    ]  # fmt: skip
    assert resume.custom_sections == []


def test_a_heading_that_goes_on_in_the_next_row_of_its_rail_is_one_heading():
    resume = read(
        """
        Experiencia~Enfermera de quirófano, Hospital Vistamar
        profesional~enero 2019 – actualidad
        - Instrumentación
        """
    )

    assert [(job.title, job.company, job.start_date) for job in resume.experience] == [
        ("Enfermera de quirófano", "Hospital Vistamar", "enero 2019")
    ]


def test_the_name_of_a_school_may_hold_a_dash_where_the_others_have_none():
    assert schools(
        """
        Master Informatique, Université Toulouse III – Paul Sabatier~2016 – 2018
        Licence Informatique, Université de Bordeaux~2013 – 2016
        """
    ) == [
        ("Université Toulouse III – Paul Sabatier", "Master", ""),
        ("Université de Bordeaux", "Licence", ""),
    ]


def test_a_degree_over_its_school_is_no_heading_though_it_has_the_words_of_one():
    assert schools(
        """
        # Licence Informatique
        Université de Bordeaux~2013 – 2016
        # Baccalauréat
        Lycée Chateaubriand~2010 – 2013
        """
    ) == [("Université de Bordeaux", "Licence", ""), ("Lycée Chateaubriand", "Baccalauréat", "")]


def test_a_short_name_in_capitals_among_skills_is_one_of_them():
    resume = read("# Kenntnisse\nWundmanagement\n# ORBIS\nDienstplanung")

    assert [skill for group in resume.skills for skill in group.skills] == ["Wundmanagement", "ORBIS", "Dienstplanung"]


def test_an_unknown_town_in_brackets_is_a_place_where_a_sibling_has_a_known_one():
    assert jobs(
        """
        Clydeside Heating (Glasgow)
        Service Engineer~Nov 2017 – Present
        - Repairs boilers
        McTavish Plumbing (Wobbling)
        Installer~Aug 2011 – Oct 2017
        - Fitted boilers
        """
    ) == [("Service Engineer", "Clydeside Heating", "Glasgow"), ("Installer", "McTavish Plumbing", "Wobbling")]


def test_a_school_s_town_in_brackets_is_its_place_and_its_letters_are_not():
    assert schools(
        """
        **City of Glasgow College (Glasgow)**
        SVQ Level 3 Plumbing~2011 – 2015
        **Massachusetts Institute of Technology (MIT)**
        BSc Physics~2007 – 2011
        """
    ) == [
        ("City of Glasgow College", "SVQ", "Glasgow"),
        ("Massachusetts Institute of Technology (MIT)", "BSc", ""),
    ]


def test_a_title_may_be_the_end_of_a_longer_word():
    assert jobs(
        """
        Senior transportplanner bij Betuwe Koeltransport B.V.
        2019 – heden
        - Plant ritten
        Betriebselektriker bei Gebrüder Lohe
        2015 – 2019
        - Prüft Anlagen
        """
    ) == [
        ("Senior transportplanner", "Betuwe Koeltransport B.V.", ""),
        ("Betriebselektriker", "Gebrüder Lohe", ""),
    ]


def test_a_college_of_something_is_the_school_where_no_other_is_named():
    assert schools(
        """
        M.A. in Curriculum and Instruction~2014
        Mesa Verde University
        College of Education
        B.A. in English Literature~2008
        College of the Sandias
        """
    ) == [("Mesa Verde University", "M.A.", ""), ("College of the Sandias", "B.A.", "")]


@pytest.mark.parametrize("length", ["4 months", "2 years 10 months", "(1 Jahr, 3 Monate)"])
def test_how_long_a_job_lasted_is_nothing_that_was_done(length: str):
    resume = read(
        f"""
        # Experience
        Engineer, Acme Ltd
        May 2020 – Aug 2022
        {length}
        - Builds engines
        """
    )
    assert resume.experience[0].bullets == ["Builds engines"]
    assert resume.custom_sections == []


def test_who_is_responsible_for_something_with_a_name_has_that_title():
    assert jobs(
        """
        Aceites Sierra Alhajar~2014 – 2019
        Responsable de Comunicación, Jaén
        - Diseñé la entrada de la marca
        Agencia Tres Orillas~2011 – 2014
        Ejecutiva de Cuentas, Sevilla
        - Responsable de la medición
        """
    ) == [
        ("Responsable de Comunicación", "Aceites Sierra Alhajar", "Jaén"),
        ("Ejecutiva de Cuentas", "Agencia Tres Orillas", "Sevilla"),
    ]


def test_a_heading_whose_first_letter_stands_apart_is_still_a_heading():
    resume = read(
        """
        # Experience
        Baker, Crumb & Daughters~2020 – 2022
        - Bakes

        V OLUNTEERING
        Reader, Town Library, 2019 – 2020

        T ECHNIQUES
        Sourdough, Lamination
        """
    )
    assert [job.title for job in resume.experience] == ["Baker"]
    assert [group.skills for group in resume.skills] == [["Sourdough", "Lamination"]]


# --- Titles of more than one name, and who employs nobody ---


def test_a_title_keeps_what_it_is_about_where_employers_have_rows_of_their_own():
    assert jobs(
        """
        Riverside Hospital~Dayton, OH
        Charge Nurse, Emergency Department~08/2021 – Present
        - Leads a shift

        Mount Carmel East~Dayton, OH
        Registered Nurse – Telemetry~03/2019 – 07/2021
        - Looks after hearts
        """
    ) == [
        ("Charge Nurse, Emergency Department", "Riverside Hospital", "Dayton, OH"),
        ("Registered Nurse – Telemetry", "Mount Carmel East", "Dayton, OH"),
    ]


def test_a_role_of_several_keeps_the_field_behind_its_comma():
    assert jobs(
        """
        ## Piedmont Industrial Holdings
        Chief Operating Officer (2018 – Present)
        - Raised the margin
        Vice President, Supply Chain (2011 – 2018)
        - Built a team
        """
    ) == [
        ("Chief Operating Officer", "Piedmont Industrial Holdings", ""),
        ("Vice President, Supply Chain", "Piedmont Industrial Holdings", ""),
    ]


def test_who_works_freelance_has_no_employer_of_the_job_before():
    assert jobs(
        """
        **Directora de arte**
        Estudio Naranja
        Febrero 2021 – Actualidad
        - Dirección creativa

        **Diseñadora gráfica freelance**
        2018 – 2021
        - Identidad visual
        """
    ) == [("Directora de arte", "Estudio Naranja", ""), ("Diseñadora gráfica freelance", "", "")]


def test_a_school_in_another_country_is_no_place():
    assert jobs(
        """
        2013–2017~Doctoral Researcher
        Uppsala University, Sweden
        - Field work

        2012~Field Assistant
        Loch Leven Research Station
        - Counts
        """
    ) == [
        ("Doctoral Researcher", "Uppsala University", "Sweden"),
        ("Field Assistant", "Loch Leven Research Station", ""),
    ]


# --- Where no heading helps ---


def test_certificates_without_a_heading_are_no_jobs():
    resume = read(
        """
        Warehouse Lead at Brightway Logistics, 2021 – Present
        - Runs the dock

        Forklift certification (Class I and II), renewed 2024
        OSHA 10-Hour card, 2022
        """
    )
    assert [job.title for job in resume.experience] == ["Warehouse Lead"]
    assert len(resume.certifications) == 2


def test_the_rest_of_a_referees_address_is_no_section():
    resume = read(
        """
        # Education
        BA History, University of Hull, 2009 – 2012

        # References
        Mrs Armitage
        Headteacher, St Aidan's Primary
        School~01904 555 0122
        head@staidans.test
        """
    )
    assert [school.institution for school in resume.education] == ["University of Hull"]


def test_a_school_that_no_word_tells_stands_where_the_others_do():
    assert schools(
        """
        BA Accounting, University of Hull~2010 – 2013
        A Levels: Mathematics, History, Ysgol Glan Clwyd~2008 – 2010
        """
    ) == [("University of Hull", "BA", ""), ("Ysgol Glan Clwyd", "A Levels: Mathematics, History", "")]
