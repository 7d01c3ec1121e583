// @ts-check
/** Whether the server answers: asked at the start, whenever the network comes or goes, and now and then. */

const OFTEN = 8_000;
const SELDOM = 60_000;

export class Contact {
  /**
   * @param {() => Promise<unknown>} ask a question to the server; failing means there is no network
   * @param {(online: boolean, before: boolean | undefined) => void} onChange
   */
  constructor(ask, onChange) {
    this.ask = ask;
    this.onChange = onChange;
    /** @type {boolean | undefined} */
    this.online = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.asking = false;
  }

  start() {
    addEventListener("online", () => this.look());
    addEventListener("offline", () => this.found(false));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.look();
    });
    return this.look();
  }

  async look() {
    if (this.asking) return;
    clearTimeout(this.timer);
    this.asking = true;
    const reached = await this.ask().then(
      () => true,
      () => false,
    );
    this.asking = false;
    this.found(reached);
    this.timer = setTimeout(() => this.look(), reached ? SELDOM : OFTEN);
  }

  /** @param {boolean} online */
  found(online) {
    const before = this.online;
    this.online = online;
    if (before !== online) this.onChange(online, before);
  }
}
