"""What the designs of resume builders do to sections: labels in entries, groups as sections, dates below names."""

import pytest

from services.contact_details import find_contact_details
from tests.resumes.reading import document
from tests.test_resume_extraction_of_shapes import jobs, read, schools


def skills(text: str) -> list[tuple[str, list[str]]]:
    return [(group.category, group.skills) for group in read(text).skills]


# --- Experience ---


def test_the_field_of_a_title_belongs_to_it_where_the_employer_says_what_it_is():
    assert jobs(
        """
        Charge Nurse, Willamette Medical Center~2020 – Present
        Staff Nurse, Surgical Unit, St. Brendan Hospital~2016 – 2020
        Communications Assistant, Pilsen Arts Council~2014 – 2016
        """
    ) == [
        ("Charge Nurse", "Willamette Medical Center", ""),
        ("Staff Nurse, Surgical Unit", "St. Brendan Hospital", ""),
        ("Communications Assistant", "Pilsen Arts Council", ""),
    ]


@pytest.mark.parametrize("title_between", [True, False])
def test_an_employer_set_as_a_heading_over_its_dates_opens_no_section(title_between: bool):
    def job(company: str, title: str, dates: str) -> str:
        return f"{company}\n{title}\n{dates}\n" if title_between else f"{company}\n{dates}\n{title}\n"

    first = job("**Granary & Oats**", "**Marketing Manager**", "August 2019 – Present")
    second = job("# Harker Mint Foods", "**Brand Specialist**", "March 2016 – July 2019")
    found = read(f"# Experience\n{first}- Launched a line\n\n{second}- Ran tastings\n\n# Education\nBA, Rye College")

    assert [(each.title, each.company) for each in found.experience] == [
        ("Marketing Manager", "Granary & Oats"),
        ("Brand Specialist", "Harker Mint Foods"),
    ]


def test_a_label_over_the_points_of_each_job_opens_no_section():
    found = read(
        """
        # Experience
        **Parcelwise Ltd**~Apr 2021 – Present
        **Senior Developer**
        **Highlights**
        - Rebuilt the tracking

        **Brightcard Payments**~Sep 2018 – Mar 2021
        **Developer**
        **Highlights**
        - Wrote the ledger
        """
    )

    assert [(job.title, job.bullets) for job in found.experience] == [
        ("Senior Developer", ["Rebuilt the tracking"]),
        ("Developer", ["Wrote the ledger"]),
    ]


def test_a_day_with_nothing_behind_its_dash_is_a_start():
    (job,) = read("# Experience\n**Site Electrician**, Blackwater Services~2017-01-01 —\n- Wires").experience

    assert (job.start_date, job.end_date) == ("2017-01-01", "")


def test_an_entry_in_one_line_may_end_like_a_sentence():
    assert jobs(
        """
        2016–2021~Lecturer in Biology, University of Tasmania, Hobart, Australia.
        Designed a module.
        2013–2016~Research Fellow, Plymouth Marine Laboratory, Plymouth, United Kingdom.
        Led a work package.
        """
    ) == [
        ("Lecturer in Biology", "University of Tasmania", "Hobart, Australia"),
        ("Research Fellow", "Plymouth Marine Laboratory", "Plymouth, United Kingdom"),
    ]


# --- Education ---


def test_schools_beside_each_other_are_read_one_after_the_other():
    assert schools(
        """
        University of Washington~Oregon State University
        Sep 2019 – Jun 2025~Sep 2015 – Jun 2019
        PhD Oceanography~BS Biology
        """
    ) == [("University of Washington", "PhD", ""), ("Oregon State University", "BS", "")]


def test_a_degree_may_be_taken_at_a_school():
    assert schools("BS Biology at Oregon State University~Sep 2015 – Jun 2019") == [
        ("Oregon State University", "BS", "")
    ]


def test_what_a_degree_is_in_may_stand_in_the_row_below():
    (school,) = read("# Education\nUniversity of Leeds~2013 – 2016\nBSc\nComputer Science").education

    assert (school.degree, school.field) == ("BSc", "Computer Science")


def test_a_grade_takes_no_word_of_the_degree_before_it():
    (school,) = read("# Education\nUniversity of Portland~2012 – 2016\nBachelor of Science GPA: 3.7").education

    assert (school.degree, school.gpa) == ("Bachelor of Science", "3.7")


def test_a_word_on_the_degree_is_no_part_of_the_school():
    assert schools("2007–2008~MRes in Ecology, University of York. Distinction.") == [
        ("University of York", "MRes in Ecology", "")
    ]


