"""Reading the ledger: a page of it, all of it, and what was used day by day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import utc_now
from models.credit_transaction import CreditTransaction, TransactionType


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """Some of a person's ledger rows, newest first, and how many there are in all."""

    rows: list[CreditTransaction]
    total: int


@dataclass(frozen=True, slots=True)
class DailyUsage:
    """What tailoring used on one day (UTC)."""

    date: date
    runs: int = 0
    tokens: int = 0
    credits: float = 0.0

    def __add__(self, other: "DailyUsage") -> "DailyUsage":
        """Both together, on this one's day."""
        return DailyUsage(self.date, self.runs + other.runs, self.tokens + other.tokens, self.credits + other.credits)


def list_transactions(session: Session, user_id: int, *, limit: int | None, offset: int) -> TransactionPage:
    """A page of the person's ledger; without a limit, all that follows the offset."""
    own = CreditTransaction.user_id == user_id
    rows = session.scalars(
        select(CreditTransaction).where(own).order_by(CreditTransaction.id.desc()).limit(limit).offset(offset)
    )
    total = session.scalar(select(func.count()).select_from(CreditTransaction).where(own))
    return TransactionPage(rows=list(rows), total=total or 0)


def usage_by_day(session: Session, user_id: int, *, days: int) -> list[DailyUsage]:
    """The last days, today included, oldest first, without gaps: ready for a chart."""
    today = utc_now().date()
    first = today - timedelta(days=days - 1)
    rows = session.execute(
        select(CreditTransaction.created_at, CreditTransaction.tokens_used, CreditTransaction.amount).where(
            CreditTransaction.user_id == user_id,
            CreditTransaction.transaction_type == TransactionType.TAILOR,
            CreditTransaction.created_at >= datetime.combine(first, time.min, UTC),
        )
    )
    used: dict[date, list[DailyUsage]] = defaultdict(list)
    for created_at, tokens, amount in rows:
        day = created_at.date()
        used[day].append(DailyUsage(day, runs=1, tokens=tokens or 0, credits=-amount))
    every_day = (first + timedelta(days=number) for number in range(days))
    return [sum(used[day], start=DailyUsage(day)) for day in every_day]
