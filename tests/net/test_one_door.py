"""Only tracker.net opens sockets: shown by running the rest under Python's own watch, and by reading its text."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.net.conftest import Site

ROOMS_WITH_SOCKETS = ("tracker/net/", "tracker/demo/")

# Runs in a process of its own, since a watch once set stays. A socket counts as net's when net made it or stands in the
# stack; the race between several addresses of a host connects in a task that knows its maker no more.
WATCHED = """
import importlib, io, json, os, pkgutil, sys, traceback
from contextlib import redirect_stderr, redirect_stdout

NET = os.path.join("tracker", "net") + os.sep
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
          "socket.sendmsg", "urllib.Request", "http.client.connect", "smtplib.connect", "ftplib.connect"}
made_by_net, strays, allowed = {}, [], 0

def watch(event, args):
    global allowed
    if event != "socket.__new__" and event not in EVENTS:
        return
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_stack(sys._getframe(1))]
    by_net = any(NET in file for file in files)
    if event == "socket.__new__":
        if by_net:
            made_by_net[id(args[0])] = args[0]  # kept, so that no other socket gets its id
    elif by_net or id(args[0]) in made_by_net:
        allowed += 1
    else:
        strays.append([event, repr(args[1:]), next((file for file in files if "tracker" in file), files[0])])

sys.addaudithook(watch)

import tracker
modules = [found.name for found in pkgutil.walk_packages(tracker.__path__, "tracker.")]
for name in modules:
    if not name.endswith("__main__"):
        importlib.import_module(name)

from tracker import cli
from tracker.domain.errors import FetchError
from tracker.domain.items import Request
from tracker.net.http import Door

exits = []
for file in json.loads(os.environ["FILES"]):
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            cli.main(["read", "feed", file, "--json"])
        except SystemExit as end:
            exits.append(end.code)

site = os.environ["SITE"]
port = int(site.rpartition(":")[2])
several = lambda host, _: [(2, ("127.0.0.1", 1)), (2, ("127.0.0.1", port))]
bodies = [
    Door("t", allowed_hosts={site}).get(Request(f"http://{site}/a")).body.decode(),
    Door("t", allowed_hosts={f"localhost:{port}"}).get(Request(f"http://localhost:{port}/a")).body.decode(),
    Door("t", allowed_hosts={"named.example:80"}, resolver=several).get(Request("http://named.example/a")).body.decode(),
]
if os.environ["PLANTED"]:
    exec(compile(os.environ["PLANTED"], os.path.join("tracker", "sources", "planted.py"), "exec"))
