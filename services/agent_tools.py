"""The agent's tools: thin doors to the steps. Whom a run is about comes from its context, never from arguments.

Each step is done once in a run, however often and in whatever company a model calls its tool.
"""

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from services import tailoring_steps
from services.tailoring_steps import TailoringContext


@tool
async def validate_input(runtime: ToolRuntime[TailoringContext]) -> str:
    """Check that the resume and the job advertisement can be used."""
    return await runtime.context.begin(tailoring_steps.validate_input)


@tool
async def summarize_jd(runtime: ToolRuntime[TailoringContext]) -> str:
    """Summarise what the job advertisement asks for."""
    return await runtime.context.begin(tailoring_steps.summarize_job)


@tool
async def tailor_resume(runtime: ToolRuntime[TailoringContext]) -> str:
    """Propose truthful changes of the resume for this job and write the letters."""
    return await runtime.context.begin(tailoring_steps.tailor)


TOOLS = [validate_input, summarize_jd, tailor_resume]
