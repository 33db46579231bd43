"""LangSmith tracing: off unless asked for, and even then without the texts, which are people's resumes."""

from config.settings import Settings

CONNECT_MS, READ_MS = 1000, 2000  # an unreachable endpoint must not hold up anybody


def configure_tracing(settings: Settings) -> None:
    """Switch tracing on or off for the whole process, whatever LANGSMITH_* variables the environment holds."""
    import langsmith
    from urllib3 import Retry

    if not settings.LANGCHAIN_TRACING_V2:
        langsmith.configure(enabled=False)
        return
    client = langsmith.Client(
        api_url=settings.LANGCHAIN_ENDPOINT,
        api_key=settings.LANGCHAIN_API_KEY.get_secret_value(),
        timeout_ms=(CONNECT_MS, READ_MS),
        retry_config=Retry(total=0),
        hide_inputs=True,
        hide_outputs=True,
    )
    langsmith.configure(client=client, enabled=True, project_name=settings.LANGCHAIN_PROJECT)
