"""What the shipped agent is measured against: a plain ReAct agent that always has the whole resume before it.

Written as such an agent usually is: resume and job ad in its prompt, a tool for every section, one step after the
other. Knows nothing of the product but the resume's shape.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from langchain.agents import create_agent
from langchain_core.tools import BaseTool, tool
from langchain_openai import ChatOpenAI

from schemas.resume_schemas import ResumeData
from tests.fakes.openai_server import Reply

SECTIONS: Final = ("professional_summary", "experience", "skills", "projects")
LETTER: Final = "Dear Hiring Team, I apply for this position because my work fits what you are looking for. " * 12
SUMMARY: Final = "The role builds and runs services; it asks for the skills that the advertisement names. " * 4
RULES: Final = (
    "You are an expert resume writer. Tailor the resume below to the job below, section by section. Never invent "
    "employers, dates, numbers, degrees or skills. Call validate_input first, then summarize_jd, then tailor_section "
    "for each section in turn, then write_cover_letter, then write_email, and finish with one closing sentence."
)


@dataclass(frozen=True, slots=True)
class PlainAgent:
    """The agent for one resume and one job."""

    model: ChatOpenAI
    resume: ResumeData
    job_description: str

    async def tailor(self) -> None:
        """Run it to its end."""
        agent = create_agent(self.model, self._tools(), system_prompt=f"{RULES}\n\n{self._documents()}")
        task = "Tailor my resume to this job."
        await agent.ainvoke({"messages": [{"role": "user", "content": task}]}, {"recursion_limit": 60})

    def _documents(self) -> str:
        return f"RESUME:\n{self.resume.model_dump_json(exclude_none=True)}\n\nJOB:\n{self.job_description}"

    async def _ask(self, task: str) -> str:
        answer = await self.model.ainvoke([("system", f"{RULES}\n\n{self._documents()}"), ("user", task)])
        return answer.text

    def _tools(self) -> list[BaseTool]:
        @tool
        async def validate_input() -> str:
            """Check that the resume and the job description can be used."""
            return "Both can be used."

        @tool
        async def summarize_jd() -> str:
            """Summarise the job description."""
            return await self._ask("Summarise what the job asks for.")

        @tool
        async def tailor_section(section: str) -> str:
            """Rewrite one section of the resume for the job."""
            return await self._ask(f"Rewrite this section for the job and return it as JSON: {section}")

        @tool
        async def write_cover_letter() -> str:
            """Write the cover letter."""
            return await self._ask("Write the cover letter.")

        @tool
        async def write_email() -> str:
            """Write a short follow-up e-mail."""
            return await self._ask("Write a short follow-up e-mail.")

        return [validate_input, summarize_jd, tailor_section, write_cover_letter, write_email]


def answer_plainly(request: dict[str, Any]) -> Reply:
    """What a model answers to the plain agent: its tools in their order, and texts of the length that was asked for."""
    messages = request["messages"]
    if request.get("tools"):
        done = sum(1 for message in messages if message["role"] == "tool")
        sections = [("tailor_section", json.dumps({"section": section})) for section in SECTIONS]
        steps = [("validate_input", "{}"), ("summarize_jd", "{}"), *sections]
        steps += [("write_cover_letter", "{}"), ("write_email", "{}")]
        return Reply(tool_calls=[steps[done]]) if done < len(steps) else Reply(content="Your resume is tailored.")
    task = str(messages[-1]["content"])
    if "section" in task:
        resume = str(messages[0]["content"]).partition("RESUME:\n")[2].partition("\n\nJOB:\n")[0]
        return Reply(content=json.dumps(json.loads(resume).get(task.rpartition(": ")[2])))
    return Reply(content=SUMMARY if "Summarise" in task else LETTER if "letter" in task else LETTER[: len(LETTER) // 2])
