// A passing sentence at the edge of the page.

const SHOWN_FOR = 6000;
const place = document.getElementById("toast");
let timer = 0;

export function toast(text) {
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = "";
  }, SHOWN_FOR);
}