def test_the_town_of_a_firm_that_trained_somebody_is_its_place():
    assert schools("08/2008 – 06/2011~Ausbildung zur Bauzeichnerin\nIngenieurbüro Wolters & Partner, Lingen") == [
        ("Ingenieurbüro Wolters & Partner", "Ausbildung zur Bauzeichnerin", "Lingen")
    ]


# --- Skills ---


def test_short_lists_under_headings_of_the_persons_own_words_are_skills():
    assert skills(
        """
        # Experience
        Exhibit Aide, Puget Sound Aquarium~2017 – 2019
        - Fed invertebrates

        # Field work
        Scientific diving
        Transect surveys

        # Analysis
        R~QGIS
        """
    ) == [("Field work", ["Scientific diving", "Transect surveys"]), ("Analysis", ["R", "QGIS"])]


def test_such_a_list_is_none_where_skills_stand_elsewhere():
    found = read(
        """
        # Skills
        R, QGIS

        # Experience
        Exhibit Aide, Puget Sound Aquarium~2017 – 2019

        # Diving sites
        San Juan Islands
        Hood Canal
        """
    )

    assert [group.skills for group in found.skills] == [["R", "QGIS"]]


@pytest.mark.parametrize(
    "section",
    [
        "# Skills\n**Languages~Expert**\nGo~Python\n\n**Infrastructure~Advanced**\nKafka~Terraform",
        "# Skills\n# Languages\nGo~Python\n**Infrastructure**\nKafka~Terraform",
    ],
)
def test_languages_right_below_the_heading_of_the_skills_are_some_of_them(section: str):
    assert skills(section) == [("Languages", ["Go", "Python"]), ("Infrastructure", ["Kafka", "Terraform"])]


def test_a_section_of_languages_that_nobody_speaks_lists_skills():
    assert [group.skills for group in read("# Languages\nGo\nPython").skills] == [["Go", "Python"]]
    assert read("# Languages\nPolish\nEnglish").skills == []


def test_how_well_a_group_is_known_is_no_name_for_it():
    text = "# Experience\nClerk, Rye Ltd~2017 – 2019\n\n# Languages\n**Expert**\nGo~Python\n"
    assert skills(text) == [("Languages", ["Go", "Python"])]


def test_a_spoken_language_and_its_level_below_it_are_one_item():
    (section,) = read("# Languages\nPolish\nNative\nEnglish\nFluent").custom_sections
    assert section.items == ["Polish Native", "English Fluent"]


# --- Contact data ---


def test_contact_data_among_the_sections_of_a_column_is_found():
    info = find_contact_details(
        document(
            """
            # Ada Kowalska

            # Experience
            Cook, Blue Door
            2019 - 2020

            # About
            Chicago, IL
            ada@mail.test
            (212) 555-0142

            # Marketing
            Brand management
            """
        ).lines
    ).personal_info

    assert (info.email, info.phone, info.location) == ("ada@mail.test", "(212) 555-0142", "Chicago, IL")


def test_contact_data_below_a_sentence_of_another_section_is_found():
    info = find_contact_details(
        document(
            """
            # Ada Kowalska

            # Projects
            Measured the caffeine in twenty-four samples from cafés and presented a poster at the symposium
            Ann Arbor, MI
            (734) 555-0129
            ada@mail.test

            # Skills
            Pipetting
            """
        ).lines
    ).personal_info

    assert (info.phone, info.location) == ("(734) 555-0129", "Ann Arbor, MI")


@pytest.mark.parametrize(
    "place", ["Leeds, West Yorkshire, GB", "Cork Munster IE", "Portland, Oregon (US)", "Chicago (US), Illinois"]
)
def test_a_place_may_end_in_the_code_of_its_country(place: str):
    info = find_contact_details(document(f"# Ada Kowalska\n{place}\nada@mail.test\n\n# Skills\nWelding").lines)

    assert info.personal_info.location == place


def test_the_label_of_an_address_is_no_place():
    text = "# Ada Kowalska\n\n# Contact\nWebsite~https://kite.test~Email~ada@mail.test\nPhone~(212) 555-0142"

    assert find_contact_details(document(text).lines).personal_info.location == ""


# --- Time lines ---


def test_the_dot_of_a_time_line_marks_no_point_of_a_list():
    found = read(
        """
        # Experience
        - 03/2019 - Present
        **Site Electrician**
        Blackwater Services
        Wires new buildings

        - 06/2016 - 02/2019
        **Apprentice**
        Calder Electric
        Pulled cables
        """
    )

    assert [(job.title, job.start_date) for job in found.experience] == [
        ("Site Electrician", "03/2019"),
        ("Apprentice", "06/2016"),
    ]


