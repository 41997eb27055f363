"""What the living page shows: one small invented case, said in Chinese or English."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web import shell
from huiyin.interfaces.web.components import shapes
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.components.rails import STATES
from huiyin.interfaces.web.forms import FilesField
from huiyin.rules import Rule

EVIDENCE_RULE = Rule("证据-02", _("cross-checking"), ("S1-34",))
WORDING_RULE = Rule("用语-11", _("set phrase"), ("S0-11",))
WRONG_INPUT = {"wrong-name": "", "wrong-phone": "12", "wrong-matter": "", "wrong-remedies": []}


@cache
def sentences() -> dict[str, list[str]]:
    """The sentences by key, Chinese and English."""
    with Path(__file__).with_name("samples.toml").open("rb") as file:
        return tomllib.load(file)


def said(key: str) -> str:
    """A sentence of the sample in the page's language."""
    chinese, english = sentences()[key]
    return chinese if (get_language() or "").startswith("zh") else english


def toast_words() -> str:
    """What the sample toast says."""
    return said("registered_as_hy_250304_00185")


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.CharField(
        label=_("Phone"), min_length=8, help_text=_("We call only about this complaint."), required=True
    )
    matter = forms.CharField(label=_("What happened"), widget=forms.Textarea)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("phone", _("Phone")), ("web", _("Web"))])
    remedies = forms.MultipleChoiceField(
        label=_("What would put it right"),
        choices=[("refund", _("Refund")), ("exchange", _("Exchange")), ("apology", _("Apology"))],
        widget=forms.CheckboxSelectMultiple,
    )
    urgency = forms.ChoiceField(
        label=_("How urgent it is"), choices=[("1", _("Can wait")), ("2", _("Today"))], widget=forms.RadioSelect
    )
    photos = FilesField(label=_("Photos and papers"), required=False, accept="image/*,.pdf")
    agreed = forms.BooleanField(label=_("I have read what my data is used for."))


class SampleRefusal:
    """A refusal as rooms raise it."""

    def __init__(self, text: str, unblock_text: str, rule: Rule) -> None:
        self.text, self.unblock_text, self.rule = text, unblock_text, rule


class SamplePromise:
    """A promise row."""

    def __init__(self, text: str, clock: Clock) -> None:
        self.text = text
        self.due_at, self.started_at, self.status = clock.due_at, clock.started_at, clock.status
        self.kept_at, self.pause_reason = clock.ended_at, clock.reason


@dataclass(frozen=True)
class SamplePerson:
    """Who the sample shell belongs to."""

    name: str
    duty_words: str


class SampleShell:
    """A navigation with counts, for someone who is not signed in."""

    bell = 3
    links = {
        "home": "/components/",
        "search": "/components/",
        "new": "#new",
        "bell": "#bell",
        "account": "#me",
        "sign_out": "/look/",
    }

    @property
    def person(self) -> SamplePerson:
        """A sample agent."""
        return SamplePerson(said("li_na"), said("day_shift"))

    @property
    def groups(self) -> list[tuple[str, list[shell.Entry]]]:
        """Three groups of places."""
        return [(said(group), [self._entry(*one) for one in entries]) for group, entries in NAVIGATION.items()]

    def _entry(self, key: str, icon: str, number: int, tone: str) -> shell.Entry:
        count = shell.Count(number, tone) if number else None
        return shell.Entry(key, said(key), icon, "#", key == "nav_todo", count)


NAVIGATION = {
    "nav_mine": [
        ("nav_todo", "inbox", 9, ""),
        ("nav_soon", "hourglass", 3, "warn"),
        ("nav_over", "octagon-alert", 1, "bad"),
        ("nav_waiting", "message-circle", 5, ""),
        ("nav_followed", "star", 4, ""),
    ],
    "nav_team": [
        ("nav_open", "layers", 46, ""),
        ("nav_approvals", "stamp", 6, ""),
        ("nav_external", "landmark", 2, ""),
    ],
    "nav_work": [("nav_promises", "handshake", 11, ""), ("nav_board", "chart-line", 0, "")],
}


def everything(now: datetime) -> dict[str, Any]:
    """All samples by the name the page uses."""
    return {
        "clocks": clocks(now),
        "case_clocks": case_clocks(now),
        "promises": promises(now),
        "rows": rows(now),
        "items": timeline(now),
        "states": list(STATES),
        "refusal": SampleRefusal(
            said("not_yet_there_is_1_independent_kind_of_e"),
            said("add_one_more_kind_for_example_the_carrie"),
            EVIDENCE_RULE,
        ),
        "why": why(now),
        "rule_sample": EVIDENCE_RULE,
        "to": said("ms_zhao_138_6620_by_text_message_and_tic"),
        "moments": [now + timedelta(minutes=m) for m in (-1500, -12, 0, 42, 68, 400, 1500, 8000, 600000)],
        "seconds": [38, 42 * 60, 68 * 60, 7200, 198000, 6 * 86400],
        "series": [58, 50, 63, 43, 38, 46, 30, 37, 28, 19, 29, 24],
        **compared(),
    }


