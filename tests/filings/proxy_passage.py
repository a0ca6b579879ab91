"""Passages of invented proxy statements in the manner of companies that differ, each with what a reader must find.

They were written after the reader and read once before any rule was mended for them; docs/accuracy.md says how it went.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Passage:
    """A document and, for each proposal: item, title, proponents, representative, first and last words of the clause,
    recommendation, first words of the board's statement.
    """

    name: str
    body: str
    found: tuple[dict[str, object], ...] = field(default=())


def wanted(
    item: str,
    title: str,
    proponents: tuple[str, ...] | None,
    resolved: tuple[str, str],
    board: str,
    *,
    representative: str | None = None,
    recommendation: str = "against",
) -> dict[str, object]:
    """What must be read of one proposal; `resolved` are the first and the last words of the clause."""
    return {
        "item": item,
        "title": title,
        "proponents": proponents,
        "representative": representative,
        "starts": resolved[0],
        "ends": resolved[1],
        "recommendation": recommendation,
        "board": board,
    }


def page(*blocks: str) -> str:
    """Paragraphs as HTML; one that begins with # is bold."""
    return (
        "<html><body>"
        + "".join(
            f"<p><b>{block[1:].strip()}</b></p>" if block.startswith("#") else f"<p>{block}</p>" for block in blocks
        )
        + "</body></html>"
    )


NOTICE = (
    "Notice of Annual Meeting of Shareholders",
    "The annual meeting of shareholders of Example Corp. will be held on May 14, 2024. You may vote by proxy.",
)
