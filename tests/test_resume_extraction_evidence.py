"""Entries come from evidence: labels, dates beside names, what the siblings do; without it none is made."""

import pytest

from services.contact_details import find_contact_details
from tests.resumes.reading import document
from tests.test_resume_extraction_of_shapes import jobs, read, schools


def spans(text: str) -> list[tuple[str, str, str, str]]:
    found = read(f"# Experience\n{text}").experience
    return [(job.title, job.company, job.start_date, job.end_date) for job in found]


def test_a_date_that_dates_nothing_opens_no_job():
    (job,) = read(
        """
        # Experience
        **Driver, Ferrocarril Norte S.A.**~2015 – 2020
        - Drove freight
        2023
        - Took a course in safety
        """
    ).experience

    assert job.title == "Driver"
    assert job.bullets == ["Drove freight", "2023", "Took a course in safety"]


def test_fields_named_by_labels_are_those_fields():
    assert spans(
        """
        Company: Deccan Auto Components
        Designation: Articled Trainee
        Duration: July 2019 to till date
        - Closed the accounts

        Company: M/s Joshi & Gokhale, Chartered Accountants
        Designation: Executive, Accounts
        Duration: April 2015 to June 2019
        - Audited banks
        """
    ) == [
        ("Articled Trainee", "Deccan Auto Components", "July 2019", "till date"),
        ("Executive, Accounts", "M/s Joshi & Gokhale, Chartered Accountants", "April 2015", "June 2019"),
    ]


def test_a_table_of_degrees_loses_its_row_of_column_names():
    assert schools(
        """
        Degree~Institute~Year~Percentage
        M.Com~Savitri Pune University~2015~61.40%
        HSC~Fergusson College~2009~74.00%
        """
    ) == [("Savitri Pune University", "M.Com", ""), ("Fergusson College", "HSC", "")]


def test_a_legal_form_behind_a_comma_belongs_to_the_employer():
    assert jobs(
        """
        **Têxteis do Ave, Lda.**
        Contabilista sénior
        janeiro de 2018 - presente
        - Fecho mensal
        """
    ) == [("Contabilista sénior", "Têxteis do Ave, Lda.", "")]


def test_a_title_may_begin_with_a_word_that_deeds_begin_with():
    assert jobs(
        """
        **Kite Software, Inc.**
        Support Team Lead
        Aug 2015 - May 2019
        San Antonio, TX
        - Hired nine people
        """
    ) == [("Support Team Lead", "Kite Software, Inc.", "San Antonio, TX")]


def test_unknown_towns_between_the_names_and_the_dates_are_places():
    assert jobs(
        """
        Le Phare de Roscanvel, Cheffe de rang~Roscanvel~avril 2019 – aujourd'hui~2 ans 4 mois
        - Sert
        Crêperie Ty Breizh, Serveuse~Landerneau~2014 – mars 2019~4 ans 2 mois
        - Sert
        """
    ) == [
        ("Cheffe de rang", "Le Phare de Roscanvel", "Roscanvel"),
        ("Serveuse", "Crêperie Ty Breizh", "Landerneau"),
    ]


@pytest.mark.parametrize("length", ["2 anni 4 mesi", "2 Jahre 3 Monate", "4 months", "(2 jaar 4 maanden)", "3 meses"])
def test_how_long_a_job_lasted_is_no_part_of_its_names(length: str):
    (job,) = read(f"# Experience\nNurse, City Hospital~2016 – 2019~{length}\n- Cared").experience

    assert (job.title, job.company) == ("Nurse", "City Hospital")


def test_a_term_with_its_description_on_one_line_is_a_job():
    assert spans(
        """
        Le Phare~Cheffe de rang, avril 2019 – aujourd'hui. Responsable d'un rang de 28 couverts et des saisonniers.
        Ty Breizh~Serveuse, 2014 – mars 2019. Service du midi et du soir, 90 couverts.
        """
    ) == [
        ("Cheffe de rang", "Le Phare", "avril 2019", "aujourd'hui"),
        ("Serveuse", "Ty Breizh", "2014", "mars 2019"),
    ]


