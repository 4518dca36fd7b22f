// Suggestions under the search field: the ARIA combobox with a list box. Without JavaScript the form is an ordinary form.
"use strict";

function combobox(form) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-suggestions]");
  const said = form.querySelector("[data-suggestions-said]");
  let at = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(to) {
    const rows = options();
    at = to;
    rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    const visible = open && options().length > 0;
    list.hidden = !visible;
    field.setAttribute("aria-expanded", String(visible));
    if (!visible) choose(-1);
  }

  list.addEventListener("htmx:afterSwap", () => {
    at = -1;
    show(document.activeElement === field && field.value.trim() !== "");
    const count = options().length;
    said.textContent = list.hidden ? "" : said.dataset.words.replace("0", String(count));
  });
  field.addEventListener("focus", () => show(field.value.trim() !== ""));
  field.addEventListener("input", () => { if (field.value.trim() === "") show(false); });
  field.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); show(false); return; }
    if (event.key === "Enter" && at >= 0 && !list.hidden) { event.preventDefault(); location.assign(options()[at].dataset.href); return; }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || count === 0) return;
    event.preventDefault();
    if (list.hidden) show(true);
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(at + step >= count ? -1 : at + step < -1 ? count - 1 : at + step);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) location.assign(row.dataset.href);
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show(false); });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-search]").forEach(combobox));
