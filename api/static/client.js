/** Talks to the service: questions over server-sent events, everything else as JSON. */

/** What the service says went wrong, in words for the asker. */
export class Trouble extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

export class Client {
  constructor(base, strings, token = async () => null) {
    this.base = base.replace(/\/+$/, "");
    this.strings = strings;
    this.token = token;
  }

  url(path) {
    return this.base + path;
  }

  async send(path, { body, accept = "application/json", signal } = {}) {
    const headers = { Accept: accept };
    const token = await this.token();
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.url(path), {
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin",
        signal,
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Trouble(this.strings.offline);
    }
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new Trouble(problem.detail || this.strings.broken, response.status);
    }
    return response;
  }

  /** The whole reply; `on` is told of each stage, citation and delta as it comes. */
  async ask(question, on, signal) {
    const response = await this.send("/api/ask", { body: question, accept: "text/event-stream", signal });
    let reply = null;
    for await (const { event, data } of events(response.body)) {
      if (event === "answer") reply = data;
      else if (event === "error") throw new Trouble(data.detail, data.status);
      else on(event, data);
    }
    if (!reply) throw new Trouble(this.strings.broken);
    return reply;
  }

  async passage(citation) {
    const query = new URLSearchParams({
      clause: citation.clause,
      start: citation.start,
      end: citation.end,
      version: citation.version,
    });
    return (await this.send(`/api/documents/${encodeURIComponent(citation.document_id)}/passage?${query}`)).json();
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
