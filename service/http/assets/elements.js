// Small words for building the page: an element with its children, a spoken message, a JSON Pointer read and written.
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

let hush;
export function say(text) {
  const live = document.getElementById("live");
  live.textContent = text;
  live.hidden = !text;
  clearTimeout(hush);
  if (text) hush = setTimeout(() => { live.hidden = true; }, 4000);
}

const steps = (pointer) => pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

export function at(object, pointer) {
  return steps(pointer).reduce((value, step) => value?.[step], object);
}

// A copy of `object` with `value` at `pointer`; an empty value takes the field away, and an emptied parent with it.
export function changed(object, pointer, value) {
  const [step, ...rest] = steps(pointer);
  const copy = Array.isArray(object) ? [...object] : { ...object };
  const next = rest.length ? changed(copy[step] ?? {}, `/${rest.join("/")}`, value) : value;
  const empty = next === undefined || next === "" || (typeof next === "object" && Object.keys(next).length === 0);
  if (!empty) copy[step] = next;
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else delete copy[step];
  return copy;
}

// The corrections as a JSON Merge Patch (RFC 7396): arrays go whole, a field taken away is null.
export function mergePatch(article, pointers) {
  const patch = {};
  for (const pointer of pointers) {
    const [field, inner] = steps(pointer);
    if (inner === undefined || Array.isArray(article[field])) patch[field] = article[field] ?? null;
    else patch[field] = { ...patch[field], [inner]: article[field]?.[inner] ?? null };
  }
  return patch;
}
