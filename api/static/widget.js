/**
 * <clausewise-chat>: the conversation, as a panel in a corner of any page or (attribute `inline`) in place.
 *
 * Attributes: inline, open, heading, greeting, starters (one a line, or split by |), corner (left or right),
 * theme (light or dark; else the reader's own), lang, server (else where this file came from).
 * Custom properties: --clausewise-accent, --clausewise-font, --clausewise-width, --clausewise-height, --clausewise-offset.
 */
import { Client } from "./static/client.js";
import { bring, fill, h, icon } from "./static/dom.js";
import { Reader } from "./static/reader.js";
import { sheet } from "./static/style.js";
import { View } from "./static/view.js";

const HOME = new URL(".", import.meta.url).href;
const LIMIT = 1000;
const KEPT = 30;

class ClausewiseChat extends HTMLElement {
  #turns = [];
  #conversation = null;
  #busy = null;
  #trigger = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  async connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    const base = new URL(this.getAttribute("server") || HOME, document.baseURI).href;
    this.language = this.getAttribute("lang") || document.documentElement.lang || "en";
    const all = await (await fetch(new URL("static/strings.json", HOME))).json();
    this.s = { ...all.en, ...all[this.language.split("-")[0]], ...all[this.language] };
    this.client = new Client(base, this.s, async () => this.token?.());
    this.client.page = (citation) => {
      const query = new URLSearchParams({ version: citation.version, start: citation.start, end: citation.end });
      const [path, anchor] = citation.url.split("#");
      return this.client.url(`${path}?${query}#${anchor}`);
    };
    this.view = new View(this.s, this.language, {
      open: (citation, trigger) => this.read(citation, trigger),
      ask: (question) => this.ask(question),
      address: (citation) => this.client.url(citation.url),
      feedback: (reply, helpful, comment) => this.client.feedback(reply.answer_id, helpful, comment),
    });
    this.#build();
    this.#restore();
    this.dispatchEvent(new CustomEvent("clausewise-ready"));
  }

  get inline() {
    return this.hasAttribute("inline");
  }

  #build() {
    const heading = this.getAttribute("heading") || this.s.name;
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": this.s.conversation });
    this.said = h("p", { class: "hidden", role: "status" });
    this.box = h("textarea", { id: "question", rows: 1, "aria-describedby": "wrong left", autocomplete: "off", enterkeyhint: "send" });
    this.wrong = h("p", { id: "wrong", class: "wrong" });
    this.left = h("p", { id: "left", class: "left" });
    this.button = h("button", { class: "send" }, this.s.ask);
    this.form = h(
      "form",
      { class: "ask", novalidate: true },
      h("label", { for: "question" }, this.s.label),
      this.wrong,
      h("div", { class: "field" }, this.box, this.button),
      h("div", { class: "under" }, h("p", { class: "hint" }, this.s.hint), this.left),
    );
    this.again = h("button", { type: "button", class: "plain again", hidden: true, onclick: () => this.clear() }, this.s.newQuestion);
    this.reader = new Reader(this.s, this.view, this.client, () => this.leave());
    this.scroll = h("div", { class: "scroll main" }, this.log);
    this.talk = h("div", { class: "talk" }, this.scroll, this.form);
    const shut = h("button", { type: "button", class: "quiet close", "aria-label": this.s.close, onclick: () => this.toggle(false) }, icon("close"));
    this.panel = h(
      "section",
      { class: "panel", "aria-label": heading, hidden: !this.inline, role: this.inline ? null : "dialog" },
      h(
        "header",
        {},
        h("div", { class: "brand" }, h(this.inline ? "h1" : "h2", {}, heading), h("p", {}, this.s.tagline)),
        this.again,
        !this.inline && shut,
      ),
      h("div", { class: "body" }, this.talk, this.reader.element),
      this.said,
    );
    this.launcher = h(
      "button",
      { type: "button", class: "launcher", "aria-expanded": "false", hidden: this.inline, onclick: () => this.toggle(true) },
      icon("chat"),
      h("span", {}, this.s.open),
    );
    this.shadowRoot.append(this.launcher, this.panel);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) this.#busy.abort();
      else this.ask(this.box.value);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        if (!this.#busy) this.form.requestSubmit();
      }
    });
    this.box.addEventListener("input", () => this.#count());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.inline) this.toggle(false);
    });
    this.#welcome();
    if (this.hasAttribute("open")) this.toggle(true);
  }

  /** Open or close the panel; focus goes in, and comes back to the button. */
  toggle(open) {
    this.panel.hidden = !open;
    this.launcher.hidden = open;
    this.launcher.setAttribute("aria-expanded", String(open));
    if (open) this.box.focus();
    else this.launcher.focus();
  }

  #welcome() {
    const place = h("div");
    this.#starters().then((starters) => starters.length && place.replaceWith(this.view.suggestions(starters, this.s.starters)));
    this.log.replaceChildren(
      h(
        "div",
        { class: "welcome" },
        h("h2", {}, this.getAttribute("greeting") || this.s.greeting),
        h("p", {}, this.s.intro),
        place,
      ),
    );
    this.again.hidden = true;
  }

  async #starters() {
    const given = this.getAttribute("starters");
    if (given !== null) return given.split(/[|\n]/).map((line) => line.trim()).filter(Boolean);
    return this.client.starters().catch(() => []);
  }

  #count() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 4, 180)}px`;
    const left = LIMIT - [...this.box.value.trim()].length;
    this.left.textContent = left < 100 ? fill(left < 0 ? this.s.tooLong : this.s.left, { n: Math.abs(left) }) : "";
    if (this.wrong.textContent) this.#blame("");
  }

  #blame(message) {
    this.wrong.textContent = message;
    this.box.toggleAttribute("aria-invalid", Boolean(message));
    if (message) this.box.setAttribute("aria-invalid", "true");
    this.form.classList.toggle("bad", Boolean(message));
  }

  #check(question) {
    const length = [...question].length;
    if (!length) return this.s.empty;
    if (length > LIMIT) return fill(this.s.tooLong, { n: length - LIMIT });
    return /[\p{L}\p{N}]/u.test(question) ? "" : this.s.noWords;
  }

  async ask(text) {
    const question = text.trim();
    const wrong = this.#check(question);
    this.#blame(wrong);
    if (wrong) {
      this.box.focus();
      return;
    }
    if (this.#busy) return;
    this.leave(false);
    if (!this.#turns.length) this.log.replaceChildren();
    this.again.hidden = false;
    this.box.value = "";
    this.#count();
    const { turn, place } = this.#turn(question);
    const stage = h("p", { class: "stage" }, this.s.stage_searching);
    const partial = h("p", { class: "text partial" });
    place.replaceChildren(h("div", { class: "waiting" }, stage, partial));
    bring(turn, this.scroll);
    this.said.textContent = this.s.stage_searching;
    this.#busy = new AbortController();
    this.button.textContent = this.s.stop;
    this.button.classList.add("stop");
    this.box.focus({ preventScroll: true });
    try {
      const reply = await this.client.ask(
        { question, conversation_id: this.#conversation },
        (event, data) => {
          if (event === "stage") stage.textContent = this.s[`stage_${data.stage}`] || this.s.stage;
          if (event === "delta") partial.textContent += data.text;
        },
        this.#busy.signal,
      );
      this.#conversation = reply.conversation_id;
      this.#turns.push({ question, reply });
      this.#keep();
      place.replaceChildren(this.view.reply(reply));
      this.said.textContent = `${this.s[reply.status]}. ${reply.answer.replace(/\s*\[\d+\]/g, "")}`;
    } catch (error) {
      const stopped = error.name === "AbortError";
      place.replaceChildren(stopped ? h("p", { class: "hint" }, this.s.stopped) : this.#trouble(error, question, turn));
      this.said.textContent = stopped ? this.s.stopped : `${this.s.error}. ${error.message}`;
    } finally {
      this.#busy = null;
      this.button.textContent = this.s.ask;
      this.button.classList.remove("stop");
    }
    bring(turn, this.scroll);
  }

  #turn(question) {
    const place = h("div", { class: "answer" });
    const turn = h("article", { class: "turn" }, h("h2", { class: "question" }, h("span", { class: "hidden" }, `${this.s.you}: `), question), place);
    this.log.append(turn);
    return { turn, place };
  }

  #trouble(error, question, turn) {
    const retry = () => {
      turn.remove();
      this.ask(question);
    };
    return h(
      "div",
      { class: "trouble" },
      h("h3", {}, this.s.error),
      h("p", {}, error.message),
      h("button", { type: "button", class: "plain", onclick: retry }, this.s.again),
    );
  }

  /** Show the clause beside the answer; `leave` brings focus back to what opened it. */
  read(citation, trigger) {
    this.#trigger = trigger;
    this.toggleAttribute("data-reading", true);
    for (const chip of this.log.querySelectorAll("[aria-current]")) chip.removeAttribute("aria-current");
    trigger.closest(".source")?.querySelector(".chip")?.setAttribute("aria-current", "true");
    this.reader.show(citation);
  }

  leave(focus = true) {
    this.reader.hide();
    this.removeAttribute("data-reading");
    for (const chip of this.log.querySelectorAll("[aria-current]")) chip.removeAttribute("aria-current");
    if (focus && this.#trigger?.isConnected) this.#trigger.focus();
    this.#trigger = null;
  }

  clear() {
    this.#busy?.abort();
    this.#turns = [];
    this.#conversation = null;
    this.#keep();
    this.leave(false);
    this.#welcome();
    this.box.focus();
  }

  get #place() {
    return `clausewise:${this.client.base}`;
  }

  #keep() {
    const kept = { conversation: this.#conversation, turns: this.#turns.slice(-KEPT) };
    try {
      sessionStorage.setItem(this.#place, JSON.stringify(kept));
    } catch {
      // storage may be full or forbidden; the conversation then ends with the page
    }
  }

  #restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.#place));
    } catch {
      return;
    }
    if (!kept?.turns?.length) return;
    this.#turns = kept.turns;
    this.#conversation = kept.conversation;
    this.log.replaceChildren();
    this.again.hidden = false;
    for (const { question, reply } of this.#turns) this.#turn(question).place.replaceChildren(this.view.reply(reply));
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }
}

customElements.define("clausewise-chat", ClausewiseChat);
