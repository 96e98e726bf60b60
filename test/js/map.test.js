import assert from "node:assert/strict";
import { test } from "node:test";
import { byCountry, cluster, spotsOf } from "../../themes/commons/assets/js/map/cluster.js";
import { clamp, fit, format, isIn, pan, parse, seen, zoom } from "../../themes/commons/assets/js/map/viewport.js";

const world = { width: 4000, height: 1760 };
const frame = { width: 800, height: 400 };
const near = (got, want) => assert.ok(Math.abs(got - want) < 1e-6, `got ${got}, want ${want}`);
const all = () => true;

/** @param {object[]} coops */
const data = (...coops) => ({
  countries: [{ id: "ar", label: "Argentina", code: "AR", coops: 1, at: [1200, 1450], box: [1100, 1300, 200, 300] }, { id: "aq", label: "Antarctica", code: "AQ", coops: 1 }],
  shades: [1, 2],
  coops: coops.map((places, i) => ({ number: i, slug: `c${i}`, name: `C${i}`, places })),
});
const at = (x, y, place = "") => ({ country: 0, place, at: [x, y] });

test("the farthest view has the whole world in its middle", () => {
  const view = clamp({ x: -999, y: 9999, scale: 0 }, world, frame);
  assert.deepEqual(view, { x: 2000, y: 880, scale: 0.2 });
});

test("the world cannot be pushed out of the frame", () => {
  const view = clamp({ x: 1e9, y: -1e9, scale: 1 }, world, frame);
  assert.deepEqual(view, { x: 4000 - 400, y: 200, scale: 1 });
  assert.ok(clamp({ x: 0, y: 0, scale: 1e9 }, world, frame).scale < 100);
  const tiny = clamp({ x: 0, y: 0, scale: 1 }, world, { width: 1, height: 1 });
  assert.ok(Number.isFinite(tiny.x) && tiny.scale > 0);
});

test("what is under the pointer stays there while one zooms", () => {
  const view = { x: 1000, y: 500, scale: 0.5 };
  const [px, py] = [120, -80];
  const closer = zoom(view, 3, px, py);
  near(closer.x + px / closer.scale, view.x + px / view.scale);
  near(closer.y + py / closer.scale, view.y + py / view.scale);
  near(closer.scale, 1.5);
});

test("the world follows the hand", () => {
  assert.deepEqual(pan({ x: 1000, y: 500, scale: 0.5 }, 10, -20), { x: 980, y: 540, scale: 0.5 });
});

test("a box that is fitted is seen whole, with its room", () => {
  const box = [1000, 200, 300, 400];
  const [left, top, width, height] = seen(fit(box, frame, 40), frame);
  assert.ok(left <= 1000 && top < 200 && left + width >= 1300 && top + height > 600);
  const point = fit([5, 6, 0, 0], frame, 40);
  assert.ok(point.x === 5 && point.y === 6 && point.scale > 0);
  assert.ok(isIn({ x: 1000, y: 600 }, box) && !isIn({ x: 999, y: 300 }, box));
});

test("the address gives a view back, and nonsense gives none", () => {
  assert.deepEqual(parse(format({ x: 1234.4, y: 56.6, scale: 0.51234 })), { x: 1234, y: 57, scale: 0.512 });
  for (const text of ["", "fr", "at=", "at=1,2", "at=1,2,0", "at=1,2,x", "at=1,2,3,4", "at=1e9,2,3", "%", "at=1,2,3<script>"]) {
    assert.equal(parse(text), undefined, text);
  }
});

test("co-ops in one place are one spot, and a place that nobody gave is the country's", () => {
  const spots = spotsOf(data([at(10, 20, "Rosario")], [at(10, 20, "Rosario")], [{ country: 0 }], [{}], [{ country: 1 }]), all);
  assert.deepEqual(spots.map(({ x, coops, name, vague }) => [x, coops, name, vague]), [[10, [0, 1], "Rosario", false], [1200, [2], "Argentina", true]]);
});

