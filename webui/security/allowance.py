"""How much each address may do: a bucket of things to do for each, which fills steadily."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

# Whose buckets are kept; who was not heard of for longest is forgotten first.
_ADDRESSES = 10_000
# Who has an IPv6 address has all of its /64 network, and may send from another one each time.
_HOST_BITS = 64


class RateLimit:
    """How much each address may still do: a bucket that holds ``burst`` and fills steadily."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float]) -> None:
        """Let each address do ``burst`` things at once and ``per_second`` in the long run."""
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def has(self, address: str) -> bool:
        """Tell whether the address may do one more thing now; nothing is counted."""
        return self._left(address, self._clock()) >= 1

    def take(self, address: str) -> bool:
        """Tell whether the address may do one more thing now, and count it if so."""
        now = self._clock()
        left = self._left(address, now)
        network = network_of(address)
        self._buckets[network] = (left - 1 if left >= 1 else left, now)
        self._buckets.move_to_end(network)
        if len(self._buckets) > _ADDRESSES:
            self._buckets.popitem(last=False)
        return left >= 1

    def _left(self, address: str, now: float) -> float:
        left, seen = self._buckets.get(network_of(address), (self._burst, now))
        return min(self._burst, left + (now - seen) * self._per_second)


def network_of(address: str) -> str:
    """Return who an address belongs to, as far as it tells: an IPv6 one its /64 network.

    An IPv4 address that is written as one of IPv6 is itself; what is no address is itself, too.
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> _HOST_BITS << _HOST_BITS)}/{128 - _HOST_BITS}"
