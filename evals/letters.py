"""Letters to invented councils, with a list under no number and a date to reply by."""

from __future__ import annotations

import random
from datetime import timedelta

from evals.drawn import COUNT_WORDS, Address, Draft, a_day, spelled
from evals.invented import Council, Inventor, Person

_POSTS = ("Director of Children's Services", "Chief Executive", "Interim Director of Adult Services")
_MEASURES = (
    "Audits of case files to be shared with the Department in draft.",
    "Improvement plans to be updated with the risks to delivery clearly identified.",
    "Staff surveys to be repeated and the results published to all teams.",
    "Training for new social workers to be completed before cases are allocated.",
)


def letter(council: Council, inventor: Inventor, pick: random.Random, signatory: Person, address: Address) -> Draft:
    """One letter.  Facts drawn: addressee and post, copied to, date, reply-by date, interval of the boards."""
    draft = Draft(council, letter=pick.choice((" - {}) ", "{}) ")))
    addressee, copied = inventor.person(), inventor.person()
    title, post = pick.choice(("Mr", "Ms", "Dr")), pick.choice(_POSTS)
    sent = a_day(pick)
    reply = sent + timedelta(days=pick.randint(14, 70))
    weeks = pick.randint(2, 11)
    dates = spelled(sent, pick), spelled(reply, pick)
    draft.facts |= {
        "addressee": addressee.name, "post": post, "copied": copied.name, "sent": sent.isoformat(),
        "reply": reply.isoformat(), "boards": f"P{weeks}W", "signatory": signatory.name,
    }  # fmt: skip
    draft.words |= {"copied": copied.name, "sent": dates[0], "reply": dates[1]}
    draft.lines += [f"{title} {addressee.name}", post, council.name, *address.lines, ""]
    draft.lines += [dates[0], "", f"Dear {title} {addressee.surname}", "", "IMPROVEMENT SUPPORT", ""]
    draft.lines += [
        f"I am writing to you about the improvement work of {council.name} and the support that the Department offers.",
        "",
        "Having considered your progress we are confirming the following measures:",
        "",
    ]
    measures = pick.sample(_MEASURES, pick.randint(2, 4))
    boards = f"Improvement boards to be held every {COUNT_WORDS[weeks - 1]} weeks, with all usual members attending."
    measures.insert(pick.randrange(len(measures) + 1), boards)
    for position, text in enumerate(measures):
        draft.item(position, text, "boards" if text == boards else None)
    draft.lines += [
        "",
        f"Please confirm in writing, by {dates[1]}, that these measures are in place.",
        "",
        f"I am copying this letter to {copied.name}, Leader of the council.",
        "",
        "Yours sincerely",
        "",
        signatory.name,
        "",
        "Deputy Director, Improvement and Interventions",
    ]
    return draft
