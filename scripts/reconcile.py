"""Operator's command: compare our payments with Stripe's sessions, refunds and disputes.

Lists what no webhook told us, and with --apply credits it or takes it back.
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
MOVES_CREDITS = ("credited", "reversed", "returned")
NEEDS_A_PERSON = (InvalidPaymentMetadata.code, PaymentMismatch.code, UnknownPayer.code)


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Reconcile; 0 when the books agree with Stripe now and nothing is left for a person to look at, else 1."""
    options = _parser().parse_args(arguments)
    try:
        found = asyncio.run(_reconcile(settings or Settings(), days=options.days, apply=options.apply))
    except SkillMapError as error:
        print(error.message, file=sys.stderr)
        return 1
    for outcome, count in sorted(Counter(entry.outcome for entry in found).items()):
        print(f"{count:6d} {outcome}")
    missed = [entry for entry in found if entry.outcome in MOVES_CREDITS]
    for entry in missed:
        print(f"{entry.subject}: {entry.outcome}" if options.apply else f"{entry.subject}: not {entry.outcome} yet")
    refused = [entry for entry in found if entry.outcome in NEEDS_A_PERSON]
    for entry in refused:
        print(f"look at {entry.subject}: {entry.outcome}")
    if missed and not options.apply:
        print("Nothing was changed. To bring the books up to date, run this again with --apply.")
    return 1 if refused or (missed and not options.apply) else 0


async def _reconcile(settings: Settings, *, days: int, apply: bool) -> list[Reconciliation]:
    database, gateway = Database(settings.DATABASE_URL), StripeGateway(settings)
    try:
        since = utc_now() - timedelta(days=days)
        return await checkout_service.reconcile(database, gateway, since=since, apply=apply)
    finally:
        await gateway.close()
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.reconcile", description=__doc__)
    parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help=f"how far back (default {DEFAULT_DAYS})")
    parser.add_argument("--apply", action="store_true", help="change the books, too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
