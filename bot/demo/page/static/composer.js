// The box in which a person writes: it completes commands, people and channels, and keeps what is not sent.

import { conversation, gesture, user } from "./server.js";
import { runShortcut } from "./shortcuts.js";
import { toast } from "./toast.js";

const vocabulary = JSON.parse(document.getElementById("vocabulary").textContent);
const WORD = { "@": /(?:^|\s)(@[\w.-]*)$/, "#": /(?:^|\s)(#[\w-]*)$/ };
const COMMAND = /^\/[\w-]*$/;
const SHOWN = 20;
const PATIENCE = 300;

export class Composer {
  constructor(form, threadOf, toNewest) {
    this.form = form;
    this.threadOf = threadOf;
    this.toNewest = toNewest;
    this.text = form.querySelector("textarea");
    this.list = form.querySelector(".completions");
    this.usage = form.querySelector(".usage");
    this.working = form.querySelector(".working");
    this.entries = [];
    this.chosen = 0;
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("click", () => this.suggest());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("blur", () => this.dismiss());
    // The list takes no focus: a mouse button that goes down on it would end the typing.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.complete(Number(option.dataset.index));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.restore();
  }

  get draft() {
    return `draft ${user} ${conversation} ${this.threadOf() ?? ""}`;
  }

  restore() {
    this.write(sessionStorage.getItem(this.draft) ?? "");
    this.dismiss();
  }

  write(text, caret = text.length) {
    this.text.value = text;
    this.text.setSelectionRange(caret, caret);
    this.changed();
  }

  changed() {
    const { text } = this;
    sessionStorage.setItem(this.draft, text.value);
    this.form.querySelector(".send").disabled = !text.value.trim();
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
    this.suggest();
    this.explain();
  }

  // The command's hint stays in sight while its words are typed.
  explain() {
    const command = vocabulary["/"].find(({ insert }) => this.text.value.startsWith(`${insert} `));
    this.usage.hidden = !command || Boolean(this.threadOf());
    this.usage.replaceChildren();
    if (command) this.usage.append(...described(command));
  }

  suggest() {
    this.typed = this.wordAtCaret();
    const typed = this.typed.toLowerCase();
    const mark = typed.slice(0, 1);
    this.entries = typed ? matching(this.vocabulary(mark), typed).slice(0, SHOWN) : [];
    this.chosen = 0;
    this.show();
  }

  // Commands do not work in threads; shortcuts do.
  vocabulary(mark) {
    const inThread = this.form.dataset.composer === "thread";
    return vocabulary[mark].filter(({ shortcut }) => mark !== "/" || !inThread || shortcut);
  }

  wordAtCaret() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    if (COMMAND.test(before)) return before;
    return before.match(WORD["@"])?.[1] ?? before.match(WORD["#"])?.[1] ?? "";
  }

  show() {
    this.list.hidden = !this.entries.length;
    this.text.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(
      ...this.entries.map((entry, index) => {
        const option = document.createElement("div");
        option.role = "option";
        option.id = `${this.list.id}-${index}`;
        option.dataset.index = index;
        option.ariaSelected = String(index === this.chosen);
        option.append(...described(entry));
        return option;
      }),
    );
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, index) => {
      option.ariaSelected = String(index === this.chosen);
      if (index === this.chosen) option.scrollIntoView({ block: "nearest" });
    });
    if (this.entries.length) this.text.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
    else this.text.removeAttribute("aria-activedescendant");
  }

  dismiss() {
    this.entries = [];
    this.show();
  }

  complete(index) {
    const caret = this.text.selectionStart;
    const start = caret - this.typed.length;
    const { insert, shortcut } = this.entries[index];
    if (shortcut) runShortcut(shortcut);
    // A shortcut leaves no words behind.
    const inserted = shortcut ? "" : `${insert} `;
    const rest = this.text.value.slice(caret);
    this.write(this.text.value.slice(0, start) + inserted + rest, start + inserted.length);
    this.dismiss();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.entries.length && this.steered(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  // Returns whether the key was meant for the list.
  steered(event) {
    const count = this.entries.length;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
        this.mark();
        return true;
      case "Escape":
        this.dismiss();
        return true;
      case "Tab":
        if (event.shiftKey) return false;
        this.complete(this.chosen);
        return true;
      case "Enter":
        // Nothing is left to complete in a word that is there whole: Enter sends it.
        if (event.shiftKey || this.entries[this.chosen].insert === this.typed) return false;
        this.complete(this.chosen);
        return true;
      default:
        return false;
    }
  }

  async send() {
    const text = this.text.value.trim();
    if (!text) return;
    this.write("");
    // Whoever writes looks for their line and for what is said to it, wherever they were reading.
    this.toNewest();
    const patience = setTimeout(() => {
      this.working.textContent = text.startsWith("/") ? `Running ${text.split(/\s/)[0]}…` : "Sending…";
    }, PATIENCE);
    const outcome = await gesture("say", { conversation_id: conversation, text, thread_ts: this.threadOf() });
    clearTimeout(patience);
    this.working.textContent = "";
    if (outcome.ok) return;
    // Without a sentence of its own, the reason stands among the messages.
    if (outcome.error) toast(outcome.error);
    if (!this.text.value) this.write(text);
  }
}

function matching(entries, typed) {
  const inside = typed.slice(1);
  const starts = (entry) => entry.insert.toLowerCase().startsWith(typed);
  const holds = ({ insert, name }) => `${insert} ${typed.startsWith("@") ? name : ""}`.toLowerCase().includes(inside);
  return [...entries.filter(starts), ...entries.filter((entry) => !starts(entry) && holds(entry))];
}

function described({ insert, name, more }) {
  return [
    ["strong", insert],
    ["span", name],
    ["small", more],
  ].map(([tag, words]) => {
    const part = document.createElement(tag);
    part.textContent = words;
    return part;
  });
}
