"""What handlers ask for: a session, the settings, and the services that the lifespan built."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from middleware.auth_middleware import CurrentUser

__all__ = ["AppSettings", "CurrentUser", "DbSession", "ReadSession"]


def get_settings(request: Request) -> Settings:
    """The settings this app was made with."""
    settings: Settings = request.app.state.settings
    return settings


def get_database(request: Request) -> Database:
    """The app's database."""
    database: Database = request.app.state.database
    return database


def get_session(request: Request) -> Iterator[Session]:
    """A session that may write: one transaction, committed before the answer is sent."""
    with get_database(request).sessions.begin() as session:
        yield session


def get_read_session(request: Request) -> Iterator[Session]:
    """A session for reading only: on SQLite it waits for no writer."""
    with get_database(request).read_sessions() as session:
        yield session


AppSettings = Annotated[Settings, Depends(get_settings)]
# Function scope: committed and closed before the first byte leaves, so a failing commit is a 500 and not a lost 200.
DbSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]
