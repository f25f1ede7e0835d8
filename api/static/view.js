/** Turns a reply into elements. */
import { button, fill, h, icon } from "./dom.js";

export class View {
  /** `act` has open(citation, trigger), ask(question), feedback(reply, helpful, comment), address(citation). */
  constructor(strings, language, act) {
    this.s = strings;
    this.act = act;
    const locale = language === "en" ? "en-GB" : language;
    this.dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  /** What the source is, of when, and where in it the words stand. */
  where({ kind, issued_on, clause, page }, withClause = true) {
    return [
      this.s[`kind_${kind}`] || capital(kind),
      issued_on ? this.dates.format(new Date(`${issued_on}T00:00:00Z`)) : this.s.noDate,
      withClause && this.place(clause),
      page && fill(this.s.page, { page }),
    ]
      .filter(Boolean)
      .map((words) => words.replaceAll(" ", "\xa0"))
      .join(" · ");
  }

  /** A label as a reader says it. */
  place(label) {
    const paragraph = /^para (.*)/.exec(label);
    if (paragraph) return fill(this.s.paragraph, { n: paragraph[1] });
    if (/^[A-Z]?\d[\w.]*(\(\w+\))*$/.test(label)) return fill(this.s.clause, { clause: label });
    return /^\S+\)$/.test(label) ? fill(this.s.item, { label }) : capital(label);
  }

  /** The title, and whom the document is about where the title does not say. */
  title({ title, subject }) {
    return !subject || title.includes(subject) ? title : `${title}: ${subject}`;
  }

  reply(reply) {
    const { status, value, citations, related, suggestions } = reply;
    const found = status === "answered";
    const groups = found && sides(reply);
    return h(
      `div.reply.${status}`,
      h("p.status", icon(found ? "found" : "missing"), this.s[status]),
      value && h("p.value", capital(value)),
      groups
        ? [h("div.sides", groups.sides.map((side) => this.side(side))), groups.rest.map((line) => this.sentences(line, citations))]
        : [this.prose(reply), found && this.sources(citations)],
      !found && suggestions?.length > 0 && this.suggestions(suggestions, this.s.suggestions),
      !found && related?.length > 0 && this.related(related),
      this.actions(reply),
    );
  }

  /** The answer line by line where it is a list, else as one paragraph. */
  prose({ answer, lines = [], citations }) {
    if (lines.length < 2) return this.sentences(answer, citations);
    const lead = /:\s*(\[\d+\]\s*)*$/.test(lines[0]) ? 1 : 0;
    return [
      lead > 0 && this.sentences(lines[0], citations),
      h("ul.lines", lines.slice(lead).map((line) => h("li", this.sentences(line, citations)))),
    ];
  }

  /** One of several documents side by side; a label before a colon is its heading. */
  side({ text, citations }) {
    const [, label, rest] = /^([^:[\]]{2,70}):\s+(.+)$/s.exec(text) || [];
    return h(
      "section.side",
      { "aria-label": this.title(citations[0]) },
      label && h("h3.label", label),
      this.sentences(label ? capital(rest) : text, citations),
      this.sources(citations),
    );
  }

  /** The text with each [n] a button, on the line of the word before it. */
  sentences(text, citations) {
    const marker = (piece) => {
      const citation = citations.find(({ number }) => piece === `[${number}]`);
      return citation ? this.opener("marker", citation, String(citation.number)) : piece;
    };
    const pieces = text.split(/(\S+(?:\s*\[\d+\])+)/).map((run, at) => (at % 2 ? h("span.keep", run.split(/(\[\d+\])/).map(marker)) : run));
    return h("p.text", pieces);
  }

  /** A button that opens the clause of a citation. */
  opener(classes, citation, ...children) {
    const reads = fill(this.s.read, { place: this.place(citation.clause), title: this.title(citation) });
    return button(
      classes,
      {
        "aria-label": `${fill(this.s.source, { n: citation.number })}: ${reads}`,
        onclick: (event) => this.act.open(citation, event.currentTarget),
      },
      children,
    );
  }

