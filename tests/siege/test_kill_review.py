"""A reviewer's server killed at any moment: no decision that was told is lost, none doubled, whoever else decides."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.vocab import EventType, LinkState, Relation, Role, Verdict
from tracker.models.bulk import BulkAct
from tracker.models.campaign import CampaignMembership
from tracker.models.decision import Decision
from tracker.models.document import DocumentVersion
from tracker.models.link import Link
from tracker.settings import PREFIX, Settings
from tracker.store import migrate
from tracker.store.engine import create_engine, reading, writing
from tracker.workflows import accounts
from tracker.workflows.project import project_all, verify
from tracker.workflows.runtime import Runtime

PROGRAM = (sys.executable, "-c", "from tracker.cli import main; main()")
DOCUMENTS, KILLS = 100, 5
# On PostgreSQL, which is ended with nothing of its own, fewer say the same.
DOCUMENTS_THERE, KILLS_THERE = 30, 2
LETTER = "letter-of-the-coalition"
PASSWORD = "a long enough password of ours"
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
# Seconds after a form was sent within which a kill finds the server at work on it.
LONGEST_WORK = 0.06
PATIENCE = 30.0


class _Stay(HTTPRedirectHandler):
    """Tells a redirect instead of following it."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Browser:
    """Somebody who is signed in, or will be: pages and forms over real HTTP, cookies kept whatever the server does."""

    address: str
    email: str
    jar: CookieJar = field(default_factory=CookieJar)

    @property
    def _opener(self) -> OpenerDirector:
        return build_opener(HTTPCookieProcessor(self.jar), _Stay())

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form; return the status and the page, or where the redirect leads."""
        try:
            with self._opener.open(self.address + path, urlencode(fields).encode(), timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.headers.get("Location") or refused.read().decode()

    def form(self, path: str) -> dict[str, str]:
        """Return the hidden fields of a page's forms."""
        return {name: unescape(value) for name, value in FIELD.findall(self.get(path))}

    def sign_in(self) -> None:
        fields = {**self.form("/sign-in"), "email": self.email, "password": PASSWORD}
        status, where = self.post("/sign-in", fields)
        assert status == 303, where


