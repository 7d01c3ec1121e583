"""Signs in a fresh process, then looks for a plain private key in its own memory.

Reads one line of JSON (keys_dir, sealed, pin, control); prints how many private keys it found in itself.
"""

import json
import sys
from pathlib import Path
from typing import BinaryIO

from signing.signer_client import SignerProcess

# PrivateKeyInfo of an RSA key of 2048 bits: version, algorithm, octet string … and then the key's own SEQUENCE.
START = bytes.fromhex("020100300d06092a864886f70d0101010500048204")
BODY = b"\x30\x82"


def main() -> None:
    request = json.loads(sys.stdin.readline())
    kept = []
    with SignerProcess(Path(request["keys_dir"])) as signer:
        signer.sign(request["sealed"], [b"text"], pin=request["pin"])
    if request["control"]:
        from signing.keys import SealedKey, installation_kek, unseal

        sealed = SealedKey.from_json(request["sealed"])
        kept.append(unseal(sealed, kek=installation_kek(Path(request["keys_dir"])), pin=request["pin"]))
    print(private_keys_in_memory())


def private_keys_in_memory() -> int:
    found = 0
    regions = Path("/proc/self/maps").read_text(encoding="ascii").splitlines()
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in regions:
            where, rights, *_ = line.split()
            if rights.startswith("rw") and "[v" not in line:
                begin, end = (int(side, 16) for side in where.split("-"))
                found += hits(memory, begin, end)
    return found


def hits(memory: BinaryIO, begin: int, end: int) -> int:
    try:
        memory.seek(begin)
        data = memory.read(end - begin)
    except OSError:
        return 0
    found, at = 0, data.find(START)
    while at >= 0:
        found += data[at + len(START) + 1 : at + len(START) + 3] == BODY
        at = data.find(START, at + 1)
    return found


if __name__ == "__main__":
    main()
