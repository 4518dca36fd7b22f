// What pages do better with JavaScript; each of them works without.
"use strict";

function every(root, selector, act) {
  if (root.matches && root.matches(selector)) act(root);
  root.querySelectorAll(selector).forEach(act);
}

function countDown(clock) {
  const end = Date.parse(clock.dataset.until);
  const tick = () => {
    const left = Math.max(0, Math.floor((end - Date.now()) / 1000));
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    clock.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
    if (left > 0 && clock.isConnected) setTimeout(tick, 1000);
  };
  tick();
}

function copyButton(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.querySelector("[data-words]") || button;
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      words.textContent = button.dataset.done;
    } catch {
      const target = document.getElementById(button.dataset.from);
      if (target) getSelection().selectAllChildren(target);
    }
    setTimeout(() => { words.textContent = before; }, 2000);
  });
}

function stepper(box) {
  const field = box.querySelector("input[type=number]");
  box.querySelectorAll("[data-step]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = Number(field.value || 1) + Number(button.dataset.step);
      field.value = Math.min(Math.max(wanted, Number(field.min || 1)), Number(field.max || 9999));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}

function postalFrom(select) {
  select.addEventListener("change", () => {
    const code = select.selectedOptions[0] && select.selectedOptions[0].dataset.postal;
    const field = select.form && select.form.elements.postal_code;
    if (code && field) field.value = code;
  });
}

function variantChoice(form) {
  const price = document.querySelectorAll("[data-price-now]");
  const stock = document.querySelector("[data-stock-now]");
  form.addEventListener("change", (event) => {
    const chosen = event.target.closest("input[name=sku]");
    if (!chosen) return;
    price.forEach((place) => { place.textContent = chosen.dataset.price; });
    if (stock) stock.textContent = chosen.dataset.stock;
    const quantity = form.querySelector("input[name=quantity]");
    if (quantity) quantity.max = chosen.dataset.available;
  });
}

function gallery(box) {
  const large = box.querySelector("[data-large]");
  box.querySelectorAll("[data-show]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = document.getElementById(link.hash.slice(1));
      if (target) large.scrollTo({ left: target.offsetLeft - large.offsetLeft });
    });
  });
}

function showCurrent(row) {
  const current = row.querySelector("[aria-current]");
  if (!current || CSS.supports("scroll-initial-target", "nearest")) return;
  const left = current.getBoundingClientRect().left - row.getBoundingClientRect().left;
  row.scrollLeft += left - (row.clientWidth - current.offsetWidth) / 2;
}

function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button) { button.setAttribute("aria-busy", "true"); button.classList.add("opacity-60"); }
    setTimeout(() => {
      delete form.dataset.sent;
      if (button) { button.removeAttribute("aria-busy"); button.classList.remove("opacity-60"); }
    }, 8000);
  });
}

function autoSubmit(field) {
  field.addEventListener("change", () => { if (field.form) field.form.requestSubmit(); });
}

function wake(root) {
  every(root, "[data-until]", countDown);
  every(root, "[data-copy]", copyButton);
  every(root, "[data-stepper]", stepper);
  every(root, "select[data-postal-from]", postalFrom);
  every(root, "form[data-variants]", variantChoice);
  every(root, "[data-gallery]", gallery);
  every(root, "form[method=post]:not([hx-post])", once);
  every(root, "[data-auto-submit]", autoSubmit);
  every(root, "[data-hide-with-script]", (part) => { part.hidden = true; });
  every(root, ".tab-row, .slide-row", showCurrent);
  every(root, "[data-retry]", (link) => link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); }));
  every(root, "[data-print]", (button) => { button.hidden = false; button.addEventListener("click", () => print()); });
}

function toMistake(root) {
  const focus = root.querySelector && (root.querySelector("[data-focus]") || root.querySelector("[aria-invalid=true]"));
  if (focus) focus.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  wake(document.body);
  toMistake(document.body);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
});
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) wake(event.detail.elt); });
document.addEventListener("htmx:afterSwap", (event) => toMistake(event.detail.target));
window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }); });