def test_the_words_behind_a_job_on_its_line_are_kept_with_it():
    (job,) = read("# Experience\nTy Breizh~Serveuse, 2014 – 2019. Service du midi et du soir, 90 couverts.").experience

    assert any("Service du midi et du soir, 90 couverts" in bullet for bullet in job.bullets)


def test_what_follows_a_title_belongs_to_it_when_another_job_names_the_employer():
    assert jobs(
        """
        Senior Product Manager, Billing, Ledgerline~2022 – 2024
        - Priced
        Product Manager, Ledgerline~2019 – 2022
        - Owned
        """
    ) == [("Senior Product Manager, Billing", "Ledgerline", ""), ("Product Manager", "Ledgerline", "")]


def test_a_school_that_no_word_tells_stands_where_the_entry_before_has_its_school():
    assert schools(
        """
        University of Leeds~Leeds
        MSc Data Science~2014 – 2015
        Covenant~Ota
        B.Sc. Mathematics~2009 – 2013
        """
    ) == [("University of Leeds", "MSc", "Leeds"), ("Covenant", "B.Sc.", "")]


def test_the_second_row_of_a_school_is_its_degree_though_it_names_a_school_again():
    assert schools(
        """
        **Cebu Institute of Technology**
        Bachelor of Science
        August 2021 – Present
        **Talamban National High School**
        Senior High School
        June 2019 – April 2021
        """
    ) == [
        ("Cebu Institute of Technology", "Bachelor of Science", ""),
        ("Talamban National High School", "Senior High School", ""),
    ]


def test_what_gave_a_degree_stands_behind_it_though_no_word_tells_a_school():
    assert schools("MBO Timmerman niveau 3, Noorderpoort~2007 – 2010")[0][0] == "Noorderpoort"


def test_a_certificate_named_after_a_trade_is_schooling():
    resume = read(
        """
        Cimarron Haulers – Tanker Driver (2010 - 2016)
        Delivered gasoline to forty stations.

        Tulsa Tech – Commercial Driver Training Certificate (2006)
        Webster High School – High School Diploma (2004)
        """
    )

    assert [job.company for job in resume.experience] == ["Cimarron Haulers"]
    assert [school.institution for school in resume.education] == ["Tulsa Tech", "Webster High School"]


def test_a_university_employs_where_the_entry_has_a_title_and_no_degree():
    resume = read(
        """
        Kinderklinik Köln~01/2019 – heute
        Oberärztin
        - Leitung der Kinderanästhesie

        Universitätsklinikum Bonn~10/2012 – 12/2018
        Assistenzärztin
        - Rotation durch die Intensivstation
        """
    )

    assert [job.company for job in resume.experience] == ["Kinderklinik Köln", "Universitätsklinikum Bonn"]
    assert resume.education == []


def test_years_in_brackets_are_no_phone_number():
    resume = read("# Experience\nCimarron Haulers – Tanker Driver (2010 - 2016)\n- Delivered gasoline")

    assert resume.personal_info.header_links == []
    assert resume.experience[0].start_date == "2010"


def test_the_cells_under_named_columns_are_what_the_columns_say():
    assert spans(
        """
        **Period~Organisation~Position~Duties**
        2019 – Present~County of Nakuru~ICT Officer~Networks for 14 offices
        2014 – 2016~Speednet Cyber~Attendant, Evenings~Printing
        """
    ) == [
        ("ICT Officer", "County of Nakuru", "2019", "Present"),
        ("Attendant, Evenings", "Speednet Cyber", "2014", "2016"),
    ]


def test_the_row_that_names_the_columns_of_a_portuguese_table_is_no_job():
    assert spans(
        """
        Período~Função~Empresa~Localidade
        05/2017 – atualmente~Cabeleireira principal~Salão Ribeira~Porto
        09/2012 – 04/2017~Ajudante de cabeleireiro~Cabeleireiros Foz~Matosinhos
        """
    ) == [
        ("Cabeleireira principal", "Salão Ribeira", "05/2017", "atualmente"),
        ("Ajudante de cabeleireiro", "Cabeleireiros Foz", "09/2012", "04/2017"),
    ]


