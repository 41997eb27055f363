"""The addresses of the API that are no steps: filing, reading, looking up, files."""

from typing import Annotated, Literal

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import File, Path, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from huiyin.complaints import lists
from huiyin.complaints.models import Channel, Enquiry
from huiyin.complaints.states import State
from huiyin.complaints.steps import attachments, enquiries, reception
from huiyin.files import permission, store
from huiyin.files.models import StoredFile
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.reading import case as case_reading
from huiyin.interfaces.api.reading import lists as list_reading
from huiyin.interfaces.api.reading import lookup
from huiyin.interfaces.api.reading.veil import veil
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import case as shown
from huiyin.interfaces.api.schemas import lists as across
from huiyin.interfaces.api.schemas.base import Asked, Code, Given, Id, Seen
from huiyin.interfaces.api.schemas.closing import RevealContact
from huiyin.interfaces.api.schemas.intake import ComplaintGiven
from huiyin.interfaces.api.schemas.rows import FileShown
from huiyin.interfaces.api.schemas.steps import Done
from huiyin.interfaces.api.steps.table import known, standing
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.run import run
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Department

cases = Router(tags=["cases"])
numbers = Router(tags=["lists"])
look_up = Router(tags=["lookup"])
attached = Router(tags=["files"])
questions = Router(tags=["enquiries"])

VIEW_CODES = Literal[
    "mine", "soon", "late", "waiting", "followed", "all", "compound", "approving", "escalated", "closed"
]
BANDS = Literal["late", "soon", "day", "later", "none"]
AUDIENCES = Literal["public", "internal", "system"]


def reader(request: HttpRequest) -> Hand:
    """The request of somebody who may read by this token."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    return in_hand


class ListAsked(Given):
    """Which list, narrowed how, from where on."""

    view: VIEW_CODES = "all"
    state: State | None = None
    category: Code = ""
    owner: Id | None = None
    channel: Channel | None = None
    due: BANDS | None = None
    after: Annotated[str, Field(max_length=40)] = ""

    def filters(self) -> lists.Filters:
        return lists.Filters(
            state=self.state.value if self.state else "",
            category=self.category,
            owner_id=self.owner,
            channel=self.channel.value if self.channel else "",
            due=self.due or "",
        )


@cases.post("/complaints", response={201: Done}, operation_id="receive")
def receive(request: HttpRequest, body: ComplaintGiven) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.RECEIVE)

    def act() -> Answer:
        case = reception.receive(body.new(), actor=in_hand.actor, at=in_hand.at)
        return requests.written(standing(case), 201)

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


@cases.get("/complaints", response=shown.CasePage, operation_id="list")
def list_cases(request: HttpRequest, asked: Query[ListAsked]) -> HttpResponse:
    in_hand = reader(request)
    return requests.show(list_reading.page(in_hand, asked.view, asked.filters(), asked.after))


@cases.get("/complaints/{number}", response=shown.CaseShown, operation_id="detail")
def detail(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    in_hand = reader(request)
    told = case_reading.detail(in_hand, in_hand.case(number))
    response = requests.show(told)
    response["ETag"] = f'"{told.seen}"'
    return response


@cases.get(
    "/complaints/{number}/timeline",
    response=shown.Timeline,
    operation_id="timeline",
)
def timeline(
    request: HttpRequest, number: Path[Code], after: Seen = 0, audience: AUDIENCES | None = None
) -> HttpResponse:
    in_hand = reader(request)
    return requests.show(case_reading.timeline(in_hand, in_hand.case(number), after, audience or ""))


@cases.get(
    "/complaints/{number}/promises",
    response=shown.Promises,
    operation_id="promises",
)
def promises(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    in_hand = reader(request)
    return requests.show(case_reading.promises(in_hand, in_hand.case(number)))


@cases.get(
    "/complaints/{number}/evidence",
    response=shown.EvidenceList,
    operation_id="evidence",
)
def evidence(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    in_hand = reader(request)
    return requests.show(case_reading.evidence(in_hand, in_hand.case(number)))


@cases.get(
    "/complaints/{number}/moves",
    response=shown.Moves,
    operation_id="moves",
)
def moves(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    in_hand = reader(request)
    return requests.show(case_reading.moves(in_hand, in_hand.case(number)))


@cases.post(
    "/complaints/{number}/reveal_contact",
    response=across.Revealed,
    operation_id="reveal_contact",
)
def reveal_contact(request: HttpRequest, number: Path[Code], body: RevealContact) -> HttpResponse:
    """Never remembered under an Idempotency-Key: the contact would be kept beside it."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.REVEAL)
    case = in_hand.case(number)
    seen = requests.seen_number(request, body.seen)
    value = run(
        attachments.reveal_contact, case.pk, body.identity, seen=seen, reason=body.reason,
        actor=in_hand.actor, at=in_hand.at,
    )  # fmt: skip
    case.refresh_from_db(fields=["last_number"])
    return requests.show(across.Revealed(identity=body.identity, value=value, seen=case.last_number))


