"""Real words: every case of a public hotline is filed, answered and registered through the API, fifty are looked at.

The records come from a folder named on the command line and stay there. Fifty cases, the longest and the oddest among
them, are opened in a real browser at desktop and phone width: nothing may fail, be cut off or leave a clock
unexplained.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page, sync_playwright

from bench import harness
from tools import services
from tools.environment import ROOT, Stop, variables

FILE = "zh_hotline_fuzhou.jsonl.gz"
CHANNELS = {"电话": "phone", "网站": "portal", "微博": "social", "微信": "social", "邮件": "email"}
OPENED = 50
SIGNED_IN = "from bench.filling import desk; desk.one_agent()"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
# A part is cut off when its words are wider than it is and nothing says that more is there.
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(part => {
    const style = getComputedStyle(part);
    return style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && part.scrollWidth > part.clientWidth + 1
        && part.clientWidth > 0 && !part.closest('.vh');
}).map(part => part.className || part.tagName).slice(0, 5)"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def records(folder: Path) -> Iterator[dict[str, Any]]:
    """The hotline's records, one by one."""
    path = folder / FILE
    if not path.exists():
        raise Stop(f"{FILE} was not found in the folder given with --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Api:
    """One agent's program: files, answers, registers, and counts what was refused."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.http = f"{address}/api/v1", requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.failed: list[dict[str, Any]] = []

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        answer = self.http.post(self.address + path, json=body, timeout=60)
        told: dict[str, Any] = answer.json()
        if answer.status_code >= 400:
            self.failed.append({"path": path, "status": answer.status_code, "told": told})
            return None
        return told

    def file(self, record: dict[str, Any]) -> str | None:
        """Take one record through its first three states; gives its number."""
        title = record["title"][:200]
        new = {
            "title": title,
            "text": record["text"],
            "channel": CHANNELS.get(record["channel"], "ticket"),
            "name": "" if record["anonymous"] else "市民",
            "identities": [{"kind": "handle", "value": f"hotline-{record['id']}"}],
        }
        case = self.post("/complaints", new)
        if case is None:
            return None
        number = str(case["number"])
        due = (datetime.now(UTC) + timedelta(hours=4)).isoformat()
        words = f"您反映的“{title}”我们收到了，今天就去核实，四小时内告诉您核实到哪一步。"
        promise = {"what": "告知核实情况", "due_at": due}
        form = {
            "complainant": "反映人",
            "object": record["topic_river"] or "河道",
            "matter": record["text"],
            "emotion": 2,
            "emotion_note": "希望尽快处理",
            "demands": [{"text": f"处理：{title}"[:500]}],
            "category": "service.after_sales",
            "restated": f"您的意思是说：{title}，对吗？",
            "confirmed": True,
        }
        answered = self.post(f"/complaints/{number}/acknowledge", {"say": {"text": words, "next": promise}})
        told = {"skip": "电话里已当面说明"}
        registered = answered and self.post(f"/complaints/{number}/register", {"form": form, "words": told})
        return number if registered else None


def look_at(page: Page, address: str, number: str) -> list[str]:
    """Open one case at both widths; gives everything that is wrong with it."""
    wrong = []
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(f"{address}/desk/{number}/", wait_until="networkidle")
        if answer is None or answer.status != 200:
            return [f"{number}: answered {answer.status if answer else 'nothing'}"]
        wrong += [f"{number} at {width}: {part} is cut off" for part in page.evaluate(CUT_OFF)]
        wrong += [f"{number}: wider than the window at {width}"] if page.evaluate(TOO_WIDE) else []
    clocks, explained = page.locator(".clocks .clk").count(), page.locator(".clocks .why .pop dl").count()
    return wrong if clocks and explained >= clocks else [*wrong, f"{number}: {clocks} clocks, {explained} explained"]


def choose(rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Fifty numbers: the longest texts, the longest titles, the shortest, and some from everywhere."""
    by_text = sorted(rows, key=lambda row: -len(row[1]["text"]))
    by_title = sorted(rows, key=lambda row: -len(row[1]["title"]))
    spread = rows[:: max(len(rows) // OPENED, 1)]
    picked = [*by_text[:12], *by_title[:10], *by_text[-8:], *spread]
    return list(dict.fromkeys(number for number, _record in picked))[:OPENED]


def measure(folder: Path) -> dict[str, Any]:
    with harness.served() as (address, _processes):
        made = subprocess.run(
            [sys.executable, "-c", SIGNED_IN],
            cwd=ROOT,
            env=variables({}),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        agent = json.loads(made.stdout.splitlines()[-1])
        api = Api(address, agent["token"])
        begin = time.perf_counter()
        rows = [(number, record) for record in records(folder) if (number := api.file(record))]
        seconds = time.perf_counter() - begin
        wrong = browse(address, agent["session"], choose(rows))
    return {
        "records": len(rows) + len({one["path"] for one in api.failed}),
        "registered": len(rows),
        "refused": len(api.failed),
        "first_refusals": json.dumps(api.failed[:3], ensure_ascii=False)[:2_000],
        "cases_per_second": round(len(rows) / seconds, 1),
        "opened": len(choose(rows)),
        "wrong": wrong[:20],
    }


def browse(address: str, session: str, numbers: list[str]) -> list[str]:
    chromium = services.browser() or shutil.which("chromium")
    if chromium is None:
        raise Stop("Chromium was not found; on Debian: sudo apt install chromium")
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(locale="zh-CN")
        context.add_cookies([{"name": "huiyin_session", "value": session, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        for number in numbers:
            wrong += look_at(page, address, number)
        browser.close()
    return wrong


def main() -> int:
    parser: argparse.ArgumentParser = harness.parser(__doc__, cases=1_320)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder that holds {FILE}")
    arguments = parser.parse_args()
    os.environ["HUIYIN_API_PER_MINUTE"] = "0"
    figures = measure(arguments.data)
    harness.report("hotline", arguments, figures)
    return 1 if figures["wrong"] or figures["refused"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
