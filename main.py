"""The application: builds everything in the lifespan, wires routers and handlers, closes everything."""

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from config.database import Database, in_transaction
from config.logging import configure_logging
from config.settings import Settings
from middleware.body_limit import BodyLimit
from middleware.error_handlers import UnexpectedErrors, register_error_handlers
from middleware.rate_limit import RateLimiter
from middleware.request_context import RequestContext
from routers import auth, credits, facts, health, project_documents, projects, resumes, users
from routers.declared_errors import openapi_with_common_errors
from services import auth_service, health_service
from services.document_service import DocumentService
from services.file_storage import FileStorage
from services.google_sign_in import GoogleSignIn
from services.model_client import ModelClient
from services.page_budget import PageBudget
from services.pdf_service import PdfConverter
from services.preview_service import PreviewService
from services.run_service import RunService
from services.stripe_gateway import StripeGateway
from services.tailoring_service import TailoringService
from services.upload_service import UploadService
from services.webhook_inbox import WebhookInbox

logger = logging.getLogger(__name__)

MULTIPART_OVERHEAD = 64 * 1024
SWITCH_INTERVAL = 0.0005
"""Seconds for which a thread that computes keeps the interpreter, 5 ms unless told: so long the event loop waits."""
ROUTERS = [module.router for module in (auth, users, resumes, projects, project_documents, facts, credits, health)]
"""In the order in which the documentation shows them."""
EXPOSED_HEADERS = ["X-Total-Count", "Content-Disposition", "ETag", "X-Document-Warnings", "Retry-After", "X-Request-ID"]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Build what the handlers use; close it when the server stops."""
    settings: Settings = app.state.settings
    settings.require_safe()
    sys.setswitchinterval(SWITCH_INTERVAL)
    for warning in settings.production_warnings() if settings.is_production else []:
        logger.warning("unusual_setting: %s", warning)
    state = app.state
    state.database = Database(settings.DATABASE_URL)
    await in_transaction(state.database.read_sessions, health_service.require_schema)
    state.storage = FileStorage(settings.UPLOAD_DIR)
    await asyncio.to_thread(state.storage.delete_abandoned)
    state.model = ModelClient(settings)
    state.pdf_converter = PdfConverter()
    state.google = GoogleSignIn(settings)
    state.stripe = StripeGateway(settings)
    state.webhooks = WebhookInbox(state.database, state.stripe)
    state.runs = RunService(state.database, settings)
    state.uploads = UploadService(state.database, state.storage, state.model, settings)
    state.documents = DocumentService(state.database, state.storage, state.pdf_converter)
    state.previews = PreviewService(state.database, state.documents)
    pages = PageBudget(state.storage, state.pdf_converter)
    state.tailoring = TailoringService(state.database, state.model, state.runs, pages, settings)
    auth_service.prepare_password_check()
    await state.runs.start()
    if settings.ENVIRONMENT != "test":  # warm what is slow the first time; tests that need it wait for it
        state.pdf_converter.start()
        state.warming_up = asyncio.create_task(warm_up(state.stripe, state.tailoring))
    if settings.uses_offline_model:
        logger.warning("offline_model: neither OPENAI_API_KEY nor OPENAI_BASE_URL is set, the built-in model answers")
    try:
        yield
    finally:
        await state.runs.close()
        await state.webhooks.close()
        await state.model.close()
        await state.stripe.close()
        await asyncio.to_thread(state.pdf_converter.close)
        state.database.close()


async def warm_up(stripe: StripeGateway, tailoring: TailoringService) -> None:
    """Load what the first callers would wait for.

    It stays, so the garbage collector is told to leave it alone: walking through it would stop everybody for 0.1 s at
    each full collection.
    """
    await asyncio.to_thread(stripe.load)
    await tailoring.load()
    gc.collect()
    gc.freeze()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app for these settings; without them, those of the environment. Connects to nothing."""
    settings = settings or Settings()
    configure_logging()
    app = FastAPIOffline(
        title="SkillMap Backend",
        version="1.0.0",
        description="Tailors your own resume to one job: truthfully, in your own Word file, for prepaid credits.",
        lifespan=lifespan,
        openapi_tags=[{"name": tag} for router in ROUTERS for tag in router.tags],
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    app.state.settings = settings
    app.state.rate_limiter = RateLimiter()
    register_error_handlers(app)
    # Routes are tried one after another, and webhooks come in bursts: theirs are the first.
    for router in sorted(ROUTERS, key=lambda router: router is not credits.router):
        app.include_router(router)

    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    app.openapi = openapi_with_common_errors(app)  # type: ignore[method-assign] # FastAPI's documented way

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
        expose_headers=EXPOSED_HEADERS,
    )
    app.add_middleware(RequestContext)
    return app


app = create_app()
