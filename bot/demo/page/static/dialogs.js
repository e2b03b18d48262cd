// The stack of modals: drawn anew as the server has it, shown in order, the top one holding the focus.

import { morph } from "./morph.js";
import { refresher } from "./refresher.js";
import { fragment } from "./server.js";

const views = document.getElementById("views");
const FIRST_FIELD = "[autofocus], .modal-body :is(input, textarea, select), .modal-body button, footer [type=submit]";
let shown = new Set();

export const refreshViews = refresher(async () => {
  morph(views, await fragment("views"));
  showDialogs();
});

function showDialogs() {
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

// Shows what came of a gesture in a modal.
export async function settled(dialog, outcome) {
  await refreshViews();
  const trouble = dialog.querySelector(".trouble");
  if (trouble) trouble.textContent = outcome?.error ?? "";
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

export function openDialogs() {
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
