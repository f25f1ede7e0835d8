/** The pane that shows a clause in its place, the cited words marked. */
import { bring, button, h, icon } from "./dom.js";

export class Reader {
  constructor(strings, view, client, onClose) {
    this.s = strings;
    this.view = view;
    this.client = client;
    this.title = h("h2", { tabindex: "-1", id: "reading" });
    this.meta = h("p.where");
    this.body = h("div.passage");
    this.link = h("a", { target: "_blank", rel: "noopener" }, strings.document, h("span.hidden", ` ${strings.newTab}`));
    this.scroll = h(
      "div.scroll",
      { tabindex: "0", role: "region", "aria-labelledby": "reading" },
      this.body,
      h("p.whole", this.link),
    );
    const back = button("quiet", { onclick: onClose }, icon("back"), strings.back);
    this.element = h(
      "aside.reader",
      { hidden: true, "aria-labelledby": "reading" },
      h("div.reader-head", back, this.title, this.meta),
      this.scroll,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      onClose();
    });
  }

  async show(citation) {
    this.wanted = citation;
    this.title.textContent = this.view.place(citation.clause);
    this.meta.textContent = `${this.view.title(citation)} · ${this.view.where(citation, false)}`;
    this.link.href = this.client.page(citation);
    this.body.replaceChildren(h("p.hint", this.s.loading));
    this.element.hidden = false;
    this.title.focus();
    try {
      const passage = await this.client.passage(citation);
      if (this.wanted !== citation) return;
      this.body.replaceChildren(...clauses(passage));
      const mark = this.body.querySelector("mark");
      if (mark) bring(mark.closest("p"), this.scroll, true);
    } catch (error) {
      if (this.wanted === citation) this.body.replaceChildren(h("p.trouble", error.message));
    }
  }

  hide() {
    this.wanted = null;
    this.element.hidden = true;
  }
}

/** The paragraphs of a passage, without the dashes of list items. */
function clauses(passage) {
  const out = [];
  let heading = null;
  for (const { clause, heading: over, depth, parts } of passage.clauses) {
    if (over && over !== heading) out.push(h("h3", over));
    heading = over ?? heading;
    if (!parts.some((part) => part.text.trim())) continue;
    const words = parts.map((part, at) => {
      let text = part.text.replace(/\s+/g, " ");
      if (at === 0) text = text.replace(/^\s*[-–•]\s+/, "").trimStart();
      if (at === parts.length - 1) text = text.replace(/\s[-–•]\s*$/, "");
      return part.marked ? h("mark", text) : text;
    });
    const cited = parts.some((part) => part.marked) ? ".cited" : "";
    out.push(h(`p.clause.depth${Math.min(depth, 3)}${cited}`, { "data-clause": clause }, words));
  }
  return out;
}
