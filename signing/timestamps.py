"""Where trusted time comes from: the demonstration unit in the signer process, or a TSA over HTTP."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from asn1crypto import tsp
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

from signing.signer_client import SignerProcess

TSA_SECONDS = 10


class DemoTimeStamper(TimeStamper):
    """Asks the demonstration unit; `clock` says what time it stamps."""

    def __init__(self, signer: SignerProcess, folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._signer = signer
        self._folder = folder
        self._clock = clock

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer from the signer process."""
        answer = self._signer.timestamp(self._folder, req.dump(), at=self._clock())
        return tsp.TimeStampResp.load(answer)


def over_http(url: str) -> TimeStamper:
    """Return a client of an RFC 3161 service; it gives up after ten seconds."""
    return HTTPTimeStamper(url, timeout=TSA_SECONDS)
