"""A mail server of a few lines on this machine, which says what a test tells it to say."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# What is answered to a command: words, or HANG_UP to drop the connection without a word.
HANG_UP = ""


class MailServer:
    """Keeps the messages it has accepted; `says(command)` may answer instead of it ("" hangs up, None is as usual)."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.commands: list[str] = []
        self.says: Callable[[str], str | None] = lambda command: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        # Closing alone does not wake the thread that waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            with client, client.makefile("rw", newline="", encoding="utf-8") as talk:
                self._talk(talk)

    def _talk(self, talk) -> None:
        def say(words: str) -> None:
            talk.write(f"{words}\r\n")
            talk.flush()

        say("220 test")
        while line := talk.readline():
            command = line.split()[0].upper()
            self.commands.append(command)
            usual = "354 go on" if command == "DATA" else "221 bye" if command == "QUIT" else "250 ok"
            told = self.says(command)
            if told == HANG_UP:
                return
            say(told or usual)
            if command == "QUIT":
                return
            if command == "DATA" and not told:
                text = "".join(iter(talk.readline, ".\r\n"))
                self.messages.append(text)
                told = self.says("END")
                if told == HANG_UP:
                    return
                if told:
                    self.messages.pop()
                say(told or "250 accepted")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        yield server
    finally:
        server.close()
