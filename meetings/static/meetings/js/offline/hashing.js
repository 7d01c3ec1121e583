// @ts-check
/** SHA-256 of what lies on the device, piece by piece, so that the page stays quick meanwhile. */

import { sha256 } from "@noble/hashes/sha2.js";

/** So many bytes are hashed before the page gets its turn. */
const SLICE = 512 * 1024;

const breath = () => new Promise((resolve) => setTimeout(resolve));

/**
 * @param {Response} response
 * @returns {Promise<string>} in hexadecimal
 */
export async function hashOf(response) {
  const hash = sha256.create();
  let since = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    for (let at = 0; at < piece.value.length; at += SLICE) {
      const part = piece.value.subarray(at, at + SLICE);
      hash.update(part);
      since += part.length;
      if (since < SLICE) continue;
      since = 0;
      await breath();
    }
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
