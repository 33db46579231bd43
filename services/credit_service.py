"""The ledger: every credit that comes or goes. Balances change in SQL, in the same transaction as their ledger row.

Knows nothing of Stripe (`payment_service`) and nothing of runs but their id.
"""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from config.settings import Settings
from models.credit_transaction import CreditHold, CreditTransaction, TransactionType
from models.user import User
from services.errors import NotFound

STEP = 0.5


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


def credits_for_tokens(tokens: int, tokens_per_credit: int) -> float:
    """Price in credits, to the nearest 0.5, ties down: 3500 tokens at 2000 a credit are 1.5."""
    if tokens <= 0:
        return 0.0
    return (4 * tokens - 1 + tokens_per_credit) // (2 * tokens_per_credit) / 2


def grant_welcome_credits(session: Session, user: User, *, settings: Settings) -> None:
    """Credit INITIAL_CREDITS to a new account, so that its ledger sums up from the first second."""
    _credit(session, user.id, settings.INITIAL_CREDITS, TransactionType.GRANT, "Welcome credits")


def open_hold(session: Session, user_id: int, *, run_id: int, estimate: float, settings: Settings) -> CreditHold:
    """Reserve credits for a run: the estimate, at least the minimum, at most what is available.

    Raises InsufficientCredits with balance, available and required when less than the minimum is available.
    """
    raise NotImplementedError


def settle_hold(
    session: Session, *, run_id: int, usage: TokenUsage, project_id: int, description: str, settings: Settings
) -> Settlement:
    """Close the run's hold and charge min(cost of the tokens, hold) in one TAILOR row. Idempotent."""
    raise NotImplementedError


def release_hold(session: Session, *, run_id: int) -> None:
    """Close the run's hold without charging anything. A second call changes nothing."""
    raise NotImplementedError


def _credit(
    session: Session, user_id: int, amount: float, kind: TransactionType, description: str
) -> CreditTransaction:
    balance = session.scalar(
        update(User).where(User.id == user_id).values(credits=User.credits + amount).returning(User.credits)
    )
    if balance is None:
        raise NotFound
    row = CreditTransaction(
        user_id=user_id, amount=amount, balance_after=balance, transaction_type=kind, description=description
    )
    session.add(row)
    session.flush()
    return row
