"""Improvement notices of invented councils: near-copies of one another that differ in every fact."""

from __future__ import annotations

import random
from datetime import date, timedelta

from evals.drawn import COUNT_WORDS, Address, Draft, a_day, month_of, months_later, signed, spelled
from evals.invented import Council, Inventor, Person

_SERVICES = ("children's social care services", "adult social care services", "special educational needs services")
_JUDGEMENTS = ("are inadequate", "have areas for priority action", "require improvement")
_BODIES = ("Ofsted", "Ofsted", "Care Quality Commission")
_VISITS = ("inspection", "focused visit", "monitoring visit")
_ACTS = ("Children Act 2004", "Care Act 2014", "Children and Families Act 2014", "Local Government Act 1999")
_ROLES = (
    "A senior civil servant in the Department for Education",
    "Deputy Director, Improvement and Interventions",
    "Director of Social Care, Department for Education",
)
_INTERVALS = ("every {} months", "every {} weeks")
_TOPICS = (
    "culture", "performance", "leadership, management and governance", "workforce and management oversight",
    "early help", "multi-agency arrangements", "placement sufficiency", "data quality", "participation of families",
)  # fmt: skip
_EVIDENCE = (
    "the content of the improvement plan and a record of progress against it must be kept up to date;",
    "reports to the improvement board should include data, analysis and recommendations supported by evidence;",
    "the council should highlight those objectives which are slow to progress;",
    "the views of frontline staff and of families will be taken into consideration in the development of practice;",
    "risks to delivery must be recorded and reviewed by senior officers;",
    "audits of case files should be carried out and their findings reported to the improvement board;",
)
_ACCESS = (
    "access to, and time with, staff and leadership;",
    "accurate and up to date data on performance and quality;",
    "facilities to carry out the reviews;",
    "access to case files, minutes of meetings, supervision records or any other relevant information.",
)
_POWERS = (
    "s497A Education Act 1996",
    "section 15 Local Government Act 1999",
    "s7A Local Authority Social Services Act 1970",
)
_AIMS = (
    "should aim for actions included in the improvement plan to be delivered",
    "must ensure that the actions in the improvement plan are delivered",
)


def notice(council: Council, inventor: Inventor, pick: random.Random, signatory: Person, address: Address) -> Draft:
    """One notice.  Facts drawn: addressee, dates, counts, sections, intervals, deadline, adviser, signatory."""
    issued = a_day(pick)
    reported = issued - timedelta(days=pick.randint(5, 60))
    draft = Draft(council, letter=pick.choice((" - {}. ", "{}) ", "({}) ")))
    _head(draft, pick, address, issued, reported)
    _duties(draft, pick, reported)
    _adviser(draft, inventor, pick)
    _plan(draft, pick)
    if pick.random() < 0.35:
        _money(draft, pick)
    draft.dashed = pick.random() < 0.3
    _reviews(draft, pick, issued, reported)
    draft.dashed = False
    _failure(draft, pick)
    _signature(draft, pick, issued, signatory)
    return draft


def _head(draft: Draft, pick: random.Random, address: Address, issued: date, reported: date) -> None:
    name = draft.council.name
    draft.lines += ["", "Improvement Notice", "", f"To: {name} (the Council)", *address.lines]
    draft.facts |= {"street": address.street, "postcode": address.postcode, "issued": issued.isoformat()}
    draft.facts |= {"reported": reported.isoformat(), "body": pick.choice(_BODIES), "visit": pick.choice(_VISITS)}
    draft.facts["judgement"] = judgement = pick.choice(_JUDGEMENTS)
    when = f"on {spelled(issued, pick)}"
    if pick.random() < 0.15:
        when = f"in {month_of(issued)}"
        draft.facts["issued"] += f"|{issued.year}-{issued.month:02d}"
    body, visit = draft.facts["body"], draft.facts["visit"]
    draft.line()
    draft.line(
        f"This Improvement Notice is issued to {name} (the council) {when} following the judgement that "
        f"{pick.choice(_SERVICES)} {judgement}, as identified in the {body} {visit} report published on "
        f"{spelled(reported, pick)}."
    )
    draft.line()


def _duties(draft: Draft, pick: random.Random, reported: date) -> None:
    areas = pick.randint(2, 9)
    draft.facts["areas"] = str(areas)
    draft.paragraph(
        f"This Notice is given to address the {COUNT_WORDS[areas - 1]} areas for "
        f"{pick.choice(('priority action', 'improvement'))} that were identified in the report of the "
        f"{draft.facts['visit']} dated {spelled(reported, pick)}.",
        "areas",
    )
    section, act = str(pick.randint(3, 40)), pick.choice(_ACTS)
    draft.facts |= {"section": section, "act": act}
    draft.paragraph(
        "To comply with this Notice, the following actions are required of the council, working with its partner "
        f'agencies ("partners") as identified by the {act} (Section {section}).',
        "section",
    )


