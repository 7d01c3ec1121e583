/** The room's figures against the cases that meetings/progress.py is proved with. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { progress } from "../../../meetings/static/meetings/js/room/clock.js";

const cases = JSON.parse(readFileSync(new URL("../fixtures/progress.json", import.meta.url), "utf8"));

for (const [number, { depths, minutes, current, spent, ...expected }] of cases.entries())
  test(`case ${number}`, () => assert.deepEqual(progress(depths, minutes, current, spent), expected));
