"""Text that was decoded wrongly before it reached us: "cafÃ©" is read again as "café".

Only where typical marks stand, and only by undoing the wrong decoding; ftfy's other mends would change what people
wrote. Text without marks costs one search.
"""

import re

REPAIRED = "its characters were decoded wrongly by the publisher and were repaired"
# What the bytes 0x80 to 0xBF of UTF-8 look like in Windows-1252 or Latin-1.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# A first byte and what follows it, as they are met in practice. "SÃO" and "Â" alone are words, and «né»“ has quotes.
_MARKS = re.compile(
    rf"[ÂÃÄÅÆÇÈÉÎÏÐÑÒÓ×ØÙÚ][{_CONTINUATION}]|â[€‚„†‡ˆ‰‹Œ˜™š›œ\x80-\x9f]|ï[¸¬¿»][{_CONTINUATION}]"
    rf"|(?:[à-ìî][{_CONTINUATION}]{{2}}){{2}}|ð[Ÿ\x9f]|[a-zà-ÿ]Ã[\s,.;:<]|вЂ|Р[°-ї]С|Ã\u201a|\ufffd"
)
_FIRST = "ÂÃâ\ufffdÐÑÎÏØÙ×ÅïðàãäåæçèéêëìîáÄÆÇÈÉÒÓÚÍíРв"
_LOST = "\ufffd"
_HOPELESS = 5  # sequences that no language has


def repaired(text: str) -> tuple[str, str | None]:
    """Return the text with wrongly decoded characters put right, and a note on what was found, None for nothing.

    HTML may be passed as well: no repair makes a character below U+0080. Characters that were lost stand as U+FFFD.
    """
    if text.isascii() or not any(mark in text for mark in _FIRST) or not _MARKS.search(text):
        return text, None
    # By line: one that is right must not suffer from one that is not.
    lines = [_mended(line) if _MARKS.search(line) else (line, False) for line in text.split("\n")]
    mended = "\n".join(line for line, _ in lines)
    notes = [REPAIRED] if mended != text else []
    if any(hopeless for _, hopeless in lines):
        notes.append("some characters look as if they were decoded wrongly and could not be repaired")
    if lost := mended.count(_LOST):
        notes.append(f"characters that were lost before it reached us and stand as {_LOST}: {lost}")
    return mended, "; ".join(notes) or None


def _mended(line: str) -> tuple[str, bool]:
    """Return a line as it was meant, or as it is and whether it looks wrong all the same.

    Another reading must leave little that looks wrong: Thai or Korean read as Windows-1252 has a few signs in it that
    look like UTF-8 by chance.
    """
    from ftfy import fix_encoding  # noqa: PLC0415 - most texts never need it
    from ftfy.badness import badness  # noqa: PLC0415

    fixed = fix_encoding(line, fix_c1_controls=False)
    before = badness(line)
    if badness(fixed) * 4 > before or fixed.count(_LOST) > line.count(_LOST) + line.count("ï¿½"):
        return line, before >= _HOPELESS
    return fixed, False
