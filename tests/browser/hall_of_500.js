async () => {
  const load = (name) => import(`meetings/room/${name}`);
  const [{ Store }, { Tabs }, { Desk }, { Ballots }, { Unsent }, { say }] =
    await Promise.all(["store", "parts", "desk", "ballots", "unsent", "texts"].map(load));
  const at = new Date().toISOString();
  const person = (n) => ({ name: `Đại biểu ${n}`, sort: String(n).padStart(4, "0"), title: "", role: n ? "member" : "chair",
    votes: true, seat: `A${n}`, present: n % 7 !== 0 });
  const people = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`p${n}`, person(n)]));
  const options = ["yes", "no", "abstain"].map((code) => ({ code, label: code }));
  const vote = { item: "i", position: 1, question: "Thông qua?", form: "approve", options, rule: {}, state: "open",
    opened_at: at, closes_at: at, cast: 0, voted: {}, counts: {}, entries: {} };
  const quorum = { met: true, present: 428, needed: 251, members: 500 };
  const meeting = { id: "m", title: "", state: "open", current_item: "i", starts_at: at, ends_at: at, quorum };
  const items = { i: { position: 1, label: "1", depth: 0, title: "Nội dung", presenter: "", minutes: 10 } };
  const room = { meeting, items, papers: {}, people, votes: { v: vote }, conclusions: {}, speeches: {}, sites: {} };
  const store = new Store(room, { me: { person: "p0", role: "chair", votes: true, view: "chair" } }, [], {}, { now: at });
  const desk = new Desk(store);
  const [host, now] = [document.createElement("div"), document.createElement("div")];
  document.getElementById("parts").append(host);
  document.getElementById("now").append(now);
  const ballots = new Ballots(store, new Unsent("x", sessionStorage), async () => ({}));
  const tabs = new Tabs(host, now);
  const nothing = () => undefined;
  const context = { store, desk, act: nothing, pass: nothing, hear: nothing, say, ballots, urls: {}, tabs };
  let round = 0;
  const median = (tab) => {
    tabs.show(tab);
    tabs.draw(context);
    const took = Array.from({ length: 41 }, () => {
      round += 1;
      const voted = Object.fromEntries(Array.from({ length: 5 }, (_, k) => [`p${(round * 5 + k) % 500}`, true]));
      store.patchRoom({ votes: { v: { cast: round, voted, counts: { yes: round } } } });
      const begun = performance.now();
      tabs.draw(context);
      void (host.offsetHeight + now.offsetHeight);
      return performance.now() - begun;
    });
    return took.sort((a, b) => a - b)[20];
  };
  const slowest = Math.max(...["votes", "speaking", "people"].map(median));
  host.remove();
  now.remove();
  return slowest;
}
