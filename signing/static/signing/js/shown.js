// @ts-check

/**
 * The fingerprint of the bytes this browser was given to show goes along with the signature, so that the server can
 * tell when somebody was shown something else. Without a secure context the server's own fingerprint stays in place.
 */

/** @param {ArrayBuffer} bytes */
async function fingerprint(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {HTMLFormElement} form */
async function fill(form) {
  const field = form.querySelector("input[name=shown]");
  const file = form.dataset.file;
  if (!(field instanceof HTMLInputElement) || !file || !crypto.subtle) return;
  const response = await fetch(file, { credentials: "same-origin" });
  if (response.ok) field.value = await fingerprint(await response.arrayBuffer());
}

/** @param {HTMLFormElement} form */
function signOnce(form) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[data-busy]");
    if (!(button instanceof HTMLButtonElement)) return;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.busy ?? button.textContent;
  });
}

for (const form of document.querySelectorAll("form[data-sign-form]")) {
  if (form instanceof HTMLFormElement) {
    signOnce(form);
    void fill(form);
  }
}
