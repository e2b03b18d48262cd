// The menus behind three dots, which lie above all that scrolls.

import { placeBeside } from "./floating.js";

const OPEN = "details.overflow[open]";

export function watchOverflows() {
  document.addEventListener("toggle", ({ target }) => target.matches("details.overflow") && follow(target), true);
  document.addEventListener("scroll", ({ target }) => opened().forEach((each) => target.contains(each) && place(each)), true);
  // Before the modal hears of it: Escape closes what lies on top.
  document.addEventListener("keydown", escaped, true);
}

function follow(details) {
  if (!details.open) {
    menuOf(details).hidePopover();
    return;
  }
  menuOf(details).showPopover();
  place(details);
}

function place(details) {
  placeBeside(menuOf(details), details.getBoundingClientRect(), { ends: true });
}

function escaped(event) {
  const details = event.key === "Escape" && event.target.closest?.(OPEN);
  if (!details) return;
  event.preventDefault();
  event.stopPropagation();
  details.open = false;
  details.querySelector("summary").focus();
}

function menuOf(details) {
  return details.querySelector(".overflow-menu");
}

function opened() {
  return [...document.querySelectorAll(OPEN)];
}
