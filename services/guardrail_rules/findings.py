"""What the guardrail can find in a sentence: the kind of attack, and how much it weighs where it stands."""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum


class Family(StrEnum):
    """What a flagged sentence tries; the value is what a person is told about it."""

    OVERRIDE = "it asks to set the instructions of the system aside"
    EXFILTRATION = "it asks for internals of the system or for other people's data"
    ROLE_PLAY = "it asks the system to be somebody else or to drop its limits"
    CHAT_TOKENS = "it imitates the control marks of a language model"
    AI_ADDRESSED = "it speaks to an AI instead of an applicant"
    SCORE = "it dictates how the candidate is to be judged"
    HIDDEN = "it carries hidden characters or encoded text"
    FABRICATION = "it asks for something untrue in the resume"
    HARMFUL = "it asks for help with something harmful"
    TOOLS = "it asks the system to run, send, fetch or change something"
    FOREIGN = "it is in another language than the rest"
    OFF_TOPIC = "it is not related to a job"

    @property
    def is_about_a_machine(self) -> bool:
        """Whether an honest text can speak of such a thing as its subject, as people do who work with models."""
        return self not in (Family.SCORE, Family.FABRICATION, Family.FOREIGN, Family.OFF_TOPIC)


class Weight(IntEnum):
    """How much a finding weighs in its place."""

    NOTHING = 0
    DOUBT = 1
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched, as family and weights, and whether it hears an order or only talk of such a thing."""

    family: Family
    alone: Weight
    in_ad: Weight
    is_order: bool = True

    def a_step_less_in_ads(self) -> "Match":
        """The same match where an advertisement only speaks of such a thing, which is no order any more."""
        return replace(self, in_ad=a_step_less(self.in_ad), is_order=False)

    @property
    def is_doubtful_talk_of_machines(self) -> bool:
        """Whether people whose trade is machines or their safety write such sentences in good faith."""
        return self.in_ad is Weight.DOUBT and self.family.is_about_a_machine and not self.is_order


def a_step_less(weight: Weight) -> Weight:
    """Certain becomes doubtful, doubtful nothing."""
    return Weight(max(weight - 1, Weight.NOTHING))
