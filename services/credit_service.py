"""The ledger: every credit that comes or goes. Balances change in SQL, in the same transaction as their ledger row.

Knows nothing of Stripe (`payment_service`) and nothing of runs but their id and whether they are running.

Each function first changes the person's row and then inserts the ledger row. The order matters on PostgreSQL: the
UPDATE locks the person's row, so the ids of one person's ledger rows follow the order of their balances. The statements
are built once, because building them anew costs more than the database needs to run them.
"""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from config.settings import Settings
from models.base import utc_now
from models.credit_transaction import CreditHold, CreditTransaction, HoldStatus, TransactionType
from models.run import RunStatus, TailoringRun
from models.user import User
from services.errors import InsufficientCredits, InvalidRequest, NotFound

logger = logging.getLogger(__name__)

STEP = 0.5
MAX_GRANT = 100_000.0
MAX_DESCRIPTION = 500

ANYTHING: Final = -math.inf

_MOVE = (
    update(User)
    .where(
        User.id == bindparam("of_user"),
        User.credits >= bindparam("if_credits"),
        User.credits - User.held >= bindparam("if_available"),
    )
    .values(credits=User.credits + bindparam("by_credits"), held=User.held + bindparam("by_held"))
    .returning(User.credits, User.held)
)
_CLOSE = (
    update(CreditHold)
    .where(CreditHold.run_id == bindparam("of_run"), CreditHold.status == HoldStatus.OPEN)
    .values(status=bindparam("to_status"), closed_at=bindparam("at_time"))
    .returning(CreditHold.user_id, CreditHold.amount)
)
_ADD = update(User).where(User.id == bindparam("of_user")).values(credits=User.credits + bindparam("by_credits"))
_READ = select(User.id, User.credits).where(User.id.in_(bindparam("of_users", expanding=True)))
_RECORD = insert(CreditTransaction)


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of one or several model calls; `estimated` when the provider reported none."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False

    @property
    def total_tokens(self) -> int:
        """Prompt and completion together: what is metered."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "TokenUsage") -> "TokenUsage":
        """The sum; estimated as soon as one part is."""
        return TokenUsage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a run cost and what is left."""

    credits_charged: float
    balance: float


@dataclass(frozen=True, slots=True)
class Balance:
    """What a person has, what of it is reserved, and what that allows."""

    credits: float
    held: float
    low_credit_threshold: float
    minimum_required: float

    @property
    def available(self) -> float:
        """What no run has reserved."""
        return self.credits - self.held

    @property
    def low_balance_warning(self) -> bool:
        """True below the threshold; exactly at it, it is not low yet."""
        return self.available < self.low_credit_threshold

    @property
    def can_tailor(self) -> bool:
        """True when a run may start."""
        return self.available >= self.minimum_required

    @property
    def warning(self) -> str | None:
        """A sentence for the person, when there is something to say."""
        if not self.can_tailor:
            return (
                f"Tailoring needs {self.minimum_required:g} credits; {self.available:g} are available. Please top up."
            )
        if self.low_balance_warning:
            return f"Only {self.available:g} credits are left. Please top up soon."
        return None


@dataclass(frozen=True, slots=True)
class Posting:
    """Credits that come to a person or go, and what the person reads about it; only a purchase names its session."""

    user_id: int
    amount: float
    kind: TransactionType
    description: str
    payment_id: int | None = None
    stripe_session_id: str | None = None


def credits_for_tokens(tokens: int, tokens_per_credit: int) -> float:
    """Price in credits, to the nearest 0.5, ties down: 3500 tokens at 2000 a credit are 1.5."""
    if tokens <= 0:
        return 0.0
    return (4 * tokens - 1 + tokens_per_credit) // (2 * tokens_per_credit) / 2


def read_balance(session: Session, user_id: int, *, settings: Settings) -> Balance:
    """What the person has now."""
    row = session.execute(select(User.credits, User.held).where(User.id == user_id)).one_or_none()
    if row is None:
        raise NotFound
    return Balance(row.credits, row.held, settings.LOW_CREDIT_THRESHOLD, settings.MINIMUM_CREDITS_FOR_TAILOR)


def grant_welcome_credits(session: Session, user: User, *, settings: Settings) -> None:
    """Credit INITIAL_CREDITS to a new account, so that its ledger sums up from the first second."""
    post(session, Posting(user.id, settings.INITIAL_CREDITS, TransactionType.GRANT, "Welcome credits"))


