"""After everything is done: calling back, looking back, closing; for a case and its people."""

from huiyin.complaints.conversation import Skip
from huiyin.complaints.models import Callback, ClosingQuestion
from huiyin.complaints.steps import followup, review
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Ending, Matter

Question = ClosingQuestion.Question
REASONS = {
    Question.IMPROVEMENT: "属个案，现有流程已覆盖",
    Question.PENALTY: "未达到处罚标准，已当面提醒",
    Question.CASE_STUDY: "情形常见，案例库已有同类案例",
}


def open_callback(work: Casework) -> Callback:
    """The callback that comes next."""
    return Callback.objects.filter(complaint=work.id, status=Callback.Status.OPEN).order_by("due_at", "pk")[0]


def miss(work: Casework, note: str) -> None:
    """Call, and reach nobody."""
    followup.attempt_callback(
        open_callback(work).pk, medium="phone", reached=False, note=note, actor=work.owner, at=work.world.at
    )


def call_back(work: Casework, *, content: bool = True, comment: str = "") -> None:
    """Call, and write down what the customer says."""
    ending = work.matter.ending
    matter_score, feeling_score = ending.scores if content else (2, 2)
    result = followup.CallbackResult(
        satisfied=content,
        end_condition_met=content,
        matter_score=matter_score,
        feeling_score=feeling_score,
        comment=comment or ending.comment,
        trust_gained=ending.trust and content,
    )
    followup.record_callback(open_callback(work).pk, result, actor=work.owner, at=work.world.at)


def conclude(work: Casework) -> None:
    words = work.say("谢谢您的反馈。这件事我们会做内部复盘，有改进会落实到流程里。")
    followup.conclude_followup(work.id, words, actor=work.owner, at=work.world.at)


def look_back(work: Casework) -> None:
    """Write the review's four answers."""
    review.write_review(work.id, answers(work.matter), actor=work.owner, at=work.world.at)


def answers(matter: Matter) -> review.Answers:
    """The matter's own review, or what its finding says anyway."""
    if matter.ending.review is not None:
        return matter.ending.review
    grounds = matter.inquiry.grounds if matter.inquiry else matter.text
    return review.Answers(
        what_caused_it=grounds,
        what_we_learnt=f"{matter.about}一类问题，先说明核查结果再谈方案，客户更容易接受。",
        how_to_avoid="在交接环节增加一次核对，并留下记录。",
        what_to_improve="把本次做法写入当班交接要点。",
    )


def settle_questions(work: Casework, *asked: Question) -> None:
    """Answer the closing questions: what the ending proposes, or none with a reason."""
    proposals = _proposals(work.matter.ending)
    for question in asked or tuple(Question):
        text = proposals[question]
        review.answer_question(
            work.id,
            question=question.value,
            proposed=bool(text),
            text=text or REASONS[question],
            actor=work.owner,
            at=work.world.at,
        )


def _proposals(ending: Ending) -> dict[ClosingQuestion.Question, str]:
    return {
        Question.IMPROVEMENT: ending.improvement,
        Question.PENALTY: ending.penalty,
        Question.CASE_STUDY: ending.case_study,
    }


def close(work: Casework) -> None:
    skip = Skip("回访时已告知客户，结案不再打扰")
    review.close(work.id, skip, actor=work.supervisor, at=work.world.at)
