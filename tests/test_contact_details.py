"""Contact data is found, cut out before a model sees a text, and put back letter by letter."""

import pytest

from schemas.resume_schemas import HeaderLink, PersonalInfo
from services.contact_details import contact_of, find_contact_details, redact, redact_lines, restore
from services.document_text import Link, TextLine
from tests.resumes.reading import document


def found(text: str) -> PersonalInfo:
    return find_contact_details(document(text).lines).personal_info


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("# JEAN-LUC O'NEILL\nWelder", "JEAN-LUC O'NEILL"),
        ("Curriculum Vitae\n# Ana de la Cruz", "Ana de la Cruz"),
        ("Resume of Dev Patel\ndev.patel@mail.test", "Dev Patel"),
        ("Name: Ingrid Åkesson\nTel: 070 555 01 23", "Ingrid Åkesson"),
        ("# Mary Ellen Fitzgerald, RN, BSN\nmary@mail.test", "Mary Ellen Fitzgerald"),
        ("Sam Whitlock | sam@mail.test | (212) 555-0100", "Sam Whitlock"),
        ("姓名：王小明\n电话：138 5555 0100", "王小明"),
        ("# Ólafur Þór Jónsson\nReykjavík", "Ólafur Þór Jónsson"),
        ("# Dr. med. Farida Rahimi\nf.rahimi@mail.test", "Dr. med. Farida Rahimi"),
        ("# Callum Fraser-Whyte, Gas Engineer\ncallum@mail.test", "Callum Fraser-Whyte"),
        ("Anna Baker\nNurse\nanna.baker@mail.test", "Anna Baker"),
        ("# Software Engineer\n# Lena Hoffmann\nlena.hoffmann@mail.test", "Lena Hoffmann"),
    ],
)
def test_names_of_many_shapes_are_found(top, name):
    assert found(f"{top}\n\n# Experience\nCook, Blue Door\n2019 - 2020").name == name


def test_a_name_set_over_two_lines_is_one_name():
    lines = (
        TextLine(1, "Margarethe", font_size=28, heading=True),
        TextLine(2, "Liebknecht", font_size=28, heading=True),
        TextLine(3, "margarethe@mail.test", font_size=10),
        TextLine(4, "Experience", font_size=12, heading=True),
        TextLine(5, "Cook, Blue Door, 2019 - 2020", font_size=10),
    )

    contact = find_contact_details(lines)

    assert contact.personal_info.name == "Margarethe Liebknecht"
    assert [line.text for line in redact_lines(lines, contact)][:3] == ["[NAME2]", "[NAME3]", "[EMAIL]"]


@pytest.mark.parametrize(
    "phone",
    ["(212) 555-0142", "+49 (0)30 5555 0123", "06 12 34 56 78", "+33 6 55 50 01 23", "090-5555-0123", "+91-98765 43210",
     "0221 / 555 01 23", "212.555.0142", "+1 212 555 0142 ext. 12"],
)  # fmt: skip
def test_phone_numbers_of_many_countries_are_found(phone):
    assert found(f"# Ada Kowalska\n{phone} | ada@mail.test\n\n# Experience\nCook\n2019 - 2020").phone == phone


BANNER = """
# Ada Kowalska

# Experience
Cook, Blue Door
2019 - 2020

Wellington, New Zealand
021 555 0168
ada@mail.test

# {below}
Baking
"""


def test_a_block_round_the_address_is_contact_data_though_it_is_read_below_a_section():
    info = found(BANNER.format(below="Skills"))

    assert (info.phone, info.location) == ("021 555 0168", "Wellington, New Zealand")


def test_the_number_of_a_referee_is_not_the_persons_own():
    info = found(BANNER.replace("# Experience", "# References").format(below="Skills"))

    assert (info.phone, info.location) == ("", "")


@pytest.mark.parametrize("text", ["2013 - 2017", "01/2019 - 02/2022", "12.05.1990", "2019–2021"])
def test_dates_are_no_phone_numbers(text):
    assert found(f"# Ada Kowalska\n{text}\nada@mail.test\n\n# Experience\nCook").phone == ""


