"""The language of a page: catalogues of messages, which one a request gets, and how dates and numbers are written.

The messages are English, so English needs no catalogue. Templates say them with Jinja's own extension
(`{% trans %}`, `_()`); what stands in Python says `gettext`, or `later` where it is said at another time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, has_request_context, request

from tracker.domain.errors import ConfigError
from tracker.settings import PROJECT

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = PROJECT / "translations"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (BCP 47), its messages, and how it writes dates and numbers; None for English as ours."""

    code: str
    messages: NullTranslations
    locale: "Locale | None" = None


_OURS = Language(ENGLISH, NullTranslations())


def register(app: Flask, codes: Iterable[str], catalogues: Path = CATALOGUES) -> None:
    """Give the pages these languages, the first one where a reader asks for none of them.

    Raises ConfigError for a language without a catalogue.
    """
    languages = {code: _language(code, catalogues) for code in codes}
    app.extensions["languages"] = languages
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["language"] = lambda: current().code
    if len(languages) > 1:
        app.after_request(_varies)


def current() -> Language:
    """Return the language of this request; English outside of one."""
    if not has_request_context():
        return _OURS
    if "language" not in g:
        g.language = _chosen(current_app.extensions["languages"])
    found: Language = g.language
    return found


def gettext(message: str) -> str:
    """Return a message in the language of this request."""
    return current().messages.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return a message that counts something in the language of this request, in the form for so many."""
    return current().messages.ngettext(one, many, count)


def later(message: str) -> str:
    """Return a message as it is, and have it gathered: what stands in a table is said by `gettext` when it is shown."""
    return message


def day(value: date) -> str:
    """Return "24 May 2018", or how the language writes it."""
    if (locale := current().locale) is None:
        return f"{value.day} {value:%B} {value.year}"
    from babel.dates import format_date  # noqa: PLC0415 - 20 ms that English does not need

    return format_date(value, "long", locale)


def month(value: date) -> str:
    """Return "May 2018", or how the language writes it."""
    if (locale := current().locale) is None:
        return f"{value:%B} {value.year}"
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    return format_skeleton("yMMMM", value, locale=locale)


def number(value: int) -> str:
    """Return a whole number with thousands set apart, as the language does."""
    if (locale := current().locale) is None:
        return f"{value:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - as above

    return format_decimal(value, locale=locale)


def _chosen(languages: Mapping[str, Language]) -> Language:
    codes = list(languages)
    wanted = request.accept_languages.best_match(codes) if len(codes) > 1 else None
    return languages[wanted or codes[0]]


def _varies(response: Response) -> Response:
    """Tell caches that whatever says something, a page or a picture with a date, is another one for other readers."""
    if "language" in g:
        response.vary.add("Accept-Language")
    return response


@cache
def _language(code: str, catalogues: Path) -> Language:
    if code == ENGLISH:
        return _OURS
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - as above
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - as above
    from babel.support import Translations  # noqa: PLC0415 - as above

    path = catalogues / f"{code}.po"
    known = ", ".join(sorted({ENGLISH, *(found.stem for found in catalogues.glob("*.po"))}))
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ConfigError(f"reading the setting languages: “{code}” is no language; there are: {known}") from error
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale, abort_invalid=True)
    except OSError as error:
        raise ConfigError(f"reading the setting languages: there is no {path.name}; there are: {known}") from error
    except (PoFileError, UnicodeDecodeError) as error:
        raise ConfigError(f"reading {path.name}: {error}; mend that line") from error
    for message, faults in catalogue.check():
        # A value left out or misspelt would otherwise break the page that says it.
        raise ConfigError(f"reading {path.name}: the translation of “{message.id}”: {faults[0]}; mend it")
    packed = BytesIO()
    write_mo(packed, catalogue)
    packed.seek(0)
    return Language(code, Translations(packed), locale)
