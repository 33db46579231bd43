"""Reading PDFs: order of columns, wrapped lines, bullets, hidden words, and files that are refused."""

from pathlib import Path

import pymupdf
import pytest

from services.errors import CorruptDocument, DocumentTooComplex, EncryptedDocument, NoTextInDocument
from services.pdf_reader import MAX_PAGES, read_pdf, read_typography
from tests.drawn_pdf import WHITE, Words, column, pdf_of, pdf_with_content

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf_truth"

SIDEBAR = column(
    50, 120, "# CONTACT", "ada@kite.test", "(212) 555-0101", "", "# SKILLS", "Welding", "Blueprints", "Forklift", "",
    "# LANGUAGES", "English", "Polish",
)  # fmt: skip
MAIN = column(
    230, 126, "# EXPERIENCE", "Shop Foreman, Kite Metalworks", "2019 - Present",
    "Runs the night shift and trains the apprentices who join each", "spring, most of them from the technical college.",
    "Welder, Harbor Fabrication", "2012 - 2019", "Built stair railings and gates for three counties.", "",
    "# EDUCATION", "Certificate in Welding, Dockside College", "2011 - 2012", pitch=14,
)  # fmt: skip


def texts(document: bytes) -> list[str]:
    return [line.text for line in read_pdf(document).lines]


def test_a_sidebar_is_read_apart_from_the_main_column():
    page = [Words(50, 60, "Ada Kowalska", 24, bold=True), *SIDEBAR, *MAIN]

    read = texts(pdf_of(page))

    assert read[0] == "Ada Kowalska"
    assert read.index("CONTACT") < read.index("Polish") < read.index("EXPERIENCE") < read.index("2011 - 2012")


def test_a_column_goes_on_at_the_top_of_the_next_page():
    second = column(230, 60, "Apprentice, Northside Steel", "2010 - 2012", "Swept, measured and learned.")

    read = texts(pdf_of([*SIDEBAR, *MAIN], second))

    assert read.index("Welder, Harbor Fabrication") < read.index("Apprentice, Northside Steel")
    assert read.index("Polish") < read.index("EXPERIENCE")


def test_wrapped_lines_become_one_paragraph_and_typed_lines_stay_apart():
    read = texts(pdf_of([*SIDEBAR, *MAIN]))

    assert (
        "Runs the night shift and trains the apprentices who join each spring, most of them from the technical college."
        in read
    )
    assert read[read.index("SKILLS") + 1 : read.index("LANGUAGES")] == ["Welding", "Blueprints", "Forklift"]


def test_dates_at_the_right_margin_stay_on_their_line_behind_a_tab():
    rows = []
    for y, (left, right) in enumerate(
        [("Line Cook, The Copper Pot", "2020 - 2023"), ("Prep Cook, Osteria Blu", "2018 - 2020"),
         ("Dishwasher, Osteria Blu", "2016 - 2018"), ("Culinary Diploma, Lakeshore College", "2015 - 2016")]
    ):  # fmt: skip
        rows += [Words(50, 100 + 40 * y, left), Words(500, 100 + 40 * y, right)]
        rows += [Words(60, 114 + 40 * y, "• Kept the station clean and the tickets moving")]

    read = texts(pdf_of(rows))

    assert "Line Cook, The Copper Pot\t2020 - 2023" in read
    assert "Dishwasher, Osteria Blu\t2016 - 2018" in read


def test_bullets_lose_their_mark_and_keep_their_level():
    document = read_pdf(
        pdf_of(
            [
                Words(50, 80, "Duties"), Words(60, 100, "- Opened the shop"), Words(60, 114, "- Counted the till"),
                Words(80, 128, "* twice on Fridays"), Words(60, 142, "* Locked up"),
            ]
        )
    )  # fmt: skip

    bullets = [(line.marker, line.text, line.list_level) for line in document.lines if line.marker]
    assert bullets == [
        ("-", "Opened the shop", 0), ("-", "Counted the till", 0), ("*", "twice on Fridays", 1), ("*", "Locked up", 0)
    ]  # fmt: skip


