"""What an element's tag, attributes and styles say about how its text looks, as far as a reader needs to know."""

import re
from typing import Any, NamedTuple

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"^[a-z0-9]*\.([\w-]+)$", re.IGNORECASE)
_BOLD = re.compile(
    r"font-weight:(?:bold|bolder|[6-9]00)|font:[^;]{0,60}\bbold\b|text-decoration[a-z-]*:[^;]{0,40}underline"
)
_PLAIN = re.compile(r"font-weight:(?:normal|lighter|[1-5]00)")
_ALIGN = re.compile(r"text-align:(\w+)")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
_BEFORE = re.compile(r"(?:page-)?break-before:(?:always|page|left|right)")
_AFTER = re.compile(r"(?:page-)?break-after:(?:always|page|left|right)")
_RAISED = re.compile(r"vertical-align:(?:super|text-top)")

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRONG = frozenset({"b", "strong", "u", "th"}) | HEADINGS


class Look(NamedTuple):
    """What a style says; None where it says nothing."""

    strong: bool | None = None
    centred: bool | None = None
    hidden: bool = False
    break_before: bool = False
    break_after: bool = False
    raised: bool = False


NOTHING = Look()


class Styles:
    """The looks of a document's elements; every style and class is read once."""

    def __init__(self, sheets: str) -> None:
        """Take the simple class rules from the document's own style sheets."""
        self._classes: dict[str, str] = {}
        for selectors, rules in _RULE.findall(sheets):
            for selector in selectors.split(","):
                if named := _SIMPLE.match(selector.strip()):
                    self._classes[named[1]] = f"{self._classes.get(named[1], '')};{rules}"
        self._looks: dict[tuple[str, str, str, str | None], Look] = {}

    def of(self, element: Any, tag: str) -> Look:
        """Return the look of an element."""
        says = element.attrib
        if not says:
            return _TAG_LOOKS.get(tag, NOTHING)
        if "hidden" in says:
            return Look(hidden=True)
        key = (tag, says.get("style") or "", says.get("class") or "", says.get("align"))
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read(*key)
        return look

    def _read(self, tag: str, style: str, classes: str, align: str | None) -> Look:
        whole = ";".join([*(self._classes.get(name, "") for name in classes.split()), style])
        whole = re.sub(r"\s+", "", whole.lower().replace("bold ", "bold;")) if "font:" not in whole else whole.lower()
        own = _TAG_LOOKS.get(tag, NOTHING)
        strong = True if _BOLD.search(whole) else False if _PLAIN.search(whole) else own.strong
        aligned = _ALIGN.findall(whole)
        where = aligned[-1] if aligned else align.strip().lower() if align else None
        return Look(
            strong,
            (where == "center") if where else own.centred,
            bool(_HIDDEN.search(whole)),
            bool(_BEFORE.search(whole)),
            bool(_AFTER.search(whole)),
            own.raised or bool(_RAISED.search(whole)),
        )


_TAG_LOOKS = {
    **{tag: Look(strong=True) for tag in _STRONG},
    "center": Look(centred=True),
    "sup": Look(raised=True),
    "p": NOTHING,
}
