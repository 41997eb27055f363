"""The rules a complaint obeys; each is enforced by a refusal or a warning of this room."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

# Moving
WRONG_STATE = declare("流程-01", _("A step belongs to its stage"), requirements=("S0-01",))
WRONG_SEAT = declare("流程-02", _("Each step has its own people"), requirements=("S2-54",))
MERGED = declare("流程-03", _("A merged case does not move"), requirements=("S0-01",))
UNCHANGED = declare("流程-04", _("Nobody overwrites what another has just done"), requirements=("C27",))
SECOND_PERSON = declare("流程-05", _("Two people for a step that cannot be taken back"), requirements=("S1-30",))
TOO_MANY_ROUNDS = declare("流程-06", _("After the last round a leader decides"), requirements=("S0-23", "AMB-15"))
STILL_SAME_MATTER = declare("流程-07", _("Reopening is for the same matter within its window"), requirements=("S3-41",))
SAME_MATTER_ONCE = declare(
    "合并-01", _("Only open cases of one matter are merged, with a reason"), requirements=("S0-01",)
)
EARLIER_CASE = declare("合并-02", _("A repeat complaint points to an earlier case"), requirements=("S3-41",))
FLAG_WITH_REASON = declare("标记-01", _("A flag is set by a person with a reason"), requirements=("AMB-16",))
UNREASONABLE = declare("标记-02", _("«Unreasonable» is a supervisor's word"), requirements=("S4-11",))
RECUSED = declare(
    "回避-01", _("Nobody decides in his own matter"), requirements=("ENG-15",), source="GB/T 19012", evidence="S"
)

# Telling the customer
TELL_OR_SAY_WHY = declare("告知-01", _("Each step is told, or it is said why not"), requirements=("S2-30",))
ONE_CONTACT = declare("告知-02", _("The customer has one contact"), requirements=("S0-34", "S4-32"))
NEXT_PROMISE = declare("承诺-01", _("While a case is open the next time is named"), requirements=("S2-23", "S2-24"))
PROMISE_AHEAD = declare("承诺-02", _("A promise lies ahead"), requirements=("AMB-06",))
PROMISE_OPEN = declare("承诺-03", _("Only a running promise can be kept or replaced"), requirements=("S2-24",))
REASON_TO_REPLACE = declare("承诺-04", _("A new time needs a reason"), requirements=("ENG-10",))
PROMISE_BY_MESSAGE = declare(
    "承诺-05", _("A promise to the customer is kept by a message to the customer"), requirements=("S2-24",)
)
NO_OPEN_PROMISE = declare("承诺-06", _("No case closes over a running promise"), requirements=("S1-19",))
LIABILITY_AFTER_FINDING = declare(
    "致歉-01", _("Fault is admitted only after the finding"), requirements=("S1-06", "AMB-07")
)
EXTENDED_IN_TIME = declare(
    "承诺-07", _("More time is asked for before the time is over, and told"), requirements=("ENG-10",)
)
PROMISE_WITHIN = declare("承诺-08", _("A promise lies within the time of the case"), requirements=("S2-09", "AMB-10"))
SAID_AS_PROMISED = declare("承诺-09", _("The words name the time that is promised"), requirements=("S0-04",))
APOLOGY_OWED = declare("致歉-02", _("For our own fault the company apologises"), requirements=("S2-25",))

# Intake
WIDE_TOLD = declare(
    "告知-03", _("In a wide case the customer hears how we handle it and what we improve"), requirements=("S4-121",)
)
REACHABLE = declare("受理-01", _("A complaint has a way and somebody to answer"), requirements=("S0-03",))
SAYS_WHAT = declare("受理-02", _("A complaint says what happened"), requirements=("S1-28",))
RECEIVED_BEFORE = declare("受理-03", _("Nothing is received at a time still ahead"), requirements=("AMB-06",))
BASE_PACK = declare("受理-04", _("A complaint comes under exactly one base pack"), requirements=("ENG-13",))
ACK_NAMES_A_TIME = declare("响应-01", _("The first answer names a time"), requirements=("S0-04",))
FOUR_ELEMENTS = declare("登记-01", _("Person, matter, emotion, demand"), requirements=("S0-05", "S1-28"))
CATEGORISED = declare("登记-02", _("A registered case has a category"), requirements=("S0-10",))
RESTATED = declare("登记-03", _("Restated and confirmed by the customer"), requirements=("S2-21",))
MEMBER_CARD = declare("登记-04", _("A member's card number is asked for"), requirements=("S4-115",))
FAST_TRACK = declare("登记-05", _("At once only what is small and agreed"), requirements=("S2-22", "S4-120"))
EMOTION_ON_THE_LIST = declare("登记-06", _("Emotion is read on one list of five"), requirements=("S0-08",))
PURCHASED_BEFORE = declare("登记-07", _("A purchase lies before the complaint"), requirements=("S2-39",))
ENQUIRY_CONTACT = declare("咨询-01", _("A transferred enquiry has a name and a telephone"), requirements=("S4-98",))
ENQUIRY_IN_TIME = declare(
    "咨询-02", _("A transferred enquiry is answered within the limit"), requirements=("S4-99",), level="warn"
)
ENQUIRY_ANSWERED = declare("咨询-03", _("An enquiry is answered once, by who has it"), requirements=("S4-98",))

# Inquiry
HANDLER_NAMED = declare("分派-01", _("A department and a person in charge"), requirements=("S1-31",))
PROGRESS_PROMISED = declare("分派-02", _("An investigation begins with a time for news"), requirements=("S0-16",))
OWNER_STAYS = declare("分派-03", _("The owner changes only by a supervisor with a reason"), requirements=("S4-32",))
OWNER_IS_NOT_HANDLER = declare("分派-04", _("Owner and handler are two people"), requirements=("AMB-12",))
TASK_OWNED = declare("任务-01", _("Every task has a person and a due time"), requirements=("S4-33", "S2-53"))
OWN_DEPARTMENT = declare("任务-02", _("Departments do not do each other's tasks"), requirements=("S2-54",))
TASK_DONE = declare("任务-03", _("A task ends with a result or a reason"), requirements=("S0-34", "S4-114"))
MEETING_RECORDED = declare("任务-05", _("A meeting ends with decisions and one voice"), requirements=("S0-34",))
PART_HAS_DEPARTMENT = declare("登记-08", _("Each further matter has its own department"), requirements=("S0-34",))
NETWORK_TRIAGE = declare("网络-01", _("A network complaint goes down a stream"), requirements=("S2-61",))
TEST_TO_PLAN = declare("网络-02", _("What a field test shows to help is planned"), requirements=("S2-62",))
STATION_ORDER = declare("网络-03", _("No repair before the fault point"), requirements=("S2-63",))
VISIT_REPORTED = declare("任务-04", _("A visit ends with its report"), requirements=("S4-117",))
BILL_ADDS_UP = declare("核算-01", _("A bill is recalculated step by step from a source"), requirements=("S4-118",))
PARTNER_ASKED = declare("伙伴-01", _("A partner is asked one question by name"), requirements=("S0-17", "S4-118"))
PARTNER_KNOWS_NOTHING = declare("伙伴-02", _("A partner learns nothing of the customer"), requirements=("S0-06",))
PARTNER_ANSWERS_ONCE = declare("伙伴-03", _("A partner answers once, in time"), requirements=("S0-53",))
TWO_KINDS = declare("证据-01", _("No finding rests on one kind of evidence"), requirements=("S0-14",))
EVIDENCE_WHOLE = declare("证据-02", _("Evidence says where it came from"), requirements=("S0-15",))
CONTRADICTIONS_WEIGHED = declare("证据-03", _("No finding over an open contradiction"), requirements=("S0-14",))
ACCOUNT_WEIGHED = declare("证据-04", _("The customer's own account is weighed"), requirements=("S0-14", "S1-29"))
APPRAISAL_WHOLE = declare(
    "证据-05", _("An appraisal has a document, a fee and somebody who bears it"), requirements=("S1-13", "S1-14")
)
CAUSES_JUDGED = declare("定性-01", _("Each listed cause is ruled in or out"), requirements=("S0-33",))
RESPONSIBLE_NAMED = declare("定性-02", _("A responsible person, or why there is none"), requirements=("S1-34",))
FINDING_COMPLETE = declare("定性-03", _("A finding has a cause, a side and grounds"), requirements=("S1-29", "S1-34"))
NOT_FOUNDED = declare("定性-04", _("Only what is not founded is explained"), requirements=("S1-30", "S4-119"))
FOUNDED = declare("定性-05", _("A plan needs a founded complaint on our side"), requirements=("S4-119",))
ANSWER_RECORDED = declare("定性-06", _("The customer's answer comes first"), requirements=("S1-19", "S1-30"))

# Solution
DEMANDS_ANSWERED = declare("方案-01", _("Each demand is answered"), requirements=("S0-09", "S1-35"))
OPTIONS_COMPLETE = declare("方案-02", _("An option has remedies, a cost, a level and a time"), requirements=("S3-09",))
SINGLE_WITH_REASON = declare("方案-03", _("A single option needs a reason"), requirements=("S0-19", "AMB-11"))
KNOWN_REMEDY = declare("方案-04", _("Only what the catalogue offers is promised"), requirements=("S2-09",))
TARGET_OPTIONS = declare("方案-05", _("Three or four options are prepared"), requirements=("S2-26",), level="warn")
SERVICE_IMPROVEMENT = declare(
    "方案-06", _("For a service error the process improves too"), requirements=("S0-18",), level="warn"
)
BEYOND_CONTROL = declare(
    "方案-07", _("What lies beyond our control is said openly"), requirements=("S2-08",), level="warn"
)
DUTY_LEAVES_PLANS = declare("方案-08", _("The duty agent leaves the plans of others alone"), requirements=("AMB-12",))
WITHIN_AUTHORITY = declare("批示-01", _("No offer exceeds somebody's authority"), requirements=("S2-49", "S2-09"))
APPROVED_FIRST = declare("批示-02", _("Approved before it is offered"), requirements=("S1-36", "AMB-05"))
NOT_OWN_PLAN = declare("批示-03", _("Nobody approves his own plan"), requirements=("S1-36",))
RETURN_WITH_COMMENT = declare("批示-04", _("A returned plan says why"), requirements=("S1-36",))
RETURNED_IS_CHANGED = declare("批示-05", _("A returned plan is drawn up anew"), requirements=("S1-36",))
WAITING_DECISION = declare("批示-06", _("A plan is decided on once"), requirements=("S1-36", "AMB-05"))
OVERRIDE_NAMED = declare(
    "批示-07", _("A rule is let pass only by a leader with a reason"), requirements=("S0-14", "S0-33", "S2-21")
)
CHOICE_CONFIRMED = declare("沟通-01", _("Nothing is carried out before the customer chose"), requirements=("S2-27",))
ALTERNATIVE_OFFERED = declare("沟通-02", _("A refusal comes with an alternative"), requirements=("S3-31", "S3-39"))
GOODWILL_ONCE = declare("善意-01", _("A small kindness once per case"), requirements=("S2-50",))

REALISTIC_TIME = declare(
    "方案-09", _("A time is promised that was held before"), requirements=("S3-30", "AMB-10"), level="warn"
)
STANDS_OUT = declare("方案-10", _("Like cases are decided alike"), requirements=("S1-35", "ENG-17"), level="warn")
SPLIT_NOTICED = declare(
    "方案-11", _("A large amount is not cut into small ones"), requirements=("S2-49",), level="warn"
)

# Expecting and negotiating
IN_HIS_WORDS = declare("期望-01", _("An expectation is the customer's own"), requirements=("S3-33", "S3-37"))
MADE_PRECISE = declare("期望-02", _("What is fuzzy is made precise before it is promised"), requirements=("S3-36",))
MADE_REALISTIC = declare(
    "期望-03", _("What cannot be had is replaced, or refused with an alternative"), requirements=("S3-38", "S3-39")
)
ASKED_FIRST = declare("期望-04", _("Ranked is what the customer was asked about"), requirements=("S3-34",))
FIRST_KEPT = declare("期望-05", _("What matters most is met first"), requirements=("S3-35", "S2-38"))
SOURCE_NAMED = declare("期望-06", _("What was advertised is named"), requirements=("S3-22",))
PREPARED = declare(
    "谈判-01", _("A hard conversation is prepared first"), requirements=("S3-24", "S3-27", "S4-125", "S2-11")
)
PRINCIPLE_KEPT = declare("谈判-02", _("Nothing beyond the bottom line"), requirements=("S4-126", "S2-10", "S3-25"))
PRINCIPLE_DECIDED = declare("谈判-03", _("Another person approves the bottom line"), requirements=("S4-126",))
CONCESSION_REASONED = declare("谈判-04", _("Each step of giving way has a reason"), requirements=("S3-25",))
OPENING_WITHIN = declare("谈判-05", _("One opens within one's authority"), requirements=("S2-37",))
PROVED_FIRST = declare("谈判-06", _("What is beyond the usual is paid on evidence"), requirements=("S3-26",))
CEILING_SIGNED = declare(
    "谈判-07",
    _("What lies above the law's ceiling is signed by a leader"),
    requirements=("S3-26",),
    source="法释〔2024〕9号",
    evidence="V",
)
HONEST = declare("谈判-08", _("No threat, no invention, no right concealed"), requirements=("AMB-34", "S3-29"))
FIRST_CONDITION = declare(
    "谈判-09", _("The first condition above the norm is not accepted"), requirements=("S3-28", "AMB-08"), level="warn"
)
REASON_SUPPLIED = declare("谈判-10", _("An offer comes with its reason"), requirements=("S3-40",), level="warn")
ROOM_LEFT = declare("谈判-11", _("Leave yourself room"), requirements=("S2-37",), level="warn")
FIELDS_FILLED = declare("谈判-12", _("Think of the long run"), requirements=("S2-33",), level="warn")

# Callers
CALLER_NAMED = declare("来电-01", _("A special caller is reported at once"), requirements=("S2-48", "AMB-16"))
CONSENT_FIRST = declare(
    "来电-02", _("A conversation is handed on with the customer's consent"), requirements=("S2-52", "AMB-18")
)
CONDUCT_JUDGED = declare(
    "来电-03", _("Hard conduct is judged by two, for a time, with a right of appeal"), requirements=("S4-11", "AMB-01")
)
ADVERTISED_ANSWERED = declare("宣传-01", _("What was advertised is answered for"), requirements=("S3-22",))

# Execution, callback, review
PROOF_GIVEN = declare("执行-01", _("Done means done with proof"), requirements=("S0-20",))
ALL_DONE = declare("执行-02", _("Each action is done and told"), requirements=("S0-21",))
END_CONDITION = declare("回访-01", _("The category says when it is over"), requirements=("S0-22",))
CALLED_BACK = declare("回访-02", _("The customer was asked often enough"), requirements=("S2-28", "AMB-14"))
NOT_DISSATISFIED = declare("回访-03", _("Dissatisfied means back to work"), requirements=("S0-23",))
CALLBACK_AFTER_ARRIVAL = declare("回访-04", _("A callback waits for its day"), requirements=("S0-56",))
SCORE_IN_RANGE = declare("回访-06", _("Scores lie between 1 and 5"), requirements=("S2-57", "S3-02"))
CALLBACK_DUE = declare("回访-07", _("A callback is made once"), requirements=("S2-28",))
BOTH_PURPOSES = declare(
    "回访-08", _("A callback asks whether it is repaired, and whether trust is"), requirements=("S4-122",)
)
OWED_ONLY = declare("沟通-03", _("Without an answer only what is owed is done"), requirements=("AMB-40",))
GOODWILL_LISTED = declare("善意-02", _("A kindness comes from the catalogue"), requirements=("S2-50",))
RECOVERY_RECORDED = declare("追责-02", _("What was recovered is an amount with its source"), requirements=("S1-37",))
PORTAL_OWN_CASE = declare("门户-01", _("The complainant sees his own case alone"), requirements=("S0-06",))
SILENT_ENOUGH = declare("回访-05", _("Silence is not consent"), requirements=("AMB-40",))
FOUR_ANSWERS = declare("复盘-01", _("Four answers of the review"), requirements=("S4-123", "S4-124"))
QUESTIONS_SETTLED = declare(
    "复盘-02", _("Improvement, penalty and case study are settled"), requirements=("S1-38", "S1-42")
)
PUT_INTO_EFFECT = declare(
    "复盘-03", _("Told, asked and carried out before it is closed"), requirements=("S1-19", "S1-38")
)
SIGNED_OFF = declare("复盘-04", _("No plan counts as done without a signature"), requirements=("S1-36", "AMB-05"))
CLAIM_FORWARD = declare("追责-01", _("A claim says whom, how much and why"), requirements=("S0-55",))
CLAIM_STEPS = declare("追责-03", _("A claim goes its way step by step"), requirements=("S0-55", "S1-37"))
EXTERNAL_CONCLUDED = declare("外部-01", _("An outside case is concluded first"), requirements=("S1-19",))
WITHDRAWAL_IN_WORDS = declare("撤诉-01", _("A withdrawal is the customer's own"), requirements=("S1-19",))
OUTSIDE_DECISION = declare("外部-02", _("An outside settlement has a document"), requirements=("S1-18",))

# Guidance
GUIDANCE_ADVISES = declare(
    "指引-01", _("Guidance advises; another way is noted, never blocked"), requirements=("S2-04",)
)
QUESTION_GETS_A_TIME = declare("问答-01", _("A question that is left open gets a time"), requirements=("S2-15",))
AFTER_RESOLUTION = declare(
    "商机-01", _("Suggestions wait until the matter is resolved"), requirements=("S2-32", "S2-47", "AMB-17")
)