  sources(citations) {
    return h("div.sources", h("h3", this.s.sources), h("ol", citations.map((citation) => h("li", this.source(citation)))));
  }

  /** A button that says what the source is, and its words. */
  source(citation) {
    return h(
      "div.source",
      this.opener(
        "chip",
        citation,
        h("span.number", String(citation.number)),
        h("span.what", h("span.title", this.title(citation)), h("span.where", this.where(citation))),
      ),
      h("blockquote", tidy(citation.quote)),
    );
  }

  related(citations) {
    return h(
      "details.related",
      h("summary", this.s.related),
      h("p.hint", this.s.relatedHint),
      h("ul", citations.map((citation) => h("li", this.source(citation)))),
    );
  }

  suggestions(questions, title) {
    const items = questions.map((question) => h("li", button("", { onclick: () => this.act.ask(question) }, question)));
    return h("div.suggestions", h("h3", title), h("ul", items));
  }

  actions(reply) {
    const note = h("span.note", { role: "status" });
    const more = h("div");
    const copy = async () => (note.textContent = (await write(this.asText(reply))) ? this.s.copied : this.s.notCopied);
    const send = (helpful, comment) =>
      this.act.feedback(reply, helpful, comment).then(
        () => (note.textContent = this.s.thanks),
        (error) => (note.textContent = error.message),
      );
    const votes = [true, false].map((helpful) =>
      button(
        "quiet.vote",
        {
          "aria-label": helpful ? this.s.helpful : this.s.unhelpful,
          "aria-pressed": "false",
          onclick: ({ currentTarget }) => {
            for (const vote of votes) vote.setAttribute("aria-pressed", String(vote === currentTarget));
            more.replaceChildren(helpful ? "" : this.comment((words) => send(false, words), more));
            more.scrollIntoView({ block: "nearest" });
            send(helpful, null);
          },
        },
        icon(helpful ? "up" : "down"),
      ),
    );
    return h("div.actions", h("div.row", button("quiet", { onclick: copy }, icon("copy"), this.s.copy), votes, note), more);
  }

  comment(send, place) {
    const box = h("textarea", { rows: 2, maxlength: 2000 });
    const submit = (event) => {
      event.preventDefault();
      place.replaceChildren();
      send(box.value.trim() || null);
    };
    return h("form.comment", { onsubmit: submit }, h("label", this.s.comment, box), h("button.plain", this.s.send));
  }

  asText({ answer, citations }) {
    const source = (citation) =>
      `[${citation.number}] ${this.title(citation)} (${this.where(citation).replaceAll("\xa0", " ")})\n“${tidy(citation.quote)}”\n${this.act.address(citation)}`;
    return [answer, ...citations.map(source)].join("\n\n");
  }
}

/** The answers of several documents; null when the answer is one text. */
function sides({ answer, lines = [], value, citations }) {
  const parts = lines.length > 1 ? lines : answer.split(/(?<=\[\d+\])\s+(?!\[)/);
  if (value || parts.length < 2) return null;
  const groups = new Map();
  const rest = [];
  for (const text of parts) {
    const cited = citations.filter(({ number }) => text.includes(`[${number}]`));
    const ids = new Set(cited.map((citation) => citation.document_id));
    if (!ids.size) return null;
    if (ids.size > 1) {
      rest.push(text);
      continue;
    }
    const [id] = ids;
    const group = groups.get(id) || { text: "", citations: [] };
    group.text = `${group.text} ${text}`.trim();
    group.citations.push(...cited.filter((citation) => !group.citations.includes(citation)));
    groups.set(id, group);
  }
  return groups.size > 1 && rest.length < 2 ? { sides: [...groups.values()], rest } : null;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A quotation as running text: the dash of a list and line breaks go, the words stay. */
function tidy(quote) {
  return quote.replace(/(^|\n)\s*[-–•*]\s+/g, "$1").replace(/\s+/g, " ").trim();
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = h("textarea"); // a page without https has no clipboard of its own
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
