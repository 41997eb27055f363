"""The words a pack may use for things the program knows: states, roles, events, kinds.

Packs never define these. Rooms that own a word (roles in people, states in complaints) are not imported here;
a test holds the lists equal.
"""

STATES = (
    "received",
    "acknowledged",
    "registered",
    "investigating",
    "analysed",
    "explaining",
    "planning",
    "approving",
    "offering",
    "executing",
    "following_up",
    "reviewing",
    "closed",
)

ROLES = (
    "agent",
    "duty_agent",
    "supervisor",
    "manager",
    "leader",
    "handler",
    "technician",
    "editor",
    "salesperson",
    "finance",
    "inspector",
    "trainer",
    "administrator",
    "auditor",
)

# What can happen to a case besides entering and leaving a state. A pack may add its own in events.toml.
FACT_EVENTS = (
    "message.in",
    "message.out",
    "demand.made",
    "delivery.signed",
    "return.requested",
    "return.instructions_sent",
    "return.goods_received",
    "refund.paid",
    "remedy.executed",
    "remedy.arrived",
    "platform.ticket_opened",
    "platform.ticket_answered",
    "external.letter_received",
    "external.replied",
    "external.filed",
    "external.concluded",
    "enquiry.transferred",
    "enquiry.answered",
    "appraisal.started",
    "appraisal.finished",
    "repair.agreed",
    "repair.finished",
    "customer.asked_for_delay",
    "customer.delay_ended",
)

EVENTS = (
    *(f"entered.{state}" for state in STATES),
    *(f"left.{state}" for state in STATES),
    *FACT_EVENTS,
)

EVIDENCE = ("V", "S", "C", "G", "design")
CALENDARS = ("wall", "natural", "working", "service")
CLOCK_KINDS = ("stage", "case", "legal")
REMEDY_KINDS = ("return", "exchange", "repair", "price_cut", "compensation", "goodwill", "apology", "process")
LEVELS = ("standard", "personalised", "experience", "value_added")
END_CONDITIONS = ("goods_confirmed", "solution_accepted", "refund_arrived")
CATEGORY_KINDS = ("product", "service", "misunderstanding", "transport", "handling")
BASES = ("P1", "P2", "P3", "P4")
SIDES = ("company", "partner", "third_party", "customer")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BEARERS = ("company", "customer")
