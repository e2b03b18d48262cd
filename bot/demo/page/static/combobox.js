// Selects in which one types to find an option: among many that are here, or among those that the bot suggests.

import { gesture } from "./server.js";

const PAUSE = 250;
const GAP = 4;
const FROM_THE_BOT = "least";
const BOX = "input[role=combobox][data-chosen]";
const before = new WeakMap();
let box = null;
let timer = 0;
let asked = 0;

export function watchComboboxes() {
  document.addEventListener("click", (event) => event.target.matches(BOX) && open(event.target));
  document.addEventListener("input", (event) => event.target.matches(BOX) && search(event.target));
  document.addEventListener("focusout", (event) => event.target.matches(BOX) && leave(event.target));
  // Before the modal hears of it: Escape closes what lies on top.
  document.addEventListener("keydown", (event) => event.target.matches?.(BOX) && pressed(event), true);
  document.addEventListener("mousedown", (event) => {
    const list = event.target.closest(".combobox-list");
    if (!list) return;
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  document.addEventListener("scroll", ({ target }) => box && !listOf(box).contains(target) && place(), true);
}

// Undoes the last choice.
export function takeBack(input) {
  set(input, before.get(input) ?? { value: "", text: "" });
}

function open(input) {
  if (box === input) return;
  input.select();
  search(input, "");
}

async function search(input, typed = input.value.trim()) {
  const number = ++asked;
  clearTimeout(timer);
  if (!(FROM_THE_BOT in input.dataset)) {
    show(input, matching(JSON.parse(input.dataset.options), typed));
    return;
  }
  const least = Number(input.dataset[FROM_THE_BOT]);
  if (typed.length < least) {
    show(input, [], `Type at least ${least} ${least === 1 ? "letter" : "letters"}`);
    return;
  }
  show(input, [], "Searching…");
  await new Promise((resolve) => {
    timer = setTimeout(resolve, typed ? PAUSE : 0);
  });
  if (number !== asked) return;
  const found = await gesture("suggest", {
    view_id: input.closest("[data-view]").dataset.view,
    block_id: input.closest("[data-block]").dataset.block,
    action_id: input.dataset.action,
    typed,
  });
  // Whoever typed on meanwhile, or went away, wants something else.
  if (number === asked && box === input) show(input, found.groups ?? [], found.error ?? "");
}

function matching(groups, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  const fits = ({ text }) => words.every((word) => text.toLowerCase().includes(word));
  return groups.map(({ label, options }) => ({ label, options: options.filter(fits) }));
}

function show(input, groups, note = "") {
  box = input;
  const list = listOf(input);
  const filled = groups.filter(({ options }) => options.length);
  const pieces = filled.flatMap(({ label, options }) => [
    ...(label ? [piece("combobox-label", label)] : []),
    ...options.map((option) => choice(option, input.dataset.chosen)),
  ]);
  list.replaceChildren(...(pieces.length ? pieces : [piece("combobox-note", note || "No results")]));
  options().forEach((option, index) => {
    option.id = `${list.id}-${index}`;
  });
  if (!list.matches(":popover-open")) list.showPopover();
  input.setAttribute("aria-expanded", "true");
  mark(options()[0]);
  place();
}

function piece(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.role = "presentation";
  made.textContent = text;
  return made;
}

function choice({ value, text }, chosen) {
  const option = piece("combobox-option", text);
  option.role = "option";
  option.dataset.value = value;
  option.toggleAttribute("data-current", value === chosen);
  return option;
}

// Below the field where there is room, else above it.
function place() {
  const list = listOf(box);
  const at = box.getBoundingClientRect();
  const below = innerHeight - at.bottom;
  const isBelow = below > Math.min(list.scrollHeight, 240) || below > at.top;
  list.style.left = `${at.left}px`;
  list.style.width = `${at.width}px`;
  list.style.maxHeight = `${Math.min(280, (isBelow ? below : at.top) - 3 * GAP)}px`;
  list.style.top = isBelow ? `${at.bottom + GAP}px` : "auto";
  list.style.bottom = isBelow ? "auto" : `${innerHeight - at.top + GAP}px`;
}

function pressed(event) {
  if (event.isComposing) return;
  const isOpen = box === event.target;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (isOpen) step(event.key === "ArrowDown" ? 1 : -1);
    else open(event.target);
  } else if (event.key === "Enter") {
    if (isOpen && current()) choose(current());
    else if (!isOpen) open(event.target);
  } else if (event.key === "Escape" && isOpen) leave(event.target);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(by) {
  const all = options();
  if (all.length) mark(all[(all.indexOf(current()) + by + all.length) % all.length]);
}

function mark(option) {
  for (const each of options()) each.ariaSelected = String(each === option);
  if (!option) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}

function choose(option) {
  const input = box;
  before.set(input, { value: input.dataset.chosen, text: input.dataset.text });
  set(input, { value: option.dataset.value, text: option.textContent });
  leave(input);
  input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "chosen" }));
}

function set(input, { value, text }) {
  input.dataset.chosen = value;
  input.dataset.text = text;
  input.value = text;
}

// What was typed without a choice is gone; a field that was emptied holds nothing any more.
function leave(input) {
  if (box !== input) return;
  asked += 1;
  listOf(input).hidePopover();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  box = null;
  const isEmptied = !input.value.trim() && input.dataset.chosen;
  if (!isEmptied) {
    input.value = input.dataset.text;
    return;
  }
  before.set(input, { value: input.dataset.chosen, text: input.dataset.text });
  set(input, { value: "", text: "" });
  input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "emptied" }));
}

function listOf(input) {
  return document.getElementById(input.getAttribute("aria-controls"));
}

function options() {
  return [...listOf(box).querySelectorAll("[role=option]")];
}

function current() {
  return options().find((option) => option.ariaSelected === "true");
}
