// citeproc-js behind a pipe: one JSON job a line in, one JSON answer a line out; CPU time of the work alone.
// Job: {style: path, locales: folder, lang, items: [...], mode: "single" | "bibliography" | "cold" | "render"}.
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const CSL = require(process.argv[2]);

const locales = new Map();
function locale(folder, lang) {
  if (!locales.has(lang)) {
    const file = path.join(folder, `locales-${lang}.xml`);
    locales.set(lang, fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false);
  }
  return locales.get(lang);
}

function engine(job, byId) {
  const sys = { retrieveLocale: (lang) => locale(job.locales, lang), retrieveItem: (id) => byId.get(id) };
  const made = new CSL.Engine(sys, fs.readFileSync(job.style, "utf8"), job.lang, Boolean(job.lang));
  made.setOutputFormat(job.format || "text");
  return made;
}

function cpu() {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

const warm = new Map();

const modes = {
  // one warm entry after another, as a server answers: a new list of one item, its bibliography; one pass of all items
  single(job, byId) {
    if (!warm.has(job.style)) {
      const items = new Map();
      warm.set(job.style, { items, made: engine(job, items) });
    }
    const { items, made } = warm.get(job.style);
    for (const [id, item] of byId) items.set(id, item);
    const ids = job.items.map((item) => item.id);
    const one = (id) => { made.updateItems([id]); return made.makeBibliography()[1][0]; };
    for (const id of ids.slice(0, 50)) one(id);
    const start = cpu();
    for (const id of ids) one(id);
    return { cpu: (cpu() - start) / ids.length };
  },
  // the whole list at once, with a style that is already built
  bibliography(job, byId) {
    const made = engine(job, byId);
    const start = cpu();
    made.updateItems(job.items.map((item) => item.id));
    made.makeBibliography();
    return { cpu: cpu() - start };
  },
  cold(job, byId) {
    const start = cpu();
    const made = engine(job, byId);
    made.updateItems([job.items[0].id]);
    made.makeBibliography();
    return { cpu: cpu() - start };
  },
  // what it prints, to compare by eye: bibliography, the cite of each item alone, position as given
  render(job, byId) {
    const made = engine(job, byId);
    made.updateItems(job.items.map((item) => item.id));
    const bibliography = made.makeBibliography();
    const cites = job.items.map((item) => made.makeCitationCluster([{ id: item.id }]));
    const short = job.items.map((item) => made.makeCitationCluster([{ id: item.id, position: 1 }]));
    return { entries: bibliography ? bibliography[1] : null, cites, short };
  },
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const job = JSON.parse(line);
  const byId = new Map(job.items.map((item) => [item.id, item]));
  let answer;
  try {
    answer = modes[job.mode](job, byId);
  } catch (error) {
    answer = { error: String(error && error.message ? error.message : error) };
  }
  process.stdout.write(JSON.stringify({ version: CSL.PROCESSOR_VERSION, ...answer }) + "\n");
});