def _adviser(draft: Draft, inventor: Inventor, pick: random.Random) -> None:
    draft.heading("Adviser arrangements")
    until = "until such time that the Secretary of State is satisfied this is no longer required."
    if pick.random() < 0.5:
        draft.facts["adviser"] = adviser = inventor.person().name
        draft.paragraph(
            f"The Secretary of State has appointed {adviser} as adviser to the Department and the council. "
            f"The council will work with the adviser {until}",
            "adviser",
        )
    else:
        draft.paragraph(
            "The Secretary of State has chosen to appoint an adviser to provide advice to the Department and the "
            f"council. The council will work with the adviser {until}"
        )


def _plan(draft: Draft, pick: random.Random) -> None:
    draft.heading("Improvement plan")
    draft.paragraph(
        "The council's improvement plan will deliver appropriate and sustainable improvement. The plan should cover "
        "the areas identified in the report as well as recommendations made by the adviser."
    )
    draft.paragraph("To ensure there is clear evidence of progression:")
    evidence = list(_EVIDENCE)
    pick.shuffle(evidence)
    weeks = pick.randint(2, 10)
    draft.facts["board"] = f"P{weeks}W"
    board = (
        f"the council must ensure there is an improvement board with an independent chair, which is to meet every "
        f"{COUNT_WORDS[weeks - 1]} weeks;"
    )
    chosen = evidence[: pick.randint(2, 5)]
    chosen.insert(pick.randrange(len(chosen) + 1), board)
    for position, text in enumerate(chosen):
        draft.item(position, text, "board" if text == board else None)


def _money(draft: Draft, pick: random.Random) -> None:
    amount = pick.randint(11, 95) * 10_000
    draft.facts["amount"] = f"£{amount:,}"
    draft.heading("Funding")
    draft.paragraph(
        f"The Department will make available up to £{amount:,} to support delivery of the improvement plan, subject to "
        "quarterly monitoring returns.",
        "amount",
    )


def _reviews(draft: Draft, pick: random.Random, issued: date, reported: date) -> None:
    draft.heading("Department for Education reviews")
    count, shape = pick.randint(2, 9), pick.choice(_INTERVALS)
    draft.facts["interval"] = f"P{count}{'M' if 'months' in shape else 'W'}"
    draft.paragraph(
        "Officials or advisers from the Department will undertake reviews of progress against the improvement agenda "
        f"at least {shape.format(COUNT_WORDS[count - 1])} and more regularly where appropriate.",
        "interval",
    )
    topics = pick.sample(_TOPICS, pick.randint(3, 5))
    draft.paragraph(
        f"These reviews may cover, but are not exclusive to: {'; '.join(topics[:-1])}; and {topics[-1]}.", "topics"
    )
    draft.facts["topics"] = "|".join(topics)
    draft.paragraph("For any review or assessment, the council must provide the persons conducting it with:")
    for position, text in enumerate(_ACCESS):
        draft.item(position, text)
    _deadline(draft, pick, issued, reported)


def _deadline(draft: Draft, pick: random.Random, issued: date, reported: date) -> None:
    months = pick.choice((6, 9, 12, 15, 18, 24))
    due = months_later(reported, months)
    kind = pick.random()
    if kind < 0.55:
        when = f"by the end of {month_of(due)}"
        draft.facts["deadline_month"] = f"{due.year}-{due.month:02d}"
    elif kind < 0.9:
        when = f"{pick.choice(('by', 'no later than', 'on or before'))} {spelled(due, pick)}"
        draft.facts["deadline"] = due.isoformat()
    else:
        when = f"within {months} months of the date of this notice"
        draft.facts["deadline_words"] = f"within {months} months of the date of this notice"
        due = months_later(issued, months)
    aside = f" (within {months} months of the {draft.facts['visit']})" if kind < 0.55 and pick.random() < 0.6 else ""
    draft.paragraph(
        "Taking account of the measures set out in this improvement notice and the adviser's feedback, the council "
        f"{pick.choice(_AIMS)} {when}{aside} or sooner, where appropriate.",
        "deadline",
    )


def _failure(draft: Draft, pick: random.Random) -> None:
    draft.paragraph(
        "The adviser will provide to the Department regular reports of progress or concern against the areas set out "
        "in this notice."
    )
    draft.heading("Failure to comply with this Improvement Notice or poor progress:")
    draft.facts["powers"] = powers = pick.choice(_POWERS)
    draft.paragraph(
        "Should the council be unwilling or unable to comply with this improvement notice, ministers may choose to "
        f"invoke their statutory powers of intervention ({powers}) to direct the council to enter into an appropriate "
        "arrangement to secure the improvements required.",
        "powers",
    )


def _signature(draft: Draft, pick: random.Random, issued: date, signatory: Person) -> None:
    day = signed(issued, pick)
    draft.facts |= {"signatory": signatory.name, "role": (role := pick.choice(_ROLES))}
    draft.line()
    draft.lines += [f"Signed:  Date: {day}"] if pick.random() < 0.5 else ["Signed:", "", f"Date: {day}"]
    draft.lines += ["", signatory.name, role]
