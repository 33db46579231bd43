"""The application: builds everything in the lifespan, wires routers and handlers, closes everything."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from config.database import Database
from config.logging import configure_logging
from config.settings import Settings
from middleware.body_limit import BodyLimit
from middleware.error_handlers import UnexpectedErrors, register_error_handlers
from middleware.rate_limit import RateLimiter
from middleware.request_context import RequestContext
from routers import auth, credits, health, users
from services import auth_service
from services.google_sign_in import GoogleSignIn
from services.stripe_gateway import StripeGateway

logger = logging.getLogger(__name__)

MULTIPART_OVERHEAD = 64 * 1024


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Build what the handlers use; close it when the server stops."""
    settings: Settings = app.state.settings
    settings.require_safe()
    app.state.database = Database(settings.DATABASE_URL)
    app.state.google = GoogleSignIn(settings)
    app.state.stripe = StripeGateway(settings)
    auth_service.prepare_password_check()
    try:
        yield
    finally:
        await app.state.stripe.close()
        app.state.database.close()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app for these settings; without them, those of the environment. Connects to nothing."""
    settings = settings or Settings()
    configure_logging()
    app = FastAPI(
        title="SkillMap Backend",
        version="1.0.0",
        description="Tailors your own resume to one job: truthfully, in your own Word file, for prepaid credits.",
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    app.state.settings = settings
    app.state.rate_limiter = RateLimiter()
    register_error_handlers(app)
    for router in (auth.router, users.router, credits.router, health.router):
        app.include_router(router)

    # The last one added is the outermost.
    upload_limit = settings.MAX_UPLOAD_SIZE + MULTIPART_OVERHEAD
    app.add_middleware(BodyLimit, limits={"/api/resumes/upload": upload_limit, "/api/credits/webhook": 1024 * 1024})
    app.add_middleware(UnexpectedErrors)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_credentials="*" not in settings.cors_origins,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["X-Total-Count", "Content-Disposition", "Retry-After", "X-Request-ID"],
    )
    app.add_middleware(RequestContext)
    return app


app = create_app()
