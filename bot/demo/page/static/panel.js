// The panel for whoever develops: a drawer with what went between Slack and the bot, which follows as it happens.

import { morph } from "./morph.js";
import { refresher } from "./refresher.js";
import { fragment, gesture } from "./server.js";

const SHORTCUT = "Backquote";
const panel = document.getElementById("panel");
const list = document.getElementById("exchanges");
const button = document.getElementById("panel-button");
const sort = document.getElementById("panel-sort");

export const refreshPanel = refresher(async () => {
  if (panel.hidden) return;
  morph(list, await fragment(`exchanges${sort.value && `?sort=${sort.value}`}`));
});

export function watchPanel() {
  sort.value = sessionStorage.getItem("panel sort") ?? "";
  show(sessionStorage.getItem("panel") === "open");
  button.addEventListener("click", () => toggle());
  document.getElementById("panel-close").addEventListener("click", () => toggle());
  document.getElementById("panel-clear").addEventListener("click", () => gesture("forget-exchanges", {}));
  sort.addEventListener("change", () => {
    sessionStorage.setItem("panel sort", sort.value);
    refreshPanel();
  });
  document.addEventListener("keydown", (event) => {
    if (event.code !== SHORTCUT || !event.ctrlKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    toggle();
  });
  list.addEventListener("toggle", (event) => event.target.open && fill(event.target), { capture: true });
}

function toggle() {
  show(panel.hidden);
  if (panel.hidden) button.focus();
  else list.focus();
}

function show(open) {
  panel.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  sessionStorage.setItem("panel", open ? "open" : "");
  refreshPanel();
}

// Headers and bodies are asked for when somebody wants to see them.
async function fill(details) {
  const place = details.querySelector(".exchange-detail");
  if (place.childElementCount) return;
  try {
    place.innerHTML = await fragment(`exchanges/${details.dataset.exchange}`);
    details.scrollIntoView({ block: "nearest" });
  } catch {
    place.textContent = "It is no longer kept.";
  }
}