def clocks(now: datetime) -> list[tuple[str, Clock]]:
    """One clock in each phase."""

    def at(start: float, due: float, **more: Any) -> Clock:
        return Clock(now + timedelta(hours=due), now + timedelta(hours=start), **more)

    return [
        ("running", at(-1, 1.15)),
        ("running, far", at(-1, 30)),
        ("soon", at(-0.8, 0.2)),
        ("kept", at(-2, 0, status="kept", ended_at=now - timedelta(minutes=45))),
        ("broken", at(-2, -0.2)),
        ("paused", at(-2, 5, status="paused", reason=said("waiting_for_the_customer"))),
        ("replaced", at(-2, 5, status="replaced")),
        ("provisional", at(-2, 24 * 300, provisional=True)),
    ]


def why(now: datetime) -> shapes.Why:
    """A statutory deadline explained."""
    return shapes.Why(
        title=said("why_mar_10_24_00"),
        shown=said("mar_10"),
        start=said("delivered_mar_3_16_20_counted_from_the_n"),
        length=said("7_natural_days"),
        skipped=said("none_natural_days_include_weekends"),
        paused=said("none_suspension_does_not_stop_a_legal_de"),
        basis=said("consumer_rights_protection_law_article_2"),
        source=said("retail_pack_2025_2_in_force_since_mar_1"),
    )


def case_clocks(now: datetime) -> list[shapes.CaseClock]:
    """The three clocks of a case."""
    spans = [(-1, 0.9), (-3, 55), (-24, 144)]
    kinds = [said("stage"), said("case"), said("legal")]
    return [
        shapes.CaseClock(
            kind, Clock(now + timedelta(hours=due), now + timedelta(hours=start)), why(now), f"why-{place}"
        )
        for place, (kind, (start, due)) in enumerate(zip(kinds, spans, strict=True))
    ]


def promises(now: datetime) -> list[SamplePromise]:
    """Promises of a case."""
    texts = [
        said("tell_the_result_of_the_check_by_12_15"),
        said("offer_a_plan_by_18_00"),
        said("test_report_within_24_hours"),
        said("first_answer_within_an_hour"),
        said("call_back_by_18_00_yesterday"),
        said("work_it_out_again_when_the_invoice_arriv"),
        said("call_back_by_11_00"),
    ]
    return [SamplePromise(text, clock) for text, (_name, clock) in zip(texts, clocks(now), strict=False)]


def rows(now: datetime) -> list[shapes.QueueRow]:
    """A queue."""
    phases = dict(clocks(now))
    told = [
        ("promised_discount_refused_at_the_till", "ms_zhou_gold", "executing", "broken"),
        ("milk_powder_tin_leaked_fears_for_the_chi", "ms_sun_quality", "acknowledged", "soon"),
        ("new_tablet_scratched_wants_refund_and_da", "ms_zhao_quality_carrier", "investigating", "running"),
        ("cabinet_door_cracked_consumer_associatio", "ms_xie_external", "approving", "running, far"),
        ("no_internet_for_three_days_wants_a_reduc", "ms_chen_process", "explaining", "paused"),
    ]
    return [
        shapes.QueueRow(
            url="?frame=case",
            title=said(title),
            meta=said(meta).split(" ", 1),
            state=state,
            clock=phases[phase],
            unread=place < 2,
            current=place == 2,
            watchers=[said("chen")] if place == 0 else [],
            number="HY-250304-00185" if place == 2 else "",
        )
        for place, (title, meta, state, phase) in enumerate(told)
    ]


def timeline(now: datetime) -> list[shapes.Entry]:
    """A course of events with one entry of each kind."""
    ms_zhao, li = said("ms_zhao"), said("li")

    def at(minutes: int) -> datetime:
        return now - timedelta(minutes=minutes)

    return [
        shapes.Entry(at(1500), "system", "", said("received_by_ticket"), who_sees="system"),
        shapes.Entry(at(70), "customer", ms_zhao, said("ticket"), said("brand_new_sealed_and_scratched_i_feel_ch")),
        shapes.Entry(at(55), "ours", li, said("replied"), said("you_expected_a_flawless_product_the_scra")),
        shapes.Entry(at(50), "promise", "", said("promised_the_result_by_12_15"), who_sees="public", tone="acc"),
        shapes.Entry(
            at(30),
            "internal",
            said("li_warehouse_zhou"),
            said("please_send_the_dispatch_video_of_e_1001"),
            who_sees="internal",
        ),
        shapes.Entry(
            at(20),
            "fact",
            said("evidence_e1"),
            said("dispatch_video_02_14_no_damage"),
            who_sees="internal",
            icon="film",
            link="#",
            link_label=said("play"),
        ),
        shapes.Entry(
            at(12),
            "refusal",
            said("decision"),
            said("finding_refused_only_1_independent_kind"),
            who_sees="internal",
            rule=EVIDENCE_RULE,
        ),
        shapes.Entry(
            at(5),
            "decision",
            said("approval"),
            said("chen_approved_an_express_request_for_the"),
            who_sees="internal",
            new=True,
        ),
    ]


