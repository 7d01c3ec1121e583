// Modules by the names pages know them by: "live/race" is live/static/live/js/race.js.
import { register } from "node:module";

const root = new URL("../../../", import.meta.url).href;
const hook = `export function resolve(name, context, next) {
  const [, owner, path] = /^(annotations|documents|live|meetings|ui)\\/(.+)$/.exec(name) ?? [];
  return owner ? { url: "${root}" + owner + "/static/" + owner + "/js/" + path + ".js", shortCircuit: true } : next(name, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
