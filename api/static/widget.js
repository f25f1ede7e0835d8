/** <clausewise-chat>: the conversation, in a panel in a corner or (attribute `inline`) in its place. */
import { Client } from "./static/client.js";
import { bring, button, fill, h, icon } from "./static/dom.js";
import { Reader } from "./static/reader.js";
import { sheet } from "./static/style.js";
import { View } from "./static/view.js";

const HOME = new URL(".", import.meta.url).href;
const LIMIT = 1000;
const KEPT = 30;
const STYLED = [["colour", "accent"], ["color", "accent"], ["font", "font"], ["width", "width"]]; // attribute, property
const PHONE = "(max-width:30rem)";

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
    if (this.client) return;
    const base = new URL(this.getAttribute("server") || HOME, document.baseURI).href;
    const language = this.getAttribute("lang") || document.documentElement.lang || "en";
    this.client = new Client(base, (fresh) => this.token?.(fresh));
    const all = await (await fetch(new URL("static/strings.json", HOME))).json();
    this.s = this.client.strings = { ...all.en, ...all[language.split("-")[0]], ...all[language] };
    this.view = new View(this.s, language, {
      open: (citation, trigger) => this.read(citation, trigger),
      ask: (question) => this.ask(question),
      address: (citation) => this.client.url(citation.url),
      feedback: (reply, helpful, comment) => this.client.feedback(reply.answer_id, helpful, comment),
    });
    this.#build();
    this.#restore();
    this.dispatchEvent(new Event("ready"));
  }

  #build() {
    const { s } = this;
    const inline = this.hasAttribute("inline");
    const heading = this.getAttribute("heading") || this.getAttribute("title") || s.name;
    this.removeAttribute("title"); // else it would show as a tooltip over everything
    for (const [name, property] of STYLED) {
      const value = this.getAttribute(name);
      if (value) this.style.setProperty(`--clausewise-${property}`, value);
    }
    this.log = h("div.log", { role: "log", "aria-live": "off", "aria-label": s.conversation });
    this.said = h("p.hidden", { role: "status" });
    this.box = h("textarea", { id: "question", rows: 1, "aria-describedby": "wrong left", autocomplete: "off" });
    this.wrong = h("p.wrong", { id: "wrong" });
    this.left = h("p.left", { id: "left" });
    this.send = h("button.send", s.ask);
    this.form = h(
      "form.ask",
      { novalidate: true },
      h("label", { for: "question" }, s.label),
      this.wrong,
      h("div.field", this.box, this.send),
      h("div.under", h("p.hint", s.hint), this.left),
    );
    this.again = button("plain", { hidden: true, onclick: () => this.clear() }, s.newQuestion);
    this.reader = new Reader(s, this.view, this.client, () => this.leave());
    this.scroll = h("div.scroll", this.log);
    this.talk = h("div.talk", this.scroll, this.form);
    this.panel = h(
      inline ? "section.panel" : "dialog.panel",
      { "aria-label": heading },
      h(
        "header",
        h("div.brand", h(inline ? "h1" : "h2", heading), h("p", s.tagline)),
        this.again,
        h("slot", { name: "account" }),
        !inline && button("quiet", { "aria-label": s.close, onclick: () => this.toggle(false) }, icon("close")),
      ),
      h("div.body", this.talk, this.reader.element),
      this.said,
    );
    this.launcher = button("launcher", { hidden: inline, onclick: () => this.toggle(true) }, icon("chat"), s.open);
    this.shadowRoot.append(this.launcher, this.panel);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) this.#busy.abort();
      else this.ask(this.box.value);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (!this.#busy) this.form.requestSubmit();
    });
    this.box.addEventListener("input", () => this.#count());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || inline) return;
      event.preventDefault();
      this.toggle(false);
    });
    this.panel.addEventListener("close", () => (this.launcher.hidden = this.panel.open));
    this.#welcome();
    if (this.hasAttribute("open") && !inline) this.toggle(true);
  }

  /** Open or close the panel; focus goes in and comes back. Full screen, it holds the focus. */
  toggle(open) {
    if (!open) this.panel.close();
    else if (!this.panel.open) matchMedia(PHONE).matches ? this.panel.showModal() : this.panel.show();
    this.launcher.hidden = open;
    (open ? this.box : this.launcher).focus();
  }

  #welcome() {
    const place = h("div");
    const greeting = this.getAttribute("greeting") || this.s.greeting;
    this.log.replaceChildren(h("div.welcome", h("h2", greeting), h("p", this.s.intro), place));
    this.again.hidden = true;
    this.#starters().then((questions) => questions.length && place.replaceWith(this.view.suggestions(questions, this.s.starters)));
  }

  /** Questions to start with: of the attribute, one a line or split by |, else of the service. */
  async #starters() {
    const given = this.getAttribute("starters");
    if (given === null) return this.client.starters().catch(() => []);
    return given.split(/[|\n]/).map((line) => line.trim()).filter(Boolean);
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
    this.box.setAttribute("aria-invalid", String(Boolean(message)));
    if (message) this.box.focus();
  }

  #check(question) {
    const over = [...question].length - LIMIT;
    if (!question) return this.s.empty;
    if (over > 0) return fill(this.s.tooLong, { n: over });
    return /[\p{L}\p{N}]/u.test(question) ? "" : this.s.noWords;
  }

  async ask(text) {
    const question = text.trim();
    this.#blame(this.#check(question));
    if (this.#busy || this.wrong.textContent) return;
    this.leave(false);
    if (!this.#turns.length) this.log.replaceChildren();
    this.box.value = "";
    this.#count();
    this.#busy = new AbortController();
    const { turn, place } = this.#turn(question);
    const stage = h("p.stage", this.s.stage);
    const partial = h("p.text");
    place.replaceChildren(stage, partial);
    bring(turn, this.scroll);
    this.said.textContent = this.s.stage;
    this.send.textContent = this.s.stop;
    this.send.classList.add("stop");
    this.box.focus({ preventScroll: true });
    try {
      const reply = await this.client.ask(
        { question, conversation_id: this.#conversation },
        (event, data) => {
          if (event === "stage") stage.textContent = this.s[data.stage] || this.s.stage;
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
      place.replaceChildren(stopped ? h("p.hint", this.s.stopped) : this.#trouble(error, question, turn));
      this.said.textContent = stopped ? this.s.stopped : `${this.s.error}. ${error.message}`;
    }
    this.#busy = null;
    this.send.textContent = this.s.ask;
    this.send.classList.remove("stop");
    bring(turn, this.scroll);
  }

  #turn(question) {
    const place = h("div");
    const turn = h("article.turn", h("h2.question", h("span.hidden", `${this.s.you}: `), question), place);
    this.again.hidden = false;
    this.log.append(turn);
    return { turn, place };
  }

  #trouble(error, question, turn) {
    const retry = () => {
      turn.remove();
      this.ask(question);
    };
    return h("div.trouble", h("h3", this.s.error), h("p", error.message), button("plain", { onclick: retry }, this.s.again));
  }

  /** Show the clause beside the answer, or over it where there is no room. */
  read(citation, trigger) {
    this.leave(false);
    this.#trigger = trigger;
    this.toggleAttribute("data-reading", true);
    trigger.closest(".source")?.querySelector(".chip").setAttribute("aria-current", "true");
    this.reader.show(citation);
    this.talk.inert = getComputedStyle(this.reader.element).position === "absolute";
  }

  /** Close the clause; focus goes back to what opened it. */
  leave(focus = true) {
    this.reader.hide();
    this.talk.inert = false;
    this.removeAttribute("data-reading");
    this.log.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (focus) (this.#trigger?.isConnected ? this.#trigger : this.box).focus();
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
    try {
      sessionStorage.setItem(this.#place, JSON.stringify([this.#conversation, this.#turns.slice(-KEPT)]));
    } catch {
      // full or forbidden: the conversation ends with the page
    }
  }

  #restore() {
    try {
      const [conversation, turns] = JSON.parse(sessionStorage.getItem(this.#place));
      if (!turns.length) return;
      this.log.replaceChildren();
      for (const { question, reply } of turns) this.#turn(question).place.replaceChildren(this.view.reply(reply));
      [this.#conversation, this.#turns] = [conversation, turns];
      this.scroll.scrollTop = this.scroll.scrollHeight;
    } catch {
      // nothing kept, or nothing of ours
    }
  }
}

customElements.define("clausewise-chat", ClausewiseChat);
