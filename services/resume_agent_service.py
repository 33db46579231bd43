"""The tailoring agent: a LangGraph ReAct agent with the guardrail as a node before it.

A model that does not use its tools properly is no reason to fail: the steps it left out are done in their fixed order.
"""

import logging
from functools import lru_cache
from typing import Any
from uuid import UUID

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, AgentState, ModelCallLimitMiddleware, hook_config
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult
from langgraph.errors import GraphRecursionError
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from openai import APIStatusError, OpenAIError

from services import tailoring_steps
from services.agent_tools import TOOLS
from services.credit_service import TokenUsage
from services.errors import InsufficientCredits
from services.model_client import BudgetExhausted, ModelClient, UsageMeter, estimate_tokens, load_prompt
from services.tailoring_steps import Outcome, Refused, TailoringContext

logger = logging.getLogger(__name__)

MAX_AGENT_CALLS = 8
WITHOUT_TOOLS = (400, 422, 500, 501)  # what such servers answer
RECURSION_LIMIT = 40  # langchain's default is 9999
TASK = "Tailor the resume of this run to its job."


class Guardrail(AgentMiddleware[AgentState[Any], TailoringContext]):
    """The first node: a refused request ends the run before the agent is asked anything."""

    @hook_config(can_jump_to=["end"])
    async def abefore_agent(self, state: AgentState[Any], runtime: Runtime[TailoringContext]) -> dict[str, Any] | None:
        """Screen the request; jump to the end when it is refused."""
        try:
            await tailoring_steps.screen_request(runtime.context)
        except Refused as refusal:
            runtime.context.outcome.refusal = refusal.message
            return {"messages": [AIMessage(refusal.message)], "jump_to": "end"}
        runtime.context.begin(tailoring_steps.read_job)  # every run needs it: no reason to wait until the agent asks
        return None


class EndWithResult(AgentMiddleware[AgentState[Any], TailoringContext]):
    """Ends the run once the resume is tailored: closing words would cost a call and nobody reads them."""

    @hook_config(can_jump_to=["end"])
    async def abefore_model(self, state: AgentState[Any], runtime: Runtime[TailoringContext]) -> dict[str, Any] | None:
        """Jump to the end when there is a result."""
        return {"jump_to": "end"} if runtime.context.outcome.proposals is not None else None


class AgentUsage(AsyncCallbackHandler):
    """Counts the agent's own calls; langchain's handler loses those whose server names no model or reports no usage."""

    def __init__(self, meter: UsageMeter) -> None:
        """Count into this meter."""
        self._meter = meter
        self._prompts: dict[UUID, str] = {}

    async def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        """Remember the prompt: its size is the estimate when no usage comes back."""
        self._prompts[run_id] = "".join(message.text for batch in messages for message in batch)

    async def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        """Count the call's reported usage, or estimate it."""
        prompt = self._prompts.pop(run_id, "")
        for generation in (choice for choices in response.generations for choice in choices):
            message = generation.message if isinstance(generation, ChatGeneration) else None
            reported = message.usage_metadata if isinstance(message, AIMessage) else None
            if reported:
                self._meter.add(TokenUsage(reported["input_tokens"], reported["output_tokens"]))
            else:
                guess = TokenUsage(estimate_tokens(prompt), estimate_tokens(generation.text), estimated=True)
                self._meter.add(guess)


async def tailor(context: TailoringContext) -> Outcome:
    """Run the agent for this context and return what it produced. Raises our model errors."""
    await context.model.ready()
    try:
        await _run_steps(context)
    finally:
        await context.abandon()
    return context.outcome


async def _run_steps(context: TailoringContext) -> None:
    try:
        await _run_agent(context)
    except Refused as refusal:
        context.outcome.refusal = refusal.message
    except (GraphRecursionError, ModelCallLimitExceededError) as error:
        logger.warning("agent_gave_up reason=%s", type(error).__name__)
    except APIStatusError as error:
        # Some OpenAI-compatible servers know no tools. Whatever else is wrong shows in the next call.
        if error.status_code not in WITHOUT_TOOLS and "tool" not in str(error).lower():
            raise context.model.translate(error) from error
        logger.warning("agent_without_tools endpoint=%s", context.model.endpoint)
    except OpenAIError as error:
        raise context.model.translate(error) from error
    except BudgetExhausted as error:
        raise InsufficientCredits(
            "The credits reserved for this run do not cover a job advertisement this long."
        ) from error
    if context.outcome.refusal is None:
        await _finish_steps(context)


@lru_cache(
    maxsize=1
)  # it keeps nothing of a run, and putting it together takes as long as all else that a run computes
def build_agent(model: ModelClient) -> CompiledStateGraph[Any, TailoringContext, Any, Any]:
    """The agent on this model."""
    limit: AgentMiddleware[Any, TailoringContext] = ModelCallLimitMiddleware(
        run_limit=MAX_AGENT_CALLS, exit_behavior="error"
    )
    return create_agent(
        model.chat_model(),
        TOOLS,
        system_prompt=load_prompt("agent"),
        middleware=[Guardrail(), EndWithResult(), limit],
        context_schema=TailoringContext,
    )


async def _run_agent(context: TailoringContext) -> None:
    await build_agent(context.model).ainvoke(
        {"messages": [{"role": "user", "content": TASK}]},
        {"callbacks": [AgentUsage(context.meter)], "recursion_limit": RECURSION_LIMIT},
        context=context,
    )


async def _finish_steps(context: TailoringContext) -> None:
    """Do what the agent left out; every step that is done already returns at once."""
    try:
        if context.outcome.proposals is None:
            await context.begin(tailoring_steps.validate_input)
            await context.begin(tailoring_steps.tailor)
    except Refused as refusal:
        context.outcome.refusal = refusal.message
