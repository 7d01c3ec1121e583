"""Certificates for the people of `tests.documents.factories.Office`."""

from signing import demo
from signing.installation import demo_folder, signer_process
from signing.models import SigningCredential
from tests.documents.factories import Office
from tests.signing.desk import now


def equipped(office: Office) -> dict[str, SigningCredential]:
    """Issue the leader's and the agency's demonstration certificates."""
    with signer_process() as signer:
        signer.build_pki(demo_folder(), at=now())
        return {
            "leader": demo.issue(signer, office.leader, title="Chủ tịch", home=office.agency, at=now()),
            "agency": demo.issue(signer, office.agency, title="", home=office.agency, at=now()),
        }
