"""Measures webhooks: how long Stripe waits for the answer when many deliveries come at once.

The server is the shipped one, a process of its own; every delivery pays an order that it has not heard of yet, over a
connection that is kept open, as Stripe does it.
"""

import asyncio
import hmac
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.database import Database
from models.payment import PaymentStatus
from services import payment_service
from services.credit_packages import PACKAGES, CreditPackage
from services.stripe_messages import CheckoutSession

ROOT = Path(__file__).resolve().parent.parent
SECRET = "whsec_of_the_benchmark"  # noqa: S105 # signs nothing but the benchmark's own deliveries
SECONDS_TO_START = 60
SECONDS_TO_WARM_UP = 10  # the server goes on loading what is slow, and LibreOffice, after it has begun to answer


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds until half, and 95 of 100, deliveries were answered; and how many that makes in a second."""

    p50: float
    p95: float
    per_second: float

    def __str__(self) -> str:
        """In a line."""
        return f"answered within {self.p50:.0f} ms (p50), {self.p95:.0f} ms (p95), {self.per_second:.0f} a second"


def measure(url: str, people: list[int], *, concurrent: int, deliveries: int) -> Latencies:
    """Deliver so many payments, so many at a time; raises RuntimeError when one is not credited."""
    database = Database(url)
    try:
        sessions = list(order(database, people, deliveries))
    finally:
        database.close()
    with running_server(url) as port:
        asyncio.run(deliver(port, sessions[:concurrent], concurrent))
        time.sleep(SECONDS_TO_WARM_UP)
        return asyncio.run(deliver(port, sessions[concurrent:], concurrent))


def order(database: Database, people: list[int], number: int) -> Iterator[bytes]:
    """Orders of these people, and the bodies of the webhooks that say that they are paid."""
    package = PACKAGES[0]
    with database.sessions.begin() as session:
        for place in range(number):
            checkout = paid_session(package)
            payment_service.record_order(session, people[place % len(people)], package=package, checkout=checkout)
            yield webhook_body(checkout)


def paid_session(package: CreditPackage) -> CheckoutSession:
    """A session of this package, as Stripe would describe it when it is paid."""
    return CheckoutSession(
        id=f"cs_test_{secrets.token_hex(16)}",
        outcome=PaymentStatus.PAID,
        url=None,
        is_paid=True,
        mode="payment",
        amount_total=package.price_cents,
        currency="usd",
        payment_intent=f"pi_{secrets.token_hex(12)}",
        livemode=False,
        user_id="",
        credits="",
    )


def webhook_body(checkout: CheckoutSession) -> bytes:
    """What Stripe sends when this session is paid."""
    subject: dict[str, object] = {
        "id": checkout.id,
        "object": "checkout.session",
        "mode": checkout.mode,
        "payment_status": "paid",
        "status": "complete",
        "amount_total": checkout.amount_total,
        "currency": checkout.currency,
        "payment_intent": checkout.payment_intent,
        "livemode": False,
        "metadata": {},
    }
    event = {"id": f"evt_{secrets.token_hex(12)}", "type": "checkout.session.completed", "data": {"object": subject}}
    return json.dumps(event).encode()


@contextmanager
def running_server(url: str) -> Iterator[int]:
    """The shipped app with this database; the port on which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "ENVIRONMENT": "development",
        "DATABASE_URL": url,
        "SECRET_KEY": secrets.token_hex(32),
        "STRIPE_SECRET_KEY": "sk_test_of_the_benchmark",
        "STRIPE_WEBHOOK_SECRET": SECRET,
    }
    command = [sys.executable, "-m", "uvicorn", "main:app", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


async def deliver(port: int, bodies: list[bytes], concurrent: int) -> Latencies:
    """Deliver everything over so many connections at once."""
    waiting = iter(bodies)
    taken: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in waiting:
            started = time.perf_counter()
            writer.write(request(body))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            answer = await reader.readexactly(int(length.partition(b":")[2]))
            taken.append((time.perf_counter() - started) * 1000)
            if b'"credited"' not in answer:
                raise RuntimeError(f"not credited: {answer!r}")
        writer.close()

    started = time.perf_counter()
    async with asyncio.TaskGroup() as connections:
        for _ in range(concurrent):
            connections.create_task(connection())
    seconds = time.perf_counter() - started
    taken.sort()
    return Latencies(taken[len(taken) // 2], taken[len(taken) * 95 // 100], len(taken) / seconds)


def request(body: bytes) -> bytes:
    """The signed delivery of this body."""
    timestamp = int(time.time())
    signature = hmac.new(SECRET.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()
    head = (
        "POST /api/credits/webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nStripe-Signature: t={timestamp},v1={signature}\r\n\r\n"
    )
    return head.encode() + body
