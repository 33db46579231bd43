"""Signing in with Google: turns an ID token or an authorisation code into a verified identity.

Knows neither accounts nor cookies. What Google publishes (addresses, keys) is kept for an hour.
"""

import hmac
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import httpx2
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, OctKey
from pydantic import BaseModel, Field, TypeAdapter

from config.settings import Settings
from schemas.auth_schemas import Email
from services.auth_service import GoogleIdentity
from services.errors import GoogleNotConfigured, GoogleUnavailable, InvalidGoogleToken

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import AsyncOAuth2Client

logger = logging.getLogger(__name__)

CACHE_SECONDS = 3600
REFETCH_COOLDOWN_SECONDS = 60  # a token with an invented key id must not make us ask Google each time
ATTEMPT_SECONDS = 600
TIMEOUT_SECONDS = 5.0
LEEWAY_SECONDS = 60
MAX_PICTURE_URL = 500
ATTEMPT_AUDIENCE = "skillmap-google-sign-in"


class _Metadata(BaseModel):
    """The part that we need of Google's discovery document."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _IdTokenClaims(BaseModel):
    """What an ID token must say about the person."""

    sub: str = Field(min_length=1, max_length=255)
    email: Email
    email_verified: Literal[True]
    name: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class _Published:
    """What Google published, and when we asked."""

    metadata: _Metadata
    keys: KeySet
    fetched_at: float


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """What the callback of a redirect must match; the browser keeps it, signed, while the person is at Google."""

    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where to send the browser, and what it must bring back."""

    url: str
    sealed_attempt: str