@dataclass
class Site:
    """An installation with a queue to review, served by the real program."""

    folder: Path
    database: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        chosen = {"data_dir": self.folder, "database_url": self.database, "port": self.port, "host": "127.0.0.1"}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*PROGRAM, "web"],
                env=plain | {PREFIX + name.upper(): str(value) for name, value in chosen.items()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if self.process.poll() is not None:
                break
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail((self.folder / "server.log").read_text())

    def kill(self) -> None:
        """End the server as a cut of its power would."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # the other thread was faster
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def runtime(self) -> Runtime:
        return Runtime(Settings(data_dir=self.folder, database_url=self.database), create_engine(self.database))


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    found = Site(tmp_path, database_url, port)
    runtime = found.runtime()
    migrate.upgrade(runtime.engine)
    for name in ("Ann", "Bob"):
        accounts.add(runtime, f"{name.lower()}@example.org", name, Role.EDITOR, PASSWORD)
    _fill(runtime)
    runtime.engine.dispose()
    found.start()
    yield found
    found.kill()


def _fill(runtime: Runtime) -> None:
    with writing(runtime.engine) as session:
        campaign = make.campaign(session)
        letter = make.letter(session, LETTER, sent="2019-02-01", title="Letter of the coalition")
        session.add(CampaignMembership(campaign_id=campaign.id, object_id=letter.id))
        for number in range(DOCUMENTS):
            document = make.document(session, f"Story {number}", url=f"https://example.org/{number}")
            document.event_type, document.event_type_score = EventType.COMMENTARY, 0.7
            session.add(
                DocumentVersion(document_id=document.id, number=1, title=document.title, html="", text="It says so.",
                                content_hash=str(number), seen_at=make.NOW)
            )  # fmt: skip
            row = make.link(session, document, letter.id, relation=Relation.REPORTS_ON, state=LinkState.SUGGESTED)
            row.made_by, row.score = "rule:score", 0.92
        project_all(session, clock=lambda: make.NOW)


def decisions(site: Site) -> dict[int, list[tuple[Verdict, str]]]:
    """Return what was said of each document, in the order in which it was; links and timeline must be as it says."""
    runtime = site.runtime()
    found: dict[int, list[tuple[Verdict, str]]] = {}
    with reading(runtime.engine) as session:
        for row in session.exec(select(Decision).order_by(Decision.id)):
            found.setdefault(row.document_id, []).append((row.verdict, row.decided_by))
        for link in session.exec(select(Link)):
            said = found.get(link.document_id)
            stands = {Verdict.ACCEPT: LinkState.CONFIRMED, Verdict.REJECT: LinkState.REJECTED}
            assert link.state is (stands[said[-1][0]] if said else LinkState.SUGGESTED)
    assert verify(runtime).difference.touched == 0, "the timeline is not what the decisions make it"
    runtime.engine.dispose()
    return found


def _verdict(document: int) -> Verdict:
    return Verdict.REJECT if document % 3 == 0 else Verdict.ACCEPT


def _decide(browser: Browser, document: int) -> int:
    """Open an entry and decide on it; return the status, 0 where it was decided on already."""
    fields = browser.form(f"/review/{document}")
    if "shown" not in fields:
        return 0
    fields["say"] = f"{_verdict(document).value}:{LETTER}"
    status, _ = browser.post(f"/review/{document}", fields)
    return status


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [20261125])
def test_a_hundred_decisions_outlive_a_server_killed_again_and_again(site, seed):
    chance = random.Random(seed)
    ann = Browser(site.address, "ann@example.org")
    ann.sign_in()
    there = site.database.startswith("postgresql")
    number, kills = (DOCUMENTS_THERE, KILLS_THERE) if there else (DOCUMENTS, KILLS)
    fatal = set(chance.sample(range(5, number), kills))
    told: dict[int, Verdict] = {}
    cut_off, found_done = [], []
    for document in range(1, number + 1):
        if document in fatal:
            threading.Timer(chance.uniform(0.0, LONGEST_WORK), site.kill).start()
        for _ in range(3):
            try:
                status = _decide(ann, document)
            except OSError:  # nobody knows whether it was kept: the server is started again and the entry opened again
                cut_off.append(document)
                site.kill()
                site.start()
                continue
            if status == 303:
                told[document] = _verdict(document)
            else:
                assert status == 0, status
                found_done.append(document)
            break
    assert len(cut_off) >= kills - 1, "the server was hardly ever killed while it was asked"
    assert set(found_done) <= set(cut_off), "an entry was decided on by nobody"
    found = decisions(site)
    assert found == {document: [(_verdict(document), "Ann")] for document in range(1, number + 1)}
    assert all(found[document] == [(verdict, "Ann")] for document, verdict in told.items())
    assert told.keys() | set(found_done) == found.keys()


@pytest.mark.timeout(120)
def test_of_two_who_decide_the_same_entries_at_once_one_decides_and_the_other_is_told(site):
    names = {"Ann": Verdict.ACCEPT, "Bob": Verdict.REJECT}
    browsers = {name: Browser(site.address, f"{name.lower()}@example.org") for name in names}
    for browser in browsers.values():
        browser.sign_in()
    won: dict[int, list[tuple[Verdict, str]]] = {}
    with ThreadPoolExecutor(2) as both:
        for document in range(1, 9):
            forms = {name: browser.form(f"/review/{document}") for name, browser in browsers.items()}
            answers = dict(zip(names, both.map(
                lambda name, forms=forms, document=document: browsers[name].post(
                    f"/review/{document}", {**forms[name], "say": f"{names[name].value}:{LETTER}"}
                ), names), strict=True))  # fmt: skip
            [first] = [name for name, (status, _) in answers.items() if status == 303]
            [second] = names.keys() - {first}
            status, page = answers[second]
            assert status == 409
            done = "accepted" if names[first] is Verdict.ACCEPT else "rejected"
            assert f"{first} {done} “reports on Letter of the coalition”" in page
            assert "Nothing was decided; what stands is shown." in page
            won[document] = [(names[first], first)]
    assert decisions(site) == won


@pytest.mark.timeout(120)
def test_an_acceptance_of_all_goes_on_where_a_killed_server_left_it(site):
    ann = Browser(site.address, "ann@example.org")
    ann.sign_in()
    choice = "/review/bulk?rule=rule:score&from=0.90"
    fields = {**ann.form(choice), "count": str(DOCUMENTS)}
    timer = threading.Timer(0.4, site.kill)
    timer.start()
    with pytest.raises(OSError, match=r".*"):
        ann.post(choice, fields)
    timer.join()
    begun = decisions(site)
    runtime = site.runtime()
    with reading(runtime.engine) as session:
        acts = [row.id for row in session.exec(select(BulkAct))]
    runtime.engine.dispose()
    assert len(begun) < DOCUMENTS, "the server was not killed while it worked"
    site.start()
    if acts:
        address = f"/review/bulk/{acts[0]}"
        while "still to be decided" in ann.get(address):
            assert ann.post(f"{address}/go-on", ann.form(address))[0] == 303
    else:  # it was killed before the act was begun: nothing was decided, and the form is sent again
        assert begun == {}
        assert ann.post(choice, fields)[0] == 303
    assert decisions(site) == {number: [(Verdict.ACCEPT, "Ann")] for number in range(1, DOCUMENTS + 1)}
