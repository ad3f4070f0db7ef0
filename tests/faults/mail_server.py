"""A mail server that takes messages and then behaves badly: real SMTP, on a port of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.faults.centre import HOST, free_port

ANSWER = "250 OK"


@dataclass
class Mailbox:
    """What a mail server took, and what it does afterwards instead of answering."""

    behaviour: str = ANSWER
    taken: list[str] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message; then answer, hang up, or say nothing for a minute."""
        assert isinstance(envelope.content, bytes)
        self.taken.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        if self.behaviour == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif self.behaviour == "say nothing":
            await asyncio.sleep(60)
        return ANSWER


@contextmanager
def a_mail_server(behaviour: str) -> Iterator[tuple[Mailbox, int]]:
    """A server at work, and its port."""
    mailbox, port = Mailbox(behaviour), free_port()
    controller = Controller(mailbox, hostname=HOST, port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()
