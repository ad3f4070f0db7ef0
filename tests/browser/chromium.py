"""A Chromium for the browser tests: the machine's own, else the one that npm's package carries.

The package holds the browser compressed, with the libraries that a bare machine lacks. `make test`
unpacks it once: `python -m tests.browser.chromium FOLDER NODE`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

BASE = Path(__file__).resolve().parent.parent.parent
UNPACKED = BASE / "var/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACK = "import c from '@sparticuz/chromium'; await c.executablePath()"


def on_this_machine() -> str | None:
    """The path of a browser that needs no unpacking: CHROMIUM, or one of the usual names."""
    paths = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name)
    return next((path for path in paths if path), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    own = on_this_machine()
    if own is not None:
        return playwright.chromium.launch(executable_path=own)
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "LD_LIBRARY_PATH": str(UNPACKED / "al2023/lib"),
        "FONTCONFIG_PATH": str(UNPACKED / "fonts"),
    }
    return playwright.chromium.launch(executable_path=UNPACKED / "chromium", env=environment)


def unpack(folder: Path, node: Path) -> None:
    """Unpack the package's browser, libraries and fonts into `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # The package unpacks into TMPDIR, and its libraries only where it sees this runtime.
    places = {"TMPDIR": str(folder.resolve()), "AWS_LAMBDA_JS_RUNTIME": "nodejs24.x"}
    command = [str(node.resolve()), "--input-type=module", "--eval", UNPACK]
    subprocess.run(command, check=True, cwd=BASE, env={**os.environ, **places})


if __name__ == "__main__":
    if on_this_machine() is None:
        unpack(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
