"""Whether readers see a campaign: withdrawn with a reason, brought back. Its objects stay in their other campaigns."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.models.campaign import Campaign
from tracker.store import campaigns
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.project import project_all
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime


def withdraw_campaign(runtime: Runtime, slug: str, *, by: str, reason: str) -> None:
    """Show a campaign no more: its timeline, feeds and issues of the mail. Its addresses say why.

    Raises NotFoundError where there is none, ConflictError where it is withdrawn already, InputError without a reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise InputError(f"withdrawing the campaign {slug!r}: it needs a reason; who comes to its address sees it")
    with _changing(runtime, slug, Cause(by, runtime.clock(), reason)) as campaign:
        if campaign.withdrawn:
            raise ConflictError(f"withdrawing “{campaign.title}”: it is withdrawn already: {campaign.withdrawn_reason}")
        campaign.withdrawn, campaign.withdrawn_reason = True, reason


def bring_back_campaign(runtime: Runtime, slug: str, *, by: str, why: str) -> None:
    """Show a withdrawn campaign again. Raises as `withdraw_campaign` does; ConflictError where it is not withdrawn."""
    why = " ".join(why.split())
    if not why:
        raise InputError(f"bringing back the campaign {slug!r}: say why")
    with _changing(runtime, slug, Cause(by, runtime.clock(), why)) as campaign:
        if not campaign.withdrawn:
            raise ConflictError(f"bringing back “{campaign.title}”: it is not withdrawn")
        campaign.withdrawn, campaign.withdrawn_reason = False, ""


@contextmanager
def _changing(runtime: Runtime, slug: str, cause: Cause) -> Iterator[Campaign]:
    with writing(runtime.engine) as session:
        with recording(session, cause):
            yield _held(session, slug)
        project_all(session, clock=runtime.clock)
        keep_calendars(session, runtime)


def _held(session: Session, slug: str) -> Campaign:
    found = campaigns.held(session, slug)
    if found is None:
        raise NotFoundError(f"looking for the campaign {slug!r}: there is none with that name")
    return found
