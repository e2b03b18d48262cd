// How the bot does, wherever the page shows it.

import { morph } from "./morph.js";
import { refresher } from "./refresher.js";
import { fragment } from "./server.js";

export const refreshBot = refresher(async () => {
  const html = await fragment("bot");
  for (const place of document.querySelectorAll("[data-bot]")) morph(place, html);
});
