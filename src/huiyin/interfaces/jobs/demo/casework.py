"""One case of the demo and the people who work on it: each method takes one real step at the moment reached."""

from datetime import datetime, timedelta

from huiyin.complaints import promises
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.models import Action, Apology, Complaint, Demand, Evidence, Option, Plan, Side, Viewing
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import State
from huiyin.complaints.steps import (
    approval,
    assignment,
    attachments,
    execution,
    investigation,
    messages,
    offering,
    planning,
    reception,
    registration,
)
from huiyin.interfaces.jobs.demo import drawing
from huiyin.interfaces.jobs.demo.matter import Clue, Inquiry, Matter, Offer
from huiyin.interfaces.jobs.demo.world import World, said
from huiyin.people.actors import Actor

OWNER_TELLS = Skip("由案件责任人统一告知客户")
REFERENCES = {
    "payment_reference": ("PAY", 14),
    "tracking_number": ("SF", 13),
    "coupon_code": ("CG", 8),
    "repair_order": ("WX", 9),
    "improvement_number": ("GJ", 6),
}
# How the customer's own words were weighed, where the story does not say it in its own way.
ACCOUNTS = {
    True: "客户所述经过与查到的记录一致，予以采信。",
    False: "客户所述感受属实；所述经过与查到的记录不符，未予采信，已逐条说明。",
}
SPOKEN_WAYS = ("phone", "store")


