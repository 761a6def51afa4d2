"""Secrets by name: from an environment variable, else from the system's key store; never from a file.

The only module that imports keyring, and only when a secret is wanted. A secret is never printed, logged or recorded.
Words of others that may quote one (a server's answer, a library's complaint in a traceback) go through `without_secrets`
first: it takes out whatever this process has read, and what the environment holds.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping
from typing import Any

from tracker import patterns as re
from tracker.problems.chase import BadSecretName, NoKeyStore, NoSecret

SERVICE = "tracker"
# The secret that is the mail account's password.
MAIL = "mail"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,40}")
_PREFIX = "TRACKER_SECRET_"
_READ: set[str] = set()
# Shorter pieces of an address are no secret and would take words out of every text.
_SHORTEST = 4
_PARTS = re.compile(r"[A-Za-z0-9_%.+-]{12,}")
_NO_SECRET = {"oapi.dingtalk.com", "qyapi.weixin.qq.com", "open.feishu.cn", "access_token"}


def variable_of(name: str) -> str:
    """The environment variable that may hold a secret.

    >>> variable_of("bangong-sign")
    'TRACKER_SECRET_BANGONG_SIGN'
    """
    if not _NAME.fullmatch(name):
        raise BadSecretName(name=name[:20])
    return _PREFIX + name.upper().replace("-", "_")


def secret(name: str, *, environment: Mapping[str, str] | None = None) -> str:
    """The secret; `NoSecret` when nobody holds it."""
    value = optional_secret(name, environment=environment)
    if not value:
        raise NoSecret(name=name, variable=variable_of(name))
    return value


def optional_secret(name: str, *, environment: Mapping[str, str] | None = None) -> str:
    """The secret, or nothing."""
    value = (os.environ if environment is None else environment).get(
        variable_of(name), ""
    ) or _from_key_store(name)
    _READ.add(value.strip())
    return value.strip()


def _from_key_store(name: str) -> str:
    store = _store()
    if store is None:
        return ""
    try:
        return str(store.get_password(SERVICE, name) or "")
    except Exception:  # whatever a key store raises, it does not hold the secret
        return ""


def without_secrets(text: str) -> str:
    """A text with every secret that we know of taken out: as it is, as base64, and the long parts of an address.

    >>> _READ.add("geheim-geheim")
    >>> without_secrets("535 geheim-geheim is wrong")
    '535 *** is wrong'
    """
    values = {value.strip() for name, value in os.environ.items() if name.startswith(_PREFIX)}
    for secret in sorted(_READ | values, key=len, reverse=True):
        for form in _forms(secret):
            text = text.replace(form, "***")
    return text


def _forms(secret: str) -> Iterator[str]:
    if len(secret) >= _SHORTEST:
        yield secret
        yield base64.b64encode(secret.encode()).decode().rstrip("=")
        yield repr(secret)[1:-1]
        if "://" in secret:
            yield from (part for part in _PARTS.findall(secret) if part not in _NO_SECRET)


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
