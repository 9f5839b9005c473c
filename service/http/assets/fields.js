// The article's fields: each with its evidence and warnings, each open to correction.
import { at, changed, element } from "./elements.js";

// label, JSON Pointer, kind of editor; fields marked `always` are offered even where nothing was read.
const FIELDS = [
  ["Headline", "/headline", "line", "always"],
  ["Subtitle", "/subtitle", "line"],
  ["Byline as printed", "/byline", "line"],
  ["Authors", "/authors", "people", "always"],
  ["E-mail", "/emails", "list"],
  ["Agencies", "/agencies", "agencies"],
  ["Publication", "/publication/name", "line", "always"],
  ["Place of publication", "/publication/place", "line"],
  ["Published", "/dates/published", "date", "always"],
  ["Updated", "/dates/modified", "date"],
  ["Accessed", "/dates/accessed", "date"],
  ["Section", "/section", "list"],
  ["Column", "/column", "line"],
  ["Genre", "/genre", "line"],
  ["Edition", "/edition", "line"],
  ["Page", "/page", "line"],
  ["Dateline", "/dateline/text", "line"],
  ["Address", "/url", "line", "always"],
  ["Language", "/language", "line"],
  ["Contributors", "/contributors", "people"],
  ["Editors", "/editors", "people"],
  ["Translators", "/translators", "people"],
  ["Abstract", "/abstract", "passage"],
  ["Keywords", "/keywords", "list"],
  ["Rights", "/rights", "line"],
];
const SEPARATOR = "; ";
const PRECISION = { 4: "year", 7: "month", 10: "day" };

function dateOf(words) {
  const edtf = words.trim();
  if (!edtf) return undefined;
  return { edtf, precision: PRECISION[edtf.replace(/[~?%]$/, "").length] ?? "time" };
}

// How each kind of value is written into one input and read back.
const WRITTEN = {
  line: { show: (value) => value ?? "", read: (words) => words.trim() },
  passage: { show: (value) => value ?? "", read: (words) => words.trim() },
  list: { show: (value) => (value ?? []).join(SEPARATOR), read: (words) => words.split(";").map((word) => word.trim()).filter(Boolean) },
  date: { show: (value) => value?.edtf ?? "", read: dateOf },
};

function correct(reading, pointer, value, after) {
  const kept = Object.entries(reading.article.evidence ?? {}).filter(([key]) => key !== pointer && !key.startsWith(`${pointer}/`));
  const evidence = { ...Object.fromEntries(kept), [pointer]: [{ source: "given", rule: "corrected", confidence: 1 }] };
  const warnings = (reading.article.warnings ?? []).filter((warning) => !belongs(warning.field, pointer));
  reading.article = { ...changed(reading.article, pointer, value), evidence, warnings };
  (reading.corrections ??= new Set()).add(pointer);
  after();
}

const belongs = (field, pointer) => Boolean(field) && (field === pointer || field.startsWith(`${pointer}/`) || pointer.startsWith(`${field}/`));

function evidenceOf(article, pointer) {
  return Object.entries(article.evidence ?? {}).filter(([key]) => key === pointer || key.startsWith(`${pointer}/`)).flatMap(([, pieces]) => pieces);
}

function proof(article, pointer) {
  const pieces = evidenceOf(article, pointer);
  if (!pieces.length) return [];
  const best = pieces.reduce((one, other) => (other.confidence > one.confidence ? other : one));
  const line = element("p", { className: best.source === "given" ? "proof given" : "proof" });
  line.textContent = best.source === "given" ? "given by you" : `${best.source} · ${best.rule} · ${Math.round(best.confidence * 100)} % sure`;
  if (best.path) line.title = best.path;
  return [line];
}

