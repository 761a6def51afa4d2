"""Secrets by name."""

from __future__ import annotations

import sys

import pytest

from tracker.files.channels import secrets
from tracker.problems.chase import BadSecretName, NoKeyStore, NoSecret


@pytest.fixture(autouse=True)
def _no_key_store(monkeypatch):
    """Whatever this machine has, no test touches it."""
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_an_environment_variable_holds_a_secret():
    assert secrets.secret("bangong-sign", environment={"TRACKER_SECRET_BANGONG_SIGN": " x \n"}) == "x"


def test_a_secret_that_nobody_holds_is_named_with_its_variable():
    with pytest.raises(NoSecret, match="TRACKER_SECRET_MAIL"):
        secrets.secret("mail", environment={})


def test_without_a_key_store_nothing_is_kept():
    with pytest.raises(NoKeyStore):
        secrets.keep("mail", "x")


@pytest.mark.parametrize("name", ["", "1", "a b", "a=b", "../x", "https://x"])
def test_a_name_is_plain(name):
    with pytest.raises(BadSecretName):
        secrets.variable_of(name)


class Store:
    """What keyring offers, in memory."""

    def __init__(self):
        self.held = {}

    def set_password(self, service, name, text):
        self.held[service, name] = text

    def get_password(self, service, name):
        return self.held.get((service, name))


def test_the_system_keeps_a_secret(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", Store())

    secrets.keep("mail", "geheim\n")

    assert secrets.secret("mail", environment={}) == "geheim"
