"""The folder of an export: written beside its place and renamed when whole, with the hash of every file."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.domain.errors import InputError

SUMS = "SHA256SUMS"


@contextmanager
def taking_its_place(target: Path) -> Iterator[Path]:
    """Give a new folder that becomes `target` when all went well; else nothing is left of it.

    Raises InputError where `target` is neither new, nor empty, nor an earlier export as it was written.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow a link to elsewhere
    _refuse_foreign(target)
    into, before = (target.with_name(f".{target.name}.{word}-{os.getpid()}") for word in ("new", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        into.mkdir()
        yield into
        if target.exists():
            target.rename(before)
        into.rename(target)
    except OSError as error:
        if before.exists() and not target.exists():
            before.rename(target)
        raise InputError(
            f"exporting to {target}: {error.strerror or error}; choose a folder that can be written"
        ) from error
    finally:
        shutil.rmtree(into, ignore_errors=True)
        if target.exists():
            shutil.rmtree(before, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise InputError(f"exporting to {target}: it is a file; name a folder that is new or empty")
    inside = files(target)
    listed = set(read_sums(target)) | {SUMS}
    foreign = [name for name in inside if name not in listed]
    if inside and (SUMS not in inside or foreign):
        raise InputError(
            f"exporting to {target}: it holds {(foreign or inside)[0]}, which is not part of an earlier export; "
            f"name a folder that is new, empty or an earlier export"
        )


def files(folder: Path) -> list[str]:
    """Return the names of all files below a folder, with slashes, in the order of their codes."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def write_sums(folder: Path) -> None:
    """Write the list of all other files with their SHA-256, as `sha256sum -c` reads it."""
    names = [name for name in files(folder) if name != SUMS]
    lines = "".join(f"{_digest(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")


def read_sums(folder: Path) -> dict[str, str]:
    """Return the hash that a copy's list gives for each file; empty without a list."""
    file = folder / SUMS
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: digest for digest, mark, name in (line.partition("  ") for line in lines) if mark}


def broken(folder: Path) -> str | None:
    """Return the first file that is missing or not as the list of hashes has it, or None."""
    for name, digest in read_sums(folder).items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            return name
    return None


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
