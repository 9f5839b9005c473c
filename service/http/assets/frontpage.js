// The page at work: takes a document in, keeps what was read, and lets the three views show it.
import { showDocument, light } from "./document.js";
import { showFields } from "./fields.js";
import { showCitation } from "./citation.js";
import { stylePicker } from "./style-picker.js";
import { element, say } from "./elements.js";

const BOX_HOLDS = 100_000; // characters; laying out more in a text box would hold the page up for seconds

const byId = (id) => document.getElementById(id);
const given = JSON.parse(byId("given").textContent);
const desk = { readings: [], shown: -1, style: given.style, locale: given.locale ?? "", refresh: cite };

function shown() { return desk.readings[desk.shown]; }

function remember() {
  const url = new URL(location.href);
  const keep = { style: desk.style, locale: desk.locale, article: shown()?.id ?? "" };
  for (const [name, value] of Object.entries(keep)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  url.searchParams.delete("example");
  history.replaceState(null, "", url);
}

function show(index) {
  desk.shown = index;
  const reading = shown();
  byId("desk").hidden = !reading;
  byId("intake-zone").classList.toggle("folded", Boolean(reading));
  byId("plain")?.remove();
  if (reading) {
    showDocument(byId("document"), reading, point);
    showFields(byId("fields"), reading, corrected);
  }
  showList();
  cite();
}

function cite() {
  remember();
  if (desk.readings.length) showCitation(byId("citation"), desk, shown());
}

function corrected() {
  showFields(byId("fields"), shown(), corrected);
  cite();
}

// Pointing at a mark lights its field; pointing at a field lights its marks and brings the first into view.
function point(pointer, from) {
  light(byId("document"), pointer, from === "field");
  for (const field of byId("fields").querySelectorAll(".field")) {
    const lit = Boolean(pointer) && (pointer === field.dataset.pointer || pointer.startsWith(`${field.dataset.pointer}/`));
    field.classList.toggle("lit", lit);
    if (lit && from === "mark-open") field.querySelector("input, textarea, button")?.focus();
  }
}

function showList() {
  const list = byId("list");
  byId("several").hidden = desk.readings.length < 2;
  list.replaceChildren(...desk.readings.map((reading, index) => {
    const name = reading.article.headline ?? "Untitled article";
    const open = element("a", { href: "#reading-title", textContent: name, dir: "auto" });
    if (index === desk.shown) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => show(index));
    const drop = element("button", { type: "button", className: "small", textContent: "Remove" });
    drop.setAttribute("aria-label", `Remove ${name}`);
    drop.addEventListener("click", () => {
      desk.readings.splice(index, 1);
      show(Math.min(desk.shown, desk.readings.length - 1));
    });
    return element("li", {}, open, drop);
  }));
}

// `sent` is the document as it went to the service: what the library keeps.
function take(answer, sent) {
  const first = desk.readings.length;
  for (const reading of answer.readings) desk.readings.push({ ...reading, sent: reading.document && sent });
  if (desk.readings.length > first) show(first);
  problem((answer.warnings ?? []).map((warning) => warning.message).join(" "));
}

function problem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

async function read(form) {
  const button = byId("read");
  button.disabled = true;
  say("Reading…");
  try {
    const answer = await fetch("/", { method: "POST", body: form, headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.reason ?? body.detail ?? body.title);
    const file = form.get("file");
    const document = file?.size ? file : form.get("text");
    take(body, document && { body: document, url: form.get("url") });
    say(body.readings.length ? "Read. The citation is ready." : "Nothing could be read.");
    if (body.readings.length) byId("citation-title").focus();
  } catch (error) {
    problem(`Not read: ${error.message}`);
    say("");
  } finally {
    button.disabled = false;
  }
}

for (const name of ["mouseover", "focusin"]) {
  byId("fields").addEventListener(name, (event) => {
    const field = event.target.closest(".field");
    if (field) point(field.dataset.pointer, "field");
  });
}

const intake = byId("intake");
intake.addEventListener("submit", (event) => {
  event.preventDefault();
  read(new FormData(intake));
});
byId("paste").addEventListener("paste", (event) => {
  const pasted = event.clipboardData.getData("text/plain");
  if (pasted.length <= BOX_HOLDS) {
    setTimeout(() => read(new FormData(intake))); // once the box has the words
    return;
  }
  event.preventDefault();
  const form = new FormData(intake);
  form.set("text", pasted);
  read(form);
});

const zone = byId("intake-zone");
for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  for (const file of event.dataTransfer.files) {
    const form = new FormData();
    form.set("file", file);
    form.set("url", byId("address").value);
    read(form);
  }
});
byId("file").addEventListener("change", (event) => {
  if (event.target.files.length) read(new FormData(intake));
  event.target.value = "";
});

// The bookmarklet posts the page as the browser shows it to this very address, as the plain form would.
const bookmarklet = byId("bookmarklet");
if (bookmarklet) {
  const target = JSON.stringify(new URL("/", location.href).href);
  const code = `(()=>{const f=document.createElement("form");f.method="post";f.action=${target};f.target="_blank";f.enctype="multipart/form-data";` +
    `for(const[n,v]of Object.entries({text:"<!doctype html>"+document.documentElement.outerHTML,url:location.href})){const t=document.createElement("textarea");t.name=n;t.value=v;f.append(t)}` +
    `f.style.display="none";document.body.append(f);f.submit();f.remove()})()`;
  bookmarklet.href = `javascript:${encodeURIComponent(code)}`;
  bookmarklet.hidden = false;
  byId("bookmarklet-hint").hidden = false;
}

stylePicker(byId("style"), (id) => { desk.style = id; cite(); });
byId("locale").addEventListener("change", (event) => { desk.locale = event.target.value; cite(); });
const names = new Intl.DisplayNames(["en"], { type: "language" });
for (const option of byId("locale").options) if (option.value) option.textContent = `${names.of(option.value)} (${option.value})`;
if (given.readings.length) take(given);
