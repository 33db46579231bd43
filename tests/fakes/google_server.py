"""Google as far as signing in goes: discovery document, keys, consent page and token endpoint, served on loopback."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

CLIENT_ID = "skillmap.apps.example.com"
CLIENT_SECRET = "a-secret-that-only-google-knows"
ISSUER = "https://accounts.google.com"


@dataclass(frozen=True)
class Approval:
    """What the consent page remembers for the token endpoint."""

    redirect_uri: str
    nonce: str | None
    challenge: str | None


class GoogleServer:
    """Signs tokens for one person; `base_url` is set once the app is being served."""

    def __init__(self) -> None:
        self.base_url = ""
        self.keys = [RSAKey.generate_key(2048, auto_kid=True)]
        self.down = False
        self.key_fetches = 0
        self.person = {"sub": "1085", "email": "ada@example.com", "email_verified": True, "name": "Ada Example"}
        self._approvals: dict[str, Approval] = {}
        self.app = Starlette(
            routes=[
                Route("/discovery", self._discovery),
                Route("/keys", self._keys),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    def rotate_keys(self) -> None:
        """Sign with a new key from now on."""
        self.keys.insert(0, RSAKey.generate_key(2048, auto_kid=True))

    def id_token(self, *, key: RSAKey | None = None, **changes: object) -> str:
        """An ID token for the person; `changes` replace claims, None removes one."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT_ID, "iat": now, "exp": now + 3600, **self.person, **changes}
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.keys[0].kid}, kept, key or self.keys[0])

    def approve(self, url: str) -> dict[str, str]:
        """What the consent page at this URL sends back to the callback once the person agreed."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        assert set(asked["scope"].split()) == {"openid", "email", "profile"}
        assert asked["code_challenge_method"] == "S256"
        code = self.approve_popup(asked["redirect_uri"], nonce=asked["nonce"], challenge=asked["code_challenge"])
        return {"code": code, "state": asked["state"]}

    def approve_popup(self, redirect_uri: str, *, nonce: str | None = None, challenge: str | None = None) -> str:
        """The code that Google's popup hands to a front end."""
        code = f"4/{secrets.token_urlsafe(16)}"
        self._approvals[code] = Approval(redirect_uri, nonce, challenge)
        return code

    async def _discovery(self, _request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{self.base_url}/auth",
                "token_endpoint": f"{self.base_url}/token",
                "jwks_uri": f"{self.base_url}/keys",
            },
            503 if self.down else 200,
        )

    async def _keys(self, _request: Request) -> JSONResponse:
        self.key_fetches += 1
        return JSONResponse(KeySet(self.keys).as_dict(private=False))

    async def _token(self, request: Request) -> JSONResponse:
        form = await request.form()
        given = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if given != f"{CLIENT_ID}:{CLIENT_SECRET}":
            return JSONResponse({"error": "invalid_client"}, 401)
        approval = self._approvals.pop(str(form["code"]), None)
        if approval is None or approval.redirect_uri != form["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        if approval.challenge not in (None, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()):
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self.id_token(nonce=approval.nonce)
        return JSONResponse({"access_token": "unused", "token_type": "Bearer", "expires_in": 3600, "id_token": token})
