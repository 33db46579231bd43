"""A scripted OpenAI on loopback: real sockets, strict-schema checks as OpenAI's, answers by schema name.

It refuses a schema that OpenAI would refuse, remembers every request, and can be slow, broken, mute or odd on demand.
What is not scripted is answered by the product's own offline model, through the same protocol.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from services.offline_model.app import create_offline_model

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

UNSUPPORTED_KEYWORDS = {"default", "oneOf", "allOf", "not", "patternProperties", "prefixItems", "uniqueItems"}


@dataclass
class Reply:
    """One scripted reply: the model's text or tool calls, a status with an error, or `raw` bytes of whatever kind.

    `delay` passes before anything is sent, `stall` between the headers and the body.
    """

    content: str | None = None
    status: int = 200
    delay: float = 0.0
    finish_reason: str = "stop"
    refusal: str | None = None
    usage: bool = True
    tool_calls: list[tuple[str, str]] = field(default_factory=list)
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    stall: float = 0.0


@dataclass
class AnsweredCall:
    """When a call came and went, by the monotonic clock, and how many characters it took each way."""

    name: str
    started: float
    ended: float
    sent: int
    received: int


@dataclass
class OpenAIServer:
    """The stand-in; an ASGI app to be served on a loopback port."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    calls: list[AnsweredCall] = field(default_factory=list)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    always: dict[str, Reply] = field(default_factory=dict)
    rules: Callable[[dict[str, Any]], Reply] | None = (
        None  # answers what is not scripted, in the product's rules' stead
    )
    knows_schemas: bool = True
    knows_tools: bool = True
    reports_usage: bool = True
    delay: float = 0.0
    in_flight: int = 0
    most_in_flight: int = 0
    cut_off: int = 0

    def script(self, schema: str, *replies: Reply) -> None:
        """Give these replies, in order, to the next requests for this schema (or `agent` for tool calls)."""
        self.replies.setdefault(schema, []).extend(replies)

    def prompts(self) -> str:
        """Everything that was ever sent, as one text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def asked_for(self, schema: str) -> list[dict[str, Any]]:
        """The requests for one schema."""
        return [request for request in self.requests if schema_name(request) == schema]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        started = time.monotonic()
        body = await _body(receive)
        request = json.loads(body or b"{}")
        self.requests.append(request)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        received = 0

        async def counting(message: MutableMapping[str, Any]) -> None:
            nonlocal received
            received += answered_characters(message.get("body", b""))
            await send(message)

        try:
            await self._answer(request, scope, body, counting, receive)
        finally:
            self.in_flight -= 1
            sent = len(json.dumps(request, ensure_ascii=False))
            self.calls.append(AnsweredCall(schema_name(request), started, time.monotonic(), sent, received))

    async def _answer(self, request: dict[str, Any], scope: Scope, body: bytes, send: Send, receive: Receive) -> None:
        name = schema_name(request)
        reply = self.replies[name].pop(0) if self.replies.get(name) else self.always.get(name)
        delay = reply.delay if reply else self.delay
        if reply is None and self.rules is not None:
            reply = self.rules(request)
        if delay and await _gone_within(receive, delay):
            self.cut_off += 1
            return
        if fault := self._fault(request):
            await _send_json(send, 400, {"error": {"message": fault, "type": "invalid_request_error", "code": None}})
        elif reply is None:
            await self._answer_by_rules(scope, body, send)
        elif reply.raw is not None or reply.stall:
            await _send_raw(send, reply, json.dumps(completion(request, reply)).encode())
        elif reply.status != 200:
            error = {"message": "scripted failure", "type": "server_error", "code": None}
            await _send_json(send, reply.status, {"error": error}, reply.headers)
        else:
            await _send_json(send, 200, completion(request, reply))

    def _fault(self, request: dict[str, Any]) -> str | None:
        if request.get("tools") and not self.knows_tools:
            return "tools are not supported"
        response_format = request.get("response_format")
        if response_format is None:
            return None
        if not self.knows_schemas:
            return "response_format json_schema is not supported"
        wanted = response_format["json_schema"]
        if not wanted.get("strict"):
            return "the schema is not strict"
        return next(schema_faults(wanted["schema"]), None)

    async def _answer_by_rules(self, scope: Scope, body: bytes, send: Send) -> None:
        if not self.knows_schemas:
            body = _with_schema_named_in_prompt(json.loads(body))
        delivered = False

        async def receive() -> MutableMapping[str, Any]:
            nonlocal delivered
            if delivered:
                await asyncio.Event().wait()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def relay(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.body" and message.get("body"):
                message = {**message, "body": self._adapted(message["body"])}
            await send(message)

        await create_offline_model()(scope, receive, relay)

    def _adapted(self, body: bytes) -> bytes:
        if not body.startswith(b"{"):
            return body
        answer = json.loads(body)
        if not self.reports_usage:
            answer.pop("usage", None)
        if not self.knows_schemas and "choices" in answer and answer["choices"][0]["message"]["content"]:
            message = answer["choices"][0]["message"]
            message["content"] = f"Here you are:\n```json\n{message['content']}\n```\nAnything else?"
        return json.dumps(answer).encode()


def answered_characters(body: bytes) -> int:
    """How much a model wrote in this answer: its text and its tool calls, without the protocol around them."""
    try:
        message = json.loads(body)["choices"][0]["message"]
        calls = [call["function"] for call in message.get("tool_calls") or []]
    except (ValueError, LookupError, TypeError, AttributeError):  # no completion, or scripted nonsense
        return 0
    return len(message.get("content") or "") + sum(len(call["name"]) + len(call["arguments"]) for call in calls)


def schema_name(request: dict[str, Any]) -> str:
    """What a request asks for: a schema's name, or `agent`."""
    response_format = request.get("response_format") or {}
    name = (response_format.get("json_schema") or {}).get("name")
    return str(name) if name else "agent"


