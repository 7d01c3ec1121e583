// @ts-check
/** The number on the bell: asked for while somebody looks, less often once the page lies idle. */

const BUSY = 10_000;
const IDLE = 60_000;
const IDLE_AFTER = 300_000;

let touched = Date.now();
let asked = 0;

/** @param {HTMLElement} bell @param {number} number */
function show(bell, number) {
  const count = document.getElementById("notices-count");
  if (!count) return;
  count.textContent = number > 99 ? "99+" : String(number);
  count.hidden = number === 0;
  bell.setAttribute("aria-label", (bell.dataset.bellLabel ?? "").replace("{n}", String(number)));
}

/** @param {HTMLElement} bell */
async function ask(bell) {
  asked = Date.now();
  try {
    const response = await fetch(bell.dataset.bell ?? "", { cache: "no-cache", redirect: "error" });
    if (response.ok) show(bell, Number((await response.json()).count));
  } catch {
    // no connection, or signed out: the next page says so
  }
}

/** @param {HTMLElement} bell */
function look(bell) {
  if (document.visibilityState !== "visible") return;
  const pause = Date.now() - touched > IDLE_AFTER ? IDLE : BUSY;
  if (Date.now() - asked >= pause) ask(bell);
}

export function start() {
  const bell = /** @type {HTMLElement | null} */ (document.querySelector("[data-bell]"));
  if (!bell) return;
  asked = Date.now();
  for (const name of ["pointerdown", "keydown"]) {
    document.addEventListener(name, () => {
      touched = Date.now();
    });
  }
  document.addEventListener("visibilitychange", () => look(bell));
  setInterval(() => look(bell), 2_000);
}