test("a place that lies where the label would is not taken for no place", () => {
  const spots = spotsOf(data([at(1200, 1450, "Here")], [{ country: 0 }]), all);
  assert.deepEqual(spots.map(({ vague }) => vague).sort(), [false, true]);
});

test("who gives a place in a country is not also somewhere in it", () => {
  assert.equal(spotsOf(data([at(10, 20), { country: 0, place: "Elsewhere" }]), all).length, 1);
});

test("only those that are shown have a spot", () => {
  assert.deepEqual(spotsOf(data([at(1, 1)], [at(2, 2)]), ({ number }) => number === 1).map(({ coops }) => coops), [[1]]);
  assert.deepEqual(spotsOf(data(), all), []);
});

test("clusters split as one comes nearer, and no co-op is lost or counted twice", () => {
  const places = [[100, 100], [130, 100], [400, 100], [405, 105], [2000, 900]];
  const spots = spotsOf(data(...places.map(([x, y]) => [at(x, y)]), [at(100, 100), at(130, 100)]), all);
  const sizes = (radius) => cluster(spots, radius).map(({ coops }) => coops.length).sort();
  assert.deepEqual(sizes(50), [1, 2, 3]);
  assert.deepEqual(sizes(20), [1, 2, 2, 2]);
  assert.deepEqual(sizes(1), [1, 1, 1, 2, 2]);
  for (const radius of [0.5, 3, 44, 500, 1e5]) {
    const found = new Set(cluster(spots, radius).flatMap(({ coops }) => coops));
    assert.equal(found.size, 6, `at ${radius}`);
  }
});

test("a cluster lies in its largest spot and knows how far the others reach", () => {
  const [one] = cluster(spotsOf(data([at(130, 90)], [at(100, 100)], [at(100, 100)]), all), 100);
  assert.deepEqual([one.x, one.y, one.box], [100, 100, [100, 90, 30, 10]]);
});

test("clusters are never nearer to each other than the radius", () => {
  const spots = spotsOf(data(...Array.from({ length: 400 }, (_, i) => [at((i * 137) % 800, (i * 291) % 400)])), all);
  const clusters = cluster(spots, 44);
  for (const a of clusters) for (const b of clusters) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) >= 44);
});

test("the order of the co-ops does not change the clusters", () => {
  const places = Array.from({ length: 60 }, (_, i) => [at((i * 37) % 500, (i * 91) % 300)]);
  const shape = (coops) => cluster(spotsOf(data(...coops), all), 60).map(({ x, y, coops }) => [x, y, coops.length]);
  assert.deepEqual(shape(places), shape([...places].reverse()));
});

test("the list has each co-op once in each of the countries that are looked at", () => {
  const spots = spotsOf(data([at(1, 1), at(2, 2), { country: 1, at: [9, 9] }], [at(1, 1)], [{ at: [5, 5] }]), all);
  assert.deepEqual(byCountry(spots), [[0, [0, 1]], [-1, [2]], [1, [0]]]);
  assert.deepEqual(byCountry(spots.filter(({ x }) => x < 4)), [[0, [0, 1]]]);
});

test("three thousand in one spot are one cluster", () => {
  const clusters = cluster(spotsOf(data(...Array.from({ length: 3000 }, () => [at(7, 7)])), all), 44);
  assert.equal(clusters.length, 1);
  assert.equal(clusters[0].coops.length, 3000);
  assert.equal(clusters[0].spots.length, 1);
});

test("of a co-op in several countries only the places in those that were chosen are shown", () => {
  const spots = spotsOf(data([at(1, 1), { country: 1, at: [9, 9] }], [{ country: 1, at: [8, 8] }]), all, ({ country }) => country === 1);
  assert.deepEqual(spots.map(({ x }) => x), [8, 9]);
});
