"""Hostile files are looked into here: `python -m signing.verification.worker REQUEST`, fenced in by `verify.py`.

REQUEST is one line of JSON (trust, moment, expected fields), then the file; the answer is one line of JSON.
"""

import base64
import json
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from signing.trust import TrustClass, TrustList
from signing.verification.check import check
from signing.verification.report import Reason, Report, failed


def main(request_file: str) -> None:
    """Check one file and answer."""
    logging.disable(logging.CRITICAL)
    with Path(request_file).open("rb") as file:
        request, pdf = json.loads(file.readline()), file.read()
    sys.stdout.write(json.dumps(_report(request, pdf).to_json()))


def _report(request: dict[str, Any], pdf: bytes) -> Report:
    try:
        at = datetime.fromisoformat(request["at"])
        return check(pdf, trust_from(request["trust"]), at=at, expected=request["expected"])
    except MemoryError:
        return failed(Reason.TOO_LONG)
    except Exception:
        return failed(Reason.UNREADABLE)


def trust_to(trust: TrustList) -> dict[str, Any]:
    """Write a trust list as JSON values."""
    return {
        "roots": [[_b64(der), trust_class] for der, trust_class in trust.roots.items()],
        "intermediates": [_b64(each) for each in trust.intermediates],
        "lists": [_b64(each) for each in trust.lists],
    }


def trust_from(raw: dict[str, Any]) -> TrustList:
    """Read what `trust_to` wrote."""
    return TrustList(
        {base64.b64decode(der): TrustClass(trust_class) for der, trust_class in raw["roots"]},
        tuple(base64.b64decode(each) for each in raw["intermediates"]),
        tuple(base64.b64decode(each) for each in raw["lists"]),
    )


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
