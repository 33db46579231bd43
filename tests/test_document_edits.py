"""From the resume as it was read to edits of lines: each value at its own place, nothing searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.resume_schemas import Certification, Experience, ResumeData, SkillGroup
from services.document_edits import edits_between
from services.document_text import Anchor, text_hash
from services.line_spreading import spread
from services.resume_assembly import SourceSpan
from services.resume_paths import path_in_words
from services.resume_sources import ResumeSources, SourceLine


class Page:
    """A resume of one job and one skills line, with the lines it came from."""

    def __init__(self, bullets: list[str], skills: list[str], separator: str = ", ") -> None:
        self.resume = ResumeData(
            professional_summary="The same words.",
            experience=[Experience(title="Cook", company="Inn", bullets=bullets)],
            skills=[SkillGroup(category="Kitchen", skills=skills)],
        )
        texts = ["The same words.", "Cook, Inn", *bullets, f"Kitchen: {separator.join(skills)}"]
        lines = {
            number: SourceLine(text, Anchor("word/document.xml", number - 1, None, text_hash(text)))
            for number, text in enumerate(texts, start=1)
        }
        spans = {
            "professional_summary": SourceSpan(1, 0, 15, 1),
            "experience[0].title": SourceSpan(2, 0, 4, 2),
            "experience[0].company": SourceSpan(2, 6, 9, 2),
            "skills[0].category": SourceSpan(len(texts), 0, 7, len(texts)),
        }
        for index, bullet in enumerate(bullets):
            spans[f"experience[0].bullets[{index}]"] = SourceSpan(index + 3, 0, len(bullet), index + 3)
        start = len("Kitchen: ")
        for index, skill in enumerate(skills):
            spans[f"skills[0].skills[{index}]"] = SourceSpan(len(texts), start, start + len(skill), len(texts))
            start += len(skill) + len(separator)
        self.texts = texts
        self.sources = ResumeSources(spans, lines)

    def after(self, bullets: list[str] | None = None, skills: list[str] | None = None) -> list[str]:
        """The document's lines after the edits that turn the resume into one with these lists."""
        current = self.resume.model_copy(deep=True)
        if bullets is not None:
            current.experience[0].bullets = bullets
        if skills is not None:
            current.skills[0].skills = skills
        edits = edits_between(self.resume, current, self.sources)
        assert edits.unwritable == []
        lines: dict[int, list[str]] = {index: [text] for index, text in enumerate(self.texts)}
        below: dict[int, list[str]] = {}
        for edit in edits.edits:
            at = edit.anchor.paragraph
            if edit.op == "insert_after":
                below.setdefault(at, []).append(edit.new)
            else:
                lines[at] = [edit.new] if edit.op == "replace" else []
        return [text for index in lines for text in [*lines[index], *below.get(index, [])]]


def test_an_unchanged_resume_needs_no_edits() -> None:
    page = Page(["Baked bread", "Washed pots"], ["Baking", "Grilling"])
    assert edits_between(page.resume, page.resume, page.sources).edits == []


def test_a_value_is_changed_at_its_own_place_even_when_its_words_stand_elsewhere() -> None:
    page = Page(["The same words.", "Washed pots"], ["Baking"])
    lines = page.after(bullets=["Other words.", "Washed pots"])
    assert lines == ["The same words.", "Cook, Inn", "Other words.", "Washed pots", "Kitchen: Baking"]


def test_skills_in_one_line_are_reordered_added_and_taken_out_between_their_separators() -> None:
    page = Page([], ["Baking", "Grilling", "Sauces"], separator=" | ")
    assert page.after(skills=["Sauces", "Baking", "Grilling"])[-1] == "Kitchen: Sauces | Baking | Grilling"
    assert page.after(skills=["Baking", "Grilling", "Sauces", "Fish", "Soup"])[-1] == (
        "Kitchen: Baking | Grilling | Sauces | Fish | Soup"
    )
    assert page.after(skills=["Baking", "Sauces"])[-1] == "Kitchen: Baking | Sauces"
    assert page.after(skills=["Baking", "Grilling"])[-1] == "Kitchen: Baking | Grilling"


def test_what_stands_between_skills_is_told_by_neighbours_whatever_was_found_first() -> None:
    page = Page([], ["AWS", "Docker", "Kubernetes", "Rancher", "Packer", "Terraform"])
    longest_first = dict(sorted(page.sources.spans.items(), key=lambda item: item[1].start - item[1].end))
    page.sources = ResumeSources(longest_first, page.sources.lines)
    assert page.after(skills=["AWS", "Docker", "Kubernetes", "Rancher", "Packer", "Terraform", "Kafka"])[-1] == (
        "Kitchen: AWS, Docker, Kubernetes, Rancher, Packer, Terraform, Kafka"
    )


def test_a_joint_with_words_in_it_is_no_separator() -> None:
    page = Page([], ["Baking", "Grilling"], separator=" and ")
    assert page.after(skills=["Baking", "Grilling", "Soup"])[-1] == "Kitchen: Baking and Grilling, Soup"


