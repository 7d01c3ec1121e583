// @ts-check
/** Says what is going on while a form is on its way, keeps it from being sent twice, and prints. */

const PATIENCE = 500;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-busy]"))) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = form.querySelector("button:not([type=button])");
    button?.setAttribute("aria-busy", "true");
    const began = Date.now();
    const watch = window.setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000);
      if (Date.now() - began >= PATIENCE && button) button.textContent = `${form.dataset.busy} ${seconds} s`;
    }, 250);
    window.addEventListener("pageshow", (shown) => {
      if (!shown.persisted) return;
      window.clearInterval(watch);
      delete form.dataset.sent;
    });
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
