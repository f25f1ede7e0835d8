"""No answer that was made wrong in a small way passes the verifier."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from ingest.notice import Clause, ClauseKind, Document, Span
from retrieval import checked
from retrieval.answer import Answer, Status
from retrieval.compose import compose
from retrieval.draft import Line, Quote, answered, not_found
from retrieval.knowledge import KnowledgeCache
from retrieval.verify import Problem, verify
from tests.retrieval.asking import Desk
from tests.retrieval.mutations import mutants

QUESTIONS = """
when must Sefton deliver its plan?
when must Halton deliver its plan?
by when must St Helens deliver its improvement plan?
when was the Halton notice issued?
when was the Sefton notice signed?
who signed the Halton notice?
who signed the St Helens letter?
who is the letter to St Helens addressed to?
who was copied into the St Helens letter?
who is the DfE adviser for St Helens?
who is the caselead?
who is the leader of St Helens council?
who is the strategic director for People's Services?
who chairs the scrutiny panel?
how often are reviews of progress in Sefton?
how often will improvement boards be held under the Covid letter?
how often will the adviser write to the minister?
how many children were in care in 2019?
how many children were in care at the end of October 2019?
at what rate are children in care?
how much has the cabinet approved?
which Act lets ministers intervene in Sefton?
which section of the Children Act is cited in the St Helens notice?
what was St Helens judged?
what does clause 5(b) of the Halton notice say?
what does paragraph 13 of the Sefton notice say?
what is item e) of the letter?
what is paragraph 7 of the St Helens notice?
what must the council provide for a review in Halton?
what may the assessment of improvement before a review reflect in Sefton?
what do the reviews cover in St Helens?
what flexibilities does the letter give?
does Sefton need an independent chair?
must Halton have an improvement board?
can improvement boards be held virtually?
are the flexibilities permanent?
does the Halton notice mention Covid?
is the Sefton notice about two areas?
compare the deadlines of Sefton and Halton
compare the Halton and St Helens notices on the improvement board
what is the difference between clause 11 in Sefton and Halton?
which councils have a deadline in 2022?
which notice was issued first?
list all deadlines
who signed each notice?
how many notices are there?
which notices did Carolan Goggin sign?
what is due in May 2022?
what happens in November 2022?
what changed in the letter for St Helens?
what happens if Halton does not comply?
why was the notice issued to Halton?
why was the notice issued to St Helens?
what did Prof O'Brien say about staff morale?
what did Teresa Sims say?
what did Trisha Long say?
where is Sefton Council based?
what is the postcode of Halton council?
which documents mention Linda Clegg?
summarise the Sefton notice
who signed the Sefton notice and when is the deadline?
when is the next Ofsted inspection of St Helens?
what will the two-day inspection focus on?
which council is the partner in practice?
who is Nova Charlton?
what is Kath O'Dwyer's role?
when was the focused visit report on Halton published?
when was St Helens inspected by Ofsted?
""".strip().splitlines()

Seen = tuple[Answer, tuple[frozenset[str], ...]]


@pytest.fixture(scope="module")
def shown(seed_desk: Desk) -> tuple[Seen, ...]:
    """Real answers, each with the tokens that code derived, as the pipeline gave both to the verifier."""
    seen: list[Seen] = []

    def record(answer: Answer, documents: Mapping[str, Document], derived: Iterable[frozenset[str]] = ()) -> object:
        tokens = tuple(derived)
        found = verify(answer, documents, tokens)
        if not found and answer.status is Status.ANSWERED:
            seen.append((answer, tokens))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checked, "verify", record)
        for question in QUESTIONS:
            seed_desk.ask(question)
    return tuple(seen)


def names_of(desk: Desk) -> tuple[str, ...]:
    """Whole names of people, councils and bodies that the documents write, and the last names."""
    kinds = {"person_role", "signatory", "addressee", "copied_to", "subject", "organisation"}
    facts = [f for d in desk.snapshot.documents.values() for f in d.facts if f.kind in kinds]
    whole = {(f.normalised or f.value) for f in facts}
    return tuple(sorted({*whole, *(name.split()[-1] for name in whole if len(name.split()) == 2)} - {"Council"}))


def test_enough_is_answered_to_be_made_wrong(shown: tuple[Seen, ...]) -> None:
    assert len(shown) >= 0.8 * len(QUESTIONS)


@dataclass(frozen=True, slots=True)
class Trial:
    """How many mutants of each kind were tried, and what was accepted of them."""

    tried: Counter[str]
    accepted: tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def trial(shown: tuple[Seen, ...], seed_desk: Desk) -> Trial:
    pick, names = random.Random(11), names_of(seed_desk)
    tried: Counter[str] = Counter()
    accepted: list[tuple[str, str]] = []
    for answer, derived in shown:
        for mutant in mutants(answer, names, pick):
            kind = mutant.how.split(":")[0]
            tried[kind] += 1
            if not verify(mutant.answer, seed_desk.snapshot.documents, derived):
                accepted.append((kind, f"{mutant.how}: {mutant.answer.value!r} {mutant.answer.text[:300]}"))
    return Trial(tried, tuple(accepted))


def test_a_thousand_mutants_of_every_kind_are_tried(trial: Trial) -> None:
    assert trial.tried.total() >= 1000
    kinds = {"date", "number", "negation inserted", "negation dropped", "duty", "unit", "name", "citation dropped"}
    assert kinds | {"quote changed", "quote moved", "value", "yes for no"} <= set(trial.tried)


def test_no_mutant_is_accepted(trial: Trial) -> None:
    accepted = [told for kind, told in trial.accepted if kind != "name"]
    assert not accepted, f"{len(accepted)} of {trial.tried.total()} accepted:\n" + "\n".join(accepted)


def test_no_name_is_put_in_the_place_of_another(trial: Trial) -> None:
    accepted = [told for kind, told in trial.accepted if kind == "name"]
    assert not accepted, f"{len(accepted)} of {trial.tried['name']} accepted:\n" + "\n".join(accepted)


def a_document() -> Document:
    text = "The board must meet every six weeks. It must not meet on 4 May 2022. Ann Lee chairs it."
    return Document(
        "alder", "v1", "alder.txt", "0" * 64, "Notice to Alder", "notice", "Alder", None, date(2022, 1, 1), text,
        (Clause("1", Span(0, len(text)), ClauseKind.NUMBERED),), subject_names=("Alder",),
    )  # fmt: skip


def line(text: str, derived: frozenset[str] = frozenset(), label: str = "") -> Line:
    document = a_document()
    return Line(text, (Quote.of_clause(document, document.clauses[0]),), label, derived)


def problems(*lines: Line, value: str | None = None) -> tuple[Problem, ...]:
    document = a_document()
    return verify(compose(answered(lines, value=value)), {"alder": document}, [one.derived for one in lines])


@pytest.mark.parametrize(
    "text",
    [
        "The board must meet every six weeks.",
        "Every six weeks.",
        "It must not meet on 4 May 2022.",
        "Ann Lee.",
        "Ann Lee chairs it.",
        "By 4 May 2022.",
    ],
)
def test_the_documents_own_words_pass(text: str) -> None:
    assert not problems(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "The board must not meet every six weeks.",
        "The board must meet every seven weeks.",
        "Every six months.",
        "It must not meet on 5 May 2022.",
        "It must not meet on 4 May 2023.",
        "Ann Leigh.",
        "Ben Lee chairs it.",
        "The board must never meet.",
        "Within £6.",
    ],
)
def test_other_words_do_not(text: str) -> None:
    assert problems(line(text))


def test_what_code_worked_out_passes_only_when_it_is_said() -> None:
    assert not problems(line("Three", frozenset({"three"})))
    assert problems(line("Three"))
    assert problems(line("Four", frozenset({"three"})))


def test_a_wrong_label_does_not_lose_the_answer(seed_desk: Desk) -> None:
    knowledge = KnowledgeCache().of(seed_desk.snapshot)
    document = next(iter(seed_desk.snapshot.documents.values()))
    fact = next(f for f in document.facts if f.kind == "signatory")
    draft = answered([Line(fact.value, (Quote.of_fact(document, fact),), "Another Town")], value=fact.value)
    answer = checked.checked(draft, knowledge)
    assert answer.value == fact.value
    assert answer.lines[0].startswith(f"{document.title}: {fact.value}")


def test_a_label_names_the_cited_document() -> None:
    assert not problems(line("Every six weeks.", label="Alder"))
    assert problems(line("Every six weeks.", label="Birch"))


def test_the_value_is_in_the_quotation() -> None:
    assert not problems(line("Every six weeks."), value="every six weeks")
    assert problems(line("Every six weeks."), value="every six months")


def test_an_answer_cites_and_a_refusal_does_not() -> None:
    assert problems(Line("Every six weeks."))
    refusal = compose(not_found("Nothing is said."))
    assert not verify(refusal, {})
    shown = compose(answered([line("Every six weeks.")]))
    assert verify(replace(shown, status=Status.NOT_FOUND), {"alder": a_document()})
