"""How much does receiving cost over writing? Complaints over HTTP against the same rows written raw by the ORM.

Eight clients file at the real server; eight connections write what those complaints consist of. Both in turn, on one
database, which grows by both.
"""

import os
from contextlib import closing

import django

from bench import harness
from bench.receiving.clients import Clients
from bench.receiving.floor import Floor

TARGET_SHARE = 0.25
TARGET_MIB = 400


def token() -> str:
    """Make an agent and a token that may file as fast as it likes; gives its text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    django.setup()
    from huiyin.interfaces.common import clock, tokens  # noqa: PLC0415 - Django is set up just above
    from huiyin.people.models import Department, Person, PersonRole  # noqa: PLC0415
    from huiyin.people.roles import Role  # noqa: PLC0415

    department, _made = Department.objects.get_or_create(code="customer_service", defaults={"name": "客服部"})
    agent, made = Person.objects.get_or_create(username="bench", defaults={"name": "客服", "department": department})
    if made:
        PersonRole.objects.create(person=agent, role=Role.AGENT)
    return tokens.make(agent, name="bench", scopes=("receive",), days=1, at=clock.now()).text


def main() -> int:
    """Measure in turn and give the figures; fails when a target is missed."""
    arguments = harness.parser(__doc__, cases=400).parse_args()
    os.environ["HUIYIN_API_PER_MINUTE"] = "0"
    with harness.served() as (address, processes), closing(Clients(address, token())) as clients:
        model = clients.file_one()
        clients.per_second(100)
        with closing(Floor(model)) as floor:
            floor.per_second(100)
            found = harness.compare(
                lambda: clients.per_second(arguments.cases),
                lambda: floor.per_second(arguments.cases),
                pairs=arguments.pairs,
            )
        memory = harness.memory_mib(processes)
    figures: dict[str, harness.Figure] = {
        "received_per_second": found.first.figures(),
        "raw_per_second": found.second.figures(),
        "share_of_raw": found.ratio.figures(),
        "target_share": TARGET_SHARE,
        "memory_mib": round(memory),
        "target_mib": TARGET_MIB,
    }
    harness.report("receive", arguments, figures)
    return 0 if found.ratio.median >= TARGET_SHARE and memory <= TARGET_MIB else 1


if __name__ == "__main__":
    raise SystemExit(main())
