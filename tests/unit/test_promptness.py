"""That the server's connections send at once, however their listening socket was made."""

from __future__ import annotations

import gc
import os
import socket
import weakref

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


def test_what_is_loaded_is_not_searched_for_garbage_while_the_server_runs() -> None:
    before = gc.get_freeze_count()
    with promptness.unsearched():
        assert gc.get_freeze_count() > before
        ring: list[object] = []
        ring.append(ring)
        gone = weakref.ref(Held(ring))
        del ring
        gc.collect()
        assert gone() is None  # what is made later still is
    assert gc.get_freeze_count() == 0


class Held:
    """In a ring of its own, which counting references alone never frees."""

    def __init__(self, ring: list[object]) -> None:
        self.ring = ring
        ring.append(self)
