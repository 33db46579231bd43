"""All tables; importing this package fills `Base.metadata`."""

from models.base import Base
from models.base_resume import BaseResume
from models.credit_transaction import CreditHold, CreditTransaction
from models.fact import CachedJobSummary, ConfirmedFact, Question
from models.payment import Payment, PaymentRefund, PaymentReversal, StripeEvent
from models.project import Project, ProjectVersion
from models.run import RunEvent, TailoringRun
from models.user import FormerEmail, User

__all__ = [
    "Base",
    "BaseResume",
    "CachedJobSummary",
    "ConfirmedFact",
    "CreditHold",
    "CreditTransaction",
    "FormerEmail",
    "Payment",
    "PaymentRefund",
    "PaymentReversal",
    "Project",
    "ProjectVersion",
    "Question",
    "RunEvent",
    "StripeEvent",
    "TailoringRun",
    "User",
]