@pytest.mark.parametrize("employer", ["Grand Hotel", "Nurse – Telemetry", "Mobiles", "Cellar"])
def test_dates_behind_a_word_that_holds_one_for_phones_are_no_phone_number(employer):
    resume = f"# Ada Kowalska\nada@mail.test\n\n# Experience\nCook, {employer}\t03/2019 – 07/2021"
    assert found(resume).phone == ""


@pytest.mark.parametrize(
    ("line", "location"),
    [
        ("Austin, TX | ada@mail.test", "Austin, TX"),
        ("ada@mail.test · Lyon, France", "Lyon, France"),
        ("Address: 12 Baker Street, London NW1 6XE", "12 Baker Street, London NW1 6XE"),
        ("Lindenstraße 14, 50674 Köln", "Lindenstraße 14, 50674 Köln"),
        ("Wohnort: Graz", "Graz"),
        ("Based in: Kraków", "Kraków"),
        ("ada@mail.test | LinkedIn | US Citizen", ""),
    ],
)
def test_the_person_s_place_is_found(line, location):
    assert (
        found(f"# Ada Kowalska\n{line}\n\n# Experience\nCook, Blue Door, Boise, ID\n2019 - 2020").location == location
    )


def test_an_employer_s_town_stays_where_the_person_lives_in_it_too():
    lines = document("# Ada Kowalska\nChicago, IL | ada@mail.test\n\n# Experience\nCook, Blue Door | Chicago, IL").lines

    redacted = redact_lines(lines, find_contact_details(lines))

    assert [line.text for line in redacted] == [
        "[NAME]", "[LOCATION] | [EMAIL]", "Experience", "Cook, Blue Door | Chicago, IL"
    ]  # fmt: skip


def test_links_are_found_by_their_address_and_by_the_words_they_cover():
    lines = (
        TextLine(1, "Ada Kowalska", heading=True, font_size=20),
        TextLine(2, "Portfolio | github.com/adak | ada@mail.test", links=(Link("Portfolio", "https://ada.test"),)),
        TextLine(3, "Experience", heading=True),
    )

    links = find_contact_details(lines).personal_info.header_links

    assert links == [
        HeaderLink(label="Portfolio", url="https://ada.test"),
        HeaderLink(label="github.com/adak", url="github.com/adak"),
    ]


def test_a_place_linked_to_a_map_is_a_place_and_no_link():
    lines = (
        TextLine(1, "Ada Kowalska", heading=True, font_size=20),
        TextLine(2, "Leeds, UK | ada@mail.test", links=(Link("Leeds, UK", "https://www.google.com/maps?q=Leeds"),)),
        TextLine(3, "Experience", heading=True),
    )

    person = find_contact_details(lines).personal_info

    assert (person.location, person.header_links) == ("Leeds, UK", [])


def test_putting_back_restores_every_line_letter_by_letter():
    lines = document(
        """
        # ADA KOWALSKA
        ada.kowalska@mail.test | +48 555 010 203 | Gdańsk, Poland | linkedin.com/in/adakowalska

        # Publications
        A. Kowalska, B. Nowak: On Kites. Ada Kowalska is the first author. Kowalska, Ada: Strings.
        github.com/adakowalska/kites
        """
    ).lines
    contact = find_contact_details(lines)

    redacted = redact_lines(lines, contact)

    sent = "\n".join(line.text for line in redacted)
    assert "owalska" not in sent.lower()
    assert [restore(line.text, contact) for line in redacted] == [line.text for line in lines]


def test_what_leads_to_a_referee_is_cut_out_and_put_back_as_well():
    text = "References: Jane Roe, head baker, jane.roe@northwind.example, phone 0151 555 0142, +44 151 555 0199"
    contact = contact_of(PersonalInfo(name="Ada Kowalska", email="ada@mail.test"), [text])

    cut = redact(text, contact)

    assert "jane.roe" not in cut
    assert "555" not in cut
    assert restore(cut, contact) == text