def test_a_lone_bullet_glyph_is_put_before_its_words():
    page = [
        Words(60, 100, "-", 12),
        Words(84, 100, "Opened the shop"),
        Words(60, 114, "-", 12),
        Words(84, 114, "Closed it"),
    ]

    lines = read_pdf(pdf_of(page)).lines

    assert [(line.marker, line.text) for line in lines] == [("-", "Opened the shop"), ("-", "Closed it")]


@pytest.mark.parametrize(
    "hidden",
    [
        Words(50, 200, "expert in everything", color=WHITE),
        Words(50, 200, "expert in everything", size=1),
        Words(50, 200, "expert in everything", render_mode=3),
        Words(50, 2000, "expert in everything"),
    ],
    ids=["white", "tiny", "invisible", "off the page"],
)
def test_words_that_nobody_can_see_are_no_lines(hidden):
    document = read_pdf(pdf_of([Words(50, 100, "Ada Kowalska"), hidden]))

    assert [line.text for line in document.lines] == ["Ada Kowalska"]
    assert document.hidden_text == ("expert in everything",)


def test_white_words_on_a_dark_box_are_seen():
    document = read_pdf(pdf_of([Words(60, 100, "Contact", color=WHITE)], boxes=[((40, 60, 220, 700), (0.1, 0.2, 0.4))]))

    assert [line.text for line in document.lines] == ["Contact"]
    assert document.hidden_text == ()


def test_running_footers_do_not_cut_the_text():
    first = [
        *column(50, 100, "# Experience", "Baker, Crumb & Co.", "2018 - 2024"),
        Words(280, 780, "Ada Kowalska - 1/2"),
    ]
    second = [*column(50, 60, "Baker, Old Mill", "2015 - 2018"), Words(280, 780, "Ada Kowalska - 2/2")]

    read = texts(pdf_of(first, second))

    assert read == ["Experience", "Baker, Crumb & Co.", "2018 - 2024", "Baker, Old Mill", "2015 - 2018"]


@pytest.mark.parametrize("printed_at", ["11/23/26, 9:27 AM", "23.11.26, 09:27", "2026-11-23 09:27"])
@pytest.mark.parametrize("address", ["file:///home/ada/cv.html", "https://cv.example/ada"])
def test_what_a_browser_prints_around_a_page_is_no_text_of_it(printed_at: str, address: str):
    page = [
        Words(24, 20, printed_at, 8),
        Words(280, 20, "My CV", 8),
        *column(50, 100, "# Experience", "Baker, Crumb & Co.", "2018 - 2024", "See https://crumb.example"),
        Words(24, 830, address, 8),
        Words(560, 830, "1/1", 8),
    ]

    assert texts(pdf_of(page)) == ["Experience", "Baker, Crumb & Co.", "2018 - 2024", "See https://crumb.example"]


def test_links_are_kept_with_the_words_they_cover():
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 100), "LinkedIn", fontsize=11)
    page.insert_link(
        {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(50, 90, 95, 102), "uri": "https://kite.test/in/ada"}
    )

    (line,) = read_pdf(document.tobytes()).lines

    assert [(link.text, link.url) for link in line.links] == [("LinkedIn", "https://kite.test/in/ada")]


def test_a_scan_has_no_text():
    document = pymupdf.open()
    page = document.new_page()
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40), False)
    picture.clear_with(200)
    page.insert_image(page.rect, pixmap=picture)

    with pytest.raises(NoTextInDocument):
        read_pdf(document.tobytes())


def test_the_text_layer_under_a_scan_is_read():
    document = pymupdf.open()
    page = document.new_page()
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40), False)
    picture.clear_with(200)
    page.insert_image(page.rect, pixmap=picture)
    page.insert_text((50, 100), "Ada Kowalska", render_mode=3)

    assert texts(document.tobytes()) == ["Ada Kowalska"]


def test_a_protected_file_is_refused():
    document = pymupdf.open()
    document.new_page().insert_text((50, 50), "secret")
    protected = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="kite", owner_pw="kite")

    with pytest.raises(EncryptedDocument):
        read_pdf(protected)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\ngarbage", b"PK\x03\x04"])
