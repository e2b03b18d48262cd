// Makes what is on the page equal to fresh HTML and touches only what differs, so that what is typed, the focus,
// the caret and the scroll position stay where they are.

// What the browser or this page's own code sets on an element, and the server knows nothing of.
const OURS = new Set([
  "open",
  "style",
  "aria-busy",
  "aria-expanded",
  "aria-activedescendant",
  "data-touched",
  "data-chosen",
  "data-text",
  "data-pointed",
]);

export function morph(container, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  morphChildren(container, template.content);
}

function morphChildren(parent, wantedParent) {
  const wantedKeys = new Set([...wantedParent.children].map(keyOf).filter(Boolean));
  for (const child of [...parent.children]) {
    if (keyOf(child) && !wantedKeys.has(keyOf(child))) remove(child);
  }
  const keyed = new Map([...parent.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let cursor = parent.firstChild;
  for (const wanted of [...wantedParent.childNodes]) {
    const present = keyOf(wanted) ? keyed.get(keyOf(wanted)) : cursor;
    if (present && alike(present, wanted)) {
      while (cursor && cursor !== present && !keyOf(cursor)) cursor = removed(cursor);
      if (cursor === present) cursor = present.nextSibling;
      else parent.insertBefore(present, cursor);
      morphNode(present, wanted);
    } else {
      parent.insertBefore(document.importNode(wanted, true), cursor);
    }
  }
  while (cursor) cursor = removed(cursor);
}

function morphNode(present, wanted) {
  if (present.isEqualNode(wanted)) return;
  if (present.nodeType !== Node.ELEMENT_NODE) {
    present.nodeValue = wanted.nodeValue;
    return;
  }
  if (present.hasAttribute("data-mine")) return;
  for (const { name } of [...present.attributes]) {
    if (!wanted.hasAttribute(name) && !OURS.has(name)) present.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (present.getAttribute(name) !== value && !OURS.has(name)) present.setAttribute(name, value);
  }
  const choice = present.matches("select[data-touched]") ? present.value : null;
  morphChildren(present, wanted);
  if (choice !== null && [...present.options].some((option) => option.value === choice)) present.value = choice;
}

function alike(present, wanted) {
  return present.nodeName === wanted.nodeName && keyOf(present) === keyOf(wanted);
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id || "" : "";
}

function removed(node) {
  const next = node.nextSibling;
  remove(node);
  return next;
}

function remove(node) {
  const isOpen = node instanceof HTMLDialogElement && node.open;
  // Closing hands the focus back to where it was before the dialog.
  if (isOpen) node.close();
  node.remove();
  if (isOpen) takeCaretAlong(document.activeElement);
}

// Chromium hands back the focus, but leaves the caret in the dialog, and typing leads nowhere.
function takeCaretAlong(focused) {
  focused.blur();
  focused.focus();
}