def schema_faults(schema: Any, path: str = "$") -> Any:
    """What OpenAI's strict mode would refuse in a schema."""
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            yield from schema_faults(item, f"{path}[{index}]")
    if not isinstance(schema, dict):
        return
    if found := UNSUPPORTED_KEYWORDS & schema.keys():
        yield f"{path}: {sorted(found)} not permitted"
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            yield f"{path}: additionalProperties must be false"
        if set(schema.get("required", [])) != set(schema.get("properties", {})):
            yield f"{path}: every property must be required"
    for name, child in schema.items():
        if name in ("properties", "$defs"):
            for key, value in child.items():
                yield from schema_faults(value, f"{path}.{name}.{key}")
        elif name not in ("enum", "required"):
            yield from schema_faults(child, f"{path}.{name}")


def completion(request: dict[str, Any], reply: Reply) -> dict[str, Any]:
    """A chat completion as OpenAI sends it."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    if reply.tool_calls:
        message["tool_calls"] = [
            {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for number, (name, arguments) in enumerate(reply.tool_calls)
        ]
    answer: dict[str, Any] = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": request.get("model"),
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason, "logprobs": None}],
    }
    if reply.usage:
        answer["usage"] = {"prompt_tokens": 100, "completion_tokens": 40, "total_tokens": 140}
    return answer


def _with_schema_named_in_prompt(request: dict[str, Any]) -> bytes:
    """For a server that knows no schemas: which one is meant stands in the prompt, as the last line's title."""
    system = str(request["messages"][0].get("content", ""))
    _, found, described = system.rpartition("and nothing else:\n")
    if found:
        name = json.loads(described)["title"]
        request["response_format"] = {"type": "json_schema", "json_schema": {"name": name}}
    return json.dumps(request).encode()


async def _gone_within(receive: Receive, seconds: float) -> bool:
    """Wait; True when the caller hung up meanwhile."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True


async def _body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body


async def _send_raw(send: Send, reply: Reply, answer: bytes) -> None:
    headers = [(name.encode(), value.encode()) for name, value in reply.headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b" ", "more_body": True})
    await asyncio.sleep(reply.stall)
    await send({"type": "http.response.body", "body": answer if reply.raw is None else reply.raw})


async def _send_json(
    send: Send, status: int, body: dict[str, Any], more_headers: MutableMapping[str, str] | None = None
) -> None:
    headers = [(b"content-type", b"application/json")]
    headers += [(name.encode(), value.encode()) for name, value in (more_headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
