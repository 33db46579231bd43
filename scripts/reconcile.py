"""Operator's command: compare our payments with Stripe's sessions and credit, or take back, what no webhook told us.

Refunds are found, disputes are not: Stripe's dashboard lists those.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from config.database import Database
from config.settings import Settings
from models.base import utc_now
from services import checkout_service
from services.checkout_service import Reconciliation
from services.errors import InvalidPaymentMetadata, PaymentMismatch, SkillMapError, UnknownPayer
from services.stripe_gateway import StripeGateway

DEFAULT_DAYS = 7
NEEDS_A_PERSON = (InvalidPaymentMetadata.code, PaymentMismatch.code, UnknownPayer.code)


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Reconcile; 0 when nothing is left for a person to look at, else 1."""
    options = _parser().parse_args(arguments)
    try:
        found = asyncio.run(_reconcile(settings or Settings(), days=options.days))
    except SkillMapError as error:
        print(error.message, file=sys.stderr)
        return 1
    for outcome, count in sorted(Counter(entry.outcome for entry in found).items()):
        print(f"{count:6d} {outcome}")
    refused = [entry for entry in found if entry.outcome in NEEDS_A_PERSON]
    for entry in refused:
        print(f"look at {entry.session_id}: {entry.outcome}")
    return 1 if refused else 0


async def _reconcile(settings: Settings, *, days: int) -> list[Reconciliation]:
    database, gateway = Database(settings.DATABASE_URL), StripeGateway(settings)
    try:
        since = utc_now() - timedelta(days=days)
        return await checkout_service.reconcile(database, gateway, since=since)
    finally:
        await gateway.close()
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.reconcile", description=__doc__)
    parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help=f"how far back (default {DEFAULT_DAYS})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
