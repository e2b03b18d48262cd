// What is done in a modal: it is sent or closed, also by Escape; the focus is kept inside the top one.

import { gesture } from "./server.js";
import { busy, forgetTimer } from "./controls.js";
import { openDialogs, settled } from "./dialogs.js";
import { rawValues } from "./inputs.js";

const views = document.getElementById("views");
const FOCUSABLE = "a[href], button, input, select, textarea, summary";

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

function keepInside(dialog, event) {
  const all = [...dialog.querySelectorAll(FOCUSABLE)].filter((each) => each.checkVisibility() && !each.disabled);
  const [first, last] = [all[0], all.at(-1)];
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement === leaving || !dialog.contains(document.activeElement)) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
