// The stack of modals: shown in order, the focus kept inside the top one, Escape closes it.

import { gesture } from "./server.js";
import { busy, forgetTimer, rawValues } from "./controls.js";
import { refreshViews } from "./live.js";

const views = document.getElementById("views");
const FIRST_FIELD = "[autofocus], .modal-body :is(input, textarea, select), .modal-body button, footer [type=submit]";
let shown = new Set();
const FOCUSABLE = "a[href], button, input, select, textarea, summary";

export function showDialogs() {
  for (const dialog of views.querySelectorAll("dialog:not([open])")) {
    dialog.showModal();
    firstField(dialog).focus();
  }
  const top = topDialog();
  // An update may have taken away what had the focus, such as a button that unfolds more fields: go on there.
  if (top && !top.contains(document.activeElement)) (firstNewField(top) ?? firstField(top)).focus();
  shown = blocksOf(top);
}

function firstNewField(dialog) {
  return [...dialog.querySelectorAll("[data-block]")]
    .filter((block) => !shown.has(block.dataset.block))
    .map((block) => block.querySelector("input, textarea, select"))
    .find(Boolean);
}

function blocksOf(dialog) {
  return new Set([...(dialog?.querySelectorAll("[data-block]") ?? [])].map((block) => block.dataset.block));
}

export function askFirst(template) {
  const dialog = document.createElement("dialog");
  dialog.className = "modal modal-small";
  dialog.setAttribute("role", "alertdialog");
  dialog.append(template.content.cloneNode(true));
  dialog.setAttribute("aria-label", dialog.querySelector("h2").textContent);
  document.body.append(dialog);
  dialog.showModal();
  // Enter alone must not do what cannot be undone.
  dialog.querySelector("[value=deny]").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("click", (event) => {
      const answer = event.target.closest("button")?.value;
      if (answer) dialog.close(answer);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "confirm");
    });
  });
}

export function watchModals() {
  document.addEventListener("submit", (event) => {
    const dialog = event.target.closest("[data-view]");
    if (!dialog) return;
    event.preventDefault();
    submit(dialog);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) close(button.closest("[data-view]"));
  });
  // A correction answers the complaint beside the field.
  views.addEventListener("input", (event) => {
    const block = event.target.closest("[data-block]");
    block?.querySelector(".error")?.remove();
    block?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  });
  document.addEventListener("keydown", (event) => {
    const dialog = openDialogs().at(-1);
    if (!dialog) return;
    if (event.key === "Escape") {
      // The browser would close the dialog by itself, and the server would know nothing of it.
      event.preventDefault();
      if (dialog.dataset.view) close(dialog);
      else dialog.close("deny");
    } else if (event.key === "Tab") keepInside(dialog, event);
  });
}

async function submit(dialog) {
  forgetTimer(dialog);
  const outcome = await busy(dialog.querySelector("[type=submit]"), () =>
    gesture("submit", { view_id: dialog.dataset.view, values: rawValues(dialog) }),
  );
  await settled(dialog, outcome);
  dialog.querySelector("[aria-invalid]")?.focus();
}

async function close(dialog) {
  forgetTimer(dialog);
  await settled(dialog, await gesture("close", { view_id: dialog.dataset.view }));
}

// Shows what came of a gesture in a modal.
export async function settled(dialog, outcome) {
  await refreshViews();
  const trouble = dialog.querySelector(".trouble");
  if (trouble) trouble.textContent = outcome?.error ?? "";
}

function openDialogs() {
  return [...document.querySelectorAll("#views dialog[open], body > dialog[open]")];
}

function topDialog() {
  return openDialogs().at(-1);
}

function firstField(dialog) {
  const fields = [...dialog.querySelectorAll(FIRST_FIELD)];
  const wanted = fields.find((field) => field.hasAttribute("autofocus")) ?? fields.find(isAnswer) ?? fields[0];
  return wanted ?? dialog.querySelector("[data-close]");
}

function isAnswer(field) {
  return !field.matches("button") && (field.type !== "radio" || field.checked || !field.form.querySelector(":checked"));
}

function keepInside(dialog, event) {
  const all = [...dialog.querySelectorAll(FOCUSABLE)].filter((each) => each.checkVisibility() && !each.disabled);
  const [first, last] = [all[0], all.at(-1)];
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement === leaving || !dialog.contains(document.activeElement)) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
