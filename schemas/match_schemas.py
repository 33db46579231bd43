"""The match report: what a job asks for, what the resume shows of it, and how much edits can change."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel

from schemas.change_schemas import Evidence


class RequirementStatus(StrEnum):
    """`present`: named in the resume (an alias of the table is the same name: k8s, Kubernetes).

    `supported`: not named, but a line, the dates or a confirmed fact back it: truthful edits can name it.
    `missing`: nothing backs it; no truthful edit can reach it.
    """

    PRESENT = "present"
    SUPPORTED = "supported"
    MISSING = "missing"


class MatchedRequirement(BaseModel):
    """One requirement with the sentence that makes it, and the person's own words that meet it."""

    term: str
    kind: Literal["must", "nice"]
    sentence: str
    status: RequirementStatus
    evidence: Evidence | None


class MatchReport(BaseModel):
    """Coverage is 100 x (2 x must + nice covered) / (2 x must + nice); covered means present.

    `coverage_reachable` counts what is supported as well: the most that truthful edits can reach. `unreachable` names
    the rest. Coverages are null when the ad asks for nothing that can be told apart.
    """

    requirements: list[MatchedRequirement]
    coverage_before: float | None
    coverage_after: float | None
    coverage_reachable: float | None
    unreachable: list[str]
