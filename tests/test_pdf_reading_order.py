"""The order in which the words of a PDF are read: columns, cards, tables, rails, and what wraps in them."""

import pymupdf

from services.contact_details import find_contact_details, redact_lines
from services.document_text import render_numbered
from services.offline_model.extraction import extract
from services.pdf_reader import read_pdf
from services.resume_assembly import assemble
from tests.drawn_pdf import Words, column, pdf_of


def texts(document: bytes) -> list[str]:
    return [line.text for line in read_pdf(document).lines]


def jobs(document: bytes) -> list[tuple[str, str, str]]:
    text = read_pdf(document)
    contact = find_contact_details(text.lines)
    resume = assemble(text, extract(render_numbered(redact_lines(text.lines, contact))), contact).resume
    return [(job.title, job.company, job.start_date) for job in resume.experience]


def test_three_columns_under_a_name_are_read_one_after_the_other():
    page = [
        Words(40, 60, "Ada Kowalska", 22, bold=True),
        *column(40, 100, "# CONTACT", "+1 212 555 0101", "ada@kite.test", "", "# SKILLS", "Latin", "Welding", "Maps"),
        *column(
            180, 100, "# EXPERIENCE", "Archivist", "City Library", "2018 - 2024", "Sorts the letters of mayors.",
            "Answers at the desk.", "Clerk", "Harbour Office", "2015 - 2018", pitch=15,
        ),
        *column(430, 100, "# EDUCATION", "BA History", "Durham University", "2012 - 2015", pitch=14),
    ]  # fmt: skip

    read = texts(pdf_of(page))

    assert read.index("Maps") < read.index("EXPERIENCE") < read.index("2015 - 2018") < read.index("EDUCATION")
    assert read[read.index("EXPERIENCE") + 1 :][:3] == ["Archivist", "City Library", "2018 - 2024"]


def test_jobs_set_as_cards_beside_each_other_are_jobs_of_their_own():
    page = [
        Words(40, 60, "Ada Kowalska", 20, bold=True),
        Words(40, 76, "ada@kite.test"),
        Words(40, 110, "Work Experience", 14, bold=True),
        *column(40, 130, "Staff Engineer", "Octavia Energy", "2021 - 2024", "Moved the jobs of the night."),
        *column(310, 130, "Data Engineer", "Brightcart Retail", "2018 - 2021", "Rebuilt the feed of stock."),
        *column(40, 200, "Analyst", "Northgate Council", "2015 - 2018", "Wrote the reports on housing."),
        Words(40, 270, "Education", 14, bold=True),
        *column(40, 290, "MSc Mathematics", "University of Leeds", "2014 - 2015"),
        *column(310, 290, "BSc Mathematics", "University of York", "2010 - 2013"),
    ]  # fmt: skip

    assert jobs(pdf_of(page)) == [
        ("Staff Engineer", "Octavia Energy", "2021"),
        ("Data Engineer", "Brightcart Retail", "2018"),
        ("Analyst", "Northgate Council", "2015"),
    ]


def test_tall_cells_of_a_table_stay_with_the_dates_of_their_row():
    page = [Words(40, 60, "Ada Kowalska", 20, bold=True), Words(40, 76, "ada@kite.test")]
    page.append(Words(40, 110, "Work Experience", 14, bold=True))
    rows = [
        (130, "2018 - 2024", ("House of Sunflowers", "Stuttgart"), ("Head Cook", "• Leads ten people", "• Buys fish")),
        (190, "2012 - 2018", ("Parish of Vaihingen", "Stuttgart"), ("Cook", "• Cooks all day long", "• Bakes")),
        (250, "2011 - 2012", ("The Golden Ox", "Esslingen"), ("Kitchen Helper", "• Helps", "• Washes pots")),
    ]
    for y, dates, employer, duties in rows:
        page += [Words(45, y, dates), *column(180, y, *employer), *column(390, y, *duties)]

    assert jobs(pdf_of(page)) == [
        ("Head Cook", "House of Sunflowers", "2018"),
        ("Cook", "Parish of Vaihingen", "2012"),
        ("Kitchen Helper", "The Golden Ox", "2011"),
    ]


