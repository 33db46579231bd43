"""Stripe's webhooks, in turns: what arrives while one transaction is under way is applied together in the next.

A burst then costs one commit a turn instead of one an event. Decides nothing about money: `payment_service` does.
"""

import asyncio
import logging

from config.database import Database, in_transaction
from services import payment_service, stripe_event_log
from services.errors import SkillMapError
from services.stripe_gateway import StripeGateway
from services.stripe_messages import WebhookEvent

logger = logging.getLogger(__name__)

MOST_IN_A_TURN = 25  # half of a burst is then being answered while the other half is being stored

Outcome = asyncio.Future[str | None]
"""What an event changed, or None when its turn was undone."""


class WebhookInbox:
    """One for the whole process."""

    def __init__(self, database: Database, gateway: StripeGateway) -> None:
        """Starts nothing."""
        self._database = database
        self._gateway = gateway
        self._waiting: list[tuple[WebhookEvent, Outcome]] = []
        self._turns: asyncio.Task[None] | None = None

    async def receive(self, body: bytes, signature: str | None) -> str:
        """Check, store and apply a webhook; says what it changed. Raises what Stripe is to be told."""
        event = self._gateway.read_webhook(body, signature)
        outcome = await self._in_next_turn(event) or await self._alone(event)
        logger.info("stripe_event event=%s type=%s outcome=%s", event.id, event.type, outcome)
        return outcome

    async def close(self) -> None:
        """Wait for the turn that is under way."""
        if self._turns is not None:
            await self._turns

    def _in_next_turn(self, event: WebhookEvent) -> Outcome:
        outcome: Outcome = asyncio.get_running_loop().create_future()
        self._waiting.append((event, outcome))
        if self._turns is None or self._turns.done():
            self._turns = asyncio.create_task(self._take_turns())
        return outcome

    async def _take_turns(self) -> None:
        while self._waiting:
            turn, self._waiting = self._waiting[:MOST_IN_A_TURN], self._waiting[MOST_IN_A_TURN:]
            for (_, waiting), outcome in zip(turn, await self._together([event for event, _ in turn]), strict=True):
                if not waiting.done():  # whoever sent it may have hung up
                    waiting.set_result(outcome)

    async def _together(self, events: list[WebhookEvent]) -> list[str] | list[None]:
        """What each changed; None for all when one fails: nothing was stored, and each is received alone."""
        try:
            return await in_transaction(
                self._database.sessions, payment_service.receive_events, events, livemode=self._gateway.livemode
            )
        except Exception as error:  # whatever it is, the event that it belongs to meets it again in its own request
            logger.warning("webhook_turn_undone events=%d cause=%s", len(events), type(error).__name__)
            return [None] * len(events)

    async def _alone(self, event: WebhookEvent) -> str:
        sessions, livemode = self._database.sessions, self._gateway.livemode
        try:
            [outcome] = await in_transaction(sessions, payment_service.receive_events, [event], livemode=livemode)
        except SkillMapError as refusal:
            await in_transaction(sessions, stripe_event_log.refuse, event, refusal.code)
            logger.error("stripe_event_refused event=%s type=%s reason=%s", event.id, event.type, refusal.code)
            raise
        return outcome