@numbers.get("/views", response=across.Views, operation_id="views")
def views(request: HttpRequest) -> HttpResponse:
    return requests.show(list_reading.views(reader(request)))


@numbers.get("/search", response=shown.CasePage, operation_id="search")
def search(request: HttpRequest, q: Asked, after: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0) -> HttpResponse:
    return requests.show(list_reading.found(reader(request), q, after))


@numbers.get("/overview", response=across.OverviewShown, operation_id="overview")
def overview(request: HttpRequest) -> HttpResponse:
    return requests.show(list_reading.numbers(reader(request)))


@numbers.get("/approvals", response=across.WaitingApprovals, operation_id="approvals")
def approvals(request: HttpRequest) -> HttpResponse:
    return requests.show(list_reading.approvals(reader(request)))


@numbers.get("/claims", response=across.OpenClaims, operation_id="claims")
def claims(request: HttpRequest) -> HttpResponse:
    return requests.show(list_reading.open_claims(reader(request)))


@numbers.get("/unanswered", response=across.Unanswered, operation_id="unanswered")
def unanswered(request: HttpRequest, minutes: Annotated[int, Field(ge=0, le=525_600)] = 0) -> HttpResponse:
    return requests.show(list_reading.unanswered(reader(request), minutes))


@questions.get("/enquiries", response=across.Enquiries, operation_id="enquiries")
def waiting_enquiries(request: HttpRequest) -> HttpResponse:
    return requests.show(list_reading.enquiries(reader(request)))


@questions.post(
    "/enquiries",
    response={201: across.EnquiryShown},
    operation_id="pass_on",
)
def pass_on(request: HttpRequest, body: across.EnquiryGiven) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.RECEIVE)
    department = known(Department, "department", code=body.department)
    new = enquiries.NewEnquiry(body.contact_name, body.phone, body.question, department, body.channel.value)

    def act() -> Answer:
        row = enquiries.pass_on(new, actor=in_hand.actor, at=in_hand.at)
        return requests.written(list_reading.enquiry(row), 201)

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


@questions.post(
    "/enquiries/{enquiry}/answer",
    response=across.EnquiryShown,
    operation_id="answer_enquiry",
)
def answer_enquiry(request: HttpRequest, enquiry: Path[Id], body: across.EnquiryAnswered) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.WRITE)

    def act() -> Answer:
        enquiries.answer(enquiry, answer=body.answer, actor=in_hand.actor, at=in_hand.at)
        row = Enquiry.objects.select_related("owner", "department").get(pk=enquiry)
        return requests.written(list_reading.enquiry(row))

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


@look_up.get("/me", response=across.Me, operation_id="me")
def me(request: HttpRequest) -> HttpResponse:
    return requests.show(lookup.me(requests.hand(request)))


@look_up.get("/people", response=across.People, operation_id="people")
def people(request: HttpRequest, department: Code = "", role: Code = "") -> HttpResponse:
    return requests.show(lookup.people(reader(request), department, role))


@look_up.get("/departments", response=across.Departments, operation_id="departments")
def departments(request: HttpRequest) -> HttpResponse:
    return requests.show(lookup.departments(reader(request)))


@look_up.get("/packs", response=across.Packs, operation_id="packs")
def packs(request: HttpRequest) -> HttpResponse:
    return requests.show(lookup.packs(reader(request)))


@look_up.get("/categories", response=across.Categories, operation_id="categories")
def categories(request: HttpRequest, pack: Code = "") -> HttpResponse:
    return requests.show(lookup.categories(reader(request), pack))


@look_up.get("/remedies", response=across.Remedies, operation_id="remedies")
def remedies(request: HttpRequest, pack: Code = "") -> HttpResponse:
    return requests.show(lookup.remedies(reader(request), pack))


@attached.post(
    "/complaints/{number}/files",
    response={201: across.FileGivenBack},
    operation_id="attach_file",
)
def attach_file(request: HttpRequest, number: Path[Code], file: File[UploadedFile]) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.WRITE)
    case = in_hand.case(number)
    seen = requests.seen_number(request, None)

    @transaction.atomic
    def act() -> Answer:
        row = run(attachments.attach_file, case.pk, file, seen=seen, actor=in_hand.actor, at=in_hand.at)
        case.refresh_from_db(fields=["last_number"])
        told = FileShown.model_validate(row, context={"veil": veil(in_hand.person)})
        return requests.written(across.FileGivenBack(file=told, seen=case.last_number), 201)

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


@attached.get("/files/{file_id}", operation_id="download")
def download(request: HttpRequest, file_id: Path[Id]) -> FileResponse:
    in_hand = reader(request)
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None or not permission.may_read(in_hand.person, row):
        raise Http404
    response = FileResponse(store.open(row), as_attachment=True, filename=store.download_name(row))
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
