// Addresses of messages lead to the message here, as they do inside Slack, and not out into the world.

import { user } from "./server.js";

const { archives } = document.body.dataset;
const ADDRESS = /^(\w+)\/p(\d{10})(\d{6})$/;

export function followPermalinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link?.href.startsWith(archives)) return;
    const here = inside(new URL(link.href));
    if (!here) return;
    event.preventDefault();
    location.assign(here);
  });
  showNamed();
  addEventListener("hashchange", showNamed);
}

function inside({ pathname, search }) {
  const [, channel, seconds, micros] = pathname.slice(new URL(archives).pathname.length).match(ADDRESS) ?? [];
  const thread = new URLSearchParams(search).get("thread_ts");
  if (!channel) return null;
  const [query, mark] = thread ? [`?thread=${thread}`, "t"] : ["", "m"];
  return `/client/${user}/${channel}${query}#${mark}${seconds}.${micros}`;
}

// The message that the address names, if it is still there.
function showNamed() {
  document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
}
