"""Reading PDFs that were printed from web designs: coloured grounds, chips, narrow columns, marks without a letter."""

from collections.abc import Sequence

import pymupdf
import pytest

from services.pdf_reader import read_pdf
from tests.drawn_pdf import Words, column, pdf_of, pdf_with_content

Area = tuple[float, float, float, float]
PEACH = (1.0, 0.95, 0.9)


def texts(document: bytes) -> list[str]:
    return [line.text for line in read_pdf(document).lines]


def on_grounds(words: Sequence[Words], grounds: Sequence[Area], edges: Sequence[Area] = ()) -> bytes:
    """A page with these words over grounds of a colour, and thin upright edges of icons."""
    with pymupdf.open(stream=pdf_of(()), filetype="pdf") as document:
        for area in (*grounds, *edges):
            document[0].draw_rect(pymupdf.Rect(area), color=None, fill=PEACH if area in grounds else (0, 0, 0))
        for word in words:
            document[0].insert_text((word.x, word.y), word.text, fontsize=word.size)
        return bytes(document.tobytes())


def test_coloured_grounds_are_no_cells_of_a_table():
    jobs = ("Developer, Parcelwise", "Rebuilt the tracking", "", "Tester, Brightcard", "Found faults in ledgers")
    words = [*column(60, 216, "Kafka"), *column(220, 120, *jobs, pitch=24)]
    grounds = [(30.0, 30.0, 580.0, 760.0), (58.0, 204.0, 92.0, 222.0), (218.0, 60.0, 260.0, 90.0)]

    read = texts(on_grounds(words, grounds))

    assert [line for line in read if line in jobs] == [job for job in jobs if job in read]
    assert read.index("Rebuilt the tracking") < read.index("Tester, Brightcard")
    assert read == texts(on_grounds(words, []))


def test_edges_of_icons_bound_no_cells_though_lines_are_drawn_across():
    words = [Words(80, 112, "06/2018 - 02/2021"), Words(70, 140, "Built cost models")]
    words += [Words(80, 212, "05/2017 - 12/2017"), Words(70, 240, "Mapped waiting times")]
    across = [(50.0, y, 400.0, y + 1.0) for y in (60.0, 260.0)]
    icons = [(x, y, x + 1.5, y + 8.0) for x, y in ((60.0, 104.0), (190.0, 104.0), (62.0, 204.0), (192.0, 204.0))]

    assert texts(on_grounds(words, [], [*across, *icons])) == [word.text for word in words]


def test_words_on_chips_are_items_however_near_they_are():
    words = [Words(60, 100, "Go Python SQL")]
    chips = [(57.0, 88.0, 73.5, 106.0), (74.5, 88.0, 106.0, 106.0), (107.0, 88.0, 131.0, 106.0)]

    assert texts(on_grounds(words, chips)) == ["Go\tPython\tSQL"]
    assert texts(on_grounds(words, [])) == ["Go Python SQL"]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (("ada.kowalska@kitemet", "al.test"), ["ada.kowalska@kitemetal.test"]),
        (("ada.kowalska@kite", ".edu"), ["ada.kowalska@kite.edu"]),
        (("ada@kite.test", "kite.test"), ["ada@kite.test", "kite.test"]),
        (("ada@kite.test", "Leeds"), ["ada@kite.test", "Leeds"]),
    ],
)
def test_an_address_that_its_column_cuts_is_one(rows: tuple[str, str], read: list[str]):
    assert texts(pdf_of(column(60, 100, *rows))) == read


@pytest.mark.parametrize("second", ["Sharpens", "sharpens"])
def test_a_sentence_goes_on_in_the_next_line_wherever_its_column_ends(second: str):
    rows = column(60, 100, "Repairs bread slicers and small presses", f"{second} the blades for four bakeries")
    beside = column(60, 200, "Went on a very long way to the right, which shows that more words would have found room")

    read = texts(pdf_of([*rows, *beside]))

    assert len(read) == (2 if second.islower() else 3)


def test_a_name_that_wraps_beside_contact_data_is_one():
    page = [
        Words(50, 80, "Imani Okonkwo-", 30),
        Words(50, 112, "Barr", 30),
        Words(400, 80, "imani@kite.test", 10),
        Words(400, 112, "(212) 555-0101", 10),
    ]

    assert texts(pdf_of(page)) == ["Imani Okonkwo-Barr", "imani@kite.test", "(212) 555-0101"]


