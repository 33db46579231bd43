"""The offline agent: calls the tools that it is offered turn by turn, then says that it is done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TURNS: Final = (("validate_input", "summarize_jd"), ("tailor_resume",))
DONE: Final = "The resume was tailored to the job. This was the built-in offline model."
STOPPED: Final = "The input could not be used, so nothing was tailored. This was the built-in offline model."

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool to be called with arguments as JSON text."""

    name: str
    arguments: str


def next_step(messages: Sequence[Json], tools: Sequence[Json]) -> list[ToolCall] | str:
    """The next tools that have not answered yet, or the closing words."""
    offered = {_name(tool): tool for tool in tools}
    names = {str(call.get("id")): _name(call) for message in messages for call in _objects(message.get("tool_calls"))}
    answers = {
        str(message.get("name") or names.get(str(message.get("tool_call_id")), "")): message
        for message in messages
        if message.get("role") == "tool"
    }
    if any(_is_refusal(answer.get("content")) for answer in answers.values()):
        return STOPPED
    for turn in TURNS:
        if missing := [name for name in turn if name in offered and name not in answers]:
            return [ToolCall(name, json.dumps(_arguments(offered[name]))) for name in missing]
    return DONE


def _name(holder: Json) -> str:
    function = holder.get("function")
    return str(function.get("name", "")) if isinstance(function, dict) else ""


def _objects(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_refusal(content: object) -> bool:
    """Whether a tool reports that the input is of no use: as JSON, or as an error."""
    if not isinstance(content, str):
        return False
    try:
        answer = json.loads(content)
    except ValueError:
        return content.startswith("Error")
    return isinstance(answer, dict) and (answer.get("success") is False or answer.get("verdict") == "refuse")


def _arguments(tool: Json) -> Json:
    """Empty values for what a tool requires; ours require nothing, since they know their run."""
    function = tool.get("function")
    parameters = function.get("parameters") if isinstance(function, dict) else None
    if not isinstance(parameters, dict):
        return {}
    properties = parameters.get("properties")
    empty: Json = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}
    required = parameters.get("required")
    if not isinstance(properties, dict) or not isinstance(required, list):
        return {}
    return {
        str(name): empty.get(str(properties[name].get("type")), "")
        for name in required
        if isinstance(properties.get(name), dict)
    }
