// What the app published in the person's Home.

import { morph } from "./morph.js";
import { refresher } from "./refresher.js";
import { fragment } from "./server.js";

const home = document.getElementById("app-home");

export const refreshHome = refresher(async () => {
  if (home) morph(home, await fragment("home"));
});