def test_a_new_bullet_in_front_moves_the_others_down() -> None:
    page = Page(["Baked bread", "Washed pots"], ["Baking"])
    assert page.after(bullets=["Wrote menus", "Baked bread", "Washed pots"])[2:5] == [
        "Wrote menus",
        "Baked bread",
        "Washed pots",
    ]


def test_texts_do_not_move_between_lines_of_different_looks() -> None:
    page = Page(["Night shift", "Baked bread", "Washed pots"], ["Baking"])
    heading = page.sources.lines[3]
    page.sources.lines[3] = SourceLine(heading.text, heading.anchor, look="bold")
    current = page.resume.model_copy(deep=True)
    current.experience[0].bullets = ["Baked bread", "Night shift", "Washed pots"]
    edits = edits_between(page.resume, current, page.sources)
    assert edits.edits == []
    assert "another format" in edits.unwritable[0]

    current.experience[0].bullets = ["Night shift", "Washed pots", "Baked bread"]
    assert len(edits_between(page.resume, current, page.sources).edits) == 2


def test_what_else_changed_is_written_where_the_new_order_cannot_be() -> None:
    page = Page(["Night shift", "Baked bread", "Washed pots"], ["Baking"])
    heading = page.sources.lines[3]
    page.sources.lines[3] = SourceLine(heading.text, heading.anchor, look="bold")
    current = page.resume.model_copy(deep=True)
    current.experience[0].bullets = ["Baked bread", "Night shift", "Wrote menus"]
    edits = edits_between(page.resume, current, page.sources)
    assert [(edit.op, edit.old, edit.new) for edit in edits.edits] == [("replace", "Washed pots", "Wrote menus")]
    assert "another format" in edits.unwritable[0]


def test_one_bullet_goes_or_comes_in_a_list_of_mixed_looks() -> None:
    page = Page(["Head", "Baked bread", "Washed pots", "Other head"], ["Baking"])
    for number in (3, 6):
        line = page.sources.lines[number]
        page.sources.lines[number] = SourceLine(line.text, line.anchor, look="bold")
    assert page.after(bullets=["Head", "Washed pots", "Other head"])[2:5] == ["Head", "Washed pots", "Other head"]
    more = ["Head", "Baked bread", "Wrote menus", "Washed pots", "Other head"]
    assert page.after(bullets=more)[2:7] == more


def summary_of(*lines: str) -> tuple[ResumeData, ResumeSources]:
    """A summary that stands in several lines of the document; a heading among them is no part of it."""
    own = {
        number: SourceLine(text, Anchor("word/document.xml", number - 1, None, text_hash(text)))
        for number, text in enumerate(lines, start=1)
    }
    resume = ResumeData(professional_summary="\n".join(line for line in lines if line != "PROFILE"))
    return resume, ResumeSources({"professional_summary": SourceSpan(1, 0, len(lines[-1]), len(lines))}, own)


def written(lines: tuple[str, ...], summary: str) -> list[tuple[str, int, str]]:
    """The edits that give the summary in these lines another text: operation, line and new text."""
    resume, sources = summary_of(*lines)
    edits = edits_between(resume, resume.model_copy(update={"professional_summary": summary}), sources).edits
    return [(edit.op, edit.anchor.paragraph + 1, edit.new) for edit in edits]


THREE = ("Cook with ten years in hotels.", "Runs a kitchen of five.", "Speaks French and Thai.")


def test_a_summary_of_several_lines_keeps_them() -> None:
    told = "Cook with ten years in grand hotels. Runs a kitchen of five. Speaks French, German and Thai."
    assert written(THREE, told) == [
        ("replace", 1, "Cook with ten years in grand hotels."),
        ("replace", 3, "Speaks French, German and Thai."),
    ]
    assert written(THREE, told.replace(". ", ".\n")) == written(THREE, told)


def test_a_sentence_more_goes_to_the_line_that_it_follows() -> None:
    told = "Cook with ten years in hotels. Runs a kitchen of five. Plans menus. Speaks French and Thai."
    assert written(THREE, told) == [("replace", 2, "Runs a kitchen of five. Plans menus.")]


def test_a_new_line_of_a_summary_becomes_one_and_a_line_that_is_gone_goes() -> None:
    more = "\n".join([THREE[0], "Plans menus.", *THREE[1:]])
    assert written(THREE, more) == [("insert_after", 1, "Plans menus.")]
    assert written(THREE, "\n".join([THREE[0], THREE[2]])) == [("delete", 2, "")]
    assert written(THREE, "Cook.") == [("replace", 1, "Cook."), ("delete", 2, ""), ("delete", 3, "")]


def test_a_summary_that_is_told_anew_is_cut_at_its_sentences() -> None:
    told = "Head chef of a large house. Leads twenty people every night. Fluent in many tongues."
    assert [new for _, _, new in written(THREE, told)] == [part + "." for part in told[:-1].split(". ")]


def test_statements_without_full_stops_begin_where_they_began() -> None:
    statements = ("Ten years in grand hotels", "Ran a kitchen of five people", "Speaks French and Thai")
    told = "Twelve years in grand hotels Ran a kitchen of five people Speaks French and Thai"
    assert written(statements, told) == [("replace", 1, "Twelve years in grand hotels")]


