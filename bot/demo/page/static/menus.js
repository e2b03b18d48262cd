// Menus and small dialogs of the page itself, whose buttons and forms name the gesture they make.

import { conversation, gesture } from "./server.js";
import { toast } from "./toast.js";

export function watchMenus() {
  document.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (target?.dataset.open) open(target);
    if (target && "dismiss" in target.dataset) target.closest("dialog").close();
    if (target?.dataset.gesture) act(target, details(target));
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.gesture) return;
    event.preventDefault();
    act(form, { ...details(form), ...values(form) });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details[data-menu][open]");
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

function open(button) {
  button.closest("details")?.removeAttribute("open");
  document.getElementById(button.dataset.open).showModal();
}

// The gesture's details are the element's own data.
function details({ dataset }) {
  const { gesture: name, what, userId, how } = dataset;
  if (how) return { how };
  return name === "channel" ? { conversation_id: conversation, what, ...(userId && { user_id: userId }) } : {};
}

function values(form) {
  const found = Object.fromEntries(new FormData(form));
  for (const box of form.querySelectorAll("input[type=checkbox]")) found[box.name] = box.checked;
  return found;
}

let latest = 0;

async function act(element, asked) {
  const turn = ++latest;
  const menu = element.closest("[data-menu]");
  const outcome = await gesture(element.dataset.gesture, asked);
  const trouble = menu?.querySelector("[role=alert]");
  if (trouble && turn === latest) say(trouble, outcome);
  else if (!outcome.ok) toast(outcome.error);
  if (outcome.ok) element.closest("dialog")?.close();
}

// What went wrong stays until the next attempt, though the menu is drawn anew meanwhile.
function say(trouble, { ok, error }) {
  trouble.toggleAttribute("data-mine", !ok);
  trouble.textContent = ok ? "" : error;
}
