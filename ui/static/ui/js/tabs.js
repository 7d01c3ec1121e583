// @ts-check
/** A row of tabs that is wider than the screen begins where one is. */

export function start() {
  for (const row of document.querySelectorAll(".tabs")) {
    const here = row.querySelector('[aria-current]:not([aria-current="false"])');
    if (!(here instanceof HTMLElement) || row.scrollWidth <= row.clientWidth) continue;
    const left = here.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    row.scrollLeft = left - (row.clientWidth - here.offsetWidth) / 2;
  }
}
