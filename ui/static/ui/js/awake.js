// @ts-check
/** Keeps the screen on while a page is open (Screen Wake Lock API); asks again whenever the page comes back to the front. */

/** @returns {Promise<boolean>} whether the screen stays on */
async function ask() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return false;
  try {
    await navigator.wakeLock.request("screen");
    return true;
  } catch {
    return false; // a nearly empty battery refuses
  }
}

/**
 * Keep the screen on; `told` hears each time whether it does.
 * @param {(on: boolean) => void} [told]
 */
export function keepAwake(told = () => undefined) {
  const again = async () => {
    if (document.visibilityState === "visible") told(await ask());
  };
  document.addEventListener("visibilitychange", again);
  again();
}
