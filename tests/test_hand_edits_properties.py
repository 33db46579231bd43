"""Random resumes, proposals, decisions and hand edits in any order: whose word is whose is never mixed up.

Every text holds a word that tells where it comes from: `own…` the document, `hand…` an edit, `new…` a proposal.
"""

import re
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.change_schemas import Change, ChangeKind, Decision
from schemas.project_schemas import TailoredData
from schemas.resume_schemas import Experience, ResumeData, SkillGroup
from services.project_service import rebase_hand_edits
from services.resume_changes import apply_changes


def words_of(text: object, kind: str) -> list[str]:
    return re.findall(rf"\b(?:{kind})\d+\b", str(text))


class Story:
    """A tailored resume, and what a person does with it; what hypothesis draws decides on everything."""

    def __init__(self, data: st.DataObject) -> None:
        self._draw = data.draw
        self._numbers = count(100)
        self.base = ResumeData(
            professional_summary=f"Worked with {self.word('own')} and others for years",
            experience=[
                Experience(
                    company=f"{self.word('own')} Limited",
                    title="Engineer",
                    bullets=[self.sentence("own") for _ in range(self.up_to(4))],
                )
                for _ in range(1 + self.up_to(3))
            ],
            skills=[
                SkillGroup(category=self.word("own"), skills=[self.word("own") for _ in range(1 + self.up_to(4))])
                for _ in range(1 + self.up_to(3))
            ],
        )
        self.content = TailoredData(resume=self.base, changes=self.proposals())
        self.content.resume = apply_changes(self.base, self.content.changes)

    def up_to(self, most: int) -> int:
        return self._draw(st.integers(min_value=0, max_value=most))

    def word(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"

    def sentence(self, kind: str) -> str:
        return f"Planned the {' '.join(self.word(kind) for _ in range(4))}"  # no two of them are alike

    def proposals(self) -> list[Change]:
        changes: list[Change] = []

        def propose(kind: ChangeKind, path: str, original: str | list[str] | None, proposed: str | list[str]) -> None:
            if self._draw(st.booleans()):
                changes.append(Change(id=len(changes) + 1, path=path, kind=kind, original=original, proposed=proposed))

        summary = self.base.professional_summary
        propose(ChangeKind.REPLACE, "professional_summary", summary, f"{summary} using {self.word('new')}")
        for place, job in enumerate(self.base.experience):
            path = f"experience[{place}].bullets"
            for index, bullet in enumerate(job.bullets):
                propose(
                    ChangeKind.REPLACE, f"{path}[{index}]", bullet, bullet.replace("the", f"the {self.word('new')}", 1)
                )
            propose(ChangeKind.INSERT, f"{path}[{self.up_to(len(job.bullets))}]", None, self.sentence("new"))
        for place, group in enumerate(self.base.skills):
            path = f"skills[{place}].skills"
            propose(ChangeKind.REORDER, path, group.skills, list(self._draw(st.permutations(group.skills))))
            propose(ChangeKind.INSERT, f"{path}[{self.up_to(len(group.skills))}]", None, self.word("new"))
        return changes

    def edit(self) -> None:
        """One edit by hand: of an entry or of what is listed in it, anywhere."""
        resume = self.content.resume.model_copy(deep=True)
        lists: list[list[object]] = [resume.experience, resume.skills]
        lists += [job.bullets for job in resume.experience]
        lists += [group.skills for group in resume.skills]
        place = self.up_to(len(lists) - 1)
        chosen = lists[place]
        entry = Experience(company=f"{self.word('hand')} Limited", bullets=[self.sentence("hand")])
        group = SkillGroup(category=self.word("hand"), skills=[self.word("hand")])
        text = self.sentence("hand") if place < 2 + len(resume.experience) else self.word("hand")
        new = (entry, group)[place] if place < 2 else text
        match self._draw(st.sampled_from(["add", "remove", "swap", "reword"])):
            case "add":
                chosen.insert(self.up_to(len(chosen)), new)
            case "remove" if chosen:
                chosen.pop(self.up_to(len(chosen) - 1))
            case "swap" if chosen:
                one, other = self.up_to(len(chosen) - 1), self.up_to(len(chosen) - 1)
                chosen[one], chosen[other] = chosen[other], chosen[one]
            case "reword" if chosen:
                index = self.up_to(len(chosen) - 1)
                item = chosen[index]
                if isinstance(item, str):
                    chosen[index] = f"{item} {self.word('hand')}"
                elif isinstance(item, Experience):
                    item.title = f"Senior {item.title}"
        self.content.resume = self.content.edited_resume = resume

    def decide(self, decision: Decision, *ids: int) -> ResumeData:
        """Decide on these changes, or on all."""
        before = apply_changes(self.base, self.content.changes)
        for change in self.content.changes:
            if not ids or change.id in ids:
                change.decision = decision
        rebase_hand_edits(self.content, before, apply_changes(self.base, self.content.changes))
        return self.content.resume

    def go_on(self) -> None:
        """Edit and decide, in any order."""
        for _ in range(self.up_to(6)):
            if not self.content.changes or self._draw(st.booleans()):
                self.edit()
            else:
                change = self._draw(st.sampled_from(self.content.changes))
                self.decide(self._draw(st.sampled_from([Decision.ACCEPTED, Decision.REJECTED])), change.id)


def lists_of(resume: ResumeData) -> list[tuple[str, list[str]]]:
    """What is listed in each entry, under the entry's name."""
    bullets = [(job.company, job.bullets) for job in resume.experience]
    return bullets + [(group.category, group.skills) for group in resume.skills]


def own_items(items: list[str]) -> list[list[str]]:
    """The person's words in those items that are theirs: a proposed item goes with what they added to it."""
    return [words_of(item, "own|hand") for item in items if words_of(item, "own") or not words_of(item, "new")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_rejected_is_gone_and_what_the_person_wrote_is_where_they_put_it(data: st.DataObject) -> None:
    story = Story(data)
    story.go_on()
    before = story.content.resume
    after = story.decide(Decision.REJECTED)
    assert words_of(after, "new") == []
    assert [name for name, _ in lists_of(after)] == [name for name, _ in lists_of(before)]
    reordered = {change.path for change in story.content.changes if change.kind is ChangeKind.REORDER}
    for place, ((_, items), (_, items_before)) in enumerate(zip(lists_of(after), lists_of(before), strict=True)):
        expected, found = own_items(items_before), own_items(items)
        if place >= len(after.experience) and reordered:
            expected, found = sorted(expected), sorted(found)
        assert found == expected


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_accepted_stands_in_the_entry_and_the_text_it_is_for(data: st.DataObject) -> None:
    story = Story(data)
    story.go_on()
    own = {
        tuple(words): name for name, items in lists_of(story.decide(Decision.REJECTED)) for words in own_items(items)
    }
    after = story.decide(Decision.ACCEPTED)
    for change in story.content.changes:
        if change.kind is ChangeKind.REPLACE and "bullets" in change.path:
            words, (new,) = tuple(words_of(change.original, "own")), words_of(change.proposed, "new")
            home = next((name for known, name in own.items() if known[:4] == words), None)
            standing = [
                (name, item) for name, items in lists_of(after) for item in items if new in words_of(item, "new")
            ]
            assert [(name, tuple(words_of(item, "own"))) for name, item in standing] == (
                [] if home is None else [(home, words)]
            )
        elif change.kind is ChangeKind.INSERT:
            (new, *_) = words_of(change.proposed, "new")
            names = [name for name, items in lists_of(after) for item in items if new in words_of(item, "new")]
            assert len(names) <= 1
            assert all(name.startswith("hand") or name == entry_name(story.base, change.path) for name in names)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_decisions_give_the_same_in_any_order_and_can_be_taken_back(data: st.DataObject) -> None:
    story = Story(data)
    story.go_on()
    story.decide(Decision.REJECTED)
    rejected = story.content.model_copy(deep=True)
    ids = [change.id for change in rejected.changes]
    together = told(story.decide(Decision.ACCEPTED))
    story.content = rejected
    for number in data.draw(st.permutations(ids)):
        story.decide(Decision.ACCEPTED, number)
    assert told(story.content.resume) == together
    for number in data.draw(st.permutations(ids)):
        story.decide(Decision.REJECTED, number)
    story.decide(Decision.ACCEPTED)
    assert told(story.content.resume) == together


def told(resume: ResumeData) -> dict[str, object]:
    """All that a resume says. Skills are proposed in new orders: where one goes that the hand added is open then."""
    sorted_skills = [group.model_copy(update={"skills": sorted(group.skills)}) for group in resume.skills]
    return resume.model_copy(update={"skills": sorted_skills}).model_dump()


def entry_name(resume: ResumeData, path: str) -> str:
    place = int(re.findall(r"\d+", path)[0])
    return resume.experience[place].company if path.startswith("experience") else resume.skills[place].category