def test_lines_that_were_wrapped_by_hand_are_wrapped_anew_from_the_change_on() -> None:
    wrapped = ("Cook with ten years in hotels who", "runs a kitchen of five people and", "speaks French and Thai")
    told = "Cook with ten years in hotels who runs a kitchen of fifteen good people and speaks French, German and Thai"
    edits = written(wrapped, told)
    assert edits == [
        ("replace", 2, "runs a kitchen of fifteen good"),
        ("replace", 3, "people and speaks French, German"),
        ("insert_after", 3, "and Thai"),
    ]


def test_a_heading_among_the_lines_of_a_summary_stays() -> None:
    assert written(("Cook.", "PROFILE", "Runs a kitchen."), "Chef. Runs a kitchen.") == [("replace", 1, "Chef.")]


@given(st.lists(st.text("ab .\n", min_size=1), min_size=1, max_size=5), st.text("ab .\n"))
def test_no_word_of_a_summary_is_lost_however_it_is_spread(lines: list[str], text: str) -> None:
    assert " ".join(spread(text, lines)).split() == text.split()


def certificates(*fields: tuple[str, str]) -> tuple[ResumeData, ResumeSources]:
    """Certificates with name and issuer, each on a line of its own; one without an issuer has no place for it."""
    resume = ResumeData(certifications=[Certification(name=name, issuer=issuer) for name, issuer in fields])
    spans: dict[str, SourceSpan] = {}
    lines: dict[int, SourceLine] = {}
    for index, (name, issuer) in enumerate(fields):
        text = f"{name} / {issuer}" if issuer else name
        lines[index + 1] = SourceLine(text, Anchor("word/document.xml", index, None, text_hash(text)))
        spans[f"certifications[{index}].name"] = SourceSpan(index + 1, 0, len(name), index + 1)
        if issuer:
            spans[f"certifications[{index}].issuer"] = SourceSpan(index + 1, len(name) + 3, len(text), index + 1)
    return resume, ResumeSources(spans, lines)


def test_entries_in_a_new_order_are_written_into_each_others_places() -> None:
    resume, sources = certificates(("Hygiene", "Chamber"), ("First aid", "Red Cross"), ("Forklift", "Depot"))
    moved = resume.model_copy(update={"certifications": [resume.certifications[2], resume.certifications[0]]})
    edits = edits_between(resume, moved, sources)
    assert edits.unwritable == []
    assert [(edit.op, edit.old, edit.new) for edit in edits.edits] == [
        ("replace", "Hygiene / Chamber", "Forklift / Depot"),
        ("delete", "First aid / Red Cross", ""),
        ("replace", "Forklift / Depot", "Hygiene / Chamber"),
    ]


def test_entries_stay_where_they_are_when_moving_them_would_lose_a_value_and_that_is_said() -> None:
    resume, sources = certificates(("Hygiene", "Chamber"), ("First aid", ""))
    moved = resume.model_copy(update={"certifications": resume.certifications[::-1]})
    edits = edits_between(resume, moved, sources)
    assert edits.edits == []
    assert edits.unwritable == ["The new order of the certificates could not be written into the document."]


def test_an_entry_in_place_of_another_leaves_the_others_alone() -> None:
    resume, sources = certificates(("Hygiene", "Chamber"), ("First aid", "Red Cross"), ("Forklift", "Depot"))
    kept = [Certification(name="Barista", issuer="Guild"), *resume.certifications[1:]]
    edits = edits_between(resume, resume.model_copy(update={"certifications": kept}), sources)
    assert [(edit.op, edit.old, edit.new) for edit in edits.edits] == [
        ("replace", "Hygiene / Chamber", "Barista / Guild")
    ]


words = st.text(alphabet="abcdefgh", min_size=1, max_size=9)


@given(
    base=st.lists(words, min_size=1, max_size=6),
    current=st.lists(words, min_size=1, max_size=8),
)
def test_any_list_of_bullets_becomes_any_other(base: list[str], current: list[str]) -> None:
    page = Page(base, ["Baking"])
    assert page.after(bullets=current) == ["The same words.", "Cook, Inn", *current, "Kitchen: Baking"]


@given(base=st.lists(words, min_size=1, max_size=6), current=st.lists(words, min_size=1, max_size=8))
def test_any_list_in_one_line_becomes_any_other(base: list[str], current: list[str]) -> None:
    page = Page([], base)
    assert page.after(skills=current)[-1] == f"Kitchen: {', '.join(current)}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("experience[0].bullets[2]", "point 3 of job 1"),
        ("experience[1].bullets", "the points of job 2"),
        ("skills[0].skills[3]", "skill 4 of skill group 1"),
        ("personal_info.header_links[1].label", "the label of link 2"),
        ("personal_info.name", "the name"),
        ("professional_summary", "the professional summary"),
        ("certifications", "the certificates"),
    ],
)
def test_a_warning_names_a_place_as_a_person_does(path: str, words: str) -> None:
    assert path_in_words(path) == words
