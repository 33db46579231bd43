"""The agent's tools: thin doors to the steps. Whom a run is about comes from its context, never from arguments."""

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from services import tailoring_steps
from services.tailoring_steps import TailoringContext


@tool
async def validate_input(runtime: ToolRuntime[TailoringContext]) -> str:
    """Check that the resume and the job advertisement can be used. Call this first."""
    return await tailoring_steps.validate_input(runtime.context)


@tool
async def summarize_jd(runtime: ToolRuntime[TailoringContext]) -> str:
    """Summarise what the job advertisement asks for. Call this second."""
    return await tailoring_steps.summarize_job(runtime.context)


@tool(return_direct=True)
async def tailor_resume(runtime: ToolRuntime[TailoringContext]) -> str:
    """Propose truthful changes of the resume for this job and write the letters. Call this last."""
    return await tailoring_steps.tailor(runtime.context)


TOOLS = [validate_input, summarize_jd, tailor_resume]