def test_a_damaged_file_is_refused(content):
    with pytest.raises(CorruptDocument):
        read_pdf(content)


def test_a_book_is_refused():
    pages = [[Words(50, 100, f"Page {number}")] for number in range(MAX_PAGES + 1)]

    with pytest.raises(DocumentTooComplex):
        read_pdf(pdf_of(*pages))


def test_typography_tells_what_a_template_needs():
    blue = (0.0, 0.2, 0.6)
    page = [Words(50, 60, "Ada Kowalska", 26), Words(50, 100, "EXPERIENCE", 13, bold=True, color=blue)]
    page += column(50, 120, *["Measured twice and cut once, every working day of the year."] * 6)

    looks = read_typography(pdf_of(page))

    assert (looks.page_width, looks.page_height) == (612, 792)
    assert (looks.body_size, looks.name_size) == (10, 26)
    assert (looks.heading_colour, looks.font_family) == ("003399", "Arial")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample PDFs are not beside this project")
def test_every_sample_keeps_all_its_letters():
    for path in sorted(SAMPLES.glob("*.pdf")):
        with pymupdf.open(path) as pdf:
            shown = "".join(page.get_text() for page in pdf)
        read = "".join(f"{line.marker}{line.text}" for line in read_pdf(path.read_bytes()).lines)
        digits = sum(c.isdigit() for c in shown), sum(c.isdigit() for c in read)

        assert sum(c.isalpha() for c in read) >= 0.97 * sum(c.isalpha() for c in shown), path.name
        assert digits[1] >= 0.95 * digits[0] - 20, path.name


def test_labels_and_dates_before_their_rows_are_no_column():
    rows = [
        ("# Lebenslauf", ""), ("Name", "Ada Kowalska"), ("Telefon", "0941 555 0199"), ("Ort", "Regensburg"),
        ("", ""), ("# Berufserfahrung", ""), ("2018 - heute", "Schichtleiterin, Donaustahl GmbH"),
        ("", "Führt zwölf Personen an zwei Straßen"), ("2010 - 2018", "Mechanikerin, Krahner Maschinenbau"),
        ("", "Wartete Fräsmaschinen"), ("", ""), ("# Kenntnisse", ""), ("EDV", "SAP, Office"),
        ("Sprachen", "Deutsch, Polnisch"),
    ]  # fmt: skip
    labels = column(70, 80, *(label for label, _ in rows), pitch=15)
    values = column(210, 80, *(value for _, value in rows), pitch=15)

    read = texts(pdf_of([*labels, *values]))

    assert read == ["\t".join(cell.lstrip("# ") for cell in row if cell) for row in rows if any(row)]


# --- What pages draw instead of writing, and write instead of drawing ---


def drawn(words: list[Words], dots: list[tuple[float, float]], radius: float = 1.5) -> bytes:
    with pymupdf.open(stream=pdf_of(words), filetype="pdf") as document:
        for dot in dots:
            document[0].draw_circle(dot, radius, color=None, fill=(0, 0, 0))
        return bytes(document.tobytes())


def test_bullets_drawn_as_dots_begin_a_list_item_each():
    items = column(60, 100, "Answers seventy calls a day", "Trains the people who join", "Keeps the rota")

    lines = read_pdf(drawn(items, [(52, 97), (52, 110)])).lines

    assert [(line.text, line.marker) for line in lines] == [
        ("Answers seventy calls a day", "•"),
        ("Trains the people who join", "•"),
        ("Keeps the rota", ""),
    ]


def test_icons_and_dotted_lines_are_no_bullets():
    items = column(60, 100, "ada@kite.test", "Lyon")

    icons = read_pdf(drawn(items, [(52, 97), (52, 110)], radius=4)).lines
    dotted = read_pdf(drawn(items, [(52, 90 + 3 * n) for n in range(10)], radius=1)).lines

    assert [line.marker for line in (*icons, *dotted)] == [""] * 4


