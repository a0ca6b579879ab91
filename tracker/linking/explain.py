"""One plain sentence from reasons, the same on pages, in exports and on the command line."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.additive import BIAS
from tracker.domain.reasons import Reason

_SHOWN = 3
_LEAST = 0.2  # points below which a reason is not worth a reader's time


def explain(reasons: Sequence[Reason], *, most: int = _SHOWN) -> str:
    """Return the weightiest reasons for, then the weightiest against, as one line of text.

    Only reasons that counted are given; with none, the text says so rather than nothing.
    """
    # A sum over many words says little by itself, so it comes after what can be pointed at.
    counted = (r for r in reasons if abs(r.weight) >= _LEAST and r.code != BIAS)
    weighty = sorted(counted, key=lambda r: (-abs(r.weight), r.code, r.words))
    chosen = list(_told_once(reason for reason in weighty if reason.weight > 0))[:most]
    pro = [reason.sentence for reason in sorted(chosen, key=lambda reason: reason.code == "words")]
    contra = [reason.sentence for reason in weighty if reason.weight < 0][:1]
    if not pro and not contra:
        return "Nothing in it speaks for or against."
    return " ".join([*pro, *(f"Against: {_lowered(sentence)}" for sentence in contra)])


def _told_once(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield reasons but for those whose sentence, or whose words as a cue, another one has already."""
    sentences, said = set[str](), list[str]()
    for reason in reasons:
        words = reason.words.lower() if reason.code in {"cue", "word"} else ""
        if reason.sentence in sentences or (words and any(words in earlier for earlier in said)):
            continue
        sentences.add(reason.sentence)
        said += [words] if words else []
        yield reason


def _lowered(sentence: str) -> str:
    sentence = sentence.removeprefix("Against: ")
    return sentence[:1].lower() + sentence[1:]
