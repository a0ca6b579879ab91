"""An archive filled with what makes pages wide: contracts, companies, funds, comparisons, and words without an end.

What the small archive of `scenario` has little or nothing of. Pages of it are only looked at, by validators.
"""

from sqlmodel import Session, select

from tests import factories as make
from tests.web import comparisons_scenario, long_campaign, parties_scenario
from tests.web.scenario import NOW
from tracker.domain.corrections import CorrectionKind
from tracker.domain.vocab import FundDecision, Lane, ResolutionCode
from tracker.models.base import CampaignObject
from tracker.models.correction import Correction
from tracker.store import search
from tracker.store.engine import writing
from tracker.workflows.project import rebuild
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.runtime import Runtime

CAMPAIGN, COMPANY, AGENCY = "without-end", "longest", "longest-office"
RESOLUTION, LETTER, CONTRACT = "longest-resolution", "longest-letter", "longest-contract"
ROWS = 12
# A word that no line holds, and a title as long as a title may be, with signs of other scripts and of markup.
WORD = "Gesichtserkennungsverfahrenszulassungsverordnungsentwurf" * 3
TITLE = f"A <b>title</b> & “more”: {WORD} — تقرير عن التعرف على الوجوه 顔認識に関する報告 " + "and so on, " * 20
MONEY = 123_456_789_012
PAGES = {
    "front": "/",
    "timeline": f"/campaigns/{CAMPAIGN}/timeline",
    "timeline of another": "/campaigns/lumen-eye-police/timeline?order=oldest",
    "resolutions": "/resolutions",
    "resolution": f"/resolutions/{RESOLUTION}",
    "resolution over years": "/resolutions/study-2024",
    "resolution with every source": "/resolutions/study-2019",
    "fund votes": f"/resolutions/{RESOLUTION}/funds",
    "fund votes, none": "/resolutions/unknown-2026/funds",
    "text changes": "/resolutions/study-2024/changes",
    "letters": "/letters",
    "letter": f"/letters/{LETTER}",
    "letter to three": "/letters/to-three",
    "contracts": "/contracts",
    "contracts of a vendor": "/contracts?vendor=lumen",
    "contract": f"/contracts/{CONTRACT}",
    "contract with every part": "/contracts/lumen-harbour",
    "companies": "/companies",
    "company": f"/companies/{COMPANY}",
    "company with every part": "/companies/lumen",
    "organisations": "/organizations",
    "agency": f"/organizations/{AGENCY}",
    "agency with contracts": "/organizations/border-office",
    "compare answers": "/compare/answers",
    "compared answers": "/compare/answers/to-three",
    "compare support": "/compare/support",
    "compare statements": "/compare/statements",
    "calendar": "/calendar",
    "search": "/search?q=longest",
    "search for a word without an end": f"/search?q={WORD}",
    "document": "/documents/1",
    "corrections": "/corrections",
    "correction": "/corrections/1",
}
WITHDRAWN = "/contracts/lumen-hidden"


def fill(runtime: Runtime) -> None:
    """Write everything and project the timelines."""
    with writing(runtime.engine) as session:
        parties_scenario.fill(session, contracts=ROWS, companies=ROWS)
        comparisons_scenario.fill(session)
        company = make.organization(session, "amazon", name="Amazon.com, Inc.")
        long_campaign.resolutions(session, company, make.campaign(session, targets=[company]))
        _without_end(session)
        _corrected(session)
    rebuild(runtime)
    publish_calendar(runtime)


def _corrected(session: Session) -> None:
    changed = session.exec(select(CampaignObject).where(CampaignObject.slug == RESOLUTION)).one()
    make.add(session, Correction(
        object_id=changed.id, kind=CorrectionKind.CORRECTED, part="resolution", field="title", before=TITLE[:500],
        after=WORD, url=f"https://sec.example/{WORD}", why=TITLE, made_by=WORD[:120], made_at=NOW,
    ))  # fmt: skip


def _without_end(session: Session) -> None:
    company = make.organization(session, COMPANY, name=f"Longest {WORD} Holdings")
    agency = make.organization(session, AGENCY, name=f"Office of the longest {WORD}", lane=Lane.REGULATORS)
    filer = make.organization(session, "longest-filer", name=f"Trust for {WORD}", lane=Lane.INVESTORS)
    campaign = make.campaign(session, CAMPAIGN, title=TITLE[:300], targets=[company], asks=[TITLE, WORD])
    parties_scenario.contract(
        session, CONTRACT, vendor=company, agency=agency, title=TITLE[:500], award_id=WORD[:60], amount_value=MONEY,
        amount_ceiling=MONEY * 9, amount_note=WORD, starts_on="2019-03", campaign=campaign, how_ended=WORD,
    )  # fmt: skip
    resolution = make.resolution(
        session, RESOLUTION, company=company, title=TITLE[:500], lead=filer, co_filers=[agency], ask=WORD,
        family=make.family(session, company, "longest-family"), resolved_clause=f"RESOLVED: {TITLE}", campaign=campaign,
        statuses=[(ResolutionCode.FILED, "2018-12"), (ResolutionCode.VOTED_FINAL, "2019-05-22")],
    )  # fmt: skip
    met = make.meeting(session, "longest-meeting", company=company, title=TITLE[:500], campaign=campaign)
    item = make.ballot_item(session, met, resolution, number="4(b)")
    make.count(session, item, MONEY, MONEY * 2, votes_abstain=MONEY, broker_non_votes=MONEY)
    for number, decision in enumerate(FundDecision):
        make.fund_vote(
            session, item, f"Fund {number} of {WORD}", decision, manager=f"Manager {number % 2} {WORD}"[:120]
        )
    make.evidence(session, resolution.id or 0, "votes_for", str(MONEY), url=f"https://news.example/{WORD}")
    letter = make.letter(
        session, LETTER, sent="2026-11-02", respond_by="2026-12-01", senders=[filer, agency], recipients=[company],
        title=TITLE[:500], summary=TITLE, questions=[TITLE, WORD], campaign=campaign,
    )  # fmt: skip
    document = make.document(
        session,
        TITLE[:500],
        url=f"https://news.example/{WORD}/longest",
        published=str(NOW.date()),
        publisher=WORD[:100],
    )
    make.link(session, document, letter.id or 0, why=TITLE)
    search.add(session, [search.Words(document.id, document.title, f"The longest text. {TITLE}")])