def test_a_place_in_the_row_of_a_banner_stays_there_though_columns_begin_below():
    banner = [Words(50, 50, "Ada Kowalska", 16), Words(50, 80, "ada@kite.test"), Words(480, 80, "Leeds")]
    banner.append(Words(200, 80, "linkedin.example/in/ada-kowalska-of-the-north"))
    jobs = (
        "Analyst, Kite Foods",
        "2019 - Present",
        "Reports to the board",
        "",
        "Clerk, Harbor",
        "2015 - 2019",
        "Filed",
    )
    left = column(50, 120, "# EXPERIENCE", *jobs)
    right = column(390, 120, "# SKILLS", "Tableau", "Excel", "", "# LANGUAGES", "English", "Polish", pitch=17)

    read = texts(pdf_of([*banner, *left, *right]))

    assert read[1].endswith("\tLeeds")
    assert read.index("EXPERIENCE") < read.index("Filed") < read.index("SKILLS")


def test_what_looks_like_a_heading_but_is_smaller_than_all_known_ones_is_none():
    page = [
        *column(50, 60, "# Experience", size=18),
        *column(50, 90, "# Kite Metalworks", size=11),
        *column(50, 110, "Welds gates for three counties and their schools"),
        *column(50, 160, "# Education", size=18),
        *column(50, 190, "# Welding", size=11),
        *column(50, 210, "Dockside College of further and adult education"),
        *column(50, 260, "# Skills", size=18),
        *column(50, 290, "Blueprints and the reading of technical drawings"),
    ]

    headings = [line.text for line in read_pdf(pdf_of(page)).lines if line.heading]

    assert headings == ["Experience", "Education", "Skills"]


def test_a_wide_space_that_leads_to_the_edge_of_a_column_parts_a_label_from_its_text():
    rows = (
        f"BT /helv 10 Tf 50 {y} Td ({year}) Tj /hebo 10 Tf 900 Tz ( ) Tj /helv 10 Tf 100 Tz ({text}) Tj ET\n"
        for y, year, text in ((700, 2019, "Lead gardener"), (680, 2015, "Gardener"), (660, 2012, "Apprentice"))
    )

    read = texts(pdf_with_content([Words(50, 40, "Ada Kowalska")], "".join(rows)))

    assert read[1:] == ["2019\tLead gardener", "2015\tGardener", "2012\tApprentice"]


def test_a_single_known_word_smaller_than_the_headings_beside_it_heads_no_section():
    page = [
        *column(50, 60, "# Experience", size=18),
        *column(50, 90, "Welds gates for three counties and their schools"),
        *column(50, 160, "# Education", size=18),
        *column(50, 190, "Dockside College of further and adult education"),
        *column(50, 260, "# Skills", size=18),
        *column(50, 290, "# Languages", size=11),
        *column(50, 310, "Python and the reading of technical drawings"),
    ]

    headings = [line.text for line in read_pdf(pdf_of(page)).lines if line.heading]

    assert headings == ["Experience", "Education", "Skills"]


def test_an_entry_in_one_line_behind_its_dates_ends_with_its_full_stop():
    rows = []
    for y, dates, entry, deed in (
        (
            100,
            "2016-2021",
            "Lecturer in Biology, University of Tasmania, Hobart, Australia, and its field station.",
            "Designed",
        ),
        (
            140,
            "2013-2016",
            "Research Fellow, Plymouth Marine Laboratory, Plymouth, and the station in the north.",
            "Led",
        ),
        (
            180,
            "2012-2013",
            "Research Assistant, Marine Biological Association, Plymouth, United Kingdom, half-time.",
            "Ran",
        ),
    ):
        rows += [Words(50, y, dates), Words(130, y, entry), Words(130, y + 14, f"{deed} a course on plankton.")]

    read = texts(pdf_of(rows))

    assert read[0] == (
        "2016-2021\tLecturer in Biology, University of Tasmania, Hobart, Australia, and its field station."
    )
    assert read[1] == "Designed a course on plankton."
