"""The whole way of the money, with Stripe's own CLI between a stand-in for Stripe and the served product."""

import os
import queue
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from config.database import Database
from config.settings import Settings
from models.payment import StripeEvent
from models.user import User
from services import ledger_audit
from tests.conftest import ROOT, Person, Serve
from tests.fakes.stripe_cli_server import Forwarded, StripeServerForCli
from tests.fakes.stripe_server import KEY, WEBHOOK_SECRET

CLI = ROOT / ".tools" / "node_modules" / ".bin" / "stripe"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECONDS = 20

pytestmark = [
    pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning"),  # the SDK hands its body over in the old way
    pytest.mark.skipif(not CLI.exists(), reason="the Stripe CLI is not installed: ./scripts/test does that with npm"),
    pytest.mark.skipif(shutil.which("node") is None, reason="node, which starts the Stripe CLI, is not installed"),
]


class Till:
    """A running server that sells credits, Stripe's stand-in, and the CLI between them."""

    def __init__(self, api: httpx.Client, stripe: StripeServerForCli, stripe_url: str, home: Path) -> None:
        self.api, self.stripe, self.home = api, stripe, home
        self.to_stand_in = ["--api-base", stripe_url]

    def start(self, command: list[str]) -> subprocess.Popen[str]:
        """A command of the CLI; it may talk to the stand-in and to nobody else."""
        assert command[0] == "stripe"
        environment = {"HOME": str(self.home), "STRIPE_API_KEY": KEY, "STRIPE_CLI_TELEMETRY_OPTOUT": "1"}
        nobody = {"HTTPS_PROXY": "http://127.0.0.1:9"}  # or it asks elsewhere whether there is a newer version
        return subprocess.Popen(
            [CLI, *command[1:], *self.to_stand_in],
            env={"PATH": os.environ["PATH"]} | environment | nobody,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *command: str) -> str:
        """What a command of the CLI prints; it has to succeed."""
        process = self.start(list(command))
        output, _ = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, output
        return output

    def forwarded(self, number: int) -> list[Forwarded]:
        """The next events that the CLI forwarded, and how the server answered."""
        try:
            return [self.stripe.forwarded.get(timeout=SECONDS) for _ in range(number)]
        except queue.Empty:
            pytest.fail("the CLI forwarded nothing")

    def heard(self, number: int = 1) -> list[tuple[str, int, str]]:
        """The same, as type, status and outcome."""
        return [(each.event_type, each.status, each.outcome) for each in self.forwarded(number)]

    def order(self, credits: int) -> str:
        answer = self.api.post("/api/credits/create-checkout-session", json={"credits": credits})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["session_id"])

    @property
    def balance(self) -> float:
        return float(self.api.get("/api/credits/balance").json()["credits"])


def readme_command(start: str) -> list[str]:
    """A command from the README, in words."""
    found = re.search(rf"^ *({start} (?:.*\\\n)*.*)$", README, re.MULTILINE)
    assert found is not None
    return shlex.split(found.group(1).replace("\\\n", " "))


@pytest.fixture
def till(settings: Settings, app: FastAPI, serve: Serve, person: Person, tmp_path: Path) -> Iterator[Till]:
    """Everything is running, and `stripe listen` forwards as the README says."""
    stripe = StripeServerForCli()
    stripe_url = serve(stripe.app)
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = SecretStr(KEY), stripe_url
    settings.STRIPE_WEBHOOK_SECRET = SecretStr(WEBHOOK_SECRET)
    base_url = serve(app)
    with httpx.Client(base_url=base_url, headers=person.headers, timeout=30) as api:
        till = Till(api, stripe, stripe_url, tmp_path)
        command = readme_command("stripe listen")
        place = command.index("--forward-to") + 1
        command[place] = command[place].replace("localhost:8000", base_url.removeprefix("http://"))
        listening = till.start([*command, "--no-wss", "--skip-update"])
        try:
            assert listening.stdout is not None
            ready = next((line for line in listening.stdout if "Ready!" in line), "")
            assert WEBHOOK_SECRET in ready, "the secret that goes into .env"
            assert stripe.listened_to.wait(SECONDS)
            yield till
        finally:
            os.killpg(listening.pid, signal.SIGTERM)  # the program itself and the script around it
            listening.communicate(timeout=SECONDS)


def test_credits_are_exact_at_each_step_from_payment_to_refund(till: Till, person: Person, database: Database) -> None:
    session_id = till.order(100)
    till.stripe.paid(session_id)
    [paid] = till.forwarded(1)
    assert (paid.event_type, paid.status, paid.outcome) == ("checkout.session.completed", 200, "credited")
    assert till.balance == 200.0

    for _ in range(5):
        till.run("stripe", "events", "resend", paid.event_id)
        assert till.heard() == [("checkout.session.completed", 200, "duplicate")]
        assert till.balance == 200.0

    trigger = readme_command("stripe trigger")
    till.run(*[word.replace("metadata.user_id=1", f"metadata.user_id={person.id}") for word in trigger])
    assert till.heard() == [("checkout.session.completed", 200, "credited")]
    assert till.balance == 250.0

    till.run("stripe", "trigger", "checkout.session.completed")
    assert till.heard() == [("checkout.session.completed", 400, "invalid_payment_metadata")]
    assert till.balance == 250.0

    till.stripe.charge_of(session_id)
    intent = till.stripe.sessions[session_id]["payment_intent"]
    till.run("stripe", "refunds", "create", "--payment-intent", intent, "--amount", "450")
    both = till.forwarded(2)  # in either order
    assert {each.event_type for each in both} == {"charge.refunded", "refund.created"}
    assert sorted(each.outcome for each in both) == ["reversed", "unchanged"]
    assert till.balance == 200.0

    till.run("stripe", "refunds", "create", "--payment-intent", intent)
    assert sorted(outcome for _, _, outcome in till.heard(2)) == ["reversed", "unchanged"]
    assert till.balance == 150.0

    till.run("stripe", "trigger", "charge.refunded")
    assert {outcome for _, _, outcome in till.heard(2)} == {"remembered"}, "somebody else's payment"
    assert till.balance == 150.0

    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []
        assert session.get_one(User, person.id).credits == 150.0
        first = session.query(StripeEvent).filter_by(event_id=paid.event_id).one()
        assert (first.status, first.received_count) == ("processed", 6)
