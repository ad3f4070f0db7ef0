"""A page as its elements, for tests that ask what refers to what."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    @property
    def ids(self) -> list[str]:
        return [found for found in self.values("id") if found]

    def values(self, attribute: str) -> list[str]:
        """The attribute's values, wherever it stands."""
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]

    def named(self, name: str) -> dict[str, str | None]:
        """The attributes of the first form control of that name."""
        return next(attrs for _, attrs in self.elements if attrs.get("name") == name)

    def referred(self) -> set[str]:
        """All ids the page refers to: by link, label, description and label of a region."""
        links = {link[1:] for link in self.values("href") if link.startswith("#") and link[1:]}
        named = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
        return links | {
            one for name in named for value in self.values(name) for one in value.split()
        }
