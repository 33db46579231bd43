"""Bodies of /api/credits: balance, history, packages, checkout and webhook."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.credit_transaction import TransactionType
from models.payment import PaymentStatus

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
MAX_OFFSET = 2**31 - 1


class BalanceRead(BaseModel):
    """What you have, what of it running jobs have reserved, and what that allows."""

    model_config = ConfigDict(from_attributes=True)

    credits: float
    held: float
    available: float
    low_balance_warning: bool
    low_credit_threshold: float
    minimum_required: float
    can_tailor: bool
    warning: str | None


class TransactionRead(BaseModel):
    """One row of your ledger."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    amount: float
    balance_after: float
    transaction_type: TransactionType
    description: str
    project_id: int | None
    run_id: int | None
    tokens_used: int | None
    prompt_tokens: int | None
    completion_tokens: int | None
    usage_estimated: bool
    stripe_session_id: str | None
    created_at: datetime


class TransactionQuery(BaseModel):
    """Which part of the history, and how."""

    limit: Annotated[
        int | None,
        Field(ge=1, le=MAX_PAGE_SIZE, description=f"At most so many; {DEFAULT_PAGE_SIZE} unless given, as CSV all."),
    ] = None
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
    format: Literal["json", "csv"] = "json"

    @property
    def page_size(self) -> int | None:
        """A list is paged even when nobody asks; who downloads a file wants the whole of it."""
        return self.limit or (DEFAULT_PAGE_SIZE if self.format == "json" else None)


class PackageRead(BaseModel):
    """What can be bought."""

    model_config = ConfigDict(from_attributes=True)

    credits: int
    price_usd: float
    price_cents: int
    savings: str | None


class UsageDay(BaseModel):
    """What tailoring used on one day (UTC)."""

    model_config = ConfigDict(from_attributes=True)

    date: date
    runs: int
    tokens: int
    credits: float


class CheckoutRequest(BaseModel):
    """Which package to buy."""

    credits: int

    model_config = ConfigDict(json_schema_extra={"examples": [{"credits": 50}]})


class CheckoutCreated(BaseModel):
    """Where to pay, and under which id to ask what came of it."""

    url: str
    session_id: str


class PaymentRead(BaseModel):
    """What became of a checkout session."""

    model_config = ConfigDict(from_attributes=True)

    session_id: str
    status: PaymentStatus
    credits: float
    price_cents: int
    credits_reversed: float
    balance: float


class WebhookReceived(BaseModel):
    """The event was understood; sending it again would change nothing."""

    received: Literal[True] = True
    outcome: str
