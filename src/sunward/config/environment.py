"""What the environment may say, typed; an unknown or unusable value stops the start with a readable message."""

import os
from pathlib import Path
from typing import Annotated

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# Read elsewhere: by the choice of settings, by the suite, by the benchmarks.
READ_ELSEWHERE = {"SUNWARD_SETTINGS", "SUNWARD_FORBID_SKIPS", "SUNWARD_BENCH_DATABASE_URL"}

_URL = r"^https?://[^\s/?#@]+(/[^\s?#@]*[^\s?#@/])?$"


class Environment(BaseSettings):
    """Variables named ``SUNWARD_…``; `docs/how-to/run-in-production.md` explains each."""

    model_config = SettingsConfigDict(env_prefix="SUNWARD_", extra="forbid")

    home: Path = Path("var")
    database_url: str = ""
    test_database_url: str = ""
    secret_key: str = ""
    sealing_keys: str = ""
    blind_index_key: str = ""
    sealing_algorithm: str = Field(default="aes-256-gcm", pattern="^(aes-256-gcm|sm4-gcm)$")
    allowed_hosts: Annotated[str, NoDecode] = "localhost,127.0.0.1,[::1]"
    trusted_origins: Annotated[str, NoDecode] = ""
    behind_tls_proxy: bool = True
    upload_limit_mb: int = Field(default=50, ge=1, le=1024)
    session_minutes: int = Field(default=60, ge=5, le=24 * 60)
    time_zone: str = "Asia/Shanghai"
    # A worker that has not shown itself for so long is given up for lost (docs/mechanisms/jobs.md).
    job_lease_seconds: float = Field(default=60, gt=0)
    job_poll_seconds: float = Field(default=1, gt=0)
    job_retry_seconds: float = Field(default=10, ge=0)
    # Where the chat programs are: a private WeCom of a government has a host of its own (docs/mechanisms/outreach.md).
    wecom_url: str = Field(default="https://qyapi.weixin.qq.com", pattern=_URL)
    dingtalk_url: str = Field(default="https://oapi.dingtalk.com", pattern=_URL)
    feishu_url: str = Field(default="https://open.feishu.cn", pattern=_URL)
    sms_url: str = Field(default="", pattern=f"^$|{_URL}")
    # Hosts of the government's own network that vacancies may be fetched from (docs/how-to/exchange-vacancies.md).
    feed_hosts_inside: Annotated[str, NoDecode] = ""
    # How people's phones reach this house, for the links in messages.
    public_url: str = Field(default="", pattern=f"^$|{_URL}")


def read_environment() -> Environment:
    """What is set, or a sentence that names each variable that is wrong; a value is not repeated, it may be a key."""
    _refuse_unknown_variables()
    try:
        return Environment()
    except ValidationError as error:
        wrong = "; ".join(f"SUNWARD_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise ImproperlyConfigured(wrong) from None


def _refuse_unknown_variables() -> None:
    """A misspelt variable would be passed over in silence, and its default used."""
    known = {f"SUNWARD_{name.upper()}" for name in Environment.model_fields} | READ_ELSEWHERE
    unknown = sorted(name for name in os.environ if name.startswith("SUNWARD_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(f"Unknown: {', '.join(unknown)}; docs/how-to/run-in-production.md lists all.")


def comma_separated(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
