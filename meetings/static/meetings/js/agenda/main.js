// @ts-check
/** The agenda being prepared: keys, dragging, folding, and what somebody else changes meanwhile. */

import { attachDrag } from "meetings/agenda/drag";
import { attachFolds } from "meetings/agenda/fold";
import { follow } from "meetings/agenda/follow";
import { keep, putBack } from "meetings/agenda/keep";
import { attachKeys, refocus } from "meetings/agenda/keys";

/** Attaches everything to the agenda that stands on the page now; htmx replaces it as a whole. */
function attach() {
  const agenda = document.getElementById("agenda");
  if (!(agenda instanceof HTMLElement) || agenda.dataset.attached) return;
  agenda.dataset.attached = "yes";
  attachFolds(agenda);
  if (agenda.dataset.arrange === undefined) return;
  putBack();
  attachKeys(agenda);
  attachDrag(agenda);
  refocus(agenda);
}

attach();
document.addEventListener("htmx:load", attach);
follow();
keep();
