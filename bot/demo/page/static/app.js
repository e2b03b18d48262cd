// Puts the page's parts together.

import { watchComboboxes } from "./combobox.js";
import { Composer } from "./composer.js";
import { watchControls } from "./controls.js";
import { followBottom, listen, refreshThread, toBottom } from "./live.js";
import { watchMenus } from "./menus.js";
import { watchModals } from "./modals.js";
import { watchOverflows } from "./overflow.js";
import { watchPanel } from "./panel.js";
import { followPermalinks } from "./permalinks.js";
import { watchShortcuts } from "./shortcuts.js";
import { watchTour } from "./tour.js";

const pane = document.getElementById("thread-pane");
const thread = document.getElementById("thread");
const scrim = document.getElementById("scrim");
const menuButton = document.getElementById("menu-button");
const composerForm = document.getElementById("composer");

const timeline = document.getElementById("timeline");
const composer = composerForm && new Composer(composerForm, () => null, () => timeline && toBottom(timeline));
const replyForm = document.getElementById("reply");
const reply = replyForm && new Composer(replyForm, () => pane.dataset.thread || null, () => toBottom(thread));

watchComboboxes();
watchControls();
watchModals();
watchMenus();
watchOverflows();
watchPanel();
watchShortcuts();
listen();
followBottom();
followPermalinks();
composer?.text.focus();
watchTour();

async function openThread(ts) {
  pane.dataset.thread = ts;
  thread.replaceChildren();
  await refreshThread();
  pane.hidden = false;
  toBottom(thread);
  reply?.restore();
  reply?.text.focus();
  rememberThread();
}

function closeThread() {
  pane.dataset.thread = "";
  pane.hidden = true;
  rememberThread();
  composer?.text.focus();
}

// A reload shows the same thread again.
function rememberThread() {
  const ts = pane.dataset.thread;
  history.replaceState(null, "", ts ? `?thread=${ts}` : location.pathname);
}

function showDrawer(open) {
  document.body.classList.toggle("drawer-open", open);
  menuButton.setAttribute("aria-expanded", String(open));
  scrim.hidden = !open;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-thread]");
  if (opener) openThread(opener.dataset.openThread);
});
document.getElementById("thread-close").addEventListener("click", closeThread);
menuButton.addEventListener("click", () => {
  showDrawer(true);
  document.querySelector("#sidebar [aria-current]")?.focus();
});
scrim.addEventListener("click", () => showDrawer(false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("drawer-open")) {
    showDrawer(false);
    menuButton.focus();
  } else if (pane.contains(document.activeElement)) closeThread();
});