def compared() -> dict[str, Any]:
    """Evidence, demands, options, authority, tiles, signatures."""
    return {
        "evidence": [
            shapes.Evidence(said("e1_dispatch_video"), said("warehouse_11_00"), "independent", "film"),
            shapes.Evidence(said("e2_four_photos"), said("customer_10_00"), "statement", "image"),
            shapes.Evidence(
                said("delivery_record"), said("asked_for_at_11_05"), "missing", "truck", until=said("until_11_30")
            ),
        ],
        "demands": [
            shapes.Demand(1, said("full_refund")),
            shapes.Demand(2, said("damages"), must=False),
        ],
        "options": options(),
        "zones": [
            shapes.Zone(said("agent_up_to_100"), Decimal(100), mine=True),
            shapes.Zone(said("supervisor_up_to_500"), Decimal(500)),
            shapes.Zone(said("leader_above_500"), None),
        ],
        "dots": [
            shapes.Dot("B 40", Decimal(40)),
            shapes.Dot("A 60", Decimal(60)),
            shapes.Dot("C 200", Decimal(200), refused=True),
        ],
        "tiles": [
            shapes.Tile(
                said("promises_kept"),
                said("promises_kept_in_time_promises_due_a_mov"),
                "96.4%",
                url="#",
                link=said("open_the_48_not_kept"),
                foot="1,272 ÷ 1,320",
                tag=said("up_3_2"),
                tone="ok",
                series=[41, 50, 37, 56, 61, 54, 69, 63, 71, 80, 70, 76],
                middle=61,
            ),
            shapes.Tile(
                said("repeat_complaints"),
                said("complaints_again_within_30_days_cases_cl"),
                "8.1%",
                url="#",
                link=said("open_the_21"),
                foot="21 ÷ 259",
                tag=said("up_1_9"),
                tone="bad",
                series=[37, 47, 35, 32, 50, 40, 53, 57, 52, 65, 68],
                middle=50,
            ),
        ],
        "signatures": [
            shapes.Signature(said("li_na"), said("hands_over"), said("list_9_9_signed_17_02"), signed=True),
            shapes.Signature(
                said("guo_tao"),
                said("takes_over"),
                said("due_17_00_4_min_late"),
                tone="bad",
                waiting=said("not_here_yet"),
            ),
        ],
        "tab_entries": [
            shapes.Tab("overview", said("overview"), "#"),
            shapes.Tab("promises", said("promises"), "#", 3),
            shapes.Tab("evidence", said("evidence"), "#"),
            shapes.Tab("history", said("history"), "#"),
        ],
    }


def options() -> list[shapes.Option]:
    """Two options and a refused one."""
    yes, instead, no, left = "yes", "instead", "no", "open"
    answers = [
        [
            (yes, "before_saturday_noon"),
            (yes, "in_writing"),
            (instead, "the_standard_instead"),
            (left, "may_be_dropped"),
        ],
        [(yes, "by_saturday_noon"), (yes, "by_telephone"), (instead, "in_part"), (instead, "take_back_instead")],
        [(yes, "by_saturday_noon"), (no, "no_reason_given"), (instead, "free_instead"), (yes, "a_gift")],
    ]
    made = [[shapes.Answer(rank, kind, said(key)) for rank, (kind, key) in enumerate(row, 1)] for row in answers]
    can = said("li_may_give_it")
    return [
        shapes.Option(
            said("a_install_on_friday"),
            Decimal(60),
            net=Decimal(60),
            text=said("installed_jun_6_16_00_reason_in_writing"),
            answers=made[0],
            level=said("standard"),
            approver=can,
            status="on",
            status_word=said("recommended"),
        ),
        shapes.Option(
            said("b_saturday_old_one_taken_back"),
            Decimal(40),
            net=Decimal(75),
            text=said("installed_jun_7_10_00_40_in_compensation"),
            answers=made[1],
            level=said("value_added"),
            approver=can,
        ),
        shapes.Option(
            said("c_free_installation"),
            Decimal(200),
            net=Decimal(200),
            text=said("installed_jun_7_12_00_free_of_charge"),
            answers=made[2],
            status="no",
            status_word=said("cannot_be_sent"),
            refused=said("drops_demand_2_but_keeps_4_above_the_lim"),
        ),
    ]