def test_headings_and_dates_set_flush_against_their_text_are_a_rail_and_no_column():
    def flush(y: float, text: str, bold: bool = False) -> Words:
        return Words(180 - 5.2 * len(text), y, text, bold=bold)

    page = [Words(90, 60, "Ada Kowalska", 20, bold=True), Words(90, 76, "ada@kite.test")]
    page += [flush(110, "WORK", True), flush(123, "EXPERIENCE", True)]
    for y, dates, words in (
        (140, "2017 - 2024", ("Architect", "Studio Morand", "Rebuilt mills of six million euros.")),
        (190, "2012 - 2017", ("Draftsman", "Officina Urbana S.r.l.", "Drew fourteen schools.")),
        (240, "2010 - 2012", ("Intern", "Atelier Bricherasio", "Built models and plates.")),
    ):
        page += [flush(y, dates), *column(192, y, *words)]

    assert jobs(pdf_of(page)) == [
        ("Architect", "Studio Morand", "2017"),
        ("Draftsman", "Officina Urbana S.r.l.", "2012"),
        ("Intern", "Atelier Bricherasio", "2010"),
    ]


def test_a_name_left_at_a_little_word_goes_on_below_however_short_it_is():
    page = [*column(60, 100, "Colegio Estadual Thales de", "Azevedo", "2004 - 2007"), Words(60, 180, "x" * 60)]

    assert texts(pdf_of(page))[:2] == ["Colegio Estadual Thales de Azevedo", "2004 - 2007"]


def test_a_line_that_ends_in_its_dates_is_not_continued():
    lines = (
        "Caledonian Lines, Ullapool, Able Seaman, 2017 - 2020",
        "Watchkeeping and mooring of the ferry.",
        "Plumbing Certificate, City College, Glasgow, finished in 2014, 2015",
        "Standard Grades, Paisley School, 2009",
    )

    assert texts(pdf_of(column(60, 100, *lines))) == list(lines)


def test_a_span_of_time_that_wraps_is_one_span():
    page = column(
        60, 100, "Hebridean Marine Services, Stornoway, Deckhand, Sept", "2012 - 2017", "Cage work, nets and diving."
    )

    assert texts(pdf_of(page))[0] == "Hebridean Marine Services, Stornoway, Deckhand, Sept 2012 - 2017"


def test_a_town_a_span_and_its_length_stacked_at_the_right_belong_to_the_entry():
    page = [
        Words(60, 100, "Studio Passerini, Interior Designer"), Words(480, 100, "Roscanvel"),
        Words(60, 114, "• Drew twenty-eight flats and"), Words(480, 114, "2019 - 2021"),
        Words(69, 128, "two shops"), Words(480, 128, "2 years 4 months"),
        Words(60, 142, "• Chose the lamps"),
    ]  # fmt: skip

    assert texts(pdf_of(page)) == [
        "Studio Passerini, Interior Designer\tRoscanvel\t2019 - 2021\t2 years 4 months",
        "Drew twenty-eight flats and two shops",
        "Chose the lamps",
    ]


def test_a_dash_before_a_date_is_no_list_mark():
    lines = read_pdf(pdf_of(column(60, 100, "Politecnico di Milano, Laurea in Design", "- 2013 - 2016"))).lines

    assert all(line.list_level is None for line in lines)


def test_words_of_a_line_stretched_to_its_margin_are_no_cells():
    page = [
        Words(x, 100, word) for x, word in ((60, "Learning"), (111.4, "by"), (134.5, "projects,"), (184.8, "Latin"))
    ]

    (line,) = texts(pdf_of(page))

    assert line == "Learning by projects, Latin"


def test_a_heading_in_a_side_column_of_small_letters_is_a_heading():
    skills = ("Roadmaps", "Billing", "Interviews", "Figma", "Wireframes", "Budgets", "Contracts")
    side = [Words(40, 120, "Top Skills", 11.5), *column(40, 136, *skills, size=9)]
    main = column(230, 120, *["Leads the team that bills three thousand customers every month."] * 9, size=11)

    lines = read_pdf(pdf_of([*side, *main])).lines

    assert [line.text for line in lines if line.heading] == ["Top Skills"]


def test_the_wrapped_cells_of_a_ruled_table_are_whole_and_level():
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for y in (90, 130, 170):
        page.draw_line((50, y), (550, y))
    for x in (50, 130, 260, 400, 550):
        page.draw_line((x, 90), (x, 170))
    for x, y, words in (
        (55, 106, "2019 -"), (55, 120, "Present"), (135, 106, "County Government of"), (135, 120, "Nakuru"),
        (265, 113, "ICT Officer"), (405, 113, "Networks of 14 offices"),
        (55, 146, "2016 - 2019"), (135, 153, "Sameer Telkom Ltd"), (265, 153, "Technician"), (405, 153, "Repairs"),
    ):  # fmt: skip
        page.insert_text((x, y), words, fontsize=11)

    assert texts(document.tobytes()) == [
        "2019 - Present\tCounty Government of Nakuru\tICT Officer\tNetworks of 14 offices",
        "2016 - 2019\tSameer Telkom Ltd\tTechnician\tRepairs",
    ]


