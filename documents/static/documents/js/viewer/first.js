// @ts-check
/** Waiting for the first picture: nothing else is fetched or computed before a reader sees a page. */

const MOST_MS = 1500;

/**
 * @param {HTMLImageElement | null} picture
 * @returns {Promise<void>} kept once it is on the screen, or when it does not come soon enough
 */
export async function painted(picture) {
  if (!picture) return;
  const late = new Promise((done) => window.setTimeout(done, MOST_MS));
  await Promise.race([late, picture.decode().then(frame, () => {})]);
}

/** Kept after the next frame has been painted. */
function frame() {
  const shown = new Promise((done) => requestAnimationFrame(() => window.setTimeout(done)));
  const hidden = new Promise((done) => window.setTimeout(done, 200)); // a page in the background paints nothing
  return Promise.race([shown, hidden]);
}
