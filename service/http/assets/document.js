// The document as text, with every piece of evidence marked. Nothing of it is ever treated as markup.
import { element } from "./elements.js";

// Which colour a field's marks take: the first step of its JSON Pointer decides.
const COLOURS = {
  headline: "title", subtitle: "title", short_title: "title", original_title: "title", abstract: "title",
  byline: "people", authors: "people", contributors: "people", editors: "people", translators: "people", emails: "people",
  publication: "place", section: "place", dateline: "place", column: "place", url: "place",
  agencies: "agency", photos: "photo", dates: "date",
};
const LINES_A_CHUNK = 200;

export const fieldOf = (pointer) => pointer.split("/")[1] ?? "";
const colour = (pointer) => COLOURS[fieldOf(pointer)] ?? "other";

// Offsets in evidence count code points; JavaScript counts UTF-16 units. They differ only behind an astral character.
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points += 1) {
    units[points] = unit;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (offset) => units[Math.min(offset, points)];
}

function spansOf(text, evidence) {
  const units = unitsOf(text);
  const spans = [];
  for (const [pointer, pieces] of Object.entries(evidence ?? {})) {
    for (const piece of pieces) {
      if (piece.start !== undefined && piece.end !== undefined) {
        spans.push({ pointer, start: units(piece.start), end: units(piece.end) });
      } else if (piece.quote && piece.source !== "given") {
        const start = text.indexOf(piece.quote);
        if (start >= 0) spans.push({ pointer, start, end: start + piece.quote.length });
      }
    }
  }
  return spans.filter((span) => span.end > span.start).sort((a, b) => a.start - b.start);
}

// Cuts [start, end) where any span begins or ends; each piece knows all spans that cover it, the shortest first.
function pieces(start, end, spans) {
  const cuts = new Set([start, end]);
  for (const span of spans) {
    if (span.start > start && span.start < end) cuts.add(span.start);
    if (span.end > start && span.end < end) cuts.add(span.end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((to, index) => {
    const from = sorted[index];
    const over = spans.filter((span) => span.start <= from && span.end >= to).sort((a, b) => (a.end - a.start) - (b.end - b.start));
    return { from, to, over };
  });
}

function lineOf(text, start, end, spans, named) {
  const line = element("p", { dir: "auto" });
  if (!spans.length) {
    line.textContent = text.slice(start, end);
    return line;
  }
  for (const piece of pieces(start, end, spans)) {
    const words = text.slice(piece.from, piece.to);
    if (!piece.over.length) {
      line.append(words);
      continue;
    }
    const mark = element("mark", { className: colour(piece.over[0].pointer), textContent: words });
    mark.dataset.pointers = piece.over.map((span) => span.pointer).join(" ");
    mark.title = [...new Set(piece.over.map((span) => fieldOf(span.pointer).replaceAll("_", " ")))].join(", ");
    if (!named.has(piece.over[0].pointer)) {
      named.add(piece.over[0].pointer);
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", `${mark.title}: ${words}`);
    }
    line.append(mark);
  }
  return line;
}

export function showDocument(place, reading, point) {
  const text = reading.document?.text ?? "";
  const spans = spansOf(text, reading.article.evidence);
  const named = new Set();
  const chunks = [];
  let first = 0;
  let count = 0;
  let chunk = element("div", { className: "chunk" });
  for (let start = 0; start <= text.length; count += 1) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    while (first < spans.length && spans[first].end <= start && spans[first].start < start) first += 1;
    const here = [];
    for (let index = first; index < spans.length && spans[index].start < end; index += 1) if (spans[index].end > start) here.push(spans[index]);
    chunk.append(lineOf(text, start, end, here, named));
    if (chunk.childElementCount === LINES_A_CHUNK) {
      chunks.push(chunk);
      chunk = element("div", { className: "chunk" });
    }
    start = end + 1;
  }
  place.replaceChildren(...chunks, chunk);
  place.closest("section").hidden = !text;
  const pointed = (event) => event.target.closest?.("mark")?.dataset.pointers.split(" ")[0];
  place.onmouseover = (event) => { const pointer = pointed(event); if (pointer) point(pointer, "mark"); };
  place.onclick = (event) => { const pointer = pointed(event); if (pointer) point(pointer, "mark-open"); };
  place.onkeydown = (event) => {
    const pointer = pointed(event);
    if (pointer && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      point(pointer, "mark-open");
    }
  };
}

export function light(place, pointer, bring) {
  let first;
  for (const mark of place.querySelectorAll("mark")) {
    const lit = Boolean(pointer) && mark.dataset.pointers.split(" ").some((one) => one === pointer || one.startsWith(`${pointer}/`));
    mark.classList.toggle("lit", lit);
    if (lit) first ??= mark;
  }
  if (bring && first) place.scrollTo({ top: first.offsetTop - place.offsetTop - place.clientHeight / 3 });
}
