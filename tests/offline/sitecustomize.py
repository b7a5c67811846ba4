"""Loaded by the tests and by every Python process that they start: refuses and records each attempt to reach a network."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

ATTEMPTS = "BREAKHIS_TESTS_SOCKET_ATTEMPTS"
"""The environment variable that names the file in which attempts are recorded."""

_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_CONTACTS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_TRIED_BY_URLLIB3 = ("socket.bind", ("::1", 0))
"""The call with which urllib3, once TensorFlow imports it, checks for IPv6; the call reaches nothing and is allowed."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    contact = event in _CONTACTS and arguments[0].family != getattr(socket, "AF_UNIX", None)
    if event in _LOOKUPS or (contact and (event, arguments[1]) != _TRIED_BY_URLLIB3):
        with Path(os.environ[ATTEMPTS]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {arguments[1:]}\n")
        raise PermissionError(f"the tests run without a network, and something asked for one: {event}")


if ATTEMPTS in os.environ:
    sys.addaudithook(_refuse)
