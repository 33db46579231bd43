"""What Stripe told us: every webhook event with what became of it. Knows no payment.

A refused event waits for an operator; one that was resolved is stored again and does nothing any more.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.base import utc_now
from models.payment import StripeEvent, StripeEventStatus
from services.errors import NotFound
from services.stripe_messages import CheckoutSession, WebhookEvent
from services.upsert import Upsert

_RECORD = Upsert(
    StripeEvent,
    key="event_id",
    changes=lambda new: {"received_count": StripeEvent.received_count + 1, "last_seen_at": new.last_seen_at},
)
_FIND_RESOLVED = select(StripeEvent.event_id).where(
    StripeEvent.event_id.in_(bindparam("of_events", expanding=True)), StripeEvent.status == StripeEventStatus.RESOLVED
)
_CONCLUDE = (
    update(StripeEvent)
    .where(StripeEvent.event_id == bindparam("of_event"), StripeEvent.status != StripeEventStatus.RESOLVED)
    .values(status=bindparam("to_status"), reason=bindparam("because"))
)


def record(session: Session, events: Sequence[WebhookEvent]) -> set[str]:
    """Store that these events have arrived; returns the ids of those that an operator has resolved."""
    if not events:
        return set()
    _RECORD(session, *map(_row, events))
    ids = [event.id for event in events]
    return set(session.connection().execute(_FIND_RESOLVED, {"of_events": ids}).scalars())


def conclude(session: Session, outcomes: Iterable[tuple[WebhookEvent, str]]) -> None:
    """Store what these events have changed."""
    rows = [
        {
            "of_event": event.id,
            "to_status": StripeEventStatus.IGNORED if event.subject is None else StripeEventStatus.PROCESSED,
            "because": outcome,
        }
        for event, outcome in outcomes
    ]
    if rows:
        session.connection().execute(_CONCLUDE, rows)


def refuse(session: Session, event: WebhookEvent, reason: str) -> None:
    """Store an event that was refused, for an operator."""
    record(session, [event])
    refused = {"of_event": event.id, "to_status": StripeEventStatus.REJECTED, "because": reason}
    session.connection().execute(_CONCLUDE, refused)


def rejected_events(session: Session) -> list[StripeEvent]:
    """What was refused and waits for an operator, newest first."""
    query = select(StripeEvent).where(StripeEvent.status == StripeEventStatus.REJECTED)
    return list(session.scalars(query.order_by(StripeEvent.last_seen_at.desc())))


def resolve_event(session: Session, event_id: str, *, note: str) -> None:
    """An operator has dealt with a refused event: delivered again, it does nothing any more. Raises NotFound."""
    resolved = session.scalar(
        update(StripeEvent)
        .where(StripeEvent.event_id == event_id, StripeEvent.status == StripeEventStatus.REJECTED)
        .values(status=StripeEventStatus.RESOLVED, reason=note)
        .returning(StripeEvent.id),
        execution_options={"synchronize_session": False},
    )
    if resolved is None:
        raise NotFound("There is no refused event with this id.")


def _row(event: WebhookEvent) -> dict[str, object]:
    subject = event.subject
    now = utc_now()
    return {
        "event_id": event.id,
        "type": event.type,
        "session_id": subject.id if isinstance(subject, CheckoutSession) else None,
        "payment_intent": subject.payment_intent if subject else None,
        "status": StripeEventStatus.IGNORED,
        "received_count": 1,
        "first_seen_at": now,
        "last_seen_at": now,
    }
