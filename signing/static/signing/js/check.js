// @ts-check

/** The check page: the chosen or dropped file is named, and the button says that the check is under way. */

/** @param {HTMLFormElement} form */
function watch(form) {
  const input = form.querySelector("input[type=file]");
  const name = form.querySelector("[data-file-name]");
  if (!(input instanceof HTMLInputElement) || !name) return;
  const show = () => {
    const file = input.files?.[0];
    if (file) name.textContent = file.name;
  };
  input.addEventListener("change", show);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.dataset.over = "";
  });
  form.addEventListener("dragleave", () => delete form.dataset.over);
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    delete form.dataset.over;
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
    show();
  });
  form.addEventListener("submit", () => busy(form));
}

/** @param {HTMLFormElement} form */
function busy(form) {
  const button = form.querySelector("button[data-busy]");
  if (!(button instanceof HTMLButtonElement)) return;
  button.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.busy ?? button.textContent;
}

for (const form of document.querySelectorAll("form[data-check-form]")) {
  if (form instanceof HTMLFormElement) watch(form);
}
