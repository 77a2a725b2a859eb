"""Attacks on the program: ``python -m tests.attacks`` runs them against a page that is served.

One file a family; texts that attack whatever shows them are in :mod:`tests.attacks.texts`.
"""

from tests.attacks.texts import ATTACKS

__all__ = ["ATTACKS"]
