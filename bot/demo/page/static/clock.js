// The workspace's clock: it goes on by itself, and shows each place at which it stops on its way.

import { morph } from "./morph.js";
import { refresher } from "./refresher.js";
import { fragment } from "./server.js";

const clock = document.getElementById("clock");
let moved = () => {};
let nextMinute = 0;

export const refreshClock = refresher(async () => {
  const html = await fragment("clock");
  const isInside = clock.contains(document.activeElement);
  morph(clock, html);
  // Whoever has just set out stays in the menu, though the button has gone.
  if (isInside && !clock.contains(document.activeElement)) clock.querySelector(".menu-row button").focus();
  goOn();
});

export function watchClock(whenMoved) {
  moved = whenMoved;
  goOn();
}

export function dayShown() {
  return shown().day;
}

function shown() {
  return clock.querySelector(".clock-summary").dataset;
}

// What the page shows of the present minute is asked for when the next one begins.
function goOn() {
  clearTimeout(nextMinute);
  nextMinute = setTimeout(moved, Number(shown().secondsLeft) * 1000);
}
