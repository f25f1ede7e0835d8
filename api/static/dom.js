/**
 * Builds elements from text and nodes; nothing here parses HTML, so words of a document are never run.
 * `h("p.note.bad", { id: "x" }, "words")`; the attributes may be left out.
 */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  if (attributes?.constructor !== Object) children.unshift(attributes);
  else
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
  element.append(...children.flat(Infinity).filter((child) => child || child === ""));
  return element;
}

/** A button that submits nothing. */
export const button = (classes, attributes, ...children) => h(`button.${classes}`, { type: "button", ...attributes }, ...children);

const SHAPES = {
  up: "M7 10v10H4V10h3Zm2 0 4-7c1.4 0 2.2 1 2 2.4L14.5 9H19a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H9V10Z",
  copy: "M9 3h9a2 2 0 0 1 2 2v11h-2V5H9V3ZM5 7h9a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Zm1 2v10h7V9H6Z",
  close: "m6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4 6.4 5Z",
  found: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm-1.2 14.6 7-7-1.5-1.4-5.5 5.5-2.6-2.6-1.4 1.4 4 4.1Z",
  missing: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm-6 9v2h12v-2H6Z",
  chat: "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm3 4v2h10V8H7Zm0 4v2h7v-2H7Z",
  back: "m10.8 19-7-7 7-7 1.4 1.4L7.6 11H20v2H7.6l4.6 4.6-1.4 1.4Z",
};

/** A decorative icon; what holds it has the words. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", name);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name === "down" ? "up" : name]);
  svg.append(path);
  return svg;
}

/** Bring `element` into its own scroller, at the top or in the middle, and move nothing else. */
export function bring(element, scroller, middle = false) {
  const from = scroller.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const room = middle ? Math.max(16, (from.height - box.height) / 3) : 16;
  scroller.scrollTop += box.top - from.top - room;
}

/** `{name}` in a string of the interface filled in. */
export function fill(string, values) {
  return string.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
