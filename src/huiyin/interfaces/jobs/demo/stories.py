"""All stories of the demo, in the order in which they are told when two things happen at the same moment."""

from huiyin.interfaces.jobs.demo.cases import (
    again,
    carriers,
    changes,
    damaged,
    days,
    delivery,
    faults,
    mended,
    misdescribed,
    outside,
    refunds,
    rules_of_sale,
    service,
)
from huiyin.interfaces.jobs.demo.world import Teller

ALL: tuple[Teller, ...] = (
    *damaged.ALL,
    *misdescribed.ALL,
    *faults.ALL,
    *mended.ALL,
    *delivery.ALL,
    *carriers.ALL,
    *service.ALL,
    *again.ALL,
    *refunds.ALL,
    *rules_of_sale.ALL,
    *outside.ALL,
    *days.ALL,
    *changes.ALL,
)
