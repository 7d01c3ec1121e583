// @ts-check
/** Keeps the markup of what is pasted beside its text, so that lists and tables of Word are not lost. */

const area = document.getElementById("paste-text");
const markup = document.querySelector("#paste input[name=html]");
let pasted = "";

if (area instanceof HTMLTextAreaElement && markup instanceof HTMLInputElement) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const isWhole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    markup.value = isWhole ? html : "";
    setTimeout(() => {
      pasted = area.value;
    });
  });
  // What was changed by hand afterwards counts, so the markup no longer does.
  area.addEventListener("input", () => setTimeout(() => forget(area, markup)));
}

/**
 * @param {HTMLTextAreaElement} text
 * @param {HTMLInputElement} html
 */
function forget(text, html) {
  if (text.value !== pasted) html.value = "";
}
