// @ts-check
/** On the page of a meeting: takes its papers along, and sends what was written without a network. */

import { Card } from "meetings/offline/card";
import { carryOver } from "meetings/offline/carrying";

const host = document.getElementById("pack");
const { user } = document.body.dataset;

if (host?.dataset.meeting && user) {
  const card = new Card(host, { user, meeting: host.dataset.meeting });
  void card.start();
  void carryOver(user);
  addEventListener("online", () => {
    void carryOver(user);
    void card.renew();
  });
}
