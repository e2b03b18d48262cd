// Six hints for a first visit: each stands beside what it tells of, and is in nobody's way who follows it.

const KEPT = "tour";
const DONE = "done";
const GAP = 12;
const COMPOSER = "#composer";
const card = document.getElementById("tour");
const hints = [...document.querySelectorAll("#tour-hints > li")];
const button = (name) => document.getElementById(`tour-${name}`);
let shown = -1;
let pointed = null;

export function watchTour() {
  // Whoever comes in by the front door, and has not seen the hints yet; the address stays as it is for everybody.
  const url = new URL(location.href);
  const isWelcome = url.searchParams.has("welcome");
  if (isWelcome) history.replaceState(null, "", url.pathname);
  const kept = localStorage.getItem(KEPT);
  if (kept === null ? isWelcome : kept !== DONE) show(Number(kept ?? 0));
  button("next").addEventListener("click", () => show(shown + 1));
  button("back").addEventListener("click", () => show(shown - 1));
  button("skip").addEventListener("click", end);
  button("again").addEventListener("click", () => {
    document.getElementById("help").close();
    show(0);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.hidden || !card.contains(document.activeElement)) return;
    event.preventDefault();
    end();
  });
  for (const use of ["input", "click"]) document.addEventListener(use, followed);
  window.addEventListener("resize", () => card.hidden || place());
}

// Whoever does what a hint tells of wants to see what comes of it: the next one waits for the next page.
function followed({ type, target }) {
  if (card.hidden || !pointed.contains(target) || pointed.matches(COMPOSER) !== (type === "input")) return;
  localStorage.setItem(KEPT, hints[shown + 1] ? String(shown + 1) : DONE);
  hide();
}

function show(number) {
  if (!hints[number]) return end();
  shown = number;
  localStorage.setItem(KEPT, String(number));
  const [title, text] = hints[number].children;
  document.getElementById("tour-place").textContent = `${number + 1} of ${hints.length}`;
  document.getElementById("tour-title").textContent = title.textContent;
  document.getElementById("tour-text").replaceChildren(...text.cloneNode(true).childNodes);
  button("back").hidden = number === 0;
  button("next").textContent = number === hints.length - 1 ? "Done" : "Next";
  card.hidden = false;
  place();
  button("next").focus();
}

function hide() {
  card.hidden = true;
  pointed?.removeAttribute("data-pointed");
}

function end() {
  localStorage.setItem(KEPT, DONE);
  hide();
  document.getElementById("composer-text")?.focus();
}

// Beside the first of the hint's targets that can be seen, within the window: to the right of what is in the list of
// conversations, which stays readable; else above what is low and below what is high.
function place() {
  pointed?.removeAttribute("data-pointed");
  const targets = hints[shown].dataset.at.split(", ").map((each) => document.querySelector(each));
  pointed = targets.find((each) => each?.checkVisibility({ visibilityProperty: true })) ?? document.body;
  pointed.setAttribute("data-pointed", "");
  const at = pointed.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const isLow = at.top > height + 2 * GAP;
  const inList = pointed.closest("#sidebar")?.getBoundingClientRect();
  const left = inList ? inList.right + GAP : at.left;
  const top = inList ? at.top : isLow ? at.top - height - GAP : at.bottom + GAP;
  card.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  card.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
}
