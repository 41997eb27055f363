"""What a search finds, with the match marked: traditional and simplified, wide and narrow letters alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.complaints import queries, search
from huiyin.complaints.models import Complaint, Demand, Interaction, Registration
from huiyin.interfaces.web.desk import addresses
from huiyin.interfaces.web.desk.presenters import eyes
from huiyin.interfaces.web.desk.presenters.waiting import cover
from huiyin.language.fold import fold
from huiyin.people.models import Person

PAGE = 30
AROUND = 40


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `hit` is the part that was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    url: str
    number: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    customer: str
    state: str
    owner: str


@dataclass(frozen=True)
class Results:
    """One page of hits; `exact` is the case whose number was typed."""

    words: str
    exact: Hit | None
    hits: tuple[Hit, ...]
    before: int | None


def results(person: Person, words: str, before: int | None = None) -> Results:
    """The visible cases that hold every word, the newest first."""
    words = words.strip()[:120]
    terms = _terms(words)
    named = queries.by_number(person, words) if words and before is None else None
    rows = search.find(person, words).select_related("customer", "owner", "registration")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    texts = _texts([*found, *([named] if named else [])])
    hits = tuple(
        _hit(person, row, terms, texts.get(row.pk, [])) for row in found if named is None or row.pk != named.pk
    )
    exact = _hit(person, named, terms, texts.get(named.pk, [])) if named else None
    return Results(words, exact, hits, found[-1].pk if more else None)


def _terms(words: str) -> list[str]:
    return [term for part in words.split() if (term := fold(part).strip())]


def _texts(found: list[Complaint]) -> dict[int, list[str]]:
    """What each case was said to be about besides its own row: two queries for a page."""
    ids = [complaint.pk for complaint in found]
    texts: dict[int, list[str]] = {}
    for case_id, text in Demand.objects.filter(complaint__in=ids).values_list("complaint_id", "text"):
        texts.setdefault(case_id, []).append(text)
    said = Interaction.objects.filter(complaint__in=ids).order_by("-at").values_list("complaint_id", "text")
    for case_id, text in said[: 40 * PAGE]:
        texts.setdefault(case_id, []).append(text)
    return texts


def _hit(person: Person, complaint: Complaint, terms: list[str], texts: list[str]) -> Hit:
    form: Registration | None = getattr(complaint, "registration", None)
    known = [complaint.text, complaint.product, complaint.order_number, *((form.matter, form.object) if form else ())]
    covered = [cover(person, text) for text in [*known, *texts] if text]
    return Hit(
        url=addresses.case(complaint.number),
        number=complaint.number,
        title=marked(eyes.title_in_list(person, complaint), terms),
        snippet=snippet(covered, terms),
        customer=eyes.customer_name(person, complaint),
        state=complaint.state,
        owner=complaint.owner.name,
    )


def snippet(texts: Iterable[str], terms: list[str]) -> tuple[Piece, ...]:
    """The first text that holds a term, cut around it; the beginning of the first text when none does."""
    listed = list(texts)
    for text in listed:
        spans = _spans(text, terms)
        if spans:
            start = max(0, spans[0][0] - AROUND)
            end = min(len(text), spans[0][1] + 2 * AROUND)
            pieces = marked(text[start:end], terms)
            return (*_ellipsis(start > 0), *pieces, *_ellipsis(end < len(text)))
    return marked(listed[0][: 3 * AROUND], []) if listed else ()


def _ellipsis(cut: bool) -> tuple[Piece, ...]:
    return (Piece("…", False),) if cut else ()


def marked(text: str, terms: list[str]) -> tuple[Piece, ...]:
    """The text in pieces, every place a term stands marked."""
    pieces, last = [], 0
    for start, end in _spans(text, terms):
        if start < last:
            continue
        pieces += [Piece(text[last:start], False)] if start > last else []
        pieces.append(Piece(text[start:end], True))
        last = end
    return (*pieces, *((Piece(text[last:], False),) if last < len(text) else ()))


def _spans(text: str, terms: list[str]) -> list[tuple[int, int]]:
    """Where terms stand, in the letters of the text itself; each letter is folded alone, so that places stay known."""
    folded, place = [], []
    for index, letter in enumerate(text):
        for part in fold(letter):
            folded.append(part)
            place.append(index)
    whole, spans = "".join(folded), []
    for term in terms:
        at = whole.find(term)
        while at >= 0:
            spans.append((place[at], place[at + len(term) - 1] + 1))
            at = whole.find(term, at + len(term))
    return sorted(spans)