@pytest.mark.parametrize(
    "title", ["Registered Nurse (Agency)", "Certified Nursing Assistant", "Registered Nurse, Emergency"]
)
def test_a_title_may_begin_with_what_its_holder_is_allowed(title: str):
    assert jobs(f"Fiona Stanley Care~2016 – 2021\n{title}\n- Triage")[0][0] == title


def test_work_on_one_s_own_account_is_an_employer_and_a_short_sentence_is_none():
    assert jobs("2010 – 2012\n**Relief Milker, Self-employed**\nWeekends on six farms.") == [
        ("Relief Milker", "Self-employed", "")
    ]


def test_whom_somebody_worked_for_is_no_title():
    assert jobs(
        """
        seit 2015~Freiberufliche Übersetzerin, Wortgenau e.U.
        Kunden: Wiener Festwochen, ORF, Manz
        2011–2015~Lektorin, Verlag Perlmuth
        """
    ) == [("Freiberufliche Übersetzerin", "Wortgenau e.U.", ""), ("Lektorin", "Verlag Perlmuth", "")]


def test_schools_behind_dashes_below_each_other_are_two():
    assert schools("RSA Stage III Typing – York College\n7 O-levels – Mill Mount Grammar School") == [
        ("York College", "RSA Stage III Typing", ""),
        ("Mill Mount Grammar School", "7 O-levels", ""),
    ]


def test_a_bold_name_below_plain_lines_opens_the_next_school():
    assert schools(
        """
        **BP Esthétique**
        CFA Grenoble
        2014 – 2016
        **Bac ST2S**
        Lycée Herriot
        2014
        """
    ) == [("CFA Grenoble", "BP Esthétique", ""), ("Lycée Herriot", "Bac", "")]


def test_a_list_of_degrees_and_names_behind_commas_names_schools():
    assert [
        school[0] for school in schools("2008: Licença ATPL(A), Nortávia\n2007: Bacharelato Aeronáutica, Aerolis")
    ] == [
        "Nortávia",
        "Aerolis",
    ]


def test_training_is_schooling_where_no_other_section_is():
    resume = read("# Training\nBA (Hons) Acting, Rose Bruford College, 2013 – 2016\n\n# Skills\nStage combat, Clarinet")

    assert [school.institution for school in resume.education] == ["Rose Bruford College"]


def test_an_employer_with_its_years_over_dated_roles_is_their_employer():
    assert spans(
        """
        Transport for Perth~Jul 2018 - Present
        Senior Data Analyst~Mar 2021 - Present
        - Forecasts
        Data Analyst~Jul 2018 - Mar 2021
        - Reports
        Deloitte Access~Feb 2016 - Jun 2018
        Graduate Analyst~Feb 2016 - Jun 2018
        - Models
        """
    ) == [
        ("Senior Data Analyst", "Transport for Perth", "Mar 2021", "Present"),
        ("Data Analyst", "Transport for Perth", "Jul 2018", "Mar 2021"),
        ("Graduate Analyst", "Deloitte Access", "Feb 2016", "Jun 2018"),
    ]


def test_a_numbered_name_in_bold_over_named_fields_is_the_employer():
    assert spans(
        """
        - **Blue Dart Express**
        Post: Fleet Driver
        Period: Jan 2018 to Present
        - Daily pickup
        - **Swiggy**
        Post: Delivery Executive
        Period: Mar 2015 to Dec 2017
        """
    ) == [
        ("Fleet Driver", "Blue Dart Express", "Jan 2018", "Present"),
        ("Delivery Executive", "Swiggy", "Mar 2015", "Dec 2017"),
    ]