print(json.dumps({"modules": len(modules), "strays": strays, "allowed": allowed, "bodies": bodies, "exits": exits}))
"""


def watched(site: Site, folder: Path, planted: str = "") -> dict:
    """Import everything, read feeds that ask to be completed from the network, fetch; return what sockets were used."""
    site.serve("/a", b"hello")
    site.serve("/stray", b"<rss/>")
    evil = f"http://{site.name}/stray"
    entry = f"<item><title>News</title><link>{evil}</link><description>&lt;img src='{evil}'&gt;</description></item>"
    feed = f'<rss version="2.0"><channel><title>News</title>{entry}</channel></rss>'
    texts = [
        feed,
        f'<!DOCTYPE rss SYSTEM "{evil}">{feed}',
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{evil}">]>{feed.replace("News", "&x;")}',
        evil,  # feedparser opens a body that is an address
    ]
    files = []
    for n, text in enumerate(texts):
        files.append(str(folder / f"{n}.xml"))
        Path(files[-1]).write_text(text)
    surroundings = {**os.environ, "FILES": json.dumps(files), "SITE": site.name, "PLANTED": planted}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_but_net_reaches_for_the_network(site: Site, tmp_path: Path) -> None:
    found = watched(site, tmp_path)
    assert found["strays"] == []
    assert found["modules"] > 50
    assert found["bodies"] == ["hello"] * 3
    assert found["allowed"] >= 3
    assert len(site.seen) == 3


PLANTED = """
import socket, urllib.request, feedparser
socket.create_connection(("127.0.0.1", port)).close()
socket.getaddrinfo("localhost", 80)
urllib.request.urlopen(f"http://{site}/stray").read()
feedparser.parse(f"http://{site}/stray")
"""


def test_the_watch_sees_who_goes_round_the_door(site: Site, tmp_path: Path) -> None:
    strays = watched(site, tmp_path, PLANTED)["strays"]
    assert {event for event, _, _ in strays} >= {"socket.connect", "socket.getaddrinfo", "urllib.Request"}
    assert all("planted.py" in file for _, _, file in strays)
    assert len(site.seen) == 5


# --- the text ---------------------------------------------------------------------------------------------------------

FORBIDDEN = (
    "socket", "ssl", "aiohttp", "aiohappyeyeballs", "urllib3", "requests", "httpx", "http.client", "urllib.request",
    "smtplib", "ftplib", "telnetlib", "xmlrpc", "asyncio.streams", "trafilatura.downloads", "trafilatura.sitemaps",
    "trafilatura.feeds", "trafilatura.spider", "courlan.network",
)  # fmt: skip
FORBIDDEN_NAMES = frozenset({
    "fetch_url", "fetch_response", "urlopen", "urlretrieve", "open_connection", "create_connection",
    "create_datagram_endpoint", "sock_connect", "getaddrinfo",
})  # fmt: skip


def complaints(text: str) -> Iterator[str]:
    """Yield what in this module's text could reach the network."""
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            yield from (f"takes {alias.name}" for alias in node.names if alias.name in FORBIDDEN_NAMES)
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
            yield f"uses {node.attr}"
        elif isinstance(node, ast.Call) and _opens_what_it_is_given(node):
            yield f"line {node.lineno}: {ast.unparse(node.func)} may open an address; give it a BytesIO"
        yield from (f"imports {name}" for name in names if f"{name}.".startswith(tuple(f"{bad}." for bad in FORBIDDEN)))


def _opens_what_it_is_given(call: ast.Call) -> bool:
    """Whether this is a parser that fetches an address and is handed something else than a stream made on the spot."""
    if ast.unparse(call.func) not in {
        "feedparser.parse",
        "etree.parse",
        "html.parse",
        "lxml.etree.parse",
        "lxml.html.parse",
    }:
        return False
    given = call.args[0] if call.args else None
    return not (isinstance(given, ast.Call) and ast.unparse(given.func).endswith("BytesIO"))


def test_no_module_outside_net_and_demo_has_the_means() -> None:
    found = {
        str(path.relative_to(PROJECT)): list(complaints(path.read_text()))
        for path in sorted((PROJECT / "tracker").rglob("*.py"))
        if not path.relative_to(PROJECT).as_posix().startswith(ROOMS_WITH_SOCKETS)
    }
    assert len(found) > 50
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import socket", "import ssl as s", "from aiohttp import ClientSession", "import http.client",
        "from http import client", "from urllib import request", "import urllib.request", "import requests.sessions",
        "from trafilatura import fetch_url", "import trafilatura\ntrafilatura.fetch_url(url)",
        "import trafilatura.downloads", "from trafilatura import downloads", "asyncio.open_connection(host, 80)",
        "feedparser.parse(body)", "feedparser.parse('http://a.example/')", "def f():\n    import urllib3",
        "loop.create_connection(P, host)", "from lxml import html\nhtml.parse(url)",
    ],
)  # fmt: skip
def test_the_reading_of_the_text_sees_every_means(text: str) -> None:
    assert list(complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        "import http", "from http import HTTPStatus", "import urllib.parse", "from urllib.parse import urlsplit",
        "import socketless", "feedparser.parse(io.BytesIO(body))", "from trafilatura import extract",
    ],
)  # fmt: skip
def test_the_reading_of_the_text_lets_the_harmless_pass(text: str) -> None:
    assert list(complaints(text)) == []
