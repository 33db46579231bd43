"""Operator's commands for the ledger: does it add up, give somebody credits, free what dead runs still hold."""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from models.user import User
from services import credit_service, ledger_audit
from services.auth_service import normalise_email
from services.errors import SkillMapError


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Run one command; 0 when all is well, 1 when not."""
    options = _parser().parse_args(arguments)
    settings = settings or Settings()
    database = Database(settings.DATABASE_URL)
    try:
        with database.sessions.begin() as session:
            return int(options.command(session, options))
    except SkillMapError as error:
        print(error.message, file=sys.stderr)
        return 1
    finally:
        database.close()


def verify(session: Session, _options: argparse.Namespace) -> int:
    """Check every invariant and name what is broken."""
    breaches = ledger_audit.find_breaches(session)
    for breach in breaches:
        print(breach)
    print(f"{len(breaches)} breaches" if breaches else "The ledger adds up.")
    return 1 if breaches else 0


def grant(session: Session, options: argparse.Namespace) -> int:
    """Give credits to the account with this e-mail address."""
    query = select(User.id).where(User.email == normalise_email(options.email), User.is_deleted.is_(False))
    user_id = session.scalar(query)
    if user_id is None:
        print("There is no account with this e-mail address.", file=sys.stderr)
        return 1
    balance = credit_service.grant(session, user_id, amount=options.credits, reason=options.reason)
    print(f"Granted {options.credits:g} credits to user {user_id}; the balance is {balance:g} now.")
    return 0


def release_holds(session: Session, _options: argparse.Namespace) -> int:
    """Free the credits that runs hold which are not running any more."""
    print(f"Released {credit_service.release_stale_holds(session)} holds.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.ledger", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("verify", help="check every invariant; exits with 1 on a breach")
    add.set_defaults(command=verify)
    add = commands.add_parser("grant", help="give credits to an account")
    add.add_argument("--email", required=True)
    add.add_argument("--credits", required=True, type=float, help="a multiple of 0.5")
    add.add_argument("--reason", required=True, help="what the person will read in the history")
    add.set_defaults(command=grant)
    add = commands.add_parser("release-holds", help="free what runs hold that are not running any more")
    add.set_defaults(command=release_holds)
    return parser


if __name__ == "__main__":
    sys.exit(main())
