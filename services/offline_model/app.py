"""The offline model as a plain ASGI app that speaks the chat-completions protocol, so the same SDKs talk to it.

Owns the protocol (errors, streaming, usage); what is answered is decided by the modules it hands the data to.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from pydantic import ValidationError

from services.offline_model.agent import Json, ToolCall, next_step
from services.offline_model.answers import UnknownSchema, answer

MODEL: Final = "skillmap-offline"
MAX_BODY: Final = 8_000_000
CHARACTERS_PER_TOKEN: Final = 4
CHUNK: Final = 200

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class BadRequest(Exception):
    """The request cannot be answered; `code` and the message go back in OpenAI's error shape."""

    def __init__(self, message: str, *, status: int = 400, code: str = "invalid_request_error") -> None:
        self.status = status
        self.code = code
        super().__init__(message)


def create_offline_model() -> ASGIApp:
    """The app; it keeps no state, so one serves all requests."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            route = (scope["method"], str(scope["path"]).rstrip("/"))
            if route == ("GET", "/v1/models"):
                model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "skillmap"}
                await _send_json(send, 200, {"object": "list", "data": [model]})
            elif route == ("POST", "/v1/chat/completions"):
                await _complete(await _read_json(receive), send)
            else:
                raise BadRequest("There is no such endpoint.", status=404, code="not_found")
        except BadRequest as error:
            body = {"message": str(error), "type": "invalid_request_error", "param": None, "code": error.code}
            await _send_json(send, error.status, {"error": body})

    return app


async def _complete(request: Json, send: Send) -> None:
    messages = _messages(request)
    # Rules take milliseconds for a page and more for a long document: off the event loop.
    step = await asyncio.to_thread(_decide, request, messages)
    completion = _Completion(step, prompt=sum(len(_text(message)) for message in messages))
    if request.get("stream") is True:
        options = request.get("stream_options")
        include_usage = isinstance(options, dict) and options.get("include_usage") is True
        await _send_stream(send, completion.chunks(include_usage=include_usage))
    else:
        await _send_json(send, 200, completion.whole())


def _decide(request: Json, messages: list[Json]) -> list[ToolCall] | str:
    """A schema-bound answer where one is asked for, else the agent's next step."""
    response_format = request.get("response_format")
    schema = response_format.get("json_schema") if isinstance(response_format, dict) else None
    if isinstance(schema, dict):
        data = next((_text(message) for message in reversed(messages) if message.get("role") == "user"), "")
        try:
            return answer(str(schema.get("name")), data)
        except UnknownSchema as error:
            raise BadRequest("The offline model does not know this response schema.", code="unknown_schema") from error
        except ValidationError as error:
            raise BadRequest("The user message is not the JSON object that goes with this schema.") from error
    tools = request.get("tools")
    return next_step(messages, [tool for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else [])


def _messages(request: Json) -> list[Json]:
    messages = request.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(message, dict) for message in messages):
        raise BadRequest("`messages` must be a list of messages.")
    return messages


def _text(message: Json) -> str:
    """A message's text, whether it comes whole or in parts."""
    content = message.get("content")
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


class _Completion:
    """One answer in the protocol's shapes. Usage is estimated from characters, honestly and the same way each time."""

    def __init__(self, step: list[ToolCall] | str, *, prompt: int) -> None:
        self._step = step
        texts = [step] if isinstance(step, str) else [text for call in step for text in (call.name, call.arguments)]
        written = sum(map(len, texts))
        prompt_tokens, completion_tokens = (-(-size // CHARACTERS_PER_TOKEN) for size in (prompt, written))
        self._usage = {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        }
        self._head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
        self._finish = "stop" if isinstance(step, str) else "tool_calls"

    def whole(self) -> Json:
        """The answer in one piece."""
        message: Json = {"role": "assistant", "content": None, "refusal": None}
        if isinstance(self._step, str):
            message["content"] = self._step
        else:
            message["tool_calls"] = self._tool_calls(self._step)
        choice = {"index": 0, "message": message, "finish_reason": self._finish, "logprobs": None}
        return {**self._head, "object": "chat.completion", "choices": [choice], "usage": self._usage}

    def chunks(self, *, include_usage: bool) -> list[Json]:
        """The answer in pieces; usage comes last, without a choice, and only when asked for."""
        deltas: list[Json] = [{"role": "assistant", "content": ""}]
        if isinstance(self._step, str):
            deltas += [{"content": self._step[at : at + CHUNK]} for at in range(0, len(self._step), CHUNK)]
        else:
            calls = self._tool_calls(self._step)
            deltas.append({"tool_calls": [{"index": index, **call} for index, call in enumerate(calls)]})
        frames = [self._chunk([{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
        frames.append(self._chunk([{"index": 0, "delta": {}, "finish_reason": self._finish}]))
        if include_usage:
            frames.append({**self._chunk([]), "usage": self._usage})
        return frames

    def _chunk(self, choices: list[Json]) -> Json:
        return {**self._head, "object": "chat.completion.chunk", "choices": choices}

    def _tool_calls(self, calls: list[ToolCall]) -> list[Json]:
        functions = [{"name": call.name, "arguments": call.arguments} for call in calls]
        return [
            {"id": f"call_{self._head['id']}_{number}", "type": "function", "function": function}
            for number, function in enumerate(functions)
        ]


async def _read_json(receive: Receive) -> Json:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise BadRequest("The request is too large.", status=413, code="request_too_large")
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            break
    try:
        request = json.loads(body)
    except ValueError as error:
        raise BadRequest("The request body is not JSON.") from error
    if not isinstance(request, dict):
        raise BadRequest("The request body is not a JSON object.")
    return request


async def _send_json(send: Send, status: int, body: Json) -> None:
    await send(_head(status, b"application/json"))
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


async def _send_stream(send: Send, frames: list[Json]) -> None:
    await send(_head(200, b"text/event-stream"))
    for frame in frames:
        await send({"type": "http.response.body", "body": f"data: {json.dumps(frame)}\n\n".encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b"data: [DONE]\n\n"})


def _head(status: int, content_type: bytes) -> Message:
    return {"type": "http.response.start", "status": status, "headers": [(b"content-type", content_type)]}