def grant(session: Session, user_id: int, *, amount: float, reason: str) -> float:
    """Give credits by hand, and return the new balance; only an operator's command calls this."""
    if not 0 < amount <= MAX_GRANT or not is_half_step(amount):
        raise InvalidRequest(f"A grant is a multiple of {STEP:g}, above 0 and at most {MAX_GRANT:,.0f} credits.")
    [balance] = post(session, Posting(user_id, amount, TransactionType.GRANT, reason))
    return balance


def open_hold(session: Session, user_id: int, *, run_id: int, estimate: float, settings: Settings) -> CreditHold:
    """Reserve credits for a run: the estimate, at least the minimum, at most what is available.

    Raises InsufficientCredits with balance, available and required when less than the minimum is available.
    """
    minimum = settings.MINIMUM_CREDITS_FOR_TAILOR
    account = _move(session, user_id, held=minimum, if_available=minimum)
    if account is None:
        raise _insufficient(read_balance(session, user_id, settings=settings))
    # From here on the row is locked: what is left cannot be taken by another run.
    wanted = math.ceil(max(estimate, minimum) / STEP) * STEP
    extra = min(wanted - minimum, account.credits - account.held)
    if extra > 0:
        _move(session, user_id, held=extra)
    hold = CreditHold(user_id=user_id, run_id=run_id, amount=minimum + extra)
    session.add(hold)
    session.flush()
    return hold


def settle_hold(
    session: Session, *, run_id: int, usage: TokenUsage, project_id: int, description: str, settings: Settings
) -> Settlement:
    """Close the run's hold and charge min(cost of the tokens, hold) in one TAILOR row. Idempotent.

    Nothing that the tokens cost beyond the hold is charged, and nothing that is no longer there because a refund took
    it meanwhile: tailoring never makes a balance negative. A run that cost nothing leaves a row over 0 credits.
    """
    hold = _close_hold(session, run_id, HoldStatus.SETTLED)
    if hold is None:
        return _settled_before(session, run_id)
    charge = min(credits_for_tokens(usage.total_tokens, settings.TOKENS_PER_CREDIT), hold.amount)
    account = _move(session, hold.user_id, credits=-charge, held=-hold.amount, if_credits=charge)
    if account is None:  # a refund has taken credits that were held; its row is locked by the next statement
        left = _require_move(session, hold.user_id, held=-hold.amount).credits
        charge = max(0.0, min(charge, left))
        account = _require_move(session, hold.user_id, credits=-charge)
    _record(
        session,
        {
            "user_id": hold.user_id,
            "amount": 0.0 - charge,
            "balance_after": account.credits,
            "transaction_type": TransactionType.TAILOR,
            "description": description[:MAX_DESCRIPTION],
            "run_id": run_id,
            "project_id": project_id,
            "tokens_used": usage.total_tokens,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "usage_estimated": usage.estimated,
        },
    )
    return Settlement(credits_charged=charge, balance=account.credits)


def release_hold(session: Session, *, run_id: int) -> None:
    """Close the run's hold without charging anything. A second call changes nothing."""
    hold = _close_hold(session, run_id, HoldStatus.RELEASED)
    if hold is not None:
        _require_move(session, hold.user_id, held=-hold.amount)


def release_stale_holds(session: Session) -> int:
    """Close, uncharged, every open hold whose run is not running (any more). Returns how many there were."""
    running = select(TailoringRun.id).where(TailoringRun.status == RunStatus.RUNNING)
    released = _release_all(session, CreditHold.run_id.not_in(running))
    if released:
        logger.info("stale_holds_released count=%d", released)
    return released


def release_holds_of(session: Session, user_id: int) -> None:
    """Close, uncharged, every open hold of a person, whatever their runs are doing."""
    _release_all(session, CreditHold.user_id == user_id)


def post(session: Session, *postings: Posting) -> list[float]:
    """Change balances, write the ledger rows and return the balance after each. Raises NotFound.

    Only what a refund or a dispute takes back may leave a balance below zero.
    """
    changes: dict[int, float] = {}
    for posting in postings:
        if not is_half_step(posting.amount):
            raise ValueError(f"credits move in steps of {STEP}, not by {posting.amount}")
        changes[posting.user_id] = changes.get(posting.user_id, 0.0) + posting.amount
    if not postings:
        return []
    running = {user_id: balance - changes[user_id] for user_id, balance in _add(session, changes).items()}
    balances = []
    for posting in postings:
        running[posting.user_id] += posting.amount
        balances.append(running[posting.user_id])
    _record(
        session,
        *(
            {
                "user_id": posting.user_id,
                "amount": posting.amount,
                "balance_after": balance,
                "transaction_type": posting.kind,
                "description": posting.description[:MAX_DESCRIPTION],
                "payment_id": posting.payment_id,
                "stripe_session_id": posting.stripe_session_id,
            }
            for posting, balance in zip(postings, balances, strict=True)
        ),
    )
    return balances


