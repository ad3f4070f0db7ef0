"""E-mail by SMTP, in steps: what goes wrong before the content was sent did not leave the house.

A mail server that has been given the content and does not answer may have taken it (RFC 5321,
section 4.2.5 and 4.5.3.2.6): then nobody can tell, and a person decides.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from smtplib import SMTP, SMTPException, SMTPResponseException
from typing import Final

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from correspondence.parcels import MayHaveLeft, NotDelivered, Parcel

# RFC 5321, section 4.2.1: 2xx is yes, 3xx go on, 4xx not now, 5xx never.
GO_ON: Final = 354
REFUSED: Final = 400
PERMANENT: Final = 500


def to_smtp(parcel: Parcel) -> None:
    """Send an e-mail. Raises NotDelivered, or MayHaveLeft once the content was on its way."""
    with _server() as server:
        _ask(server, parcel.message.address)
        _hand_over(server, parcel.content)


@contextmanager
def _server() -> Iterator[SMTP]:
    """A connection, signed in; closed whatever happens, which changes nothing any more."""
    backend = EmailBackend()
    try:
        try:
            backend.open()
        except SMTPResponseException as error:
            raise _no(error.smtp_code) from None
        except (OSError, SMTPException):
            raise NotDelivered(_("Mailserveren svarer ikke.")) from None
        assert backend.connection
        yield backend.connection
    finally:
        with suppress(OSError, SMTPException):
            backend.close()


def _ask(server: SMTP, address: str) -> None:
    """Name sender and receiver, and ask to go on: until then, the server has nothing."""
    try:
        server.ehlo_or_helo_if_needed()
        _check(server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])[0])
        receiver, _reply = server.rcpt(address)
        if receiver >= REFUSED:
            why = _("Mailserveren afviste adressen (%(code)s).") % {"code": receiver}
            raise NotDelivered(why, for_good=receiver >= PERMANENT)
        go_on, _reply = server.docmd("DATA")
    except (OSError, SMTPException):
        raise NotDelivered(_("Mailserveren svarer ikke.")) from None
    if go_on != GO_ON:
        raise _no(go_on)


def _hand_over(server: SMTP, content: bytes) -> None:
    """Send the content; a clear no is a no, silence is a doubt."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content.rstrip(b"\r\n"))
    quoted = re.sub(rb"(?m)^\.", b"..", lines)
    try:
        server.send(quoted + b"\r\n.\r\n")
        code, _reply = server.getreply()
    except (OSError, SMTPException):
        raise MayHaveLeft(
            _("Mailserveren svarede ikke, efter at den havde fået e-mailen.")
        ) from None
    _check(code, for_good=code >= PERMANENT)


def _check(code: int, *, for_good: bool = False) -> None:
    if code >= REFUSED:
        raise _no(code, for_good=for_good)


def _no(code: int, *, for_good: bool = False) -> NotDelivered:
    why = _("Mailserveren svarede %(code)s.") % {"code": code}
    return NotDelivered(why, for_good=for_good)
