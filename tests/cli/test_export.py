"""`tracker export --campaign`: what it reports, and what it refuses."""

import json
from datetime import date

from tests.cli.conftest import Tracker
from tracker import demo


def test_a_campaign_is_written_and_counted(tracker: Tracker, tmp_path):
    [campaign] = [file for file in demo.campaigns(date(2026, 11, 23)) if file["campaign"]["fictional"]]
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps(campaign), encoding="utf-8")
    assert tracker("import", file).status == 0
    target = tmp_path / "stick" / "copy"
    done = tracker("export", "--campaign", campaign["campaign"]["slug"], target)
    assert (done.status, done.err) == (0, "")
    pages = len(list(target.rglob("*.html")))
    files = [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    assert done.out == (
        f"{pages:,} pages and {len(files) - pages:,} other files, {size:,} bytes, in {target}; "
        f"open {target / 'index.html'}\n"
    )


def test_a_campaign_that_is_not_there_is_one_clear_line(tracker: Tracker, tmp_path):
    done = tracker("export", "--campaign", "nobody", tmp_path / "copy")
    assert done.error == "tracker: exporting the campaign nobody: none has this name; there are: none yet"
    assert not (tmp_path / "copy").exists()