def test_of_two_columns_that_name_schools_the_school_counts_and_not_its_board():
    assert schools(
        """
        Sr. No.~Examination~Board / University~School / College~Year~%
        1~H.S.C.~Maharashtra Board~Somaiya Junior College~2012~58.00
        2~S.S.C.~Maharashtra Board~Shivaji Vidyalaya~2010~61.20
        """
    ) == [("Somaiya Junior College", "H.S.C.", ""), ("Shivaji Vidyalaya", "S.S.C.", "")]


def test_unknown_towns_in_brackets_behind_every_employer_are_places():
    assert jobs(
        """
        2018 – 2020 : Auxiliaire de puériculture, Crèche Les Petits Pas (Montreuil)
        - Soins
        2015 – 2018 : Garde d'enfants, Famille Laurent (Paris 20e)
        - Soins
        """
    ) == [
        ("Auxiliaire de puériculture", "Crèche Les Petits Pas", "Montreuil"),
        ("Garde d'enfants", "Famille Laurent", "Paris 20e"),
    ]


def test_a_name_before_a_known_town_is_an_employer_where_the_others_stand():
    assert jobs(
        """
        Al Noor Trading LLC, Dubai

        Key Account Manager – Retail | Sep 2019 – Present

        - Manages chains

        Spinneys, Dubai

        Sales Executive | Feb 2016 – Aug 2019

        - Opened outlets
        """
    ) == [
        ("Key Account Manager – Retail", "Al Noor Trading LLC", "Dubai"),
        ("Sales Executive", "Spinneys", "Dubai"),
    ]


def test_what_stands_behind_a_dash_is_about_the_title_where_the_employer_stands_below():
    assert jobs(
        """
        **Head of Department – Mathematics**
        Kenmore State High School, Brisbane
        January 2019 – Present
        - Leads 17 teachers
        """
    ) == [("Head of Department – Mathematics", "Kenmore State High School", "Brisbane")]


def test_a_town_that_ends_like_a_firm_is_a_town_where_the_others_have_one():
    assert jobs(
        """
        2016–2020~Geologist, Equinor ASA, Stavanger
        2011–2016~Geologist, Norges Undersøkelse, Trondheim
        """
    ) == [("Geologist", "Equinor ASA", "Stavanger"), ("Geologist", "Norges Undersøkelse", "Trondheim")]


def test_the_town_of_a_school_may_end_like_a_firm():
    assert schools(
        """
        2009–2011~MSc Petroleum Geology, NTNU, Trondheim
        2006–2009~BSc Geosciences, University of Bergen, Bergen
        """
    ) == [("NTNU", "MSc", "Trondheim"), ("University of Bergen", "BSc", "Bergen")]


def test_titles_degrees_and_names_are_parted_at_an_at_sign():
    assert jobs("Lead UX Researcher @ Maple Health\nOct 2021 — now\n- Listens")[0][:2] == (
        "Lead UX Researcher",
        "Maple Health",
    )
    assert schools("M.A. Communication @ Ryerson University\n2016 — 2018")[0][:2] == ("Ryerson University", "M.A.")


# --- Headings ---


def test_capitals_that_look_like_the_known_headings_are_headings():
    resume = read(
        """
        EDUCATION

        Boston College~2014
        Juris Doctor

        LEGAL EXPERIENCE

        Harrow & Pike LLP~Boston, MA
        Law Clerk~September 2014 – August 2017
        - Wrote opinions

        BAR ADMISSIONS

        Massachusetts (2014); First Circuit (2018)

        SKILLS

        Mediation, Westlaw, Contracts
        """
    )

    assert [(job.title, job.company) for job in resume.experience] == [("Law Clerk", "Harrow & Pike LLP")]
    assert [school.degree for school in resume.education] == ["Juris Doctor"]
    assert [section.title for section in resume.custom_sections] == ["BAR ADMISSIONS"]


