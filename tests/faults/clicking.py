"""People clicking at the same time: `python -m tests.faults.clicking PORT THREADS TIMES`.

Reads clicks as JSON (`tests.faults.people`), makes each `TIMES` times, again and again until it is
answered by anything but an error, and writes every answer as a line of JSON.
"""

import http.client
import json
import sys
import threading
import time
from html.parser import HTMLParser
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlencode

HOST = "127.0.0.1"
TOKEN = "t" * 32  # the cookie and the form hold the same: that is all Django asks for
SECONDS = 300
written = threading.Lock()


class Fields(HTMLParser):
    """What the form with an address holds, as a browser would send it."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.held: list[tuple[str, str]] = []
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("action") == self.action
        if not self.inside:
            return
        name = given.get("name", "")
        if tag == "input" and name and (is_chosen(given)):
            self.held.append((name, given.get("value", "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.held.append((self.select, given["value"]))
        elif tag == "textarea":
            self.textarea = name
            self.held.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.textarea and self.inside:
            self.held[-1] = (self.textarea, self.held[-1][1] + data.lstrip("\n"))


def is_chosen(given: dict[str, str]) -> bool:
    """Whether a browser would send an input: boxes only when they are checked."""
    return given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given


def asked(
    port: int, session: str, path: str, fields: list[tuple[str, str]] | None = None
) -> tuple[int, str, str]:
    """One request: status, where it leads, and the page."""
    headers = {"Cookie": f"smertecenter_session={session}; smertecenter_csrf={TOKEN}"}
    body = None
    if fields is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode([*without_token(fields), ("csrfmiddlewaretoken", TOKEN)])
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, "", ""
    finally:
        connection.close()


def without_token(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def made(port: int, click: dict[str, str]) -> tuple[int, str]:
    """Make one click: on a button, or on that of a form that is opened first."""
    session = click["session"]
    if "path" in click:
        return asked(port, session, click["path"], [])[:2]
    status, location, page = asked(port, session, click["form"])
    if status != http.HTTPStatus.OK:
        return status, location
    form = Fields(click["form"])
    form.feed(page)
    return asked(port, session, click["form"], form.held)[:2]


def is_error(status: int) -> bool:
    return status == 0 or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR


def click_on(port: int, clicks: "Queue[dict[str, Any]]", gate: threading.Barrier) -> None:
    """Make clicks until none is left."""
    gate.wait()
    while True:
        try:
            click = clicks.get_nowait()
        except Empty:
            return
        tries, status, location = 0, 0, ""
        while is_error(status):
            time.sleep(0.1 if tries else 0)
            tries, (status, location) = tries + 1, made(port, click)
        say({**click, "status": status, "location": location, "tries": tries})


def say(answer: dict[str, Any]) -> None:
    with written:
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    port, threads, times = map(int, sys.argv[1:])
    clicks: Queue[dict[str, Any]] = Queue()
    for click in json.load(sys.stdin):
        for _ in range(times):
            clicks.put(click)
    gate = threading.Barrier(threads)
    for _ in range(threads):
        threading.Thread(target=click_on, args=(port, clicks, gate)).start()


if __name__ == "__main__":
    main()
