"""Real servers beside every test that asks for one, and settings that lead there."""

from collections.abc import Iterator

import pytest

from tests.outreach.servers import Behaviour, Mailbox, serve_gateway, serve_mail, serve_other_robot, serve_wecom


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.SUNWARD_PUBLIC_URL = "https://sunward.example"


@pytest.fixture
def wecom(settings) -> Iterator[Behaviour]:
    with serve_wecom() as (url, behaviour):
        settings.SUNWARD_WECOM_URL = url
        yield behaviour


@pytest.fixture
def other_robot(settings) -> Iterator[Behaviour]:
    with serve_other_robot() as (url, behaviour):
        settings.SUNWARD_DINGTALK_URL = settings.SUNWARD_FEISHU_URL = url
        yield behaviour


@pytest.fixture
def gateway(settings) -> Iterator[Behaviour]:
    with serve_gateway() as (url, behaviour):
        settings.SUNWARD_SMS_URL = url
        yield behaviour


@pytest.fixture
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    with serve_mail() as served:
        yield served
