"""A kind to tell, a mail server and a push service of our own on loopback."""

from collections.abc import Iterator

import pytest
from django.utils.translation import gettext_noop

from notices import kinds
from notices.kinds import KindGroup, NoticeKind
from tests.notices.post_office import PostOffice
from tests.notices.push_service import PushService


@pytest.fixture(autouse=True)
def known_kinds() -> Iterator[None]:
    """Register kinds for the test, and forget them after it."""
    before, groups = dict(kinds._kinds), dict(kinds._groups)
    kinds.register_group(KindGroup("trial", "Thử"))
    kinds.register_kind(NoticeKind("trial.invited", gettext_noop("Mời họp: %(title)s"), "mail"))
    kinds.register_kind(NoticeKind("trial.cancelled", gettext_noop("Hủy họp: %(title)s"), "octagon-alert", True))
    yield
    for registry, kept in ((kinds._kinds, before), (kinds._groups, groups)):
        registry.clear()
        registry.update(kept)


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    """A real SMTP server that keeps what it is given; the installation knows it."""
    with PostOffice() as office:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{office.port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.MAIL_FROM = "nghi-su@tinh-mau.gov.vn"
        settings.PUBLIC_URL = "https://hop.tinh-mau.gov.vn"
        yield office


@pytest.fixture
def push_service(settings) -> Iterator[PushService]:
    """A real HTTP push service that decrypts what it is given; the installation knows it as its relay."""
    with PushService() as service:
        settings.PUSH_HOSTS = [service.origin]
        settings.MAIL_FROM = "nghi-su@tinh-mau.gov.vn"
        yield service
