"""Which algorithms a signature may rest on, and until when, as data (TT 15/2025/TT-BKHCN, appendix)."""

from datetime import UTC, datetime

NEVER = datetime(1, 1, 1, tzinfo=UTC)
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)

DIGESTS = {
    "md2": NEVER,
    "md5": NEVER,
    "sha1": datetime(2017, 1, 1, tzinfo=UTC),
    "sha224": datetime(2031, 1, 1, tzinfo=UTC),
    "sha256": ALWAYS,
    "sha384": ALWAYS,
    "sha512": ALWAYS,
    "sha512_224": ALWAYS,
    "sha512_256": ALWAYS,
    "sha3_256": ALWAYS,
    "sha3_384": ALWAYS,
    "sha3_512": ALWAYS,
}
SMALLEST_BITS = {"rsa": 2048, "rsassa_pss": 2048, "ec": 256, "ed25519": 255, "ed448": 448}


def digest_allowed(name: str, at: datetime) -> bool:
    """Say whether a hash may be relied on for a signature proven to exist at `at`; unknown ones never."""
    return at < DIGESTS.get(name.lower(), NEVER)


def key_allowed(algorithm: str, bits: int) -> bool:
    """Say whether a key is long enough; unknown kinds never are."""
    smallest = SMALLEST_BITS.get(algorithm)
    return smallest is not None and bits >= smallest