def test_wrapped_dates_before_their_entries_are_no_column_beside_a_sidebar():
    side = column(
        40, 100, "# Skills", "Docker and Kubernetes", "Ansible and Terraform", "Prometheus and Grafana", "Python", "",
        "# Languages", "French", "Breton", "English", "", "# Interests", "Sailing and electronics",
    )  # fmt: skip
    main = [
        Words(210, 100, "Experience", 12, bold=True),
        Words(210, 118, "09/2020 - present"), Words(300, 118, "Platform Engineer, Kite Software"),
        Words(309, 132, "• Moved forty services to new machines."),
        Words(309, 146, "• Leads a circle of twenty-five."),
        Words(210, 172, "02/2017 -"), Words(210, 184, "08/2020"), Words(300, 172, "Administrator, Harbour Credit"),
        Words(309, 186, "• Looked after three hundred servers."),
        Words(309, 200, "• On call one week of five."),
        Words(210, 226, "10/2014 -"), Words(210, 238, "01/2017"), Words(300, 226, "Technician, Pine Computers"),
        Words(309, 240, "• Helped forty small firms."),
        Words(210, 270, "Projects", 12, bold=True), Words(210, 286, "An open weather station for harbours (2021)"),
    ]  # fmt: skip

    assert jobs(pdf_of([*side, *main])) == [
        ("Platform Engineer", "Kite Software", "09/2020"),
        ("Administrator", "Harbour Credit", "02/2017"),
        ("Technician", "Pine Computers", "10/2014"),
    ]


def test_an_item_set_closer_below_its_first_word_than_items_are_is_one_item():
    rows = ((118, "Emergency"), (130, "evacuation"), (147, "Wine service"), (164, "First aid"), (181, "Crew briefing"))
    main = column(230, 100, "# Experience", *["Leads the crew that looks after three hundred guests."] * 9)

    page = [Words(40, 100, "Skills", 12, bold=True), *(Words(40, y, text, 9) for y, text in rows), *main]

    assert texts(pdf_of(page))[:5] == ["Skills", "Emergency evacuation", "Wine service", "First aid", "Crew briefing"]


# --- What tells where a column and a line end ---


def test_a_list_in_two_columns_ends_before_the_next_section():
    page = [
        *column(40, 40, "# SKILLS", "Triage", "Wound care", "Telemetry", "Patient notes", size=10),
        *column(300, 51, "Infection control", "Shift plans", "Conflict resolution", "Teaching", "Rotas", pitch=15),
        *column(40, 130, "# VOLUNTEERING", "Blood drive"),
    ]

    read = texts(pdf_of(page))

    assert read.index("Patient notes") < read.index("Infection control") < read.index("VOLUNTEERING")
    assert read.index("Teaching") < read.index("VOLUNTEERING")


def test_the_lines_under_headings_show_where_a_column_ends():
    side = column(20, 60, "# SKILLS", "Languages: Go, Python,", "TypeScript, SQL", "", "Data: Kafka, Redis", pitch=12)
    side += column(20, 140, "# EDUCATION", "", "", "Durham College", "2013 - 2014", pitch=12)
    side += [Words(20, 152, "MSc Advanced Computer", bold=True), Words(20, 164, "Science", bold=True)]
    main = column(
        220, 60, "# EXPERIENCE", "Staff Engineer at Parcelwise Ltd, 2022 - Present", "Owns the tracking of parcels.",
        "", "Engineer at Tallybridge Ltd, 2016 - 2022", "Built the reconciliation of cards.", pitch=14,
    )  # fmt: skip
    rules = [((20, y, 150, y + 0.7), (0.5, 0.5, 0.5)) for y in (64, 144)]

    read = texts(pdf_of([*side, *main], boxes=rules))

    assert "Languages: Go, Python, TypeScript, SQL" in read
    assert "MSc Advanced Computer Science" in read
    assert "Durham College" in read


