"""The job summary, read off the advertisement by rules."""

from schemas.model_outputs import JobSummary
from services.job_ads.reader import read_job_ad
from services.offline_model.protocol import JobRequest

MAX_DUTIES = 8


def summarise_job(request: JobRequest) -> JobSummary:
    """What the ad asks for, in its own words."""
    ad = read_job_ad(request.job_description)
    return JobSummary(
        position=ad.position,
        company=ad.company,
        language=ad.language,
        role_focus=ad.role_focus,
        required_skills=[one.term for one in ad.requirements if one.kind == "must"],
        preferred_skills=[one.term for one in ad.requirements if one.kind == "nice"],
        responsibilities=list(ad.responsibilities[:MAX_DUTIES]),
    )
