/** Talks to the service: questions over server-sent events, the rest as JSON. */

/** What the service says went wrong, in words for the asker. */
export class Trouble extends Error {}

export class Client {
  /** `token(fresh)` gives the host's token, if any; a fresh one after a 401. */
  constructor(base, token) {
    this.base = base.replace(/\/+$/, "");
    this.token = token;
    this.strings = {};
  }

  url(path) {
    return this.base + path;
  }

  /** The document page with the cited words marked. */
  page({ url, version, start, end }) {
    const [path, anchor] = url.split("#");
    return this.url(`${path}?${new URLSearchParams({ version, start, end })}#${anchor}`);
  }

  async send(path, { body, accept = "application/json", signal } = {}, fresh = false) {
    const headers = { Accept: accept };
    const token = await this.token(fresh);
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.url(path), { method: body ? "POST" : "GET", headers, body: JSON.stringify(body), signal });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Trouble(this.strings.offline);
    }
    if (response.status === 401 && token && !fresh) return this.send(path, { body, accept, signal }, true);
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Trouble(problem.detail || this.strings.broken);
  }

  /** The whole reply; `on` is told of each stage, citation and delta as it comes. */
  async ask(question, on, signal) {
    const response = await this.send("/api/ask", { body: question, accept: "text/event-stream", signal });
    let reply = null;
    for await (const { event, data } of events(response.body)) {
      if (event === "answer") reply = data;
      else if (event === "error") throw new Trouble(data.detail);
      else on(event, data);
    }
    if (!reply) throw new Trouble(this.strings.broken);
    return reply;
  }

  async passage({ document_id, clause, start, end, version }) {
    const query = new URLSearchParams({ clause, start, end, version });
    return (await this.send(`/api/documents/${encodeURIComponent(document_id)}/passage?${query}`)).json();
  }

  async starters() {
    return (await (await this.send("/api/starters")).json()).starters;
  }

  async feedback(answer_id, helpful, comment = null) {
    await this.send("/api/feedback", { body: { answer_id, helpful, comment } });
  }
}

const GAP = /\r\n\r\n|\n\n|\r\r/;

/** The events of a stream, one after another; `data` parsed as JSON. */
export async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      buffer += value;
      for (let gap = GAP.exec(buffer); gap; gap = GAP.exec(buffer)) {
        const block = buffer.slice(0, gap.index).split(/\r\n|\n|\r/);
        buffer = buffer.slice(gap.index + gap[0].length);
        const of = (name) =>
          block.filter((line) => line.startsWith(name + ":")).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
        const data = of("data");
        if (data.length) yield { event: of("event")[0] || "message", data: JSON.parse(data.join("\n")) };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
