"""What Stripe told us: every webhook event with what became of it. Knows no payment.

A refused event waits for an operator; one that was resolved is stored again and does nothing any more.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from models.base import utc_now
from models.payment import StripeEvent, StripeEventStatus
from services.errors import NotFound
from services.stripe_messages import CheckoutSession, WebhookEvent
from services.upsert import Excluded, Upsert

_LOCK = (
    select(StripeEvent.event_id, StripeEvent.status)
    .where(StripeEvent.event_id.in_(bindparam("of_events", expanding=True)))
    .with_for_update()
)


def _seen_again(new: Excluded) -> dict[str, object]:
    is_resolved = StripeEvent.status == StripeEventStatus.RESOLVED
    return {
        "received_count": StripeEvent.received_count + 1,
        "last_seen_at": new.last_seen_at,
        "status": case((is_resolved, StripeEvent.status), else_=new.status),
        "reason": case((is_resolved, StripeEvent.reason), else_=new.reason),
    }


_STORE = Upsert(StripeEvent, key="event_id", changes=_seen_again)


def find_resolved(session: Session, events: Collection[WebhookEvent]) -> set[str]:
    """The ids of those of these events that an operator has resolved; none of the others is, until we commit."""
    found = session.connection().execute(_LOCK, {"of_events": [event.id for event in events]})
    return {row.event_id for row in found if row.status == StripeEventStatus.RESOLVED}


def store(session: Session, outcomes: Iterable[tuple[WebhookEvent, str]]) -> None:
    """Store that these events have arrived, and what each has changed."""
    rows = [
        _row(event, StripeEventStatus.IGNORED if event.subject is None else StripeEventStatus.PROCESSED, outcome)
        for event, outcome in outcomes
    ]
    if rows:
        _STORE(session, *rows)


def refuse(session: Session, event: WebhookEvent, reason: str) -> None:
    """Store an event that was refused, for an operator."""
    _STORE(session, _row(event, StripeEventStatus.REJECTED, reason))


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


def _row(event: WebhookEvent, status: StripeEventStatus, reason: str) -> dict[str, object]:
    subject = event.subject
    now = utc_now()
    return {
        "event_id": event.id,
        "type": event.type,
        "session_id": subject.id if isinstance(subject, CheckoutSession) else None,
        "payment_intent": subject.payment_intent if subject else None,
        "status": status,
        "reason": reason,
        "received_count": 1,
        "first_seen_at": now,
        "last_seen_at": now,
    }
