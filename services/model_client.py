"""The one door to the language model: one HTTP client under both SDKs, and one way to get a schema-bound answer.

Offline is not a branch up here but another transport: without a key the same SDKs talk to the built-in model.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from config.settings import Settings
from schemas.model_outputs import ModelOutput
from services.credit_service import TokenUsage
from services.errors import ModelAnswerInvalid, ModelRefused, ModelTimeout, ModelUnavailable
from services.tracing import close_tracing, configure_tracing

if TYPE_CHECKING:
    import httpx2
    import langsmith
    from langchain_openai import ChatOpenAI
    from openai import AsyncOpenAI, OpenAIError
    from openai.types.chat import ChatCompletion

logger = logging.getLogger(__name__)

OFFLINE_MODEL = "skillmap-offline"
SDK_RETRIES = 0  # our transport tries again, within the time that a call may take
CONNECT_SECONDS = 5.0
MAX_CONNECTIONS = 200
NUL = "\\u0000"  # as JSON writes it; PostgreSQL cannot store it
CUT_OFF = ("length", "max_tokens", "model_length")  # OpenAI's word for it, and others'
CHARACTERS_PER_TOKEN = 4  # rough, and on the safe side for English; used where the provider reports no usage
PROMPTS = Path(__file__).parent / "prompts"

Answer = TypeVar("Answer", bound=ModelOutput)


class AnswerTruncated(ModelAnswerInvalid):
    """The answer was cut off at the model's limit; asking for less at a time helps."""

    message = "The language model's answer was longer than it may be. Nothing was charged; please try again."


class BudgetExhausted(Exception):
    """The next call might cost more than what is held for this run."""


class UsageMeter:
    """Counts the tokens of one run and says when its budget is used up."""

    def __init__(self, budget_tokens: int | None = None) -> None:
        """Without a budget everything is allowed."""
        self.budget_tokens = budget_tokens
        self.usage = TokenUsage()
        self.calls = 0
        self._going_on = 0

    @contextmanager
    def call(self, tokens: int) -> Iterator[None]:
        """Make a call of about this size; raises BudgetExhausted when it does not fit beside those going on."""
        if self.budget_tokens is not None and self.usage.total_tokens + self._going_on + tokens > self.budget_tokens:
            raise BudgetExhausted
        self._going_on += tokens
        try:
            yield
        finally:
            self._going_on -= tokens

    def add(self, usage: TokenUsage) -> None:
        """Count one finished call."""
        self.usage += usage
        self.calls += 1


@cache
def load_prompt(name: str) -> str:
    """The text of a prompt file."""
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


@cache
def schema_of(answer: type[ModelOutput]) -> dict[str, Any]:
    """The JSON schema of an answer."""
    return answer.model_json_schema()


def estimate_tokens(*texts: str) -> int:
    """Approximate number of tokens (characters / 4)."""
    return sum(len(text) for text in texts) // CHARACTERS_PER_TOKEN + 1


