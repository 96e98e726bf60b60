// Writes internal/world/boxes.json: for each country (ISO 3166-1 numeric) the boxes that its land lies
// in, as [west, south, east, north] in degrees, from the public-domain boundaries of Natural Earth in
// the package world-atlas. Boxes that touch are joined, so that there are few.
//
// usage: node scripts/boxes.mjs > internal/world/boxes.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-10m.json"), "utf8"));
const NEAR = 1; // degrees: boxes nearer than this are joined

const boxOf = (ring) => {
  const box = [180, 90, -180, -90];
  for (const [longitude, latitude] of ring) {
    box[0] = Math.min(box[0], longitude);
    box[1] = Math.min(box[1], latitude);
    box[2] = Math.max(box[2], longitude);
    box[3] = Math.max(box[3], latitude);
  }
  return box;
};
const touch = (a, b) => a[0] - NEAR <= b[2] && b[0] - NEAR <= a[2] && a[1] - NEAR <= b[3] && b[1] - NEAR <= a[3];
const joined = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];

const countries = {};
for (const { id, geometry } of feature(atlas, atlas.objects.countries).features) {
  if (!/^\d{3}$/.test(id ?? "") || !geometry) continue;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const boxes = [...(countries[id] ?? []), ...polygons.map(([outer]) => boxOf(outer))];
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      if (touch(boxes[i], boxes[j])) {
        boxes[i] = joined(boxes[i], boxes[j]);
        boxes.splice(j, 1);
        j = i; // the box grew: look at all others again
      }
    }
  }
  countries[id] = boxes;
}
const lines = Object.keys(countries).sort().map((id) => {
  const boxes = countries[id].map((box) => box.map((degrees) => Math.round(degrees * 100) / 100)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return `  "${id}": ${JSON.stringify(boxes)}`;
});
console.log(`{\n${lines.join(",\n")}\n}`);
