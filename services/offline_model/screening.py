"""The offline second opinion on a text that the guardrail's own rules left undecided: refuse what clearly is no wish.

Asked only for doubtful texts, so it leans on what tells the doubtful apart: invented pasts, scores, orders to a
machine.
"""

import re
from typing import Final

from schemas.model_outputs import GuardrailAnswer
from services.guardrail_rules.job_vocabulary import job_evidence
from services.job_ads.reader import read_job_ad
from services.matching.skill_terms import fold
from services.offline_model.protocol import GuardrailRequest
from services.resume_language.roles import title_score

OPENING: Final = 160  # a request for other work opens a text; deep inside an ad such words are duties
_HEADLINE: Final = 8
_ASKS: Final = re.compile(
    r"\W*(?:please|can you|could you|would you|i want|i need you|bitte|kannst du|s['’]il (?:te|vous) pla|peux-tu"
    r"|pouvez-vous|por favor|puedes|podes)\b",
    re.IGNORECASE,
)
_READ_LANGUAGES: Final = frozenset("en de fr es pt it nl sv".split())

_INVENTED: Final = re.compile(
    r"\b(?:invent|pretend|falsify|fabricate|make up|lie about)\b|\bnever (?:went|worked|had|held|studied|did)\b"
    r"|\bsay (?:that )?i (?:hold|have|worked|was|am)\b.*\bi (?:don't|do not|didn't|never|haven't)\b|\bnobody checks\b"
    r"|\b(?:erfinde|falsche|invente|inventa|falsifie|falsifica)\b"
)
_SCORE: Final = re.compile(
    r"\b(?:rate|score|rank|grade|approve)\b.{0,40}\b(?:candidate|resume|applicant|cv)\b|\bperfect (?:match )?score\b"
    r"|\b\d{2,3} ?/ ?\d{2,3}\b.*\bregardless\b|\bno matter what\b"
)
_ORDER: Final = re.compile(
    r"\b(?:system|assistant|developer)\s*:|\[system\b|\btrust level\b|\bsystem ?prompt (?:is|:)|\blog\(system"
    r"|\braw prompt\b"
    r"|\b(?:the )?(?:real|next|new) (?:request|task)\b|\beverything (?:written|said|above)\b.{0,20}\b(?:so far|test)\b"
    r"|\bcontinue the following\b|\bignore (?:all|any|the) (?:previous|above|prior)\b"
)
_ACTION: Final = re.compile(
    r"\b(?:send|post|forward|upload|load|fetch|transmit|append|add this|merge)\b.{0,80}(?:https?://|\bresume of\b"
    r"|\S+@\S+)"
    r"|!\[[^\]]*\]\(https?://"
)
_OTHER_WORK: Final = re.compile(
    r"\b(?:write|compose|create|generate|give me)\b.{0,25}\b(?:blog|essay|poem|story|song|recipe|joke|article"
    r"|script|code"
    r"|malware|homework)\b|\btranslate the following\b|\blist (?:ten|\d+) ways\b"
)


def screen_request(request: GuardrailRequest) -> GuardrailAnswer:
    """Whether a doubtful text is a job advertisement, or wishes about tailoring, and nothing else."""
    folded = " ".join(fold(request.text).split())
    if not re.search(r"[^\W\d_]{2}", folded):
        return GuardrailAnswer(verdict="refuse", category="invalid", reason="The text says nothing.")
    if any(pattern.search(folded) for pattern in (_INVENTED, _SCORE, _ORDER, _ACTION)):
        return GuardrailAnswer(
            verdict="refuse", category="injection", reason="The text gives orders that have nothing to do with the job."
        )
    if _OTHER_WORK.search(folded[:OPENING]) or (
        request.field == "job_description" and not _speaks_of_a_job(request.text)
    ):
        return GuardrailAnswer(verdict="refuse", category="not_related", reason="The text is not related to a job.")
    return GuardrailAnswer(verdict="allow", category="job", reason="The text is about a job or about tailoring to one.")


def _speaks_of_a_job(text: str) -> bool:
    ad = read_job_ad(text)
    if ad.language not in _READ_LANGUAGES:
        return True  # no words to judge by: the benefit of the doubt
    if job_evidence(text) == 0 and title_score(ad.position or "") == 0:
        # a headline may name a trade that no list knows; a poem, a menu and a wish for a cake say more, or ask
        return len(text.split()) <= _HEADLINE and _ASKS.match(text) is None
    return bool(ad.requirements or ad.position or ad.responsibilities)
