"""Operator's commands for webhook events that were refused: list them, and mark one as dealt with.

An event that is marked as resolved does nothing any more when Stripe delivers it again.
"""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from services import stripe_event_log
from services.errors import SkillMapError


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Run one command; 0 when all is well, 1 when not."""
    options = _parser().parse_args(arguments)
    settings = settings or Settings()
    database = Database(settings.DATABASE_URL)
    try:
        with database.sessions.begin() as session:
            options.command(session, options)
    except SkillMapError as error:
        print(error.message, file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def list_rejected(session: Session, _options: argparse.Namespace) -> None:
    """Print what waits for a person, newest first."""
    for event in stripe_event_log.rejected_events(session):
        seen = f"{event.last_seen_at:%Y-%m-%d %H:%M} x{event.received_count}"
        print(event.event_id, event.type, event.session_id or event.payment_intent or "-", event.reason, seen)


def resolve(session: Session, options: argparse.Namespace) -> None:
    """Mark the event as dealt with, and say how."""
    stripe_event_log.resolve_event(session, options.event_id, note=options.note)
    print(f"Resolved {options.event_id}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.stripe_events", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("list", help="events that were refused")
    add.set_defaults(command=list_rejected)
    add = commands.add_parser("resolve", help="mark an event as dealt with")
    add.add_argument("event_id", metavar="EVENT_ID", help="evt_…")
    add.add_argument("--note", required=True, help="what was done about it")
    add.set_defaults(command=resolve)
    return parser


if __name__ == "__main__":
    sys.exit(main())
