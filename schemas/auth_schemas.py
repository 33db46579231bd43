"""Bodies of registering, logging in and reading oneself."""

from datetime import datetime
from typing import Annotated

from email_validator import validate_email
from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from schemas.text import Name, SafeText

MIN_PASSWORD_LENGTH = 6  # `test123` must be acceptable
MAX_PASSWORD_LENGTH = 256


def _email_address(value: str) -> str:
    # `.test` is allowed, which pydantic's own type refuses: people try things out, and no mail is sent.
    return validate_email(value, check_deliverability=False, test_environment=True).normalized


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    Field(max_length=255),
    SafeText,
    AfterValidator(_email_address),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 255}),
]
Password = Annotated[str, Field(min_length=MIN_PASSWORD_LENGTH, max_length=MAX_PASSWORD_LENGTH), SafeText]


class RegisterRequest(BaseModel):
    email: Email
    password: Password
    full_name: Name

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "ada@example.com", "password": "test123", "full_name": "Ada Example"}]
        }
    )


class LoginRequest(BaseModel):
    email: Annotated[str, Field(max_length=255), SafeText]
    password: Annotated[str, Field(max_length=MAX_PASSWORD_LENGTH), SafeText]


class TokenForm(BaseModel):
    """The form of an OAuth2 password login; grant type, scope and client are not needed here."""

    username: Annotated[str, Field(max_length=255, description="the e-mail address"), SafeText]
    password: Annotated[str, Field(max_length=MAX_PASSWORD_LENGTH), SafeText]


class GoogleSignInRequest(BaseModel):
    """Either the ID token that Google's button hands to the front end, or the code of its popup."""

    id_token: Annotated[str, Field(max_length=8192), SafeText] | None = Field(
        default=None, validation_alias=AliasChoices("id_token", "credential"), description="also as `credential`"
    )
    code: Annotated[str, Field(max_length=2048), SafeText] | None = None
    redirect_uri: Annotated[str, Field(max_length=500), SafeText] | None = Field(
        default=None, description="what the code was asked for with, `postmessage` for a popup; Google compares it"
    )

    @model_validator(mode="after")
    def _names_somebody(self) -> "GoogleSignInRequest":
        if not self.id_token and not self.code:
            raise ValueError("give either id_token or code")
        return self


class UserRead(BaseModel):
    """A person as they see themselves."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    full_name: str
    profile_picture_url: str | None
    credits: float
    created_at: datetime
    updated_at: datetime


class TokenResponse(BaseModel):
    """An access token and whose it is."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the OAuth2 name of the kind
    user: UserRead
