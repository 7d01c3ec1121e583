// @ts-check
/**
 * The drop zone: every file goes in its own request, with its progress and its own error.
 *
 * `<form class="drop-zone" data-upload method="post" enctype="multipart/form-data">` works without this module as a
 * plain form. The server answers 2xx with JSON `{name?, note?, url?}` or problem+json. After the last file the form
 * receives the event `upload:done` (`{sent, failed}`), which `hx-trigger="upload:done from:#…"` can refresh a list on.
 */

import { icon } from "ui/icons";
import { sentence } from "ui/problem";
import { text } from "ui/texts";

const AT_ONCE = 2;

/** @typedef {{ file: File, row: HTMLLIElement, note: HTMLElement, bar: HTMLProgressElement }} Item */

/** @param {HTMLFormElement} form */
export function attach(form) {
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  if (!input || form.dataset.attached) return;
  form.dataset.attached = "yes";
  for (const element of form.querySelectorAll("[data-upload-plain]")) element.setAttribute("hidden", "");
  input.addEventListener("change", () => {
    take(form, input, [...(input.files ?? [])]);
    input.value = "";
  });
  watchDrops(form, input);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 */
function watchDrops(form, input) {
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.toggleAttribute("data-over", true);
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) form.removeAttribute("data-over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.removeAttribute("data-over");
    take(form, input, [...(event.dataTransfer?.files ?? [])]);
  });
}

/**
 * Sends the files, two at a time.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {File[]} files
 */
async function take(form, input, files) {
  const queue = (input.multiple ? files : files.slice(0, 1)).map((file) => show(form, file));
  const total = queue.length;
  let sent = 0;
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      if (await settle(form, input.name, item)) sent += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (total) finish(form, sent, total - sent);
}

/**
 * @param {HTMLFormElement} form
 * @param {number} sent
 * @param {number} failed
 */
function finish(form, sent, failed) {
  form.dispatchEvent(new CustomEvent("upload:done", { bubbles: true, detail: { sent, failed } }));
  if (sent && !failed && form.dataset.uploadNext) location.assign(form.dataset.uploadNext);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Item} item
 * @returns {Promise<boolean>}
 */
async function settle(form, name, item) {
  const refusal = refused(form, item.file);
  if (refusal) {
    fail(form, name, item, refusal, false);
    return false;
  }
  const answer = await send(form, name, item);
  const good = answer.status >= 200 && answer.status < 300;
  if (good) succeed(item, answer.body);
  else fail(form, name, item, sentence(answer.status, answer.body), answer.status === 0 || answer.status >= 500);
  return good;
}

/**
 * What needs no server to be refused.
 * @param {HTMLFormElement} form
 * @param {File} file
 */
function refused(form, file) {
  const limit = Number(form.dataset.uploadLimit || 0);
  if (file.size === 0) return text("emptyFile");
  if (limit && file.size > limit) return text("tooLarge", { limit: form.dataset.uploadLimitWords ?? String(limit) });
  return "";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Item} item
 * @returns {Promise<{ status: number, body: string }>}
 */
function send(form, name, item) {
  const data = new FormData(form);
  data.delete(name);
  data.append(name, item.file, item.file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json, application/problem+json");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    item.bar.value = percent;
    item.note.textContent = percent < 100 ? text("uploading", { percent }) : text("checking");
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve({ status: request.status, body: request.responseText }));
    request.send(data);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 * @returns {Item}
 */
function show(form, file) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const note = document.createElement("span");
  const bar = document.createElement("progress");
  row.className = "file-item";
  name.className = "file-name";
  note.className = "file-note";
  name.textContent = file.name.normalize("NFC");
  note.textContent = text("uploading", { percent: 0 });
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name.textContent);
  row.append(icon("file-text"), name, note, bar);
  listOf(form).append(row);
  return { file, row, note, bar };
}

/** @param {HTMLFormElement} form */
function listOf(form) {
  const found = form.querySelector(".file-list");
  if (found) return found;
  const list = document.createElement("ul");
  list.className = "file-list";
  list.setAttribute("aria-live", "polite");
  form.append(list);
  return list;
}

/**
 * @param {Item} item
 * @param {string} body
 */
function succeed(item, body) {
  item.row.dataset.state = "done";
  item.bar.remove();
  item.row.querySelector(".icon")?.replaceWith(icon("circle-check"));
  /** @type {{ note?: string }} */
  let answer = {};
  try {
    answer = JSON.parse(body) ?? {};
  } catch {
    // A page instead of JSON: the file is in, there is just nothing more to say about it.
  }
  item.note.textContent = answer.note || text("uploaded");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Item} item
 * @param {string} words
 * @param {boolean} again
 */
function fail(form, name, item, words, again) {
  item.row.dataset.state = "failed";
  item.row.querySelector(".icon")?.replaceWith(icon("octagon-alert"));
  item.bar.hidden = true;
  item.note.textContent = words;
  if (!again) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-link";
  button.textContent = text("retry");
  button.addEventListener("click", () => retry(form, name, item, button));
  item.row.insertBefore(button, item.note);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Item} item
 * @param {HTMLButtonElement} button
 */
async function retry(form, name, item, button) {
  button.remove();
  delete item.row.dataset.state;
  item.bar.hidden = false;
  item.bar.value = 0;
  const good = await settle(form, name, item);
  finish(form, good ? 1 : 0, good ? 0 : 1);
}

/** @param {ParentNode} root */
function attachAll(root) {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-upload]"));
  for (const form of forms) attach(form);
}

export function start() {
  attachAll(document);
  document.addEventListener("htmx:load", (event) => attachAll(/** @type {Element} */ (event.target)));
}