def test_a_town_in_small_letters_stands_apart_from_the_employer_before_it():
    def width(employer: str) -> float:
        return pymupdf.get_text_length(employer, fontname="hebo", fontsize=12)

    page = [
        Words(40, 20, "Ada Kowalska", 20, bold=True),
        *column(40, 30, "ada@kite.test", "# EXPERIENCE"),
        Words(40, 60, "Tallybridge Payments", 12, bold=True),
        Words(43 + width("Tallybridge Payments"), 60, "London, UK", 9),
        *column(40, 74, "Software Engineer, 2016 - 2019", "• Matched the transactions of the night."),
        Words(40, 110, "Northlight Studios", 12, bold=True),
        Words(43 + width("Northlight Studios"), 110, "Cardiff, UK", 9),
        *column(40, 124, "Junior Developer, 2014 - 2016", "• Wrote the tools of museums."),
    ]

    assert "Tallybridge Payments\tLondon, UK" in texts(pdf_of(page))
    assert [job[:2] for job in jobs(pdf_of(page))] == [
        ("Software Engineer", "Tallybridge Payments"),
        ("Junior Developer", "Northlight Studios"),
    ]


def test_a_name_that_wraps_above_its_dates_is_one_name():
    page = [
        *column(430, 60, "# EDUCATION", "", "University of the Northumberland", "Strait", "2005 - 2009"),
        Words(430, 73, "Bachelor of Engineering", bold=True),
        *column(
            40, 66, "# EXPERIENCE", "Engineer at Parcelwise Ltd, 2012 - 2022", "Drew the bridges of the canal.", "",
            "Draughtsman at Quayside Ltd, 2011 - 2012", "Drew the sheds of the harbour.", "Kept the plans.", pitch=15,
        ),
    ]  # fmt: skip

    assert "University of the Northumberland Strait" in texts(pdf_of(page))


def test_a_heading_in_a_row_of_its_own_takes_no_name_in_small_letters_with_it():
    page = [
        *column(60, 100, "# EXPERIENCE"),
        *column(60, 118, "Kite Metal, Welder, 2018 - 2022"),
        Words(60, 140, "PROJECTS", bold=True),
        Words(60, 159, "opentrace, a library for tracing", bold=True),
        Words(60, 172, "Open source since its first day"),
    ]

    read = texts(pdf_of(page))

    assert read[2:] == ["PROJECTS", "opentrace, a library for tracing", "Open source since its first day"]


def test_rows_of_single_words_between_marks_and_their_labels_stay_apart():
    rows = ("Over 5000 lines:", "Java · Shell · Python · Javascript", "OCaml · Matlab · Rails · Fortran")
    more = ("Over 1000 lines:", "Lua · Bash · Assembly · Smalltalk", "Ada · Pascal · Haskell · Erlang")
    side = column(60, 100, "# SKILLS", *rows, *more)
    deeds = ("Wrote the programs of the town hall", "Ran its computers at night", "Taught clerks to type")
    work = column(240, 107, "# EXPERIENCE", "Programmer, Town of Rye", "2010 - 2016", *deeds, pitch=17)

    read = texts(pdf_of([*side, *work]))

    assert read[:7] == ["SKILLS", *rows, *more]


def test_an_item_of_several_words_between_marks_goes_on_in_the_next_row():
    rows = ("Night shifts · Wound care · Patient", "education · Triage work · Blood tests")

    assert texts(pdf_of(column(60, 100, *rows, "Night shifts, wound care, patients")))[0] == " ".join(rows)


def test_the_code_of_a_state_leads_on_to_no_title_below():
    header = [Words(60, 100, "St. Mary's Hospital, Portland, OR"), Words(450, 100, "2018 - 2022")]

    read = texts(pdf_of([*header, *column(60, 113, "Head of Marketing", "Answered questions by phone")]))

    assert read == [
        "St. Mary's Hospital, Portland, OR\t2018 - 2022",
        "Head of Marketing",
        "Answered questions by phone",
    ]


def test_contact_data_across_the_top_is_no_part_of_the_column_that_it_ends_over():
    top = [Words(40, 60, "Ada Kowalska", 22, bold=True), Words(40, 90, "ada@kite.test"), Words(180, 90, "+48 555 0102")]
    left = ("# WORK", "Clerk, Kite Works", "2016 - 2020", "Answered calls of customers all day long", "Kept the rota")
    right = ("# PROFILE", "Patient and methodical clerk", "", "# SKILLS", "Excel", "Payroll", "Filing", "Typing")
    page = [*top, Words(345, 90, "Wobbling"), *column(40, 130, *left), *column(322, 137, *right, pitch=17)]

    read = texts(pdf_of(page))

    assert read[1].endswith("Wobbling")
    assert read.index("Kept the rota") < read.index("PROFILE") < read.index("Typing")