function people(reading, pointer, label, after) {
  const creators = at(reading.article, pointer) ?? [];
  const set = (list) => correct(reading, pointer, list.filter((person) => person.literal || person.family || person.given), after);
  const rows = creators.map((person, index) => {
    const boxes = (person.literal ? [["Name", "literal"]] : [["Given", "given"], ["Family", "family"]]).map(([name, part]) => {
      const input = element("input", { value: person[part] ?? "", dir: "auto" });
      input.addEventListener("change", () => set(creators.map((one, at) => (at === index ? { ...one, printed: undefined, [part]: input.value.trim() || undefined } : one))));
      const caption = part === "family" && person.particle ? `${name} (${person.particle})` : name;
      return element("div", {}, element("label", {}, `${caption} `, element("span", { className: "visually-hidden", textContent: `of ${label.toLowerCase()} ${index + 1}` }), input));
    });
    if (boxes.length === 1) boxes.push(element("span", { className: "aside", textContent: "one name" }));
    const drop = element("button", { type: "button", className: "small", textContent: "✕" });
    drop.setAttribute("aria-label", `Remove ${label.toLowerCase()} ${index + 1}`);
    drop.addEventListener("click", () => set(creators.filter((_, at) => at !== index)));
    return element("div", { className: "person" }, ...boxes, drop);
  });
  const add = (words, person) => {
    const button = element("button", { type: "button", className: "small", textContent: words });
    button.addEventListener("click", () => correct(reading, pointer, [...creators, person], after));
    return button;
  };
  return [...rows, element("div", { className: "buttons" }, add("Add a person", { given: "Given", family: "Family" }), add("Add an organisation", { literal: "Organisation" }))];
}

function agencies(reading) {
  return [element("p", { dir: "auto", textContent: (reading.article.agencies ?? []).map((agency) => `${agency.name} (${agency.role})`).join(SEPARATOR) })];
}

function editor(reading, [label, pointer, kind], id, after) {
  if (kind === "people") return people(reading, pointer, label, after);
  if (kind === "agencies") return agencies(reading);
  const written = WRITTEN[kind];
  const input = element(kind === "passage" ? "textarea" : "input", { id, value: written.show(at(reading.article, pointer)), dir: "auto" });
  if (kind === "date") input.placeholder = "2023-09-03, 2023-09 or 2023";
  if (kind === "list") input.title = "Separate several with a semicolon";
  input.addEventListener("change", () => correct(reading, pointer, written.read(input.value), after));
  return [input];
}

function photos(reading, after) {
  return (reading.article.photos ?? []).map((photo, index) => ["caption", "credit"].map((part) => {
    const pointer = `/photos/${index}/${part}`;
    const id = `field-photo-${index}-${part}`;
    const input = element(part === "caption" ? "textarea" : "input", { id, value: photo[part] ?? "", dir: "auto" });
    input.addEventListener("change", () => correct(reading, pointer, input.value.trim(), after));
    return block(reading, `Photo ${index + 1}: ${part}`, pointer, [input], id);
  })).flat();
}

function block(reading, label, pointer, inputs, id) {
  const warnings = (reading.article.warnings ?? []).filter((warning) => belongs(warning.field, pointer));
  const name = inputs[0]?.id ? element("label", { htmlFor: id, textContent: label }) : element("h3", { textContent: label });
  const field = element("div", { className: "field" },
    element("div", { className: "head" }, name), ...inputs, ...proof(reading.article, pointer),
    ...warnings.map((warning) => element("p", { className: "note", textContent: warning.message })));
  field.dataset.pointer = pointer;
  return field;
}

export function showFields(place, reading, corrected) {
  const focused = document.activeElement?.id;
  const present = (pointer) => at(reading.article, pointer) !== undefined && at(reading.article, pointer)?.length !== 0;
  const known = FIELDS.filter(([, pointer, , always]) => always || present(pointer) || reading.corrections?.has(pointer) || pointer === reading.asked);
  const blocks = known.map((row, index) => block(reading, row[0], row[1], editor(reading, row, `field-${index}`, corrected), `field-${index}`));
  const missing = FIELDS.filter((row) => !known.includes(row) && row[2] !== "agencies");
  const more = element("select", { id: "field-more" }, element("option", { value: "", textContent: "Add a field…" }),
    ...missing.map(([label, pointer]) => element("option", { value: pointer, textContent: label })));
  more.setAttribute("aria-label", "Add a field");
  more.addEventListener("change", () => { reading.asked = more.value; corrected(); place.querySelector(`[data-pointer="${reading.asked}"] :is(input, textarea, button)`)?.focus(); });
  const named = new Set([...known.map((row) => row[1]), "/photos"]);
  const general = (reading.article.warnings ?? []).filter((warning) => ![...named].some((pointer) => belongs(warning.field, pointer)));
  place.replaceChildren(...general.map((warning) => element("p", { className: "note", textContent: warning.message })), ...blocks, ...photos(reading, corrected), more);
  if (focused) document.getElementById(focused)?.focus();
}
