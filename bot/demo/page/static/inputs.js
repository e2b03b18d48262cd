// What the inputs of messages and modals hold, as the server takes it.

// All that a modal's inputs hold: {block_id: {action_id: raw}}.
export function rawValues(container) {
  const values = {};
  for (const input of container.querySelectorAll("[data-input]")) {
    const block = input.closest("[data-block]").dataset.block;
    values[block] = { ...values[block], [input.dataset.action]: raw(input) };
  }
  return values;
}

export function raw(input) {
  if ("chosen" in input.dataset) return input.dataset.chosen || null;
  switch (input.dataset.input) {
    case "checkboxes":
    case "multi_static_select":
    case "multi_users_select":
      return [...input.querySelectorAll(":checked")].map((box) => box.value);
    case "radio_buttons":
      return input.querySelector(":checked")?.value ?? null;
    default:
      return input.value || null;
  }
}
