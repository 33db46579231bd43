"""What the hand edited and what was decided, merged: neither swallows the other, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.resume_schemas import ResumeData, SkillGroup
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


@given(items, st.data())
def test_without_a_hand_edit_the_decisions_alone_count(before: list[str], data: st.DataObject) -> None:
    after = data.draw(st.permutations(before))
    assert merged(before, before, after) == after


@given(items, st.data())
def test_no_item_is_lost_or_doubled_by_two_reorders(before: list[str], data: st.DataObject) -> None:
    edited, after = data.draw(st.permutations(before)), data.draw(st.permutations(before))
    assert sorted(merged(before, edited, after)) == sorted(before)
