"""Which rules answer which schema. Data in, JSON text of the schema out."""

from collections.abc import Callable
from typing import Final

from schemas.model_outputs import ModelOutput, ResumeExtraction
from services.offline_model.job_summary import summarise_job
from services.offline_model.letters import write_letters
from services.offline_model.protocol import (
    ExtractionRequest,
    GuardrailRequest,
    JobRequest,
    LettersRequest,
    TailoringRequest,
)
from services.offline_model.screening import screen_request
from services.offline_model.tailoring import propose_changes


class UnknownSchema(Exception):
    """There are no rules for this schema."""


def answer(schema: str, data: str) -> str:
    """The answer as JSON; raises UnknownSchema, or pydantic's ValidationError for data of another shape."""
    rules = _RULES.get(schema)
    if rules is None:
        raise UnknownSchema(schema)
    return rules(data).model_dump_json()


def _extract(data: str) -> ResumeExtraction:
    from services.offline_model.extraction import extract  # its word lists are read only when a resume is

    return extract(ExtractionRequest.model_validate_json(data).lines)


_RULES: Final[dict[str, Callable[[str], ModelOutput]]] = {
    "ResumeExtraction": _extract,
    "GuardrailAnswer": lambda data: screen_request(GuardrailRequest.model_validate_json(data)),
    "JobSummary": lambda data: summarise_job(JobRequest.model_validate_json(data)),
    "TailoringProposal": lambda data: propose_changes(TailoringRequest.model_validate_json(data)),
    "ApplicationLetters": lambda data: write_letters(LettersRequest.model_validate_json(data)),
}
