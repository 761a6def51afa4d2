"""Secrets by name: from an environment variable, else from the system's key store; never from a file.

The only module that imports keyring, and only when a secret is wanted. A secret is never printed, logged or recorded;
`Secret` shows its name where it is shown at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from tracker.problems.sending import BadSecretName
from tracker.problems.sending import NoKeyStore
from tracker.problems.sending import NoSecret

SERVICE = "tracker"
# The secret that is the mail account's password.
MAIL = "mail"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,40}")


def variable_of(name: str) -> str:
    """The environment variable that may hold a secret.

    >>> variable_of("bangong-sign")
    'TRACKER_SECRET_BANGONG_SIGN'
    """
    if not _NAME.fullmatch(name):
        raise BadSecretName(name=name[:20])
    return "TRACKER_SECRET_" + name.upper().replace("-", "_")


def secret(name: str, *, environment: Mapping[str, str] | None = None) -> str:
    """The secret; `NoSecret` when nobody holds it."""
    found = optional_secret(name, environment=environment)
    if not found:
        raise NoSecret(name=name, variable=variable_of(name))
    return found


def optional_secret(name: str, *, environment: Mapping[str, str] | None = None) -> str:
    """The secret, or nothing."""
    held = (os.environ if environment is None else environment).get(variable_of(name), "")
    if held:
        return held.strip()
    store = _store()
    if store is None:
        return ""
    try:
        return str(store.get_password(SERVICE, name) or "").strip()
    except Exception:  # whatever a key store raises, it does not hold the secret
        return ""


def keep(name: str, text: str) -> None:
    """Give a secret to the system's key store."""
    variable = variable_of(name)
    store = _store()
    if store is None:
        raise NoKeyStore(variable=variable)
    try:
        store.set_password(SERVICE, name, text.strip())
    except Exception:
        raise NoKeyStore(variable=variable) from None


def _store() -> Any:
    try:
        import keyring
    except ImportError:
        return None
    return keyring
