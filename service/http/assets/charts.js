// The charts page: what the library holds, and how the service is doing, as bars beside their numbers.
import { element } from "./elements.js";

const NUMBER = new Intl.NumberFormat();

function bars(caption, rows, unit = "") {
  const top = Math.max(...rows.map(([, value]) => value), 0);
  const table = element("table", { className: "bars" }, element("caption", { className: "visually-hidden", textContent: caption }));
  for (const [name, value] of rows) {
    const bar = element("progress", { max: top || 1, value });
    bar.setAttribute("aria-hidden", "true");
    table.append(element("tr", {}, element("th", { scope: "row", textContent: name, dir: "auto" }), element("td", {}, bar, element("data", { value, textContent: ` ${NUMBER.format(value)}${unit}` }))));
  }
  return element("section", { className: "sheet" }, element("h2", { textContent: caption }), rows.length ? table : element("p", { className: "aside", textContent: "Nothing yet." }));
}

// Prometheus text format: name{label="value",…} number
function samples(text) {
  return text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => {
    const [, name, labels = "", value] = line.match(/^(\w+)(?:\{(.*)\})? (\S+)/) ?? [];
    return { name, value: Number(value), labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text])) };
  });
}

function summed(all, name, label) {
  const totals = new Map();
  for (const sample of all) if (sample.name === name) totals.set(label(sample.labels), (totals.get(label(sample.labels)) ?? 0) + sample.value);
  return totals;
}

function means(all, family, label) {
  const counts = summed(all, `${family}_count`, label);
  return [...summed(all, `${family}_sum`, label)].filter(([key]) => counts.get(key)).map(([key, sum]) => [key, Math.round((1e6 * sum) / counts.get(key)) / 1e3]);
}

const most = (rows) => [...rows].sort((one, other) => other[1] - one[1]).slice(0, 15);

async function metrics(place) {
  const all = samples(await (await fetch("/metrics")).text());
  const by = (labels) => `${labels.method ?? ""} ${labels.route ?? labels.path ?? ""} ${labels.status ?? ""}`.trim();
  place.replaceChildren(
    bars("Requests by route and status", most(summed(all, "tearsheet_requests_total", by))),
    bars("Mean time of a stage", means(all, "tearsheet_step_seconds", (labels) => labels.step), " ms"));
}

async function holdings(place) {
  const answer = await fetch("/articles/summary");
  if (!answer.ok) {
    place.replaceChildren(element("p", { className: "aside", textContent: "The library cannot be read from here." }));
    return;
  }
  const summary = await answer.json();
  const rows = (list) => (list ?? []).map((row) => [row.name, row.count]);
  place.replaceChildren(
    element("p", { textContent: `Articles stored: ${NUMBER.format(summary.articles)}` }),
    ...[["Articles by publication", summary.publications], ["Articles by agency", summary.agencies], ["Articles by month", summary.months], ["Picture credits by photographer", summary.photographers]]
      .map(([caption, list]) => bars(caption, rows(list))));
}

holdings(document.getElementById("holdings"));
metrics(document.getElementById("service"));
