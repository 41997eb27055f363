"""What an option costs and what it does for the customer, side by side (S2-51): harm neither of the two."""

from dataclasses import dataclass
from decimal import Decimal

from huiyin.complaints.guards import money
from huiyin.complaints.models import ExpectationAnswer, Option
from huiyin.complaints.similar import Similar


@dataclass(frozen=True)
class Balance:
    """One option: cost, what comes back, net; demands and expectations met; what like customers said to the same."""

    option: Option
    cost: Decimal
    net: Decimal
    kindness: Decimal
    met: int
    asked: int
    content: int
    answered: int

    @property
    def share_met(self) -> int:
        """In percent, whole."""
        return round(100 * self.met / self.asked) if self.asked else 0


def of(option: Option, *, ranked: int, demands: int, alike: Similar) -> Balance:
    """Weigh one option whose remedies, answers and expectations were read with it.

    Measured by the ranked expectations where there are any, else by the demands.
    """
    lines = list(option.lines.all())
    if ranked:
        kept = [row for row in option.expected.all() if row.kind != ExpectationAnswer.Kind.DROPPED]
        met, asked = len(kept), ranked
    else:
        met, asked = sum(1 for row in option.answers.all() if row.text.strip() and not row.deviation.strip()), demands
    content, answered = alike.satisfaction(line.remedy for line in lines)
    kindness = sum((line.amount for line in lines if line.voluntary), money.ZERO)
    return Balance(option, money.option_cost(option), money.option_net(option), kindness, met, asked, content, answered)
