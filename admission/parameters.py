"""A version's parameters one by one: what a draft changes, a form shows and a difference names."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

Content = Mapping[str, Any]

LANGUAGES: Final = ("da", "en")
CRITERION_WORDS: Final = ("name", "sentence", "consequence", "source")
TRACK_WORDS: Final = ("sentence", "source")


class Place(NamedTuple):
    """Where a parameter stands: of which criterion or track, and which one.

    `detail` is the language of a text, and of "asks" the criterion that the track asks or spares.
    """

    part: str
    code: str
    what: str
    detail: str = ""

    @property
    def field(self) -> str:
        """The parameter's name in a form."""
        return "-".join(filter(None, self))


Parameters = Mapping[Place, Any]


def codes(content: Content) -> list[str]:
    """The codes of the criteria, in the version's order."""
    return [written["code"] for written in content["criteria"]]


def parameters(content: Content) -> dict[Place, Any]:
    """Every parameter of a version, in the version's order; "asks" is True or False."""
    found: dict[Place, Any] = {}
    for written in content["criteria"]:
        found.update(_values("criteria", written["code"], written, CRITERION_WORDS))
    for written in content["tracks"]:
        found.update(_values("tracks", written["track"], written, TRACK_WORDS))
        found.update(_asks(written, codes(content)))
    return found


def _values(
    part: str, code: str, written: Content, words: Collection[str]
) -> Iterator[tuple[Place, Any]]:
    for what in ("limit", "destination"):
        if what in written:
            yield Place(part, code, what), written[what]
    for what in words:
        for language in LANGUAGES:
            yield Place(part, code, what, language), written[what][language]


def _asks(written: Content, known: Collection[str]) -> Iterator[tuple[Place, bool]]:
    for code in known:
        yield Place("tracks", written["track"], "asks", code), code not in written["spares"]


def content_of(values: Parameters, like: Content) -> dict[str, Any]:
    """The content with these parameters, criteria and tracks in the order of `like`."""
    return {
        "criteria": [
            {"code": written["code"], **_written("criteria", written["code"], written, values)}
            for written in like["criteria"]
        ],
        "tracks": [
            {
                "track": written["track"],
                **_written("tracks", written["track"], written, values),
                "spares": _spares(written["track"], codes(like), values),
            }
            for written in like["tracks"]
        ],
    }


def _written(part: str, code: str, like: Content, values: Parameters) -> dict[str, Any]:
    plain = {
        what: values[Place(part, code, what)] for what in ("limit", "destination") if what in like
    }
    words = {
        what: {language: values[Place(part, code, what, language)] for language in LANGUAGES}
        for what in (CRITERION_WORDS if part == "criteria" else TRACK_WORDS)
    }
    return plain | words


def _spares(track: str, known: Collection[str], values: Parameters) -> list[str]:
    return [code for code in known if not values[Place("tracks", track, "asks", code)]]


def same_shape(given: Any, like: Any) -> bool:
    """Whether it holds the same criteria and tracks in the same order, each parameter of its kind.

    For anything at all; what a track spares may differ, but is of criteria that exist.
    """
    return _same_kind(given, like) and _same_names(given, like)


def _same_kind(given: Any, like: Any) -> bool:
    if isinstance(like, Mapping):
        return (
            isinstance(given, Mapping)
            and given.keys() == like.keys()
            and all(key == "spares" or _same_kind(given[key], like[key]) for key in like)
        )
    if isinstance(like, list):
        return (
            isinstance(given, list)
            and len(given) == len(like)
            and all(map(_same_kind, given, like))
        )
    return type(given) is type(like)


def _same_names(given: Content, like: Content) -> bool:
    known = codes(like)
    return (
        codes(given) == known
        and [each["track"] for each in given["tracks"]]
        == [each["track"] for each in like["tracks"]]
        and all(
            isinstance(each["spares"], list) and all(code in known for code in each["spares"])
            for each in given["tracks"]
        )
    )
