"""Pages that everybody can use: WCAG 2.2 AA, as far as a program can tell."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def assert_accessible(page: Page) -> None:
    """Fail with each rule that the page breaks, and where."""
    page.evaluate(_axe())  # through the debugger: the page's own policy lets no script in
    found = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})"
        ".then(result => result.violations)",
        RULES,
    )
    told = [
        f"{fault['id']}: {fault['help']}: {node['html']}"
        for fault in found
        for node in fault["nodes"]
    ]
    assert not told, f"{page.url} is not accessible:\n" + "\n".join(told)


@cache
def _axe() -> str:
    return AXE.read_text()