def test_later_texts_are_cut_by_what_is_known_of_the_person():
    info = PersonalInfo(
        name="Ada Kowalska", email="ada@mail.test", phone="+48 555 010 203", location="Długa 5, 80-831 Gdańsk",
        header_links=[HeaderLink(label="site", url="https://ada.test")],
    )  # fmt: skip
    letter = "Ada Kowalska, Długa 5, 80-831 Gdańsk, ada@mail.test, https://ada.test: I build kites."

    contact = contact_of(info)
    sent = redact(letter, contact)

    assert sent == "[NAME], [LOCATION], [EMAIL], [LINK2]: I build kites."
    assert restore(sent, contact) == letter


def test_a_name_set_in_single_letters_is_found():
    assert found("# J A N E~D O E\nDenver, CO | jane@mail.test\n\n# Skills\nExcel").name == "J A N E D O E"


@pytest.mark.parametrize(
    "top",
    [
        "ida@mail.test | 0171 5550139 | Wobbling",
        "Wobbling; 0171 5550139; ida@mail.test",
        "0171 5550139\nida@mail.test\nWobbling",
    ],
)
def test_an_unknown_town_among_numbers_and_addresses_is_the_person_s_place(top):
    assert found(f"# Ida Brandt\nCook\n{top}\n\n# Experience\nCook, Blue Door\n2019 - 2020").location == "Wobbling"


def test_a_postal_code_behind_a_state_is_no_part_of_the_number_behind_a_dash():
    lines = (
        TextLine(1, "Ada Kowalska", heading=True, font_size=20),
        TextLine(2, "Austin, TX 78701 – (512) 555-0100 – ada@mail.test"),
        TextLine(3, "Experience", heading=True),
    )

    person = find_contact_details(lines).personal_info

    assert (person.phone, person.location) == ("(512) 555-0100", "Austin, TX 78701")


def test_a_number_ends_where_a_slash_parts_it_from_a_postal_code():
    info = found("# Ida Brandt\nida@mail.test / 0171 5550139 / 04109 Leipzig\n\n# Experience\nCook, Blue Door")

    assert (info.phone, info.location) == ("0171 5550139", "04109 Leipzig")


def test_a_surname_in_the_name_of_a_firm_stays_part_of_it():
    lines = document("# Theo Papadakis\ntheo@mail.test\n\n# Experience\nPapadakis Gardens\nOwner, 2016 - 2020").lines

    assert redact_lines(lines, find_contact_details(lines))[3].text == "Papadakis Gardens"


@pytest.mark.parametrize(
    ("reach", "secret"),
    [
        ("m.oakley(at)mail.test", "m.oakley"),
        ("m.oakley [at] mail.test", "m.oakley"),
        ("0151 234567 | m@mail.test | @moakley", "moakley"),
    ],
)
def test_addresses_and_handles_in_disguise_are_cut_out(reach, secret):
    lines = document(f"# Maud Winter\n{reach}\n\n# Experience\nCook, Blue Door\n2019 - 2020").lines
    contact = find_contact_details(lines)
    shown = [line.text for line in redact_lines(lines, contact)]
    assert secret not in "\n".join(shown)
    assert [restore(text, contact) for text in shown] == [line.text for line in lines]


def test_whatever_lies_below_a_persons_own_address_is_cut_out_wherever_it_stands():
    bullets = "- Portfolio: https://winter.dev/work\n- See github.com/mwinter/tides\n- See github.com/python/cpython"
    lines = document(
        f"# Maud Winter\nwww.winter.dev github.com/mwinter\n\n# Experience\nCook\n2019 - 2020\n{bullets}"
    ).lines
    found_at_upload = find_contact_details(lines)
    texts = [line.text for line in lines]
    for contact in (found_at_upload, contact_of(found_at_upload.personal_info, texts)):
        shown = [redact(text, contact) for text in texts]
        assert "winter" not in "\n".join(shown).lower()
        assert "github.com/python/cpython" in "\n".join(shown)
        assert [restore(text, contact) for text in shown] == texts


def test_the_name_of_a_site_before_a_handle_is_no_place():
    links = "# LINKS\nFacebook:// adakowalska\nGithub:// adakowalska"
    assert found(f"# Ada Kowalska\nada@mail.test\n\n{links}").location == ""
