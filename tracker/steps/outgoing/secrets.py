"""Keeping a password or the address of a robot in the system's key store."""

from __future__ import annotations

from tracker.files.channels import secrets
from tracker.files.channels.secrets import without_secrets as without_secrets
from tracker.steps.call import Result


def keep_secret(name: str, text: str) -> Result:
    """Keep a secret under its name; nothing of it is said again."""
    secrets.keep(name, text)
    return Result((f"已存入系统的凭据管理器：{name}。",), {"kept": name})