def is_half_step(amount: float) -> bool:
    """True for multiples of 0.5, the only amounts that a Float column adds up exactly."""
    return (amount / STEP).is_integer()


@dataclass(frozen=True, slots=True)
class _Account:
    credits: float
    held: float


@dataclass(frozen=True, slots=True)
class _ClosedHold:
    user_id: int
    amount: float


def _move(
    session: Session,
    user_id: int,
    *,
    credits: float = 0.0,
    held: float = 0.0,
    if_credits: float = ANYTHING,
    if_available: float = ANYTHING,
) -> _Account | None:
    """Change and lock the person's row if there is as much as demanded; what there is now, else None."""
    row = (
        session.connection()
        .execute(
            _MOVE,
            {
                "of_user": user_id,
                "by_credits": credits,
                "by_held": held,
                "if_credits": if_credits,
                "if_available": if_available,
            },
        )
        .one_or_none()
    )
    if row is None:
        return None
    _refresh(session, user_id)
    return _Account(*row)


def _add(session: Session, changes: Mapping[int, float]) -> dict[int, float]:
    """Add these credits to these people; the new balances. Their rows stay locked, so nobody else comes in between.

    In the order of their ids: two of us never wait for each other.
    """
    rows = [{"of_user": user_id, "by_credits": amount} for user_id, amount in sorted(changes.items())]
    session.connection().execute(_ADD, rows)
    found = session.connection().execute(_READ, {"of_users": list(changes)})
    balances: dict[int, float] = {row.id: row.credits for row in found}
    if len(balances) < len(changes):
        raise NotFound
    for user_id in changes:
        _refresh(session, user_id)
    return balances


def _refresh(session: Session, user_id: int) -> None:
    """Show a caller who has read this person before what is true now."""
    loaded = session.identity_map.get(identity_key(User, user_id))
    if loaded is not None:
        session.refresh(loaded, ["credits", "held"])


def _require_move(session: Session, user_id: int, *, credits: float = 0.0, held: float = 0.0) -> _Account:
    account = _move(session, user_id, credits=credits, held=held)
    if account is None:
        raise NotFound
    return account


def _close_hold(session: Session, run_id: int, status: HoldStatus) -> _ClosedHold | None:
    """Close the run's hold if it is open: of several at once, exactly one gets it."""
    row = (
        session.connection()
        .execute(_CLOSE, {"of_run": run_id, "to_status": status, "at_time": utc_now()})
        .one_or_none()
    )
    return _ClosedHold(*row) if row is not None else None


def _release_all(session: Session, which: ColumnElement[bool]) -> int:
    """Close these of the open holds, uncharged; returns how many.

    All of them, in order, before any person: so nobody waits here for somebody who waits for us.
    """
    found = select(CreditHold.run_id).where(CreditHold.status == HoldStatus.OPEN, which).order_by(CreditHold.run_id)
    closing = [_close_hold(session, run_id, HoldStatus.RELEASED) for run_id in session.scalars(found).all()]
    closed = [hold for hold in closing if hold is not None]
    for hold in closed:
        _require_move(session, hold.user_id, held=-hold.amount)
    return len(closed)


def _record(session: Session, *rows: Mapping[str, object]) -> None:
    session.connection().execute(_RECORD, rows)


def _settled_before(session: Session, run_id: int) -> Settlement:
    """What an earlier call came to: the TAILOR row's charge, or nothing when the hold was released."""
    row = session.execute(
        select(User.credits, CreditTransaction.amount)
        .join(CreditHold, CreditHold.user_id == User.id)
        .outerjoin(
            CreditTransaction,
            (CreditTransaction.run_id == CreditHold.run_id)
            & (CreditTransaction.transaction_type == TransactionType.TAILOR),
        )
        .where(CreditHold.run_id == run_id)
    ).one_or_none()
    if row is None:
        raise LookupError(f"run {run_id} has no hold")
    return Settlement(credits_charged=0.0 - (row.amount or 0.0), balance=row.credits)


def _insufficient(balance: Balance) -> InsufficientCredits:
    required = balance.minimum_required
    return InsufficientCredits(
        f"Tailoring needs at least {required:g} credits; {balance.available:g} are available. Please top up.",
        details={"balance": balance.credits, "available": balance.available, "required": required},
    )
