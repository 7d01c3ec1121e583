/** Arithmetic of shapes: what the eraser touches, ink. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowHead, bounds, kept, spanned, touches } from "annotations/geometry";
import { added, outline, strokePath } from "annotations/ink";

const style = { colour: "#000000", width: 2, opacity: 1 };
const ink = { kind: "ink", style, shape: { points: [0, 0, 0.5, 100, 0, 0.5, 100, 100, 0.5] } };

test("the eraser takes the stroke it touches, not the box around it", () => {
  assert.ok(touches(ink, [50, 3], 4));
  assert.ok(touches(ink, [103, 60], 4));
  assert.ok(!touches(ink, [50, 50], 4));
  assert.ok(touches({ ...ink, shape: { points: [5, 5, 0.5] } }, [6, 6], 2));
});

test("boxes and ellipses are touched at their line, highlights anywhere", () => {
  const box = { kind: "box", style, shape: { rect: [0, 0, 100, 60] } };
  assert.ok(touches(box, [50, 1], 3));
  assert.ok(!touches(box, [50, 30], 3));
  const ellipse = { kind: "ellipse", style, shape: { rect: [0, 0, 100, 60] } };
  assert.ok(touches(ellipse, [50, 0], 3));
  assert.ok(!touches(ellipse, [2, 2], 3));
  const highlight = { kind: "highlight", style, shape: { rects: [[0, 0, 50, 10], [0, 12, 20, 10]] } };
  assert.ok(touches(highlight, [15, 17], 1));
  assert.ok(!touches(highlight, [45, 17], 1));
  assert.ok(touches({ kind: "arrow", style, shape: { line: [0, 0, 100, 100] } }, [50, 51], 3));
  assert.ok(touches({ kind: "text", style, shape: { at: [10, 10] } }, [20, 20], 1));
});

test("bounds frame every kind", () => {
  assert.deepEqual(bounds("ink", ink.shape), [0, 0, 100, 100]);
  assert.deepEqual(bounds("arrow", { line: [90, 80, 10, 20] }), [10, 20, 80, 60]);
  assert.deepEqual(bounds("highlight", { rects: [[5, 5, 10, 2], [1, 9, 3, 2]] }), [1, 5, 14, 6]);
  assert.deepEqual(bounds("ink", {}), [0, 0, 0, 0]);
});

test("shapes drawn backwards are the same, and stay on the page", () => {
  assert.deepEqual(spanned([10, 20], [4, 50]), spanned([4, 50], [10, 20]));
  assert.deepEqual(kept([-4, 900.123], [595, 842]), [0, 842]);
  assert.equal(arrowHead([0, 0, 100, 0], 2)[1][0], 100);
});

test("pressure makes a stroke wider", () => {
  const stroke = (pressure) => outline(Array.from({ length: 20 }, (_, x) => [x * 5, 50, pressure]).flat(), 4);
  const height = (corners) => Math.max(...corners.map(([, y]) => y)) - Math.min(...corners.map(([, y]) => y));
  assert.ok(height(stroke(0.9)) > height(stroke(0.2)) * 1.3);
});

test("a dot is a mark, nothing is none, and every number is one", () => {
  assert.ok(strokePath([10, 10, 0.5], 2).length > 20);
  assert.equal(strokePath([], 2), "");
  assert.doesNotMatch(strokePath([10, 10, 0.5, 10, 10, 0.5, 60, 60, 1], 2), /NaN|Infinity/);
});

test("points on one another are left out, and pressure stays within bounds", () => {
  const points = [];
  assert.ok(added(points, [1.2345, 2], 1.4));
  assert.ok(!added(points, [1.24, 2.05], 0.5));
  assert.ok(added(points, [3, 2], -1));
  assert.deepEqual(points, [1.23, 2, 1, 3, 2, 0]);
});
