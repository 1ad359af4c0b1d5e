"""That the server's connections send at once, however their listening socket was made."""

from __future__ import annotations

import os
import socket

from api import promptness


def at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_connections_inherit_what_the_listening_socket_was_told() -> None:
    with socket.socket() as listening:  # made as Streamlit makes it
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()):
            before, _ = listening.accept()
        promptness.hurry()
        with socket.create_connection(listening.getsockname()):
            after, _ = listening.accept()
        with before, after:
            assert (at_once(before), at_once(after)) == (False, True)


def test_files_and_other_sockets_are_left_alone() -> None:
    left, right = socket.socketpair()
    with left, right, open(os.devnull) as file, socket.socket() as quiet:  # noqa: PTH123
        promptness.hurry()
        assert not at_once(quiet)
        assert file.read() == ""
        left.send(b"still open")
        assert right.recv(20) == b"still open"
