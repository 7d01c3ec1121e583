// @ts-check
/** Leading and following: the presenter's page goes to everybody; whoever leafs elsewhere comes back with one tap. */

import { el, fill } from "meetings/room/el";
import { floorHolder } from "meetings/room/speaking/state";
import { say } from "meetings/room/texts";
import { open as openDialog } from "ui/dialogs";
import { icon } from "ui/icons";

/** @import { Context } from "meetings/room/parts" */
/** @import { PaperPane } from "meetings/room/paper" */
/** @import { Area, Point } from "documents/viewer/types" */

/** What the presenter sees. @typedef {{ document: string, version: number, page: number, area?: Area, pointer?: Point, by?: string }} Look */

const AT_MOST_EVERY = 100;
const SAY_AGAIN = 5_000;
const STRAYED = 0.15; // of the page: less is a finger that slipped

export class Leading {
  /**
   * @param {Context} context
   * @param {PaperPane} paper
   * @param {{ bar: HTMLElement, toggle: HTMLElement }} places
   */
  constructor(context, paper, { bar, toggle }) {
    this.context = context;
    this.paper = paper;
    this.bar = bar;
    this.toggle = toggle;
    this.following = true;
    this.presenter = "";
    /** @type {Look | undefined} where the presenter was last */
    this.look = undefined;
    /** @type {Point | null} */
    this.pointer = null;
    this.points = false;
    this.sent = "";
    this.timer = 0;
    context.hear("lead", (look) => this.heard(look));
    context.desk.onShow = () => this.leave();
    paper.onMount = () => this.mounted();
    setInterval(() => this.leads && this.pass(), SAY_AGAIN);
  }

  get store() {
    return this.context.store;
  }

  get me() {
    return this.store.mine.me?.person ?? "";
  }

  get leads() {
    return this.presenter !== "" && this.presenter === this.me;
  }

  /** May I lead? Chair, secretary, and who has the floor. */
  get mayLead() {
    if (this.store.room.meeting.state !== "open") return false;
    return this.store.leads || floorHolder(this.store) === this.me;
  }

  /** The paper that is led, if it is open to me. @returns {string | undefined} */
  get ledPaper() {
    const { led } = this.store.room.meeting;
    return led && Object.entries(this.store.papers).find(([, paper]) => paper.document === led.document)?.[0];
  }

  /** Draws who leads, and lays the led paper on the desk of who follows; called before the paper is drawn. */
  draw() {
    const presenter = this.store.room.meeting.presenter ?? "";
    if (presenter !== this.presenter) this.begin(presenter);
    if (this.presenter && !this.leads && this.following) this.layLed();
    this.drawToggle();
    this.drawBar();
  }

  /** @param {string} presenter */
  begin(presenter) {
    this.presenter = presenter;
    this.following = true;
    this.look = undefined;
    this.sent = "";
    this.setPointing(false);
    if (!presenter) this.paper.viewer?.leading.release();
    if (!presenter) this.paper.viewer?.leading.point(1, null);
  }

  layLed() {
    const id = this.ledPaper;
    const paper = id && this.store.papers[id];
    if (!id || !paper || this.context.desk.paper === id) return;
    this.context.desk.lay(paper.item, id);
  }

  /** The paper on my desk is the one everybody gets, while I lead; called after it was drawn. */
  keepUp() {
    const { shown } = this.paper;
    if (!this.leads || !shown || shown === this.sent) return;
    this.sent = shown;
    const [document, version] = shown.split("/");
    this.context.act("lead_paper", { document, version: Number(version) }).then(() => this.pass());
  }

  mounted() {
    const leading = this.paper.viewer?.leading;
    leading?.listeners.add((byHand) => this.moved(byHand));
    this.setPointing(this.points);
    const { notes } = this.paper;
    if (notes) notes.onTool = (tool) => tool !== "read" && this.stopPointing();
    if (notes) notes.hand.onRest = () => setTimeout(() => this.catchUp());
    if (this.leads) this.soon();
    else this.apply();
  }

  // --- I lead

  soon() {
    this.timer ||= window.setTimeout(() => {
      this.timer = 0;
      this.pass();
    }, AT_MOST_EVERY);
  }

  pass() {
    const { viewer, shown } = this.paper;
    if (!viewer || !this.leads) return;
    const [document, version] = shown.split("/");
    const place = { page: viewer.page(), area: viewer.leading.area(), ...(this.pointer && { pointer: this.pointer }) };
    this.context.pass("lead", { document, version: Number(version), ...place });
  }

  /** A hand either points or writes: whoever takes up a pen points no more. */
  stopPointing() {
    if (!this.points) return;
    this.setPointing(false);
    this.soon();
    this.store.changed();
  }

  /** @param {boolean} on */
  setPointing(on) {
    this.points = on && this.leads;
    if (this.points) this.paper.notes?.tools.choose("read");
    this.pointer = null;
    const tell = (/** @type {Point | null} */ place) => {
      this.pointer = place;
      this.soon();
    };
    this.paper.viewer?.leading.setPointing(this.points ? tell : undefined);
  }

