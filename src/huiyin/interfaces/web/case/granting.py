"""Who may grant which amount: what the plan editor, the catalogue and the approvals show of authority (S2-49)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.complaints.signing import SIGNERS
from huiyin.interfaces.web.components.pieces import amount_words
from huiyin.interfaces.web.components.shapes import Dot, Zone
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack

Amounts = Sequence[tuple[str, Decimal]]
REST = "*"


def covers(pack: Pack, roles: Iterable[str], lines: Amounts) -> bool:
    """Whether these roles may grant all these remedies in one case; the budget of a period is the step's to ask."""
    held = tuple(roles)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for remedy, amount in lines:
        limit = authority.limit_for(pack, held, remedy)
        sums[limit.remedy if limit else remedy] += amount
    checked = (
        authority.check(pack, roles=held, remedy=code, amount=amount, spent_in_period=Decimal(0))
        for code, amount in sums.items()
        if amount > 0
    )
    return all(verdict.within for verdict in checked)


def needed(pack: Pack, owner: Person, lines: Amounts) -> Role | None:
    """The narrowest role that must sign; nobody where the owner may grant it himself."""
    if covers(pack, owner.role_codes, lines):
        return None
    return next((role for role in SIGNERS if covers(pack, (role,), lines)), Role.LEADER)


def who_may(pack: Pack, owner: Person, lines: Amounts) -> str:
    role = needed(pack, owner, lines)
    if role is None:
        return _("%(name)s may grant it") % {"name": owner.name}
    return _("%(role)s must approve") % {"role": role.label}


def zones(pack: Pack, person: Person) -> list[Zone]:
    """The reach of each role over all remedies together, the narrowest first; the viewer's is marked."""
    found = {limit.role: limit.per_case for limit in pack.authority if limit.remedy == REST}
    order = [role for role in (Role.AGENT, *SIGNERS) if role in found]
    mine = [role for role in order if person.has_role(role)][-1:]
    return [Zone(_zone_words(role, found[role], pack), found[role], role in mine) for role in order]


def _zone_words(role: Role, upto: Decimal | None, pack: Pack) -> str:
    if upto is None:
        return _("%(role)s, above that") % {"role": role.label}
    return _("%(role)s, up to %(amount)s") % {"role": role.label, "amount": amount_words(upto, pack.currency)}


def dots(options: Iterable[tuple[str, Decimal]]) -> list[Dot]:
    """A dot for each amount, named by the options that cost it."""
    named: dict[Decimal, list[str]] = {}
    for name, amount in options:
        named.setdefault(amount, []).append(name)
    return [Dot(f"{' '.join(names)} {amount:,.0f}", amount) for amount, names in named.items()]
