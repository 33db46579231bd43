"""All settings, and the only place that reads the environment. Names and defaults are the product's contract."""

from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET_KEY = "development-only-secret-key-change-me-in-production"  # noqa: S105 - refused in production
MIN_SECRET_KEY_BYTES = 32
WEAK_KEY_WORDS = ("change-me", "changeme", "secret-key", "your-", "password", "example", "development")


class UnsafeSettings(ValueError):
    """The settings must not be used in production; `faults` names each setting and what is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("This configuration is not safe for production:\n  - " + "\n  - ".join(faults))


class Settings(BaseSettings):
    """Settings from the environment and `.env`; an empty value counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    ENVIRONMENT: Literal["development", "test", "production"] = "development"
    DATABASE_URL: str = "sqlite:///./skillmap.db"

    SECRET_KEY: SecretStr = SecretStr(DEVELOPMENT_SECRET_KEY)
    JWT_ALGORITHM: Literal["HS256"] = "HS256"
    JWT_EXPIRATION_MINUTES: int = Field(default=1440, ge=1)

    GOOGLE_CLIENT_ID: str = ""
    GOOGLE_CLIENT_SECRET: SecretStr = SecretStr("")
    GOOGLE_REDIRECT_URI: str = "http://localhost:8000/api/auth/google/callback"
    GOOGLE_METADATA_URL: str = "https://accounts.google.com/.well-known/openid-configuration"

    CORS_ORIGINS: str = "http://localhost:5173,http://localhost:3000"
    FRONTEND_URL: str = "http://localhost:5173"

    MAX_UPLOAD_SIZE: int = Field(default=10_485_760, ge=1)
    UPLOAD_DIR: Path = Path("./uploads")

    OPENAI_API_KEY: SecretStr = SecretStr("")
    OPENAI_BASE_URL: str = ""
    OPENAI_MODEL: str = "gpt-5-mini"
    OPENAI_TIMEOUT_SECONDS: float = Field(default=60.0, gt=0)

    LANGCHAIN_TRACING_V2: bool = False
    LANGCHAIN_ENDPOINT: str = "https://api.smith.langchain.com"
    LANGCHAIN_API_KEY: SecretStr = SecretStr("")
    LANGCHAIN_PROJECT: str = "skillmap"

    STRIPE_SECRET_KEY: SecretStr = SecretStr("")
    STRIPE_PUBLISHABLE_KEY: str = ""
    STRIPE_WEBHOOK_SECRET: SecretStr = SecretStr("")
    STRIPE_API_BASE: str = ""

    INITIAL_CREDITS: float = Field(default=100.0, ge=0, multiple_of=0.5)
    LOW_CREDIT_THRESHOLD: float = Field(default=10.0, ge=0)
    MINIMUM_CREDITS_FOR_TAILOR: float = Field(default=5.0, ge=0, multiple_of=0.5)
    TOKENS_PER_CREDIT: int = Field(default=2000, ge=1)

    @field_validator("DATABASE_URL")
    @classmethod
    def _name_the_driver(cls, url: str) -> str:
        """Hosting providers hand out `postgres://`, which SQLAlchemy does not know."""
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @cached_property
    def cors_origins(self) -> list[str]:
        """The allowed origins as a list."""
        return [origin.strip().rstrip("/") for origin in self.CORS_ORIGINS.split(",") if origin.strip()]

    @property
    def is_production(self) -> bool:
        """True where weak settings are refused."""
        return self.ENVIRONMENT == "production"

    @property
    def uses_offline_model(self) -> bool:
        """True without a key and without a base URL: the built-in model answers."""
        return not (self.OPENAI_API_KEY.get_secret_value() or self.OPENAI_BASE_URL)

    def production_faults(self) -> list[str]:
        """What must not go into production, one sentence a setting; the README's checklist follows this list."""
        faults = []
        key = self.SECRET_KEY.get_secret_value()
        if len(key.encode()) < MIN_SECRET_KEY_BYTES or len(set(key)) < 8:
            faults.append(f"SECRET_KEY must be random and at least {MIN_SECRET_KEY_BYTES} bytes long")
        elif any(word in key.lower() for word in WEAK_KEY_WORDS):
            faults.append("SECRET_KEY looks like a placeholder; generate one: openssl rand -hex 32")
        if self.uses_offline_model:
            faults.append("OPENAI_API_KEY or OPENAI_BASE_URL must be set: the offline model is for trying out")
        if not self.cors_origins or "*" in self.CORS_ORIGINS:
            faults.append("CORS_ORIGINS must list the front end's origins, without *")
        stripe = {
            "STRIPE_SECRET_KEY": self.STRIPE_SECRET_KEY.get_secret_value(),
            "STRIPE_WEBHOOK_SECRET": self.STRIPE_WEBHOOK_SECRET.get_secret_value(),
        }
        missing = [name for name, value in stripe.items() if not value]
        if 0 < len(missing) < len(stripe) or (missing and self.STRIPE_PUBLISHABLE_KEY):
            faults.append(f"Stripe is half configured: {' and '.join(missing)} missing")
        return faults

    def production_warnings(self) -> list[str]:
        """What is unusual in production, but not refused."""
        warnings = []
        if bool(self.GOOGLE_CLIENT_ID) != bool(self.GOOGLE_CLIENT_SECRET.get_secret_value()):
            warnings.append(
                "Google is half configured: the redirect flow needs GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET"
            )
        if urlsplit(self.DATABASE_URL).scheme.startswith("sqlite"):
            warnings.append("DATABASE_URL names a SQLite file: that is for one machine and few people; use PostgreSQL")
        if "localhost" in self.FRONTEND_URL:
            warnings.append("FRONTEND_URL names localhost: people return there after paying; use the public address")
        if "_test_" in self.STRIPE_SECRET_KEY.get_secret_value() + self.STRIPE_PUBLISHABLE_KEY:
            warnings.append("STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are test keys: nobody will really pay")
        return warnings

    def require_safe(self) -> None:
        """Raise UnsafeSettings in production when anything is weak."""
        if self.is_production and (faults := self.production_faults()):
            raise UnsafeSettings(faults)
