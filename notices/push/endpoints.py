"""Which addresses a push may go to: they come from a browser, so they are foreign input. Pure."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST = 800


def split(endpoint: str) -> SplitResult | None:
    """Return the parts of an address that can be one at all: ASCII, no user name, no odd port."""
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint or len(endpoint) > LONGEST:
        return None
    try:
        parts = urlsplit(endpoint)
        whole = (bool(parts.hostname) and parts.username is None and parts.port is not None) or parts.port is None
    except ValueError:
        return None
    return parts if whole and parts.hostname and parts.username is None else None


def origin(endpoint: str) -> str:
    """Return scheme and host, and the port if there is one: whom the signature is for."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def is_allowed(endpoint: str, hosts: Iterable[str]) -> bool:
    """Is this one of the push services the installation knows?

    An entry is a host, a leading dot means every host below it. An entry with a scheme (`http://127.0.0.1:8801`) is a
    relay of the installation's own: exactly that origin, private addresses and plain HTTP included.
    """
    parts = split(endpoint)
    if parts is None or parts.hostname is None:
        return False
    if origin(endpoint) in relays(hosts):
        return True
    return parts.scheme == "https" and parts.port in {None, 443} and any(fits(parts.hostname, one) for one in hosts)


def relays(hosts: Iterable[str]) -> set[str]:
    """Return the entries that name a whole origin."""
    return {one.rstrip("/") for one in hosts if "://" in one}


def fits(host: str, entry: str) -> bool:
    """Does an entry of the list name this host?"""
    return host.endswith(entry) and len(host) > len(entry) if entry.startswith(".") else host == entry


def is_public(address: str) -> bool:
    """May a push go to this network address? Never into the agency's own network."""
    found = ip_address(address.split("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast
