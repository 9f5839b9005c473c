// The citation in every form, copied, downloaded or saved; the photographs' own; several articles as one list.
import { element, mergePatch, say } from "./elements.js";

const FORMS = [
  ["In text, in brackets", (citation) => citation.in_text?.parenthetical],
  ["In text, as part of a sentence", (citation) => citation.in_text?.narrative],
  ["Note", (citation) => citation.note],
  ["Short note", (citation) => citation.short_note],
];
const DELAY = 40; // ms; a person who types in a field is answered once, not at every key
let turn = 0;

// What the processor marks up in HTML: these tags and no other are shown, everything else stays text.
const SHOWN = new Set(["I", "B", "SUP", "SUB", "SPAN", "DIV", "A"]);
const STYLED = { "font-style:": "fontStyle", "font-variant:": "fontVariant", "font-weight:": "fontWeight", "text-decoration:": "textDecoration" };

function safe(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    const children = [...node.childNodes].map(copy);
    if (!SHOWN.has(node.tagName)) return element("span", {}, ...children);
    const made = element(node.tagName === "DIV" || node.tagName === "A" ? "span" : node.tagName.toLowerCase(), {}, ...children);
    const style = node.getAttribute("style") ?? "";
    for (const [property, name] of Object.entries(STYLED)) if (style.startsWith(property)) made.style[name] = style.slice(property.length).replace(";", "").trim();
    return made;
  };
  return element("span", { dir: "auto" }, ...[...parsed.childNodes].map(copy));
}

async function copyBoth(shown) {
  const plain = shown.textContent;
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([plain], { type: "text/plain" }), "text/html": new Blob([shown.innerHTML], { type: "text/html" }),
    })]);
  } catch (error) {
    // Pages on plain http have no clipboard for rich text; a selection can still be copied by hand.
    getSelection().selectAllChildren(shown);
    say(`Selected: press Ctrl+C to copy (${error.name}).`);
    return;
  }
  say("Copied.");
}

async function copyPlain(words) {
  try {
    await navigator.clipboard.writeText(words);
    say("Copied as plain text.");
  } catch (error) {
    say(`Not copied: ${error.message}`);
  }
}

function button(words, act, className = "") {
  const made = element("button", { type: "button", textContent: words, className });
  made.addEventListener("click", act);
  return made;
}

const copies = (shown) => [button("Copy", () => copyBoth(shown), "small"), button("Copy plain", () => copyPlain(shown.textContent), "small")];

async function ask(path, query, body, accept) {
  const filled = Object.entries(query).filter(([, value]) => value);
  const answer = await fetch(`${path}?${new URLSearchParams(filled)}`, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: accept },
  });
  if (answer.ok) return answer;
  const problem = await answer.json();
  throw new Error(problem.reason ?? problem.detail ?? problem.title);
}

async function download(articles, format) {
  const row = format.selectedOptions[0];
  try {
    const answer = await ask("/cite", { format: format.value }, articles, "*/*");
    const href = URL.createObjectURL(await answer.blob());
    element("a", { href, download: `tearsheet.${row.dataset.extension}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    say(`Downloaded as ${row.textContent}.`);
  } catch (error) {
    say(`Not downloaded: ${error.message}`);
  }
}

async function told(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.reason ?? body.detail ?? body.title);
  return { id: body.id, etag: answer.headers.get("ETag") };
}

// A document is stored as it was sent, so that it can be read again; what was typed into its fields is a correction.
function store(reading) {
  const sent = reading.sent;
  if (!sent) return fetch("/articles", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(reading.article) });
  const type = reading.document.kind === "html" ? "text/html" : "text/plain";
  const query = sent.url ? `?${new URLSearchParams({ url: sent.url })}` : "";
  const charset = typeof sent.body === "string" ? "; charset=utf-8" : "";
  return fetch(`/articles${query}`, { method: "POST", headers: { "Content-Type": type + charset }, body: sent.body });
}

const correct = (reading) => fetch(`/articles/${reading.id}`, {
  method: "PATCH", headers: { "Content-Type": "application/merge-patch+json", "If-Match": reading.etag }, body: JSON.stringify(mergePatch(reading.article, reading.corrections)),
});

async function save(reading, show) {
  try {
    const asGiven = !reading.id && !reading.sent; // the article itself was stored, corrections and all
    if (!reading.id) Object.assign(reading, await told(await store(reading)));
    if (reading.corrections?.size && !asGiven) Object.assign(reading, await told(await correct(reading)));
    reading.corrections = new Set();
    say("Saved in the library.");
    show();
  } catch (error) {
    say(`Not saved: ${error.message}`);
  }
}

function photosOf(reading, citations) {
  if (!citations.length) return [];
  return [element("h3", { textContent: "Photographs" }), element("ul", { className: "photos" }, ...citations.map((citation, index) => {
    const shown = safe(citation.entry ?? citation.note ?? "");
    return element("li", {}, element("span", { className: "aside", textContent: reading.article.photos[index].credit ?? "no credit printed" }), element("div", {}, shown), element("div", { className: "buttons" }, ...copies(shown)));
  }))];
}

export function showCitation(place, desk, reading) {
  const mine = ++turn;
  setTimeout(async () => {
    if (mine !== turn) return;
    const query = { style: desk.style, locale: desk.locale, output: "json", markup: "html" };
    try {
      const articles = desk.readings.map((one) => one.article);
      const [one, photos, all] = await Promise.all([
        ask("/cite", query, reading.article, "application/json").then((answer) => answer.json()),
        reading.article.photos?.length ? ask("/cite", { ...query, photos: "true" }, reading.article, "application/json").then((answer) => answer.json()) : { entries: [] },
        articles.length > 1 ? ask("/cite", query, articles, "application/json").then((answer) => answer.json()) : undefined,
      ]);
      if (mine === turn) draw(place, desk, reading, one, photos.entries, all);
    } catch (error) {
      if (mine === turn) place.replaceChildren(element("p", { className: "problem", textContent: `No citation: ${error.message}` }));
    }
  }, DELAY);
}

function draw(place, desk, reading, citation, photos, all) {
  const entry = safe(citation.entry ?? citation.note ?? "");
  const rows = FORMS.map(([label, form]) => [label, form(citation)]).filter(([, text]) => text);
  const parts = [
    element("p", { className: "entry", id: "entry" }, entry), element("div", { className: "buttons" }, ...copies(entry)),
    element("dl", { className: "forms" }, ...rows.map(([label, text]) => {
      const shown = safe(text);
      return element("div", {}, element("dt", { textContent: label }), element("dd", {}, shown, " ", button("Copy", () => copyBoth(shown), "small")));
    })),
    ...(citation.warnings ?? []).map((warning) => element("p", { className: "aside", textContent: warning.message })),
    ...photosOf(reading, photos),
  ];
  if (all) {
    const list = element("div", {}, ...all.entries.map((one) => element("p", { className: "entry" }, safe(one.entry ?? one.note ?? ""))));
    parts.push(element("h3", { textContent: `All ${all.entries.length} together` }), list, element("div", { className: "buttons" }, ...copies(list)));
  }
  const format = document.getElementById("format");
  const actions = [button("Download", () => download(desk.readings.length > 1 ? desk.readings.map((one) => one.article) : reading.article, format))];
  if (place.dataset.library === "true") {
    actions.push(button(reading.id ? "Save the corrections" : "Save in the library", () => save(reading, desk.refresh)));
    if (reading.id) actions.push(element("a", { href: `/articles/${reading.id}`, textContent: `/articles/${reading.id}` }));
  }
  parts.push(element("div", { className: "buttons" }, ...actions));
  place.replaceChildren(...parts);
}