  // --- somebody else leads

  /** @param {Look} look */
  heard(look) {
    if (look.by === this.me) return;
    this.look = look;
    this.apply();
  }

  /** The pen is lifted: what waited for it is shown now. */
  catchUp() {
    if (!this.paper.held || this.paper.notes?.hand.busy) return;
    this.paper.held = false;
    this.store.changed();
    this.apply();
  }

  /** Shows the same place here, if this person follows and the same paper is open. */
  apply() {
    const { look } = this;
    if (look && this.following && !this.leads && this.paper.holds()) return;
    if (look && this.following && this.paper.isNewer(look.document, look.version)) this.paper.takeNewer(look.page);
    const { viewer, shown } = this.paper;
    if (!look || !viewer || this.leads || !this.following || look.by !== this.presenter) return;
    if (shown !== `${look.document}/${look.version}`) return;
    viewer.leading.show(look.page, look.area);
    viewer.leading.point(look.page, look.pointer ?? null);
  }

  /** @param {boolean} byHand */
  moved(byHand) {
    if (this.leads) this.soon();
    else if (byHand && this.following && this.look && this.hasStrayed(this.look)) this.leave();
  }

  /** @param {Look} look */
  hasStrayed({ page, area }) {
    const { viewer } = this.paper;
    if (!viewer || viewer.page() !== page) return true;
    const [x, y] = viewer.leading.area();
    return area !== undefined && (Math.abs(y - area[1]) > STRAYED || Math.abs(x - area[0]) > STRAYED);
  }

  leave() {
    if (!this.presenter || this.leads || !this.following) return;
    this.following = false;
    if (this.context.desk.item !== this.context.desk.current) this.context.desk.following = false;
    this.paper.viewer?.leading.point(1, null);
    this.store.changed();
  }

  rejoin() {
    this.following = this.context.desk.following = true;
    this.layLed();
    this.store.changed();
    this.apply();
  }

  // --- what is shown of it

  drawToggle() {
    const { act } = this.context;
    const on = this.leads;
    const attributes = {
      type: "button",
      class: `button ${on ? "button-primary" : ""} room-lead-toggle`,
      "data-key": "lead",
      "aria-pressed": String(on),
      title: say(on ? "leadStop" : "leadStart"),
      onclick: () => act(on ? "stop_leading" : "lead", {}),
    };
    const words = el("span", {}, say(on ? "leadStop" : "leadStart"));
    fill(this.toggle, this.mayLead || on ? el("button", attributes, icon("presentation"), words) : null);
  }

  drawBar() {
    this.bar.hidden = !this.presenter || this.store.room.meeting.state !== "open";
    if (this.bar.hidden) return fill(this.bar);
    const name = this.store.room.people[this.presenter]?.name ?? "";
    const who = el(
      "p",
      { class: "room-lead-who" },
      icon("presentation"),
      this.leads ? say("leadMe") : `${say("leadBy")} ${name}`,
    );
    return fill(this.bar, who, this.note(), el("div", { class: "room-lead-acts" }, this.buttons()));
  }

  /** The led paper is not open to this person: said without its title. */
  note() {
    const hidden = !this.leads && this.store.room.meeting.led !== undefined && this.ledPaper === undefined;
    return hidden && el("p", { class: "room-lead-note" }, say("leadNotOpen"));
  }

  buttons() {
    const { act } = this.context;
    const strayed = !this.leads && !this.following && this.ledPaper !== undefined;
    return [
      strayed && button("rejoin", say("leadRejoin"), () => this.rejoin(), "button-primary"),
      this.leads && this.pointButton(),
      this.store.leads && button("give-lead", say("leadGive"), () => this.give()),
      this.store.leads && !this.leads && button("end-lead", say("leadEnd"), () => act("stop_leading", {})),
    ];
  }

  pointButton() {
    const turn = () => {
      this.setPointing(!this.points);
      this.soon();
      this.store.changed();
    };
    return button("point", say("leadPoint"), turn, this.points ? "button-primary" : "", String(this.points));
  }

  /** Asks whom to hand the leading to: who has the floor first. */
  give() {
    const select = document.querySelector("#lead-dialog select");
    const floor = floorHolder(this.store);
    const people = this.store.people().filter(([id, person]) => id !== this.presenter && person.present);
    people.sort(([a], [b]) => Number(b === floor) - Number(a === floor));
    if (select) fill(select, ...people.map(([id, person]) => el("option", { value: id }, person.name)));
    openDialog("lead-dialog");
  }
}

/**
 * @param {string} key
 * @param {string} label
 * @param {() => unknown} act
 * @param {string} [kind]
 * @param {string} [pressed]
 */
function button(key, label, act, kind = "", pressed = undefined) {
  const attributes = { type: "button", class: `button ${kind}`, "data-key": key, "aria-pressed": pressed };
  return el("button", { ...attributes, onclick: () => act() }, label);
}
