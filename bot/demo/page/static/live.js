// Keeps what is shown equal to what there is: each change announced by the server refreshes the parts it concerns.

import { refreshHome } from "./app_home.js";
import { refreshBot } from "./bot.js";
import { dayShown, refreshClock, watchClock } from "./clock.js";
import { refreshViews } from "./dialogs.js";
import { morph } from "./morph.js";
import { conversation, fragment, user } from "./server.js";
import { refreshPanel } from "./panel.js";
import { refresher } from "./refresher.js";
import { toast } from "./toast.js";

const NEAR_BOTTOM = 60;
const timeline = document.getElementById("timeline");
const thread = document.getElementById("thread");
const threadPane = document.getElementById("thread-pane");
const sidebar = document.getElementById("sidebar");

export const refreshTimeline = refresher(async () => {
  if (timeline) await scrolling(timeline, `${conversation}/timeline`);
});
export const refreshSidebar = refresher(async () => morph(sidebar, await fragment(`${conversation}/sidebar${location.search}`)));
const channel = document.getElementById("channel");
export const refreshChannel = refresher(async () => morph(channel, await fragment(`${conversation}/channel`)));
export const refreshThread = refresher(async () => {
  const ts = threadPane.dataset.thread;
  if (ts) await scrolling(thread, `${conversation}/thread/${ts}`);
});
export function toBottom(log) {
  log.scrollTop = log.scrollHeight;
}

// Whoever reads the newest message goes on seeing it when the composer grows or a pane opens.
export function followBottom() {
  for (const log of [timeline, thread].filter(Boolean)) {
    let following = true;
    log.addEventListener("scroll", () => {
      following = isAtBottom(log);
    });
    new ResizeObserver(() => following && toBottom(log)).observe(log);
    toBottom(log);
  }
}

export function listen() {
  const events = new EventSource(`/events/${user}`);
  // What happened before the connection stood, or while it was lost, is made up for.
  events.onopen = () => 
    Promise.all([refreshTimeline(), refreshThread(), refreshSidebar(), refreshViews(), refreshPanel(), refreshBot(), refreshHome(), refreshClock()]);
  watchClock(clockMoved);
  events.onmessage = ({ data }) => heard(JSON.parse(data));
}

function heard(change) {
  if (change.kind === "view") refreshViews();
  else if (change.kind === "exchange") refreshPanel();
  else if (change.kind === "home") refreshHome();
  else if (change.kind === "bot") refreshBot();
  else if (change.kind === "clock") clockMoved();
  else if (change.kind === "notice") toast(change.text);
  else {
    refreshSidebar();
    if (change.kind === "conversation") changed(change.conversation_id);
    if (change.kind !== "conversation" && change.conversation_id === conversation) {
      refreshTimeline();
      refreshThread();
    }
  }
}

// What was said today was said yesterday once it is another day.
async function clockMoved() {
  const day = dayShown();
  await refreshClock();
  if (dayShown() === day) return;
  refreshTimeline();
  refreshThread();
}

// A channel that was closed or opened has another composer; who was removed from it has no business here.
async function changed(id) {
  if (id !== conversation) return;
  await refreshChannel();
  const isClosed = Boolean(document.querySelector(".archived"));
  if (isClosed !== Boolean(document.querySelector("#channel [data-closed]"))) location.reload();
}

async function scrolling(log, path) {
  const html = await fragment(path);
  const atBottom = isAtBottom(log);
  morph(log, html);
  if (atBottom) toBottom(log);
}

function isAtBottom(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM;
}
