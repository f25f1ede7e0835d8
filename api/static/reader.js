/** The pane beside the conversation that shows a clause in its place, the cited words marked. */
import { bring, h, icon } from "./dom.js";

export class Reader {
  constructor(strings, view, client, onClose) {
    this.s = strings;
    this.view = view;
    this.client = client;
    this.title = h("h2", { tabindex: "-1", id: "reader-title" });
    this.body = h("div", { class: "passage" });
    this.link = h("a", { target: "_blank", rel: "noopener" }, strings.document, h("span", { class: "hidden" }, ` ${strings.newTab}`));
    this.meta = h("p", { class: "where" });
    this.scroll = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "reader-title" }, this.body, h("p", { class: "whole" }, this.link));
    this.element = h(
      "aside",
      { class: "reader", hidden: true, "aria-labelledby": "reader-title" },
      h(
        "div",
        { class: "reader-head" },
        h("button", { type: "button", class: "quiet close", onclick: onClose }, icon("back"), h("span", {}, strings.back)),
        this.title,
        this.meta,
      ),
      this.scroll,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        onClose();
      }
    });
  }

  async show(citation) {
    this.wanted = citation;
    this.title.textContent = this.view.place(citation.clause);
    this.meta.textContent = `${this.view.title(citation)} · ${this.view.where(citation, false)}`;
    this.link.href = this.client.page(citation);
    this.body.replaceChildren(h("p", { class: "hint" }, this.s.loading));
    this.element.hidden = false;
    this.title.focus();
    try {
      const passage = await this.client.passage(citation);
      if (this.wanted !== citation) return;
      this.body.replaceChildren(...this.clauses(passage));
      const mark = this.body.querySelector("mark");
      if (mark) bring(mark.closest("p"), this.scroll, true);
    } catch (error) {
      if (this.wanted !== citation) return;
      this.body.replaceChildren(h("p", { class: "trouble" }, error.message));
    }
  }

  clauses(passage) {
    const out = [];
    let heading = null;
    for (const clause of passage.clauses) {
      if (clause.heading && clause.heading !== heading) out.push(h("h3", {}, clause.heading));
      heading = clause.heading ?? heading;
      if (!clause.parts.some((part) => part.text.trim())) continue;
      const cited = clause.parts.some((part) => part.marked);
      const words = clause.parts.map((part, at) => {
        let text = part.text.replace(/\s+/g, " ");
        if (at === 0) text = text.replace(/^\s*[-–•]\s+/, "").trimStart();
        if (at === clause.parts.length - 1) text = text.replace(/\s[-–•]\s*$/, "");
        return part.marked ? h("mark", {}, text) : text;
      });
      out.push(h("p", { class: `clause depth${Math.min(clause.depth, 3)}${cited ? " cited" : ""}`, "data-clause": clause.clause }, words));
    }
    return out;
  }

  hide() {
    this.wanted = null;
    this.element.hidden = true;
  }
}
