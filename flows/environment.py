"""How Prefect is set up here, for its server and for those who talk to it."""

from __future__ import annotations

from governance.settings import Settings


def prefect_environment(settings: Settings) -> dict[str, str]:
    """The environment of every process that imports Prefect."""
    return {
        "PREFECT_HOME": str((settings.home / "prefect").resolve()),
        "PREFECT_PROFILES_PATH": str((settings.home / "prefect" / "profiles.toml").resolve()),
        "PREFECT_API_URL": api_url(settings),
        "PREFECT_UI_API_URL": api_url(settings),
        # It has no access control: it says nothing to the world, and listens to this machine only.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        # The heartbeat is planned a few minutes ahead, not an hour: a plan costs rows.
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "30",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT2M",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "10",
        # The record is Mandate's own; Prefect's history of wake-ups goes after two weeks.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(14 * 24 * 3600),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        # A call that gets no answer is not repeated with patience: the next run is a second away.
        "PREFECT_CLIENT_MAX_RETRIES": "1",
        "PREFECT_API_REQUEST_TIMEOUT": "20",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "",
    }


def api_url(settings: Settings) -> str:
    """Where Prefect's API is."""
    return f"http://127.0.0.1:{settings.prefect_port}/api"