def test_words_set_letter_by_letter_are_words_again():
    spread = [Words(60 + 14 * n, 60, letter, 14) for n, letter in enumerate("ANNE KOWAL")]
    typed = [Words(60, 100, "W O R K   H I S T O R Y"), Words(60, 130, "S K I L L S"), Words(60, 160, "Plan A or B")]

    assert texts(pdf_of([*spread, *typed])) == ["ANNE KOWAL", "WORK HISTORY", "SKILLS", "Plan A or B"]


def test_words_of_a_line_set_so_tight_that_its_spaces_are_hardly_seen_are_told_apart():
    words = "Ran an easily managed hybrid cloud with (three) zones".split()
    tight = f"BT /helv 10 Tf 60 650 Td [({') -130 ('.join(words)})] TJ ET".replace("(three)", r"\(three\)")
    link = Words(60, 100, "https://example.com/a-page-with-a-very-long-address")

    assert texts(pdf_with_content([link], tight)) == [link.text, " ".join(words)]


def test_a_dot_of_mathematics_between_items_is_a_dot_like_any_other():
    with pymupdf.open(stream=pdf_of([]), filetype="pdf") as document:
        writer = pymupdf.TextWriter(document[0].rect)
        writer.append((60, 100), "Payroll \u2219 Rota", font=pymupdf.Font("helv"))
        writer.write_text(document[0])
        assert texts(document.tobytes()) == ["Payroll · Rota"]


def test_centred_headings_over_dates_at_the_margin_are_no_column():
    page: list[Words] = []
    for n, heading in enumerate(("JOBS", "POSTS", "STUDIES", "LANGUAGES")):
        y = 100 + 60 * n
        page += [Words(300 - 3.5 * len(heading), y, heading, 12, bold=True), Words(60, y + 16, f"Baker {n}")]
        page += [
            Words(480 + 3 * n, y + 16, f"201{n} - 2019"),
            Words(60, y + 30, f"Kneaded, weighed and sold at place {n}"),
        ]
    centred = [Words(280, 60, "a line"), Words(280, 75, "a line")]

    read = texts(pdf_of([*centred, *page]))

    assert read.index("JOBS") < read.index("Baker 0\t2010 - 2019") < read.index("POSTS")


# --- Lines that stay apart, and lines that go on ---


def test_items_below_each_other_stay_apart_however_full_the_column_is():
    skills = column(
        400, 100, "Pose de voies veineuses", "Triage", "Gestion de la douleur", "Éducation thérapeutique",
        "Logiciel DxCare", "amandine.lefevre@courriel.test", "06 55 50 12 34",
    )  # fmt: skip

    assert texts(pdf_of(skills)) == [word.text for word in skills]


def test_a_title_left_unfinished_at_the_margin_goes_on():
    page = column(60, 100, "Answers the phone all day long and writes down who called.", "", size=17)
    page += column(60, 220, "Teaches the people who join, most of them in the spring.", size=17)
    page += [Words(60, 150, "Bachelor of Science in Adult Nursing, the University of", 16, bold=True)]
    page += [Words(60, 168, "Bradford", 16, bold=True), Words(60, 186, "2012 - 2015", 16)]

    read = texts(pdf_of(page))

    assert "Bachelor of Science in Adult Nursing, the University of Bradford" in read
    assert "2012 - 2015" in read


def test_a_title_and_its_span_that_both_wrap_are_one_line():
    page = [
        Words(60, 100, "Ausbildung zur Gesundheits- und"), Words(400, 100, "2011 -"),
        Words(60, 113, "Krankenpflegerin"), Words(400, 113, "2014"),
    ]  # fmt: skip

    assert texts(pdf_of(page)) == ["Ausbildung zur Gesundheits- und Krankenpflegerin\t2011 - 2014"]


def test_jobs_of_one_line_each_stay_apart():
    jobs = [
        "septembre 2018 - mars 2021: aide-soignante, Clinique Sainte-Anne, puis veilleuse de nuit, Saint-Nazaire",
        "juillet 2013 - août 2018: aide-soignante, Maison du Lac, puis agente de service, Pornic et environs",
    ]

    assert texts(pdf_of(column(60, 100, *jobs))) == jobs


