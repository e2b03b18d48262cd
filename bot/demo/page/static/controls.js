// Buttons and inputs in messages and modals: telling the bot of them.

import { conversation, gesture } from "./server.js";
import { takeBack } from "./combobox.js";
import { askFirst, settled } from "./dialogs.js";
import { raw, rawValues } from "./inputs.js";
import { toast } from "./toast.js";

const TYPING_PAUSE = 400;
const timers = new Map();

// Marks the control as at work until the promise is settled; pressing it again meanwhile does nothing.
export async function busy(control, work) {
  if (control?.getAttribute("aria-busy") === "true") return { ok: true, error: null };
  control?.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    control?.removeAttribute("aria-busy");
  }
}

// Typing that waits to be told is told with what comes next.
export function forgetTimer(dialog) {
  for (const [input, timer] of timers) {
    if (dialog.contains(input)) clearTimeout(timer);
  }
}

export function watchControls() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-click]");
    if (button) press(button);
    for (const menu of document.querySelectorAll("details.overflow[open], details.personas[open]")) {
      if (!menu.contains(event.target) || button) menu.open = false;
    }
  });
  document.addEventListener("change", (event) => {
    // What is typed in a search through options is no choice yet; its own event says when there is one.
    if (event.target.matches("[role=combobox]") && !event.detail) return;
    event.target.dataset.touched = "";
    const input = event.target.closest("[data-told]");
    if (input?.dataset.told === "change") choose(input);
  });
  document.addEventListener("input", (event) => {
    event.target.dataset.touched = "";
    const input = event.target.closest("[data-told~=character]");
    if (!input) return;
    clearTimeout(timers.get(input));
    timers.set(
      input,
      setTimeout(() => tell(input, raw(input)), TYPING_PAUSE),
    );
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[data-told~=enter]")) return;
    event.preventDefault();
    tell(event.target, raw(event.target));
  });
}

async function press(button) {
  if (button.getAttribute("aria-busy") === "true" || !(await confirmed(button))) return;
  await busy(button, () => tell(button, button.dataset.raw ?? null));
}

async function choose(input) {
  const chosen = raw(input);
  if (await confirmed(input)) await busy(input, () => tell(input, chosen));
  else restore(input);
}

async function confirmed(control) {
  const template = control.closest(".control").querySelector("template[data-confirm]");
  return template ? askFirst(template) : true;
}

async function tell(control, value) {
  const view = control.closest("[data-view]");
  const dialog = view?.closest("dialog");
  const source = view
    ? { view_id: view.dataset.view, values: rawValues(view) }
    : { conversation_id: conversation, ts: control.closest("[data-ts]").dataset.ts };
  const outcome = await gesture("click", {
    ...source,
    block_id: control.closest("[data-block]").dataset.block,
    action_id: control.dataset.action,
    raw: value,
  });
  if (dialog) await settled(dialog, outcome);
  else if (outcome.error) toast(outcome.error);
}

// Takes a choice back that the person did not confirm.
function restore(input) {
  for (const option of input.options ?? []) option.selected = option.defaultSelected;
  for (const box of input.querySelectorAll("input")) box.checked = box.defaultChecked;
  if (input.matches("input")) input.value = input.defaultValue;
  if ("chosen" in input.dataset) takeBack(input);
}