@pytest.mark.parametrize(
    ("first", "second"), [("EDUCATION &~", "TRAINING~"), ("FORMACIÓN~", "ACADÉMICA~"), ("ISTRUZIONE E~", "FORMAZIONE~")]
)
def test_a_heading_of_capitals_that_wraps_in_a_rail_is_one(first: str, second: str):
    resume = read(
        f"SKILLS~Latin, Greek, Maps\n\n{first}University of Leeds~Leeds\n{second}MSc Data Science~2014 – 2015"
    )

    assert [(school.institution, school.degree) for school in resume.education] == [("University of Leeds", "MSc")]


def test_letters_alone_in_a_list_of_skills_are_no_heading():
    resume = read("# Skills\nIntensivmedizin\nRegionalanästhesie\n# ATLS")

    assert [skill for group in resume.skills for skill in group.skills] == [
        "Intensivmedizin", "Regionalanästhesie", "ATLS",
    ]  # fmt: skip


def test_a_section_under_a_heading_of_one_s_own_words_is_what_it_holds():
    resume = read(
        """
        # Places I have built
        Bricklayer, Humber Build Ltd~2017 – 2020
        - Facework

        # Schooling
        Technical Diploma, City College~2008

        # In my toolbag
        Facework, Setting out, Pointing, Rendering

        # Interests
        Rowing
        """
    )

    assert [job.company for job in resume.experience] == ["Humber Build Ltd"]
    assert [school.institution for school in resume.education] == ["City College"]
    assert [skill for group in resume.skills for skill in group.skills][:2] == ["Facework", "Setting out"]


def test_a_row_of_a_table_is_no_half_of_the_heading_below_it():
    resume = read(
        """
        # Education
        1~H.S.C.~Somaiya College~2012
        2~S.S.C.~Shivaji College~2010
        # Key Skills
        - Route planning
        """
    )

    assert [skill for group in resume.skills for skill in group.skills] == ["Route planning"]


def test_what_somebody_does_is_a_list_of_skills_where_it_lists_them():
    resume = read("# What I do\n- Diary studies\n- Usability testing\n- Dovetail\n\n# Interests\nRowing")

    assert [skill for group in resume.skills for skill in group.skills] == [
        "Diary studies",
        "Usability testing",
        "Dovetail",
    ]
    assert resume.professional_summary == ""


def test_what_a_pupil_made_and_which_offices_a_pupil_held_are_neither_schools_nor_jobs():
    resume = read(
        "# Education\nHill School~2020 – 2023\n\n# School Projects\n- Water filter, regional science fair (2022)\n\n"
        "# Positions Held in School\n- Laboratory prefect, 2022 – 2023\n- Member of the debate club, 2020 – 2023\n\n"
        "# Summary of Skills\n- Titration\n- Microscopy"
    )

    assert [school.institution for school in resume.education] == ["Hill School"]
    assert resume.experience == []
    assert len(resume.projects) == 1
    assert [skill for group in resume.skills for skill in group.skills] == ["Titration", "Microscopy"]


# --- Where somebody lives ---


@pytest.mark.parametrize(
    "line",
    ["Ludlow, Shropshire Mobile: 07700 900655", "⚲ Ludlow, Shropshire | 07700 900655", "Contact~Ludlow, Shropshire"],
)
def test_a_place_is_read_without_the_labels_around_it(line: str):
    lines = document(f"# Ada Kowalska\n{line}\nada@mail.test\n\n# Experience\nBaker, Old Mill~2019 – 2020").lines

    assert find_contact_details(lines).personal_info.location == "Ludlow, Shropshire"


def test_the_province_of_a_town_is_part_of_the_place():
    lines = document("# Gennaro Esposito\nSarto\nNapoli (NA) - 333 555 0190 - g.esposito@sarto.test").lines

    assert find_contact_details(lines).personal_info.location == "Napoli (NA)"


@pytest.mark.parametrize("letters", ["RN", "MVB"])
def test_letters_behind_a_name_are_no_part_of_it(letters: str):
    job = "# Employment\nNurse, City Hospital~2019 – 2020"
    lines = document(f"# Chloe Nguyen-Hart {letters}\nchloe@mail.test\n\n{job}").lines

    assert find_contact_details(lines).personal_info.name == "Chloe Nguyen-Hart"
