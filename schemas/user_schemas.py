"""Bodies of changing and deleting one's own account."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field

from schemas.auth_schemas import MAX_PASSWORD_LENGTH, Password
from schemas.text import Name, SafeText

# Only http and https: a page shows this picture, so `javascript:` and `data:` must not get in.
_WEB_ADDRESS = r"^(https?://[^\s\x00-\x1f\x7f\"<>\\^`{|}]+)?$"


def _with_host(value: str) -> str:
    if value and not urlsplit(value).hostname:
        raise ValueError("must name a host")
    return value


WebAddress = Annotated[str, Field(max_length=500, pattern=_WEB_ADDRESS), SafeText, AfterValidator(_with_host)]


class UserUpdate(BaseModel):
    """What a person may change about themselves; what is left out stays as it is."""

    full_name: Name | None = None
    profile_picture_url: WebAddress | None = Field(default=None, description="null or an empty string removes it")
    current_password: Annotated[str, Field(max_length=MAX_PASSWORD_LENGTH), SafeText] | None = Field(
        default=None, description="needed with `new_password`, unless the account has no password yet"
    )
    new_password: Password | None = Field(default=None, description="ends all access tokens issued before")


class AccountDeleted(BaseModel):
    """What became of an account's data."""

    deleted: bool = True
    detail: str = "Your account and everything personal in it was deleted."
    removed: list[str] = [
        "name, e-mail address, picture, password and the link to Google",
        "resumes with their files",
        "projects, versions, tailoring runs and their events",
    ]
    kept: list[str] = [
        "the ledger of credits and the payments, without a name, because bookkeeping requires them",
        "a keyed hash of the e-mail address, so that welcome credits are given once",
    ]
