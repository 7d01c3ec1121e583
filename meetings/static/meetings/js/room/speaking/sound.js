// @ts-check
/** The chair's bell: one tone when the last half minute begins, two when time is up; made here, no file. */

const KEPT = "room-sound";

/** @type {AudioContext | undefined} browsers let a page sound only after somebody has touched it */
let audio;

export function isMuted() {
  return localStorage.getItem(KEPT) === "off";
}

/** Kept on this device. @param {boolean} muted */
export function mute(muted) {
  localStorage.setItem(KEPT, muted ? "off" : "on");
}

/** Opens the sound with the first touch of the page. */
export function readySound() {
  const begin = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
  };
  addEventListener("pointerdown", begin, { once: true });
  addEventListener("keydown", begin, { once: true });
}

/** @param {number} pitch @param {number} after seconds */
function tone(pitch, after) {
  if (!audio) return;
  const at = audio.currentTime + after;
  const [voice, volume] = [audio.createOscillator(), audio.createGain()];
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  voice.connect(volume).connect(audio.destination);
  voice.start(at);
  voice.stop(at + 0.5);
}

/** @param {"near" | "over"} what */
export function sound(what) {
  tone(660, 0);
  if (what === "over") tone(880, 0.3);
}