class Casework:
    """A case on its way; `matter` says what it is about, `world` what time it is."""

    def __init__(self, world: World, matter: Matter) -> None:
        self.world = world
        self.matter = matter
        self.id = 0

    # --- Who and where --------------------------------------------------------------------------------------------
    @property
    def owner(self) -> Actor:
        return self.world.actor(self.matter.owner)

    @property
    def handler(self) -> Actor:
        return self.world.actor(self.matter.handler)

    @property
    def supervisor(self) -> Actor:
        return self.world.actor("chenjing")

    @property
    def leader(self) -> Actor:
        return self.world.actor("wangzhiyuan")

    @property
    def complaint(self) -> Complaint:
        return Complaint.objects.select_related("customer", "owner", "handler").get(pk=self.id)

    @property
    def inquiry(self) -> Inquiry:
        assert self.matter.inquiry is not None, self.matter.code
        return self.matter.inquiry

    @property
    def plan(self) -> Plan:
        return Plan.objects.filter(complaint=self.id).exclude(status=Plan.Status.SUPERSEDED).latest("number")

    def option(self, rank: int = 1) -> Option:
        return self.plan.options.get(rank=rank)

    def seen(self, username: str) -> None:
        """Somebody has the case before him, so what happened up to now is not new to him."""
        person = self.world.people[username]
        seen = {"seen_number": self.complaint.last_number, "at": self.world.at}
        Viewing.objects.update_or_create(person=person, complaint_id=self.id, defaults=seen)

    # --- Words ----------------------------------------------------------------------------------------------------
    def say(
        self, text: str, by: datetime | None = None, *, what: str = "进展", sorry: bool = False, keep: bool = True
    ) -> Say:
        """Words for the customer: they keep what runs and promise the next news, whose time «{by}» in them names.

        With `keep` false they keep nothing, and name a time only when none is ahead.
        """
        running = promises.running_spoken(Complaint(pk=self.id))
        if not keep and by is None and all(row.due_at <= self.world.at for row in running):
            by, text = self.world.later(hours=5), text + "下一步{by}前告诉您。"
        words = text.replace("{by}", said(by)) if by else text
        return Say(
            words,
            keeps=tuple(row.pk for row in running) if keep else (),
            next=Spoken(what, by) if by else None,
            apology=Apology.LIABILITY if sorry else Apology.NONE,
            medium=self.medium,
        )

    @property
    def medium(self) -> str:
        """The way we answer: the channel he chose, and the portal where that is no way back."""
        return "portal" if self.matter.channel in ("api", "import", "letter") else self.matter.channel

    def send(self, text: str, by: datetime | None = None, *, what: str = "进展", keep: bool = True) -> None:
        say = self.say(text, by, what=what, keep=keep)
        messages.send_message(self.id, say, actor=self.owner, at=self.world.at)

    def customer_says(self, text: str, *, where_is_it: bool = False) -> None:
        """The customer writes or calls again, by the channel he came by."""
        messages.record_inbound(
            self.id,
            text,
            medium=self.matter.channel,
            where_is_it=where_is_it,
            actor=Actor.system("inbox"),
            at=self.world.at,
        )

    def note(self, text: str, by: str = "") -> None:
        actor = self.world.actor(by) if by else self.owner
        messages.write_note(self.id, text, actor=actor, at=self.world.at)

    # --- Taking in ------------------------------------------------------------------------------------------------
    def receive(self) -> Complaint:
        matter = self.matter
        new = reception.NewComplaint(
            title=matter.title,
            text=matter.text,
            channel=matter.channel,
            name=matter.customer,
            identities=matter.contacts,
            order_number=matter.order,
            product=matter.product,
            amount=matter.amount,
            pack=matter.pack,
        )
        actor = Actor.system("portal") if matter.channel == "portal" else self.owner
        complaint = reception.receive(new, actor=actor, at=self.world.at)
        self.id = self.world.cases[matter.code] = complaint.pk
        if complaint.owner.username != matter.owner:
            self._hand_over()
        return complaint

    def _hand_over(self) -> None:
        owner = self.world.people[self.matter.owner]
        reason = "按客户上次的责任人分配"
        assignment.change_owner(self.id, owner=owner, reason=reason, actor=self.supervisor, at=self.world.at)

    def acknowledge(self, by: datetime) -> None:
        text = f"{self.matter.heard}{{by}}前给您答复。"
        words = self.say(text, by, what="核查进展")
        reception.acknowledge(self.id, words, actor=self.owner, at=self.world.at)

    @property
    def form(self) -> registration.Form:
        matter = self.matter
        return registration.Form(
            complainant=matter.customer,
            object=matter.about,
            matter=matter.text,
            emotion=matter.emotion,
            emotion_note=matter.feeling,
            demands=matter.demands,
            category=matter.category,
            card_number=matter.card,
            happened_where=matter.where,
            restated=matter.restated,
            confirmed=True,
            minor=matter.minor,
            compound=matter.compound,
        )

    def register(self, by: datetime | None = None) -> None:
        text = f"您反映的{self.matter.about}一事已登记，诉求是：{self._demands()}。"
        words = self.say(text + "{by}前告诉您由谁核查。", by, what="核查安排") if by else self.say(text, keep=False)
        registration.register(self.id, self.form, words, actor=self.owner, at=self.world.at)

    def _demands(self) -> str:
        return "；".join(line.text for line in self.matter.demands)

    def settle(self, title: str, offer: Offer, by: datetime) -> None:
        """Settle a small matter on the spot, with the customer's yes."""
        matter = self.matter
        settlement = registration.Settlement(
            title=title,
            lines=offer.lines,
            grounds=self.inquiry.grounds,
            cause=self.inquiry.cause,
            execute_within_minutes=offer.hours * 60,
            customer_said=matter.ending.choice,
            via=self.medium,
        )
        words = self.say(self.inquiry.told + "{by}前办妥。", by, what=title, sorry=self.inquiry.side == Side.COMPANY)
        registration.settle_at_once(self.id, settlement, words, actor=self.owner, at=self.world.at)

    # --- Finding out ----------------------------------------------------------------------------------------------
    def assign(self, by: datetime) -> None:
        handler = self.world.people[self.matter.handler]
        department = handler.department
        assert department is not None
        words = self.say(
            f"{self.matter.about}一事已交{department.name}核查，{{by}}前告诉您核查结果。", by, what="核查结果"
        )
        assignment.assign_handler(
            self.id, department=department, handler=handler, words=words, actor=self.supervisor, at=self.world.at
        )

    def prove(self, clue: Clue) -> Evidence:
        """Bring a piece of evidence, with its file where it has one."""
        actor = self.world.actor(clue.by) if clue.by else self.handler
        file = None
        if clue.file:
            file = attachments.attach_file(self.id, drawing.draw(clue.file), actor=actor, at=self.world.at)
        new = investigation.NewEvidence(
            kind=clue.kind,
            title=clue.title,
            source=clue.source,
            obtained_at=self.world.at - timedelta(minutes=10),
            note=clue.note,
            file=file,
        )
        return investigation.add_evidence(self.id, new, actor=actor, at=self.world.at)

    def judge(self, causes: int | None = None) -> None:
        """Give a verdict on the listed causes, or on the first few of them."""
        pack = promises.pack_of(self.complaint)
        for code in pack.category(self.matter.category).causes[:causes]:
            ruled_in = code == self.inquiry.cause
            grounds = self.inquiry.grounds if ruled_in else self.inquiry.ruled_out
            investigation.judge_cause(
                self.id, cause=code, ruled_in=ruled_in, grounds=grounds, actor=self.handler, at=self.world.at
            )

    def find(self) -> None:
        inquiry = self.inquiry
        person = self.world.people.get(inquiry.responsible)
        found = investigation.NewFinding(
            cause=inquiry.cause,
            side=inquiry.side,
            reasons_sufficient=inquiry.founded,
            demand_reasonable=inquiry.demand_reasonable,
            grounds=inquiry.grounds,
            responsible=((person.pk, person.name),) if person else (),
            no_person_reason="" if person else inquiry.nobody or "责任不在我方个人",
            loss=inquiry.loss,
            account_weighed=inquiry.account or ACCOUNTS[inquiry.founded],
        )
        investigation.issue_finding(self.id, found, OWNER_TELLS, actor=self.handler, at=self.world.at)

    # --- Solving --------------------------------------------------------------------------------------------------
    def start_plan(self, by: datetime) -> None:
        sorry = self.inquiry.side == Side.COMPANY
        words = self.say(self.inquiry.told + "{by}前给您处理方案。", by, what="处理方案", sorry=sorry)
        planning.start_plan(self.id, words, actor=self.owner, at=self.world.at)

    def draft(self, offers: tuple[Offer, ...] | None = None) -> Plan:
        demands = list(Demand.objects.filter(complaint=self.id, dropped_at=None))
        options = tuple(
            planning.NewOption(
                title=offer.title,
                lines=offer.lines,
                answers={demand.pk: answer for demand, answer in zip(demands, offer.answers, strict=False)},
                execute_within_minutes=offer.hours * 60,
                recovery=offer.recovery,
                recovery_note="向承运商追偿" if offer.recovery else "",
            )
            for offer in (self.matter.offers if offers is None else offers)
        )
        new = planning.NewPlan(self.matter.mode, options, self.matter.single_reason)
        return planning.draft_plan(self.id, new, actor=self.owner, at=self.world.at)

    def submit(self) -> None:
        planning.submit_plan(self.id, Skip("方案待批，批准后一并告知客户"), actor=self.owner, at=self.world.at)

    @property
    def offer_words(self) -> Say:
        options = list(self.plan.options.all())
        listed = "；".join(f"方案{'一二三四五'[place]}：{option.title}" for place, option in enumerate(options))
        return self.say(f"针对{self.matter.about}，给您的方案是——{listed}。您看选哪一个？")

    def approve(self, comment: str = "同意，尽快与客户沟通。", by: str = "chenjing") -> None:
        department = self.world.people[by].department
        speaks = department is not None and department.code == "customer_service"
        words = self.offer_words if speaks else OWNER_TELLS
        approval.approve_plan(self.id, comment=comment, words=words, actor=self.world.actor(by), at=self.world.at)

    def offer(self) -> None:
        planning.offer_within_authority(self.id, self.offer_words, actor=self.owner, at=self.world.at)

    def choose(self, by: datetime) -> None:
        ending = self.matter.ending
        choice = offering.Choice(self.option(ending.chosen).pk, self.medium, ending.choice)
        words = self.say("好的，按您选的办，{by}前全部办妥并告诉您。", by, what="执行结果")
        offering.confirm_choice(self.id, choice, words, actor=self.owner, at=self.world.at)

    # --- Carrying out ---------------------------------------------------------------------------------------------
    @property
    def to_do(self) -> list[Action]:
        return list(Action.objects.filter(complaint=self.id, status=Action.Status.OPEN).select_related("assignee"))

    def carry_out(self, action: Action, *, tell: bool = True) -> None:
        """Do one thing that was promised, with its proof; the owner tells the customer."""
        prefix, digits = REFERENCES.get(action.proof_kind, ("", 0))
        reference = self.world.serial(prefix, digits) if prefix else ""
        words = self.say(f"{action.title}已办好" + (f"，编号{reference}" if reference else "") + "。", keep=False)
        if action.proof_kind == "message_reference":
            words = self.say(f"关于{self.matter.about}，我代表公司向您郑重道歉，这是我们的责任。", keep=False)
        actor = Actor.of(action.assignee)
        own = action.assignee_id == self.owner.person_id
        proof = execution.Proof(action.proof_kind, reference, tell=words if own and tell else None)
        execution.finish_action(action.pk, proof, actor=actor, at=self.world.at)
        if tell and not own:
            execution.tell_done(action.pk, words, actor=self.owner, at=self.world.at)

    def finish_execution(self) -> None:
        words = self.say(f"{self.matter.about}一事答应您的都已办好，请留意查收，我们会回访您。")
        execution.finish_execution(self.id, words, actor=self.owner, at=self.world.at)

    def arrive(self) -> None:
        """What travels has arrived: the customer is asked to look at it."""
        for action in Action.objects.filter(complaint=self.id, status=Action.Status.DONE, arrived_at=None):
            if action.proof_kind in ("payment_reference", "tracking_number"):
                keep = self.complaint.state == State.FOLLOWING_UP
                words = self.say(f"{action.title}应已到您手上，请核对一下。", keep=keep)
                execution.record_arrival(action.pk, words=words, actor=self.owner, at=self.world.at)
