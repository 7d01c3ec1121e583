/** The browser's digest against the cases that meetings/digest.py is proved with. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { canonical, digestOf, short, shownResult } from "../../../meetings/static/meetings/js/room/digest.js";

const cases = JSON.parse(readFileSync(new URL("../fixtures/digest.json", import.meta.url), "utf8"));

for (const { name, vote, of, canonical: text, digest, short: eight } of cases)
  test(name, () => {
    const shown = shownResult(vote.id, vote);
    assert.deepEqual(shown, of);
    assert.equal(canonical(shown), text);
    assert.equal(digestOf(shown), digest);
    assert.equal(short(digest), eight);
  });
