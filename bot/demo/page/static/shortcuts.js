// The app's shortcuts: a message's menu, the menu beside the composer, and what choosing one does.

import { placeBeside } from "./floating.js";
import { conversation, gesture } from "./server.js";
import { toast } from "./toast.js";

let opener = null;

export function watchShortcuts() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.shortcuts) toggle(button);
    if (button?.dataset.shortcut) choose(button);
  });
  for (const menu of document.querySelectorAll(".shortcuts")) {
    menu.addEventListener("keydown", (event) => steer(menu, event));
    menu.addEventListener("toggle", ({ newState }) => {
      opener?.setAttribute("aria-expanded", String(newState === "open"));
    });
  }
  // It would stay where it is while what it belongs to moves away.
  document.addEventListener("scroll", () => opened()?.hidePopover(), true);
}

// Returns once the bot has heard of it.
export async function runShortcut(callbackId, ts = "") {
  const place = ts ? { conversation_id: conversation, ts } : {};
  const outcome = await gesture("shortcut", { callback_id: callbackId, ...place });
  if (outcome.error) toast(outcome.error);
}

function toggle(button) {
  const menu = document.getElementById(`shortcuts-${button.dataset.shortcuts}`);
  if (opened() === menu && opener === button) {
    menu.hidePopover();
    return;
  }
  opened()?.hidePopover();
  opener = button;
  menu.showPopover();
  placeBeside(menu, button.getBoundingClientRect(), { ends: menu.id === "shortcuts-message" });
  menu.querySelector("button")?.focus();
}

function choose(button) {
  const ts = button.closest("#shortcuts-message") ? opener.closest("[data-ts]").dataset.ts : "";
  button.closest(".shortcuts").hidePopover();
  runShortcut(button.dataset.shortcut, ts);
}

function steer(menu, event) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next !== undefined) items[(next + items.length) % items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") menu.hidePopover();
  else return;
  event.preventDefault();
  if (event.key === "Escape" || event.key === "Tab") opener.focus();
}

function opened() {
  return document.querySelector(".shortcuts:popover-open");
}
