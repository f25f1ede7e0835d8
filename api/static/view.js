/** Turns a reply into elements: the value, the sentences with their markers, the sources. */
import { fill, h, icon } from "./dom.js";

export class View {
  /** `act` has open(citation, trigger), ask(question), feedback(reply, helpful, comment). */
  constructor(strings, language, act) {
    this.s = strings;
    this.act = act;
    this.dates = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  kind(name) {
    return this.s[`kind_${name}`] || name.charAt(0).toUpperCase() + name.slice(1);
  }

  date(iso) {
    return iso ? this.dates.format(new Date(`${iso}T00:00:00Z`)) : this.s.noDate;
  }

  where(citation, clause = true) {
    const parts = [this.kind(citation.kind), this.date(citation.issued_on)];
    if (clause) parts.push(this.place(citation.clause));
    if (citation.page) parts.push(fill(this.s.page, citation));
    return parts.join(" · ");
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

  /** The whole reply as one article. */
  reply(reply) {
    const found = reply.status === "answered";
    const groups = found ? sides(reply) : null;
    return h(
      "div",
      { class: `reply ${reply.status}`, "data-status": reply.status },
      h("p", { class: "status" }, icon(found ? "found" : "missing"), this.s[reply.status]),
      reply.value && h("p", { class: "value" }, capital(reply.value)),
      groups
        ? [h("div", { class: "sides" }, groups.sides.map((group) => this.side(group))), groups.rest.map((line) => this.sentences(line, reply.citations))]
        : [this.prose(reply), found && this.sources(reply.citations, this.s.sources)],
      !found && reply.suggestions?.length > 0 && this.suggestions(reply.suggestions),
      !found && reply.related?.length > 0 && this.related(reply.related),
      this.actions(reply),
    );
  }

  /** The answer line by line where it is a list, else as one paragraph. */
  prose(reply) {
    const lines = reply.lines || [];
    if (lines.length < 2) return this.sentences(reply.answer, reply.citations);
    const lead = /:\s*(\[\d+\]\s*)*$/.test(lines[0]) && this.sentences(lines[0], reply.citations);
    const rest = lead ? lines.slice(1) : lines;
    return [lead, h("ul", { class: "lines" }, rest.map((line) => h("li", {}, this.sentences(line, reply.citations))))];
  }

  /** One of two or more documents that answer side by side. */
  side({ text, citations }) {
    const [, label, rest] = /^([^:[\]]{2,70}):\s+(.+)$/s.exec(text) || [];
    if (label) return this.#side(citations, h("h3", { class: "label" }, label), capital(rest));
    return this.#side(citations, null, text);
  }

  #side(citations, label, text) {
    return h("section", { class: "side", "aria-label": this.title(citations[0]) }, label, this.sentences(text, citations), this.sources(citations, this.s.sources));
  }

  /** The text with each [n] a small button that opens its source. */
  sentences(text, citations) {
    const byNumber = new Map(citations.map((citation) => [String(citation.number), citation]));
    const pieces = text.split(/(\[\d+\])/).map((piece) => {
      const citation = byNumber.get(piece.slice(1, -1));
      if (!/^\[\d+\]$/.test(piece) || !citation) return piece;
      return h(
        "button",
        { type: "button", class: "marker", "aria-label": this.label(citation), onclick: (event) => this.act.open(citation, event.currentTarget) },
        String(citation.number),
      );
    });
    return h("p", { class: "text" }, pieces);
  }

  label(citation) {
    return `${fill(this.s.source, { n: citation.number })}: ${this.reads(citation)}`;
  }

  reads(citation) {
    return fill(this.s.read, { place: this.place(citation.clause), title: this.title(citation) });
  }

  sources(citations, title, numbered = true) {
    if (!citations.length) return null;
    return h(
      "div",
      { class: "sources" },
      h("h3", {}, title),
      h("ol", {}, citations.map((citation) => h("li", {}, this.source(citation, numbered)))),
    );
  }

  /** A source is one button: what it is, where it is, and its words. */
  source(citation, numbered) {
    const label = numbered ? this.label(citation) : this.reads(citation);
    return h(
      "div",
      { class: "source" },
      h(
        "button",
        { type: "button", class: "chip", "data-clause": citation.clause, "aria-label": label, onclick: (event) => this.act.open(citation, event.currentTarget) },
        numbered && h("span", { class: "number" }, String(citation.number)),
        h("span", { class: "what" }, h("span", { class: "title" }, this.title(citation)), h("span", { class: "where" }, this.where(citation))),
      ),
      h("blockquote", {}, tidy(citation.quote)),
    );
  }

  related(citations) {
    return h(
      "details",
      { class: "related" },
      h("summary", {}, this.s.related),
      h("p", { class: "hint" }, this.s.relatedHint),
      h("ul", {}, citations.map((citation) => h("li", {}, this.source(citation, false)))),
    );
  }

  suggestions(questions, title = this.s.suggestions) {
    return h(
      "div",
      { class: "suggestions" },
      h("h3", {}, title),
      h("ul", {}, questions.map((question) => h("li", {}, h("button", { type: "button", onclick: () => this.act.ask(question) }, question)))),
    );
  }

  actions(reply) {
    const note = h("span", { class: "note", role: "status" });
    const copy = h("button", { type: "button", class: "quiet" }, icon("copy"), h("span", {}, this.s.copy));
    copy.addEventListener("click", async () => {
      const done = await write(this.asText(reply));
      note.textContent = done ? this.s.copied : this.s.notCopied;
    });
    const more = h("div", { class: "more" });
    const vote = (helpful, name, words) => {
      const button = h("button", { type: "button", class: "quiet vote", "aria-label": words, "aria-pressed": "false", title: words }, icon(name));
      button.addEventListener("click", () => {
        for (const other of button.parentElement.querySelectorAll(".vote")) other.setAttribute("aria-pressed", String(other === button));
        note.textContent = this.s.thanks;
        this.act.feedback(reply, helpful).catch((error) => (note.textContent = error.message));
        more.replaceChildren(...(helpful ? [] : [this.comment(reply, note, more)]));
      });
      return button;
    };
    const row = h("div", { class: "row" }, copy, vote(true, "up", this.s.helpful), vote(false, "down", this.s.unhelpful), note);
    return h("div", { class: "actions" }, row, more);
  }

  comment(reply, note, place) {
    const box = h("textarea", { rows: 2, maxlength: 2000 });
    const form = h("form", { class: "comment" }, h("label", {}, this.s.comment, box), h("button", { class: "plain" }, this.s.send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.act
        .feedback(reply, false, box.value.trim() || null)
        .then(() => (place.replaceChildren(), (note.textContent = this.s.thanks)))
        .catch((error) => (note.textContent = error.message));
    });
    return form;
  }

  asText(reply) {
    const sources = reply.citations.map(
      (citation) => `[${citation.number}] ${this.title(citation)} (${this.where(citation)})\n“${tidy(citation.quote)}”\n${this.act.address(citation)}`,
    );
    return [reply.answer, ...sources].join("\n\n");
  }
}

/** Answers of several documents, each with its own sources; null when the answer is one text. */
function sides(reply) {
  const parts = reply.lines?.length > 1 ? reply.lines : reply.answer.split(/(?<=\[\d+\])\s+(?!\[)/);
  if (reply.value || parts.length < 2) return null;
  const groups = new Map();
  const rest = [];
  for (const text of parts) {
    const numbers = [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
    const citations = reply.citations.filter((citation) => numbers.includes(citation.number));
    const ids = new Set(citations.map((citation) => citation.document_id));
    if (ids.size > 1) rest.push(text);
    if (ids.size > 1) continue;
    if (!ids.size) return null;
    const [id] = ids;
    const group = groups.get(id) || { text: "", citations: [] };
    group.text = `${group.text} ${text}`.trim();
    group.citations.push(...citations.filter((citation) => !group.citations.includes(citation)));
    groups.set(id, group);
  }
  return groups.size > 1 && rest.length < 2 ? { sides: [...groups.values()], rest } : null;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A quotation as running text: the dash of a list and line breaks go, the words stay. */
export function tidy(quote) {
  return quote.replace(/(^|\n)\s*[-–•*]\s+/g, "$1").replace(/\s+/g, " ").trim();
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = h("textarea", {});
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