def test_an_area_code_in_brackets_is_no_list_mark():
    assert texts(pdf_of(column(60, 100, "(11) 95555-0143"))) == ["(11) 95555-0143"]


def test_a_table_with_its_dates_at_the_left_is_read_row_by_row():
    page: list[Words] = []
    for n, (years, post, place) in enumerate(
        [("2020 - 2023", "Lecturer", "Kent"), ("2017 - 2020", "Fellow", "Girton"), ("2015 - 2017", "Reader", "Lyon"),
         ("2013 - 2015", "Tutor", "Bath"), ("2011 - 2013", "Clerk", "Ely")]
    ):  # fmt: skip
        page += [
            Words(60, 100 + 14 * n, years),
            Words(220, 100 + 14 * n, f"{post} of History"),
            Words(400, 100 + 14 * n, place),
        ]

    assert texts(pdf_of(page))[:2] == [
        "2020 - 2023\tLecturer of History\tKent",
        "2017 - 2020\tFellow of History\tGirton",
    ]


def test_a_headline_that_ends_near_the_gutter_leaves_the_columns_columns():
    head = [Words(50, 60, "Rosalind Featherstonehaugh", 13), Words(50, 80, "Journeyman Electrician, nights")]

    read = texts(pdf_of([*head, *SIDEBAR, *MAIN]))

    assert read.index("SKILLS") < read.index("Polish") < read.index("EXPERIENCE")


def test_the_second_item_in_a_row_of_a_list_in_columns_loses_its_mark():
    page = [Words(60, 100, "• Medication review"), Words(300, 100, "• Diabetes education")]

    assert texts(pdf_of(page)) == ["Medication review\tDiabetes education"]


def test_a_span_with_its_start_above_its_end_is_one_span():
    page = [
        Words(60, 100, "Head of crew", bold=True), Words(400, 100, "2017"),
        Words(60, 113, "Garda Heating"), Words(400, 113, "Present"),
    ]  # fmt: skip

    assert texts(pdf_of(page)) == ["Head of crew\t2017\tPresent", "Garda Heating"]


def test_a_span_that_wraps_in_the_narrow_cell_of_a_table_is_one_span():
    page = [
        Words(60, 100, "January 2018 -"), Words(200, 100, "Lead Machinist"),
        Words(60, 113, "Present"), Words(200, 113, "Badger Precision"),
    ]  # fmt: skip

    assert texts(pdf_of(page)) == ["January 2018 - Present\tLead Machinist", "Badger Precision"]


def test_years_of_two_lines_that_look_alike_stay_with_their_lines():
    page = [
        Words(60, 100, "Silver medal"),
        Words(400, 100, "2017"),
        Words(60, 113, "Gold medal"),
        Words(400, 113, "2019"),
    ]

    assert texts(pdf_of(page)) == ["Silver medal\t2017", "Gold medal\t2019"]


def test_a_space_that_a_mac_names_in_every_way_it_can_is_one_character():
    with pymupdf.open(stream=pdf_of([]), filetype="pdf") as document:
        writer = pymupdf.TextWriter(document[0].rect)
        writer.append((60, 100), "Clerk at Rye", font=pymupdf.Font("helv"))
        writer.write_text(document[0])
        content = document.tobytes()
    with pymupdf.open(stream=content, filetype="pdf") as document:
        streams = (number for number in range(1, document.xref_length()) if document.xref_is_stream(number))
        cmap = next(number for number in streams if b"begincmap" in document.xref_stream(number))
        names = document.xref_stream(cmap).replace(b"<0001> <0007> <0020>", b"<0002> <0007> <0021>")
        space = b"1 beginbfchar\n<0001> <0009000D002000A0>\nendbfchar\nendcmap"
        document.update_stream(cmap, names.replace(b"endcmap", space))

        assert texts(document.tobytes()) == ["Clerk at Rye"]