class ModelClient:
    """Made once in the lifespan; connects and imports the SDKs when first used, because they take seconds to import."""

    def __init__(self, settings: Settings) -> None:
        """Remember the settings."""
        self._settings = settings
        self._http: httpx2.AsyncClient | None = None
        self._openai: AsyncOpenAI | None = None
        self._strict_schemas = True
        self._warming_up: asyncio.Future[None] | None = None
        self._traces: langsmith.Client | None = None

    @property
    def name(self) -> str:
        """The model that answers."""
        return OFFLINE_MODEL if self._settings.uses_offline_model else self._settings.OPENAI_MODEL

    @property
    def endpoint(self) -> str:
        """The host that answers, for messages; never a whole URL, which may hold a key."""
        if self._settings.uses_offline_model:
            return "built-in"
        return urlsplit(self._settings.OPENAI_BASE_URL).netloc.rpartition("@")[2] or "api.openai.com"

    def start(self) -> None:
        """Begin to import the SDKs and to make the clients, in a thread: it takes seconds."""
        if self._warming_up is None:
            self._warming_up = asyncio.ensure_future(asyncio.to_thread(self._warm_up))

    async def ready(self) -> None:
        """Wait until the SDKs are imported and the clients made."""
        self.start()
        if self._warming_up is not None:
            await asyncio.shield(self._warming_up)

    def _warm_up(self) -> None:
        importlib.import_module("langchain.agents")  # 3 s of imports: never on the event loop
        self._traces = configure_tracing(self._settings)
        self.openai()
        self.chat_model()
        logger.info("model_ready model=%s endpoint=%s", self.name, self.endpoint)

    def http(self) -> httpx2.AsyncClient:
        """The HTTP client below both SDKs."""
        if self._http is None:
            import httpx2

            from services.model_transport import ModelTransport

            seconds = self._settings.OPENAI_TIMEOUT_SECONDS
            self._http = httpx2.AsyncClient(
                transport=ModelTransport(self._transport(), seconds=seconds),
                timeout=httpx2.Timeout(seconds, connect=CONNECT_SECONDS),
            )
        return self._http

    def _transport(self) -> httpx2.AsyncBaseTransport:
        import httpx2

        if self._settings.uses_offline_model:
            from services.offline_model.app import create_offline_model

            return httpx2.ASGITransport(create_offline_model())
        return httpx2.AsyncHTTPTransport(limits=httpx2.Limits(max_connections=MAX_CONNECTIONS))

    def openai(self) -> AsyncOpenAI:
        """The OpenAI SDK."""
        if self._openai is None:
            from openai import AsyncOpenAI

            self._openai = AsyncOpenAI(max_retries=SDK_RETRIES, http_client=self.http(), **self._credentials())
        return self._openai

    def chat_model(self) -> ChatOpenAI:
        """A LangChain chat model for the agent, over the same HTTP client."""
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(
            model=self.name,
            timeout=self._settings.OPENAI_TIMEOUT_SECONDS,
            max_retries=SDK_RETRIES,
            stream_usage=True,  # without it a custom base URL turns usage off, and tokens are not metered
            use_responses_api=False,  # langchain would mix both endpoints for some models
            http_async_client=self.http(),
            **self._credentials(),
        )

    async def structured(self, answer: type[Answer], prompt: str, payload: dict[str, Any], meter: UsageMeter) -> Answer:
        """Ask for an answer of this schema; `payload` goes out as one JSON object: data, never instructions.

        Raises BudgetExhausted before the call, else ModelUnavailable, ModelTimeout, ModelRefused, AnswerTruncated or
        ModelAnswerInvalid. Usage is counted even when the answer is unusable.
        """
        await self.ready()
        system = load_prompt(prompt)
        data = json.dumps(payload, ensure_ascii=False)
        with meter.call(estimate_tokens(system, data)):
            completion = await self._complete(answer, system, data)
            meter.add(usage_of(completion, system, data))
        choice = completion.choices[0]
        if choice.message.refusal:
            raise ModelRefused
        if choice.finish_reason in CUT_OFF:
            raise AnswerTruncated
        for found in json_objects_in((choice.message.content or "").replace(NUL, "")):
            with suppress(ValidationError):
                return answer.model_validate(found)
        logger.warning("model_answer_invalid schema=%s", answer.__name__)
        raise ModelAnswerInvalid

    async def _complete(self, answer: type[ModelOutput], system: str, data: str) -> ChatCompletion:
        from openai import BadRequestError, OpenAIError, UnprocessableEntityError

        schema = schema_of(answer)
        try:
            if self._strict_schemas:
                try:
                    return await self.openai().chat.completions.create(
                        model=self.name,
                        messages=[{"role": "system", "content": system}, {"role": "user", "content": data}],
                        response_format={
                            "type": "json_schema",
                            "json_schema": {"name": answer.__name__, "schema": schema, "strict": True},
                        },
                    )
                except (BadRequestError, UnprocessableEntityError) as error:
                    if not _refuses_schemas(error):
                        raise
                    logger.warning("model_without_strict_schemas endpoint=%s", self.endpoint)
                    self._strict_schemas = False
            described = f"{system}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n"
            return await self.openai().chat.completions.create(
                model=self.name,
                messages=[
                    {"role": "system", "content": described + json.dumps(schema)},
                    {"role": "user", "content": data},
                ],
            )
        except OpenAIError as error:
            raise self.translate(error) from error

    def translate(self, error: OpenAIError) -> ModelUnavailable:
        """The SDK's error as one of ours, with a sentence that names the endpoint."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        from services.model_transport import NO_COMPLETION, seconds_to_wait

        model = f"The model at {self.endpoint}"
        if isinstance(error, APITimeoutError):
            return ModelTimeout(f"{model} did not answer within {self._settings.OPENAI_TIMEOUT_SECONDS:g} s.")
        if isinstance(error, APIConnectionError):
            return ModelUnavailable(f"{model} could not be reached.")
        if not isinstance(error, APIStatusError):
            return ModelUnavailable(f"{model} could not answer.")
        if error.code == NO_COMPLETION:
            return ModelUnavailable(f"{model} answered with something that is no completion. Is this address right?")
        if error.code == "context_length_exceeded":
            return ModelUnavailable(f"{model} cannot take texts as long as these.")
        if error.status_code == 429:
            later = f"in {seconds:g} s" if (seconds := seconds_to_wait(error.response)) else "later"
            return ModelUnavailable(f"{model} is overloaded or its quota is used up. Please try again {later}.")
        if error.status_code in (401, 403):
            return ModelUnavailable(f"{model} did not accept the server's key.")
        if error.status_code == 404:
            return ModelUnavailable(f"{model} does not know “{self.name}”.")
        return ModelUnavailable(f"{model} could not answer (error {error.status_code}).")

    async def close(self) -> None:
        """Close the HTTP client, and send the last traces."""
        if self._http is not None:
            await self._http.aclose()
        if self._traces is not None:
            await asyncio.to_thread(close_tracing, self._traces)

    def _credentials(self) -> dict[str, Any]:
        if self._settings.uses_offline_model:
            return {"api_key": "offline", "base_url": "http://offline-model/v1"}
        # A local server needs no key, but the SDK insists on one.
        key = self._settings.OPENAI_API_KEY.get_secret_value() or "no-key"
        return {"api_key": key, "base_url": self._settings.OPENAI_BASE_URL or None}


def usage_of(completion: ChatCompletion, system: str, data: str) -> TokenUsage:
    """The reported usage, or an estimate that says so."""
    if completion.usage is not None and completion.usage.total_tokens > 0:
        return TokenUsage(completion.usage.prompt_tokens, completion.usage.completion_tokens)
    text = (completion.choices[0].message.content or "") if completion.choices else ""
    return TokenUsage(estimate_tokens(system, data), estimate_tokens(text), estimated=True)


_THOUGHT = re.compile(r"\A.*</think>", re.DOTALL)  # some servers leave the opening tag out


def json_objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in an answer that may be fenced, thought about or wrapped in talk, as some servers send it."""
    text = _THOUGHT.sub("", text)
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        end = start + 1
        with suppress(ValueError):
            found, end = decoder.raw_decode(text, start)
            yield found
        start = text.find("{", end)


def _refuses_schemas(error: OpenAIError) -> bool:
    text = str(error).lower()
    return any(word in text for word in ("response_format", "schema", "grammar", "structured output"))