def test_a_length_of_time_in_a_line_of_its_own_names_nobody():
    found = read(
        """
        # Experience
        Blackwater Services
        5 years 2 months
        Site Electrician
        March 2019 – Present
        3 years
        - Wires new buildings
        Apprentice
        2017 – 2019
        2 years 2 months
        - Pulled cables
        """
    )

    assert [(job.title, job.company) for job in found.experience] == [
        ("Site Electrician", "Blackwater Services"),
        ("Apprentice", "Blackwater Services"),
    ]


def test_a_town_and_region_that_nobody_knows_are_a_place_where_places_stand():
    (job,) = read("# Experience\nWelder, Corvo Works – Lower Tarn, Ashvale~2019 – 2022\n- Welded frames").experience

    assert (job.title, job.company, job.location) == ("Welder", "Corvo Works", "Lower Tarn, Ashvale")


def test_what_stands_behind_a_school_is_the_field_where_the_degree_stands_alone():
    (school,) = read("# Education\n**Oregon State University, Biology**~2014 – 2018\nBS").education

    assert (school.institution, school.degree, school.field) == ("Oregon State University", "BS", "Biology")


@pytest.mark.parametrize("levels", ["Expert", "Master"])
def test_a_level_in_a_line_of_its_own_is_no_skill(levels: str):
    assert skills(f"# Skills\n**Welding**\n{levels}\n**Grinding**\n{levels}") == [("", ["Welding", "Grinding"])]


def test_an_employer_and_a_title_may_be_parted_by_a_colon():
    assert jobs(
        """
        Oak Ridge Clinic: Registered Nurse~June 2019 – Present
        Target: Store Associate~2012 – 2015
        """
    ) == [("Registered Nurse", "Oak Ridge Clinic", ""), ("Store Associate", "Target", "")]
    assert jobs("Bus Driver: Delta Freight Inc.~2015 – 2019") == [("Bus Driver", "Delta Freight Inc.", "")]


@pytest.mark.parametrize(
    "row",
    [
        "B.A. in History from UCLA, 2016",
        "UCLA: B.A. in History, 2016",
        "UCLA, B.A. in History, Expected May 2026",
    ],
)
def test_a_degree_and_the_school_that_gave_it_are_told_apart_in_one_row(row: str):
    (school,) = read(f"# Education\n{row}").education

    assert (school.institution, school.degree, school.field) == ("UCLA", "B.A.", "History")


def test_the_last_two_items_of_a_list_are_two_where_one_is_known():
    assert skills("# Skills\nKnife work, Scheduling, Python and Payroll") == [
        ("", ["Knife work", "Scheduling", "Python", "Payroll"])
    ]
    assert skills("# Skills\nExcel, Scheduling, Health and safety") == [
        ("", ["Excel", "Scheduling", "Health and safety"])
    ]


def test_a_sentence_on_the_employer_over_several_roles_makes_no_job_of_it():
    found = read(
        """
        # Experience
        **Harland Weiss Construction Group, Milwaukee, WI**~2014 – Present
        Regional general contractor with 420 employees.

        Senior Project Manager~2020 – Present
        - Lead three projects

        Project Manager~2014 – 2020
        - Managed 11 projects
        """
    )

    assert [(job.title, job.company, job.bullets) for job in found.experience] == [
        (
            "Senior Project Manager",
            "Harland Weiss Construction Group",
            ["Regional general contractor with 420 employees.", "Lead three projects"],
        ),
        ("Project Manager", "Harland Weiss Construction Group", ["Managed 11 projects"]),
    ]


def test_a_field_set_apart_below_its_degree_belongs_to_it_and_a_grade_may_be_a_word():
    found = read(
        """
        # Education
        **University of Portland**~2012 – 2016
        Bachelor of Science

        Nursing
        Grade: 3.7
        """
    ).education
    assert [(each.degree, each.field, each.bullets) for each in found] == [("Bachelor of Science", "Nursing", [])]

    (school,) = read("# Education\nUniversity of Leeds~2013 – 2016\nBSc - Computer Science, GPA: First").education
    assert (school.degree, school.field, school.gpa) == ("BSc", "Computer Science", "First")


def test_what_is_said_below_a_degree_with_its_field_is_no_field():
    (school,) = read(
        """
        # Education
        **University of Portland**~2012 – 2016
        Bachelor of Science in Nursing

        Swim team captain
        """
    ).education
    assert (school.degree, school.field) == ("Bachelor of Science", "Nursing")


@pytest.mark.parametrize(
    "place", ["Pomona, CA", "San Diego, CA", "Pomona, TX", "Leeds, UK", "Washington, DC", "New York"]
)
def test_an_employer_before_a_town_is_no_part_of_the_place(place: str):
    assert jobs(f"Copper Pot, {place}~2018 – 2020\nSwim Coach") == [("Swim Coach", "Copper Pot", place)]
