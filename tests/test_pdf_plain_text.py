"""PDFs printed from plain text, in one font and one line distance: each line that was typed is a line again."""

import textwrap

import pymupdf
import pytest

from services.pdf_reader import read_pdf

ENGLISH = """
Robert Fisher
robert.fisher@example.com, 07700 900123
Personal Profile
Hard-working warehouse operative with forklift licence and a clean driving record.
Employment History
Warehouse Operative, Brightline Storage, May 2018 - Present
Picked and packed up to 300 orders a shift
- Trained six new starters on the scanner system and on safe lifting of heavy goods
Reporting Clerk
Quickfoot Couriers
Jan 2014 - April 2018
- Delivered 120 parcels a day in the Derby area, checked the van every single day
Night Porter, Hotel Bellevue, 2012 - 2014
Interests
Fishing, five-a-side football, cooking
"""
GERMAN = """
Sabine Krüger
Berufserfahrung
03/2019 - heute Buchhalterin, Elbtal Metallbau GmbH, Dresden
- Kreditoren und Debitoren für 400 Konten
08/2014 - 02/2019 Sachbearbeiterin, Muldenland Versand KG, Grimma
- Rechnungsprüfung
Ausbildung
09/2011 - 07/2014 Ausbildung zur Kauffrau für Büromanagement, BSZ Leipzig
Kenntnisse
DATEV, SAP FI, MS Excel
"""
SPANISH = """
Marta Ibáñez Roca
600 123 456
Experiencia laboral
Camarera, Bar El Rincón, junio 2020 - actualidad
- Servicio de mesas y barra
Dependienta, Moda Luna, 2016 - 2020
- Atención al cliente
Formación
Ciclo Formativo de Grado Medio en Cocina, IES Miralbueno, 2014 - 2016
Habilidades
Trabajo en equipo, Excel, TPV
"""
CHINESE = """
李明
工作经历
云帆科技有限公司
- 负责订单系统的设计与开发，日均处理请求三百万次
专业技能
Python、Java、MySQL、Redis、Docker
兴趣爱好
摄影、跑步
"""


def printed(text: str, font: str = "helv") -> bytes:
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(text.strip().splitlines()):
        page.insert_text((72, 72 + 16 * number), line, fontsize=11, fontname=font)
    return bytes(document.tobytes())


def lines_of(document: bytes) -> list[str]:
    return [f"- {line.text}" if line.marker else line.text for line in read_pdf(document).lines]


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, SPANISH], ids=["English", "German", "Spanish"])
def test_every_typed_line_is_a_line(text: str):
    assert lines_of(printed(text)) == text.strip().splitlines()


def test_every_typed_line_of_a_script_without_spaces_is_a_line():
    assert lines_of(printed(CHINESE, "china-s")) == CHINESE.strip().splitlines()


@pytest.mark.parametrize("width", [70, 80, 90])
def test_lines_that_were_wrapped_when_printed_are_joined(width: int):
    paragraphs = [
        "Ran the kitchen of a hotel with two hundred beds and planned menus for weddings, conferences and the daily "
        "buffet, with a team of nine cooks and four apprentices from the culinary school in the next town.",
        "Bought fish and vegetables at the harbour market each morning and kept the cost of goods under the budget "
        "that the owners had set for the season, which nobody had done in the ten years before.",
    ]
    wrapped = [row for paragraph in paragraphs for row in textwrap.wrap(paragraph, width)]

    assert lines_of(printed("\n".join(["Experience", *wrapped, "Skills", "Butchery"]))) == [
        "Experience",
        *paragraphs,
        "Skills",
        "Butchery",
    ]


def test_wrapped_lines_of_a_script_without_spaces_are_joined():
    sentence = (
        "负责订单系统的设计与开发，日均处理请求三百万次，系统可用性达到百分之九十九点九，并带领团队完成微服务改造工作"
    )
    wrapped = "\n".join(["工作经历", *textwrap.wrap(sentence, 40), "专业技能", "Python、Java"])

    assert lines_of(printed(wrapped, "china-s")) == ["工作经历", sentence, "专业技能", "Python、Java"]


def test_values_that_stand_below_each_other_in_columns_are_read_row_by_row():
    page = pymupdf.open()
    sheet = page.new_page()
    rows = [
        ("Experience",),
        ("2019 - today", "Harbour Freight and Shipping", "Freight Clerk"),
        ("- Booked containers",),
        ("2015 - 2019", "Miller Forwarding and Sons", "Apprentice"),
        ("- Filed papers",),
        ("Education",),
        ("2012 - 2015", "Realschule Hafenstadt", "Mittlere Reife"),
        ("2008 - 2012", "Grundschule am Deich"),
    ]
    for number, row in enumerate(rows):
        for x, cell in zip((72, 190, 380), row, strict=False):
            sheet.insert_text((x, 72 + 16 * number), cell, fontsize=11)

    assert [line.split("\t") for line in lines_of(page.tobytes())] == [list(row) for row in rows]
