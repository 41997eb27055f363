import pytest

from huiyin.people.models import Person
from huiyin.people.roles import ALL_CAPABILITIES, CAPABILITIES, NotYourDuty, Role, can, capabilities_of, require

R = Role
FRONT = {R.AGENT, R.DUTY_AGENT, R.SUPERVISOR, R.MANAGER}
HEADS = {R.SUPERVISOR, R.MANAGER}
SPECIALISTS = {R.HANDLER, R.TECHNICIAN, R.EDITOR, R.SALESPERSON}
CASE_PEOPLE = FRONT | SPECIALISTS | {R.LEADER}

# The role table of the requirements, read the other way round: who may do each thing. Everybody else may not.
WHO_MAY = {
    "complaint.read": CASE_PEOPLE | {R.FINANCE},
    "complaint.read_masked": FRONT | {R.LEADER, R.AUDITOR},
    "complaint.read_all": HEADS | {R.LEADER},
    "complaint.reveal": CASE_PEOPLE,
    "complaint.note": CASE_PEOPLE | {R.FINANCE},
    "complaint.receive": FRONT,
    "complaint.acknowledge": FRONT,
    "complaint.register": FRONT,
    "complaint.settle_at_once": FRONT,
    "complaint.message": FRONT,
    "complaint.explain": FRONT,
    "complaint.offer": FRONT,
    "complaint.follow_up": FRONT | {R.LEADER},  # after the last round a leader decides (AMB-15)
    "complaint.review": FRONT,
    "complaint.withdraw": FRONT,
    "complaint.link": FRONT,
    "complaint.flag": FRONT,
    "complaint.plan": FRONT | {R.HANDLER},
    "complaint.execute": FRONT | {R.HANDLER},
    "complaint.act_for_absent": {R.DUTY_AGENT},
    "complaint.assign": HEADS,
    "complaint.change_owner": HEADS,
    "complaint.confirm_unfounded": HEADS,
    "complaint.approve": HEADS | {R.LEADER},
    "complaint.close": HEADS,
    "complaint.reopen": HEADS,
    "complaint.export": HEADS | {R.LEADER},
    "complaint.investigate": SPECIALISTS,
    "complaint.find": {R.HANDLER, R.LEADER},
    "complaint.refuse_above_standard": {R.LEADER},
    "complaint.settle_externally": {R.LEADER},
    "complaint.override": {R.LEADER},
    "penalty.post": {R.LEADER},
    "task.create": FRONT,
    "task.complete": FRONT | SPECIALISTS | {R.FINANCE},
    "absence.record": HEADS,
    "customer.merge": HEADS,
    "knowledge.edit": HEADS | {R.EDITOR},
    "report.read": HEADS | {R.LEADER, R.FINANCE, R.INSPECTOR, R.TRAINER, R.AUDITOR},
    "rating.give": {R.INSPECTOR, R.TRAINER},
    "library.read": {R.INSPECTOR, R.TRAINER},
    "training.run": {R.TRAINER},
    "people.manage": {R.ADMINISTRATOR},
    "pack.manage": {R.ADMINISTRATOR},
    "channel.manage": {R.ADMINISTRATOR},
    "log.read": {R.AUDITOR},
    "log.export": {R.AUDITOR},
}


class Holder:
    def __init__(self, *roles: Role, is_active: bool = True) -> None:
        self.role_codes = frozenset(roles)
        self.is_active = is_active


def test_s2_54_the_matrix_names_every_capability_and_every_role():
    assert (set(WHO_MAY), set(CAPABILITIES)) == (set(ALL_CAPABILITIES), set(Role))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("capability", sorted(WHO_MAY))
def test_s2_54_each_role_may_do_what_the_role_table_says_and_nothing_else(capability, role):
    assert can(Holder(role), capability) == (role in WHO_MAY[capability])


def test_c27_an_administrator_keeps_the_house_and_reads_no_case():
    assert capabilities_of([R.ADMINISTRATOR]) == {"people.manage", "pack.manage", "channel.manage"}


def test_c27_an_auditor_changes_nothing():
    assert capabilities_of([R.AUDITOR]) == {"complaint.read_masked", "log.read", "log.export", "report.read"}


def test_roles_add_up_and_a_leaver_may_do_nothing():
    both = Holder(R.AUDITOR, R.ADMINISTRATOR)
    gone = Holder(R.LEADER, is_active=False)

    assert (can(both, "log.export"), can(both, "people.manage"), can(gone, "complaint.approve")) == (True, True, False)


def test_an_unknown_capability_is_a_mistake_and_no_silent_no():
    with pytest.raises(LookupError):
        can(Holder(R.AGENT), "complaint.aprove")


def test_s2_54_a_refusal_names_the_roles_that_may():
    with pytest.raises(NotYourDuty) as refused:
        require(Holder(R.AGENT), "complaint.refuse_above_standard")

    assert (refused.value.rule.code, refused.value.params["roles"]) == ("权限-01", str(R.LEADER.label))


def test_role_codes_come_from_one_query_and_from_a_prefetch(make_person, django_assert_num_queries):
    make_person("a", R.AGENT, R.TRAINER)
    with django_assert_num_queries(2):
        (person,) = Person.objects.prefetch_related("roles")
        assert (person.role_codes, person.has_role(R.AGENT)) == ({"agent", "trainer"}, True)
