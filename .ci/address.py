"""Says where the server will answer, or that its port is taken."""

from __future__ import annotations

import socket
import sys


def own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "本机IP"
        return str(probe.getsockname()[0])


def taken(address: str, port: int) -> bool:
    """Whether another program listens there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return True
    return False


def main(address: str, port: int) -> None:
    """Prints the address; leaves with a sentence if the port is taken."""
    if taken(address, port):
        sys.exit(f"端口 {port} 已被别的程序占用，请换一个：make run PORT={port + 1}")
    everywhere = address == "0.0.0.0"  # noqa: S104
    print(f"\n打开 http://{'localhost' if everywhere else address}:{port}  （按 Ctrl+C 停止）")
    if everywhere:
        print(f"同一网络的手机和电脑：http://{own_address()}:{port}")


main(sys.argv[1], int(sys.argv[2]))
