"""What the hand edited and what was decided, merged: neither swallows the other, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.resume_schemas import Experience, ResumeData, SkillGroup
from services.resume_changes import keep_hand_edits

items = st.lists(st.sampled_from(["Python", "SQL", "Bash", "Kafka", "Redis", "Docker"]), unique=True, max_size=6)


def resume(skills: list[str]) -> ResumeData:
    return ResumeData(skills=[SkillGroup(category="All", skills=skills)])


def merged(before: list[str], edited: list[str], after: list[str]) -> list[str]:
    return keep_hand_edits(resume(before), resume(edited), resume(after)).skills[0].skills


def test_a_reworded_item_stays_reworded_when_a_reorder_is_taken_back() -> None:
    before = ["Bash", "Python", "SQL"]
    assert merged(before, ["Bash", "Python 3", "SQL"], ["Python", "SQL", "Bash"]) == ["Python 3", "SQL", "Bash"]


def test_an_item_taken_out_by_hand_stays_out_and_one_added_stays_in() -> None:
    assert merged(["A one", "B two", "C three"], ["A one", "C three"], ["C three", "B two", "A one"]) == [
        "C three",
        "A one",
    ]
    assert merged(["A one"], ["A one", "New"], ["A one in other words"]) == ["A one in other words", "New"]


def test_a_job_that_was_taken_out_leaves_nothing_to_one_that_resembles_it() -> None:
    def jobs(**bullets: list[str]) -> ResumeData:
        return ResumeData(
            experience=[
                Experience(company=f"{name.title()} Limited", title="Engineer", bullets=listed)
                for name, listed in bullets.items()
            ]
        )

    proposed = "Planned the release of new pumps"
    before = jobs(harbour=[], harvest=["Planned the sale of old pumps"])
    edited = jobs(harbour=["Planned the move of two pumps"])
    after = jobs(harbour=[], harvest=["Planned the sale of old pumps", proposed])
    assert keep_hand_edits(before, edited, after) == edited


def merged_text(before: str, edited: str, after: str) -> str:
    texts = (ResumeData(professional_summary=text) for text in (before, edited, after))
    return keep_hand_edits(*texts).professional_summary


def test_a_text_keeps_what_the_hand_changed_around_a_proposal_that_is_rejected() -> None:
    proposed = "Led a team of 5 people using Scrum"
    assert merged_text(proposed, "Led a team of 6 people using Scrum", "Led a team of 5 people") == (
        "Led a team of 6 people"
    )
    assert merged_text("Backend Engineer", "Lead Backend Engineer", "Engineer") == "Lead Engineer"


def test_what_the_hand_wrote_into_a_rejected_proposal_goes_with_it_and_what_it_wrote_instead_stays() -> None:
    assert merged_text(
        "Wrote reports with Kafka streams.", "Wrote reports with fast Kafka streams.", "Wrote reports."
    ) == ("Wrote reports.")
    assert merged_text("Wrote quick reports.", "Wrote weekly reports.", "Wrote reports.") == "Wrote weekly reports."
    assert merged_text("Wrote quick reports.", "My words alone", "Wrote reports.") == "My words alone"


@given(items, st.data())
def test_without_a_hand_edit_the_decisions_alone_count(before: list[str], data: st.DataObject) -> None:
    after = data.draw(st.permutations(before))
    assert merged(before, before, after) == after


@given(items, st.data())
def test_no_item_is_lost_or_doubled_by_two_reorders(before: list[str], data: st.DataObject) -> None:
    edited, after = data.draw(st.permutations(before)), data.draw(st.permutations(before))
    assert sorted(merged(before, edited, after)) == sorted(before)
