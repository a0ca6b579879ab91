"""The digest's sender killed -9 again and again while a real mail server takes its mail: who got what, how often.

`python -m tests.siege.mail` is the long form: 100 kills, 2,000 subscribers.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from tests import factories, mail_server
from tests.mail_server import MailServer
from tests.siege.test_kill import PROGRAM
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import Delivery, Follow, Subscriber
from tracker.settings import PREFIX
from tracker.store import migrate
from tracker.store.engine import create_engine, reading, writing

LEASE_SECONDS = 1


@dataclass(frozen=True)
class Told:
    """What became of it: mails that came by address, addresses under several Message-IDs, and rows by state."""

    came: Counter[str]
    several_ids: tuple[str, ...]
    states: Counter[DeliveryState]
    killed: int


def besiege(database: str, folder: Path, *, people: int, kills: int, seed: int, longest_work: float) -> Told:
    """Let `tracker digest send` be killed at random moments within its work, then let it end; return what came."""
    chance = random.Random(seed)
    _fill(database, people)
    with mail_server.running() as server:
        surroundings = _surroundings(database, folder, server)
        killed = 0
        while killed < kills and len(set(server.recipients)) < people:
            killed += _sent_and_killed(surroundings, server, chance.uniform(0, longest_work))
        for _ in range(4):
            time.sleep(LEASE_SECONDS + 0.1)
            subprocess.run([*PROGRAM, "digest", "send"], env=surroundings, check=True, capture_output=True, timeout=120)
            told = _told(database, server, killed)
            if not told.states[DeliveryState.PENDING]:
                break
        return told


def _fill(database: str, people: int) -> None:
    """An archive with one event in the week that is over, and subscribers to its campaign."""
    engine = create_engine(database)
    migrate.upgrade(engine)
    day = (date.today() - timedelta(days=date.today().weekday() + 4)).isoformat()  # noqa: DTZ011 - the command's own day
    with writing(engine) as session:
        campaign = factories.campaign(session, "faces", title="Face recognition")
        key = factories.spine(session, "statement", "said", title="It was said", campaign=campaign)
        factories.event(session, campaign, key, day, headline="It was said")
        for number in range(people):
            person = Subscriber(
                email=f"reader{number}@domain{number % 7}.example", state=SubscriberState.CONFIRMED,
                token=f"token-{number}", joined_at=factories.NOW, send_hour=0,
            )  # fmt: skip
            session.add(person)
            session.flush()
            session.add(Follow(subscriber_id=person.id or 0, campaign_id=campaign.id))
    engine.dispose()


def _surroundings(database: str, folder: Path, server: MailServer) -> dict[str, str]:
    chosen: dict[str, Any] = {
        "data_dir": folder, "database_url": database, "smtp_host": "127.0.0.1", "smtp_port": server.port,
        "smtp_security": "none", "mail_from": "Whereas <digest@whereas.example>", "digest_hour": 0,
        "mail_lease_seconds": LEASE_SECONDS, "mail_domain_a_minute": 1_000_000,
    }  # fmt: skip
    plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return plain | {PREFIX + name.upper(): str(value) for name, value in chosen.items()}


def _sent_and_killed(surroundings: dict[str, str], server: MailServer, after: float) -> bool:
    """Send, and kill the sender some seconds after its first mail came; return whether it was still at work."""
    before = len(server.messages)
    process = subprocess.Popen([*PROGRAM, "digest", "send"], env=surroundings, stdout=subprocess.DEVNULL)
    while len(server.messages) == before and process.poll() is None:
        time.sleep(0.001)
    time.sleep(after)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    return at_work


def _told(database: str, server: MailServer, killed: int) -> Told:
    ids: dict[str, set[bytes]] = {}
    for _, recipient, raw in server.messages:
        line = next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:"))
        ids.setdefault(recipient, set()).add(line)
    engine = create_engine(database)
    with reading(engine) as session:
        states = Counter(DeliveryState(state) for state in session.exec(select(Delivery.state)))
    engine.dispose()
    several = tuple(sorted(recipient for recipient, found in ids.items() if len(found) > 1))
    return Told(Counter(server.recipients), several, states, killed)


def main() -> int:
    """Besiege, print what came, and return 1 when somebody was skipped or got too many."""
    parser = argparse.ArgumentParser(prog="python -m tests.siege.mail", description="Kill the digest's sender.")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest-work", type=float, default=0.2, metavar="SECONDS", help="before a kill")
    parser.add_argument("--database", default="", help="an empty database; a SQLite file unless set")
    chosen = parser.parse_args()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        database = chosen.database or f"sqlite:///{Path(folder) / 'whereas.db'}"
        told = besiege(
            database, Path(folder), people=chosen.people, kills=chosen.kills, seed=chosen.seed,
            longest_work=chosen.longest_work,
        )  # fmt: skip
    repeats = sum(told.came.values()) - len(told.came)
    missing = chosen.people - len(told.came)
    sys.stdout.write(
        f"{told.killed} kills, {len(told.came)} of {chosen.people} people got their mail, {repeats} repeats "
        f"(at most {max(told.came.values())} to one), {len(told.several_ids)} under another Message-ID, "
        f"{dict(told.states)}, {time.perf_counter() - begin:.0f} s\n"
    )
    return 1 if missing or repeats > told.killed or told.several_ids else 0


if __name__ == "__main__":
    sys.exit(main())
