"""IP addresses and blocks, as NetworkPolicy compares them.

Addresses are `(version, number)`; blocks are ranges of numbers of one version. An IPv4 address written as IPv6
(`::ffff:10.0.0.1`) is the IPv4 address. Host bits and leading zeros are accepted, as in stored policies.
Source: Kubernetes API, IPBlock of networking.k8s.io/v1, and ParseCIDRSloppy of k8s.io/utils.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

Address = tuple[int, int]
_WIDTHS = {4: 32, 6: 128}
_MAPPED = 0xFFFF << 32


class Range(NamedTuple):
    """The addresses `first` to `last`, both included, of IP version 4 or 6."""

    version: int
    first: int
    last: int

    def contains(self, address: Address) -> bool:
        """Whether the address lies in the range."""
        return address[0] == self.version and self.first <= address[1] <= self.last


class Block(NamedTuple):
    """An ipBlock: `cidr` without `excluded`. A block whose CIDR is invalid has none and holds no address."""

    cidr: Range | None
    excluded: tuple[Range, ...] = ()

    def contains(self, address: Address) -> bool:
        """Whether the address lies in the block and in none of its exceptions."""
        inside = self.cidr is not None and self.cidr.contains(address)
        return inside and not any(hole.contains(address) for hole in self.excluded)

    def pieces(self, version: int) -> Iterator[tuple[int, int]]:
        """Yield what the exceptions leave of the block, in order, as first and last number."""
        if self.cidr is None or self.cidr.version != version:
            return
        start = self.cidr.first
        for hole in sorted(hole for hole in self.excluded if hole.version == version):
            if start < hole.first <= self.cidr.last:
                yield start, hole.first - 1
            start = max(start, hole.last + 1)
        if start <= self.cidr.last:
            yield start, self.cidr.last


def parse_address(text: object) -> Address | None:
    """Read an IPv4 or IPv6 address without a zone; None if it is not one."""
    if not isinstance(text, str) or len(text) > 64:
        return None
    if ":" not in text:
        number = _parse_v4(text)
        return None if number is None else (4, number)
    number = _parse_v6(text)
    if number is None:
        return None
    return (4, number & 0xFFFFFFFF) if number >> 32 == 0xFFFF else (6, number)


def parse_cidr(text: object) -> Range | None:
    """Read `address/prefix length`; None if it is not a CIDR."""
    if not isinstance(text, str) or len(text) > 64:
        return None
    address, _, length = text.partition("/")
    version = 6 if ":" in address else 4
    number = _parse_v6(address) if version == 6 else _parse_v4(address)
    prefix = _decimal(length)
    width = _WIDTHS[version]
    if number is None or prefix is None or prefix > width:
        return None
    size = 1 << (width - prefix)
    first = number & -size
    if version == 6 and prefix >= 96 and first >> 32 == 0xFFFF:
        version, first = 4, first - _MAPPED
    return Range(version, first, first + size - 1)


def covers_all(blocks: Iterable[Block], version: int) -> bool:
    """Whether the blocks together hold every address of an IP version."""
    free = 0
    for first, last in sorted(piece for block in blocks for piece in block.pieces(version)):
        if first > free:
            return False
        free = max(free, last + 1)
    return free == 1 << _WIDTHS[version]


def _decimal(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else None


def _parse_v4(text: str) -> int | None:
    parts = [_decimal(part) for part in text.split(".")]
    if len(parts) != 4:
        return None
    number = 0
    for part in parts:
        if part is None or part > 255:
            return None
        number = number << 8 | part
    return number


def _parse_v6(text: str) -> int | None:
    from ipaddress import IPv6Address  # noqa: PLC0415 - most sets have no IPv6 block

    if "%" in text:
        return None
    try:
        return int(IPv6Address(text))
    except ValueError:
        return None