class GoogleSignIn:
    """One client of Google, built in the lifespan."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is fetched before the first sign-in; `clock` counts seconds."""
        self._settings = settings
        self._clock = clock
        self._published: _Published | None = None

    async def identify(self, *, id_token: str | None, code: str | None, redirect_uri: str | None) -> GoogleIdentity:
        """The person behind an ID token, or behind a code that the front end received."""
        if id_token:
            return await self._verify(id_token)
        return await self._verify(await self._exchange(code or "", redirect_uri=redirect_uri))

    async def begin_redirect(self) -> Redirect:
        """Start the redirect flow: state against forged callbacks, nonce against replayed tokens, PKCE."""
        attempt = SignInAttempt(*(secrets.token_urlsafe(48) for _ in range(3)))
        self._require_client_secret()
        published = await self._fetched()
        async with self._oauth_client(None) as client:
            url, _ = client.create_authorization_url(
                published.metadata.authorization_endpoint,
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.code_verifier,
            )
        return Redirect(url=url, sealed_attempt=self._seal(attempt))

    async def finish_redirect(
        self, *, code: str | None, state: str | None, sealed_attempt: str | None
    ) -> GoogleIdentity:
        """The person who comes back from Google. Raises InvalidGoogleToken unless this browser began the attempt."""
        self._require_client_secret()
        attempt = self._unseal(sealed_attempt or "")
        if not code or not hmac.compare_digest((state or "").encode(errors="replace"), attempt.state.encode()):
            raise InvalidGoogleToken
        id_token = await self._exchange(code, redirect_uri=None, code_verifier=attempt.code_verifier)
        return await self._verify(id_token, nonce=attempt.nonce)

    async def _verify(self, id_token: str, *, nonce: str | None = None) -> GoogleIdentity:
        self._require_client_id()
        try:
            try:
                token = _decode(id_token, await self._fetched())
            except InvalidKeyIdError:  # Google changes its keys every few days
                token = _decode(id_token, await self._fetched(max_age=REFETCH_COOLDOWN_SECONDS))
            issuer = (await self._fetched()).metadata.issuer
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "values": [issuer, issuer.removeprefix("https://")]},
                aud={"essential": True, "value": self._settings.GOOGLE_CLIENT_ID},
                exp={"essential": True},
                nonce={"essential": nonce is not None, **({"value": nonce} if nonce is not None else {})},
            ).validate(token.claims)
            claims = _IdTokenClaims.model_validate(token.claims)
        except (JoseError, ValueError) as error:
            raise InvalidGoogleToken from error
        return _identity(claims)

    async def _exchange(self, code: str, *, redirect_uri: str | None, code_verifier: str | None = None) -> str:
        """The ID token that a code stands for."""
        from authlib.integrations.base_client import OAuthError

        self._require_client_secret()
        published = await self._fetched()
        try:
            async with self._oauth_client(redirect_uri) as client:
                answer = await client.fetch_token(
                    published.metadata.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=code_verifier,
                )
        except OAuthError as error:
            if error.error == "invalid_grant":
                raise InvalidGoogleToken from error
            logger.error("google_refused_client error=%s", error.error)
            raise GoogleUnavailable from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise GoogleUnavailable from error
        return str(answer.get("id_token", ""))

    async def _fetched(self, max_age: float = CACHE_SECONDS) -> _Published:
        published = self._published
        if published is None or self._clock() - published.fetched_at > max_age:
            published = self._published = await self._fetch()
        return published

    async def _fetch(self) -> _Published:
        try:
            async with httpx2.AsyncClient(timeout=TIMEOUT_SECONDS) as http:
                document = (await http.get(self._settings.GOOGLE_METADATA_URL)).raise_for_status()
                metadata = _Metadata.model_validate_json(document.content)
                keys = KeySet.import_key_set((await http.get(metadata.jwks_uri)).raise_for_status().json())
        except (httpx2.HTTPError, httpx2.InvalidURL, JoseError, ValueError, TypeError, KeyError) as error:
            raise GoogleUnavailable from error
        return _Published(metadata=metadata, keys=keys, fetched_at=self._clock())

    def _oauth_client(self, redirect_uri: str | None) -> "AsyncOAuth2Client":
        """A client for one exchange: it remembers the token that it received, so nobody else must use it."""
        from authlib.integrations.httpx_client import AsyncOAuth2Client  # slow to import, seldom needed

        return AsyncOAuth2Client(
            client_id=self._settings.GOOGLE_CLIENT_ID,
            client_secret=self._settings.GOOGLE_CLIENT_SECRET.get_secret_value(),
            redirect_uri=redirect_uri or self._settings.GOOGLE_REDIRECT_URI,
            scope="openid email profile",
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
        )

    def _require_client_id(self) -> None:
        if not self._settings.GOOGLE_CLIENT_ID:
            raise GoogleNotConfigured

    def _require_client_secret(self) -> None:
        self._require_client_id()
        if not self._settings.GOOGLE_CLIENT_SECRET.get_secret_value():
            raise GoogleNotConfigured

    def _seal(self, attempt: SignInAttempt) -> str:
        claims = {**asdict(attempt), "aud": ATTEMPT_AUDIENCE, "exp": int(time.time()) + ATTEMPT_SECONDS}
        return jwt.encode({"alg": "HS256"}, claims, self._sealing_key())

    def _unseal(self, sealed: str) -> SignInAttempt:
        try:
            claims = jwt.decode(sealed, self._sealing_key(), algorithms=["HS256"]).claims
            jwt.JWTClaimsRegistry(aud={"essential": True, "value": ATTEMPT_AUDIENCE}, exp={"essential": True}).validate(
                claims
            )
        except (JoseError, ValueError) as error:
            raise InvalidGoogleToken("The sign-in took too long or began in another browser. Try again.") from error
        return TypeAdapter(SignInAttempt).validate_python(
            {name: claims[name] for name in ("state", "nonce", "code_verifier")}
        )

    def _sealing_key(self) -> OctKey:
        return OctKey.import_key(self._settings.SECRET_KEY.get_secret_value())


def _decode(id_token: str, published: _Published) -> jwt.Token:
    return jwt.decode(id_token, published.keys, algorithms=["RS256"])


def _identity(claims: _IdTokenClaims) -> GoogleIdentity:
    picture = claims.picture
    usable = picture.startswith("https://") and len(picture) <= MAX_PICTURE_URL
    return GoogleIdentity(
        subject=claims.sub,
        email=claims.email,
        full_name=claims.name.strip()[:255] or claims.email.partition("@")[0],
        picture_url=picture if usable else None,
    )
