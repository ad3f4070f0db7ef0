"""Providers at the other end of a real connection: a mail server and a gateway, misbehaving."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Mails:
    """A mail server's behaviour, and the mails it took.

    ``answers`` are its replies by the client's verb, "." being the end of the content; an empty one
    hangs up, "silence" says nothing until the client gives up.
    """

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[bytes] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def answer(self, verb: str) -> str:
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}
        return self.answers.get(verb, usual.get(verb, "250 ok"))


@contextmanager
def a_mail_server(**answers: str) -> Iterator[Mails]:
    """A mail server on a port of its own; `end` stands for the end of the content."""
    mails = Mails({{"end": "."}.get(verb, verb): reply for verb, reply in answers.items()})
    talk = type("OfThisServer", (Talk,), {"mails": mails})
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk), mails.over) as mails.port:
        yield mails


class Talk(socketserver.StreamRequestHandler):
    """One client's conversation with the mail server."""

    mails: Mails

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        for line in self.rfile:
            verb = line[:4].decode().strip().upper()
            if not self.say(self.mails.answer(verb)):
                return
            if verb == "DATA" and self.mails.answer(verb).startswith("354"):
                self.take()
                if not self.say(self.mails.answer(".")):
                    return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.mails.taken.append(b"".join(lines))
        self.mails.reached.set()

    def say(self, words: str) -> bool:
        if words == "silence":
            self.mails.over.wait(60)
        elif words:
            self.wfile.write(f"{words}\r\n".encode())
            return True
        return False


@dataclass
class Posts:
    """A gateway's behaviour, and what was posted to it: (path, head, body)."""

    status: int
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def a_gateway(status: int = 202) -> Iterator[Posts]:
    """A gateway that answers with the status; 0 says nothing until the client gives up."""
    posts = Posts(status)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posts.posted.append((self.path, dict(self.headers), body))
            if not posts.status:
                posts.over.wait(60)
                return
            self.send_response(posts.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests' output is for failures."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Answer), posts.over) as port:
        posts.address = f"http://127.0.0.1:{port}/out"
        yield posts


@contextmanager
def serving(server: socketserver.TCPServer, over: threading.Event) -> Iterator[int]:
    """The server at work in a thread of its own; gives its port."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield int(server.socket.getsockname()[1])
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
