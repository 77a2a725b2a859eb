"""How a proxy in front of the page shows it: under which path, and by which names.

The proxy takes the path off before it asks; Gradio puts it before what the page then asks for.
"""

import re
from dataclasses import dataclass

from retriever import Settings, SettingsError

_PATH = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAs:
    """A path such as ``/quotes``, or none, and names such as ``news.example:8443``."""

    path: str = ""
    hosts: tuple[str, ...] = ()

    @property
    def bare_hosts(self) -> tuple[str, ...]:
        """The names without their ports."""
        return tuple(re.sub(r":\d+\Z", "", host) for host in self.hosts)


AS_IT_IS = ShownAs()


def shown_as_of(settings: Settings) -> ShownAs:
    """Return what the settings say of it.

    :raises SettingsError: if the path or a name is none.
    """
    path = settings.root_path.rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise SettingsError(
            f"root_path must be a path such as /quotes, not {settings.root_path!r}: letters, "
            "digits and . ~ _ - between slashes"
        )
    hosts = tuple(name.lower() for name in settings.allowed_hosts.replace(",", " ").split())
    for name in hosts:
        if not _HOST.fullmatch(name):
            raise SettingsError(
                f"allowed_hosts must be names such as news.example or news.example:8443, "
                f"not {name!r}"
            )
    return ShownAs(path=path, hosts=hosts)
