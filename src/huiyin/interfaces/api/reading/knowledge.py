"""Entries and guidance as the API shows them: as they are written, without the letters of any reader."""

from datetime import date

from huiyin.interfaces.api.schemas import knowledge as schemas
from huiyin.knowledge import finding, queries
from huiyin.knowledge.guidance import Guidance
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Entry
from huiyin.knowledge.queries import Filed

PAGE = 100


def row(one: Entry, on: date, *, whole: bool = True) -> schemas.EntryRow:
    return schemas.EntryRow(
        kind=Kind(one.kind),
        code=one.code,
        title=one.title,
        topic=one.topic,
        scene=one.scene,
        version=one.version,
        origin=one.origin,
        in_use=one.retired_at is None,
        expired=one.valid_to is not None and one.valid_to < on,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        whole=whole,
    )


def page(filed: Filed, start: int, on: date) -> schemas.EntryPage:
    rows = list(queries.entries(filed, on)[start : start + PAGE + 1])
    following = start + PAGE if len(rows) > PAGE else None
    return schemas.EntryPage(rows=[row(one, on) for one in rows[:PAGE]], next=following)


def found(words: str, kind: str, on: date) -> schemas.EntryPage:
    hits = finding.find(words, kinds=[kind] if kind else (), on=on, most=PAGE)
    return schemas.EntryPage(rows=[row(hit.entry, on, whole=hit.whole) for hit in hits], next=None)


def entry(one: Entry, on: date) -> schemas.EntryShown:
    versions = [
        schemas.VersionRow(
            number=turn.number, kind=turn.kind, made_at=turn.made_at, made_by=turn.made_by_id, why=turn.why
        )
        for turn in queries.versions(one)
    ]
    plain = row(one, on).model_dump()
    return schemas.EntryShown(**plain, content=one.content, offered=one.offered, versions=versions)


def guidance(found: Guidance) -> schemas.GuidanceShown:
    stage = found.now
    return schemas.GuidanceShown(
        now=stage.code if stage else "",
        course=[
            schemas.StageShown(code=place.stage.code, title=str(place.stage.title), standing=place.standing)
            for place in found.course
        ],
        taboos=[str(taboo.text) for taboo in found.taboos],
        cards=[_card(one) for one in found.cards],
        scripts=[
            schemas.ScriptShown(
                code=one.entry.code,
                version=one.entry.version,
                title=one.entry.title,
                step=one.entry.topic,
                text=one.filled.text,
                missing=list(one.filled.missing),
            )
            for one in found.scripts
        ],
        playbook=_playbook(found),
        facts=[row(one, found.situation.on) for one in found.facts],
    )


def _card(one: Entry) -> schemas.CardShown:
    content = one.content
    return schemas.CardShown(
        code=one.code,
        version=one.version,
        title=one.title,
        moment=one.topic,
        text=content["text"],
        do=content["do"],
        avoid=content["avoid"],
    )


def _playbook(found: Guidance) -> schemas.PlaybookShown | None:
    one = found.playbook
    if one is None:
        return None
    return schemas.PlaybookShown(
        code=one.code,
        version=one.version,
        title=one.title,
        caller=one.topic,
        scene=one.scene,
        steps=one.content["steps"],
        must_not=one.content["must_not"],
        hold=found.hold.filled.text if found.hold else "",
    )
