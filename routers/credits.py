"""/api/credits: what you have, what you used, how to buy more, and Stripe's webhooks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from middleware.rate_limit import CHECKOUT_READS, CHECKOUTS, per_user
from routers.declared_errors import declares
from routers.dependencies import AppDatabase, AppSettings, CurrentUser, Payments, ReadSession, Webhooks
from routers.transaction_formats import RENDERED_AS
from schemas.credit_schemas import (
    BalanceRead,
    CheckoutCreated,
    CheckoutRequest,
    PackageRead,
    PaymentRead,
    TransactionQuery,
    TransactionRead,
    UsageDay,
    WebhookReceived,
)
from services import checkout_service, credit_history, credit_service
from services.checkout_service import Buyer
from services.credit_packages import PACKAGES
from services.errors import (
    DatabaseBusy,
    IdempotencyKeyReused,
    InvalidPaymentMetadata,
    InvalidWebhook,
    NotAuthenticated,
    NotFound,
    PaymentMismatch,
    PaymentsNotConfigured,
    PaymentsRejected,
    PaymentsUnavailable,
    RateLimited,
    UnknownPackage,
    UnknownPayer,
    UploadTooLarge,
)

router = APIRouter(prefix="/api/credits", tags=["credits"])

CHECKOUT_ERRORS = (NotAuthenticated, RateLimited, PaymentsRejected, PaymentsNotConfigured, PaymentsUnavailable)
SIGNED_BODY = {
    "required": True,
    "description": "An event, exactly as Stripe sent and signed it.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
HISTORY = {
    "description": "Newest first; `X-Total-Count` says how many there are in all.",
    "headers": {"X-Total-Count": {"schema": {"type": "integer"}}},
    "content": {"text/csv": {"schema": {"type": "string"}}},
}


@router.get("/balance", responses=declares(NotAuthenticated))
def read_balance(user: CurrentUser, session: ReadSession, settings: AppSettings) -> BalanceRead:
    """What you have, what running jobs have reserved of it, and whether that is enough for another run."""
    return BalanceRead.model_validate(credit_service.read_balance(session, user.id, settings=settings))


@router.get(
    "/transactions",
    response_model=list[TransactionRead],
    responses={200: HISTORY, **declares(NotAuthenticated)},
)
def list_transactions(user: CurrentUser, session: ReadSession, query: Annotated[TransactionQuery, Query()]) -> Response:
    """Your ledger, newest first; with `format=csv` as a file for a spreadsheet."""
    page = credit_history.list_transactions(session, user.id, limit=query.page_size, offset=query.offset)
    return RENDERED_AS[query.format](page)


@router.get("/usage", responses=declares(NotAuthenticated))
def list_usage(
    user: CurrentUser, session: ReadSession, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> list[UsageDay]:
    """Runs, tokens and credits for each of the last days, oldest first and without gaps: for a chart."""
    return [UsageDay.model_validate(day) for day in credit_history.usage_by_day(session, user.id, days=days)]


@router.get("/packages")
async def list_packages() -> list[PackageRead]:
    """What can be bought, at which price."""
    return [PackageRead.model_validate(package) for package in PACKAGES]


@router.post(
    "/create-checkout-session",
    responses=declares(*CHECKOUT_ERRORS, UnknownPackage, IdempotencyKeyReused),
    dependencies=[Depends(per_user(CHECKOUTS))],
)
async def create_checkout_session(
    body: CheckoutRequest,
    user: CurrentUser,
    database: AppDatabase,
    payments: Payments,
    idempotency_key: Annotated[
        str | None, Header(max_length=255, description="Sent again with the same order, it gets the same session.")
    ] = None,
) -> CheckoutCreated:
    """Start buying a package: send the browser to `url`. Credits arrive when Stripe says that it is paid."""
    checkout = await checkout_service.start_checkout(
        database,
        payments,
        Buyer(user.id, user.email),
        credits=body.credits,
        idempotency_key=idempotency_key,
    )
    return CheckoutCreated(url=checkout.url or "", session_id=checkout.id)


@router.get(
    "/checkout-session/{session_id}",
    responses=declares(*CHECKOUT_ERRORS, NotFound, PaymentMismatch),
    dependencies=[Depends(per_user(CHECKOUT_READS))],
)
async def read_checkout_session(
    session_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9_]{1,255}$")],
    user: CurrentUser,
    database: AppDatabase,
    payments: Payments,
) -> PaymentRead:
    """What became of your checkout session. Asks Stripe, so credits arrive even when its webhook did not."""
    state = await checkout_service.refresh_payment(database, payments, user_id=user.id, session_id=session_id)
    return PaymentRead.model_validate(state)


@router.post(
    "/webhook",
    openapi_extra={"requestBody": SIGNED_BODY},
    responses=declares(
        InvalidWebhook,
        InvalidPaymentMetadata,
        PaymentMismatch,
        UnknownPayer,
        UploadTooLarge,
        PaymentsNotConfigured,
        DatabaseBusy,
    ),
)
async def receive_webhook(
    request: Request, webhooks: Webhooks, stripe_signature: Annotated[str | None, Header()] = None
) -> WebhookReceived:
    """For Stripe. 200: done, done before, or nothing to do; anything else makes Stripe deliver the event again."""
    return WebhookReceived(outcome=await webhooks.receive(await request.body(), stripe_signature))
