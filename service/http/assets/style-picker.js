// A combobox over every citation style the service knows (WAI-ARIA pattern: editable combobox with list).
import { element } from "./elements.js";

export function stylePicker(input, chosen) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  let active = -1;
  let asked = 0;
  let timer;

  const options = () => [...list.children];
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function activate(index) {
    const all = options();
    if (!all.length) return;
    active = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }
  function choose(option) {
    input.value = option.dataset.id;
    input.title = option.dataset.title;
    close();
    chosen(option.dataset.id);
  }
  async function search(query) {
    const turn = ++asked;
    const answer = await fetch(`/styles?limit=30&q=${encodeURIComponent(query)}`);
    if (turn !== asked || !answer.ok) return;
    const found = await answer.json();
    list.replaceChildren(...(found.styles ?? found).map((style, index) => {
      const option = element("li", { id: `style-option-${index}`, role: "option", textContent: style.title }, element("small", { textContent: style.id }));
      option.setAttribute("aria-selected", "false");
      option.dataset.id = style.id;
      option.dataset.title = style.title;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    active = -1;
    list.hidden = !list.childElementCount;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => search(input.value), 120); });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("change", () => chosen(input.value));
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) await search("");
      activate(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}
