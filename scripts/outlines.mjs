// Writes internal/world/outlines.json: the outline of each country (ISO 3166-1 numeric, or XK for Kosovo)
// on the plane of the site's maps, from the public-domain boundaries of Natural Earth in the package
// world-atlas. The plane is the Equal Earth projection around 11° east, whose edge runs through the Bering
// Strait; it is 1,000 wide, and internal/world/plane.go projects places onto it in the same way.
//
// For each country: "at" is where a label goes, "land" its rings for a map of the country and "sketch" those
// for a map of the world; "coast" is the world's land without borders, for a small picture. A ring is a list of
// numbers in hundredths: the first point, then the way to each next one. Antarctica is left out.
//
// usage: npm run world
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoDistance, geoEqualEarth, geoPath } from "d3-geo";
import { feature, merge } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";

const ANTARCTICA = "010";
const KOSOVO = "XK";
// In steradians (1e-6 is about 40 km²): a corner that takes away less is cut, and an island smaller than that
// left out, if its country has a larger one.
const LAND = 1e-6;
const SKETCH = 1e-5;
const COAST = 8e-5;
const HUNDREDTHS = 100;

// Lands that Natural Earth draws apart and ISO 3166-1 counts to a country.
const PART_OF = { Somaliland: "706", "N. Cyprus": "196" };

// Lands that Natural Earth draws as part of a country and ISO 3166-1 lists apart: the country they are
// taken from, a place in their middle, and how far around it, in degrees, they reach.
const APART = {
  "074": { of: "578", at: [3.4, -54.4], reach: 2 }, // Bouvet Island
  "162": { of: "036", at: [105.6, -10.5], reach: 2 }, // Christmas Island
  "166": { of: "036", at: [96.8, -12.1], reach: 2 }, // Cocos Islands
  "175": { of: "250", at: [45.2, -12.8], reach: 1 }, // Mayotte
  "254": { of: "250", at: [-53.2, 3.9], reach: 3 }, // French Guiana
  "312": { of: "250", at: [-61.5, 16.2], reach: 0.8 }, // Guadeloupe
  "474": { of: "250", at: [-61, 14.65], reach: 0.6 }, // Martinique
  "535": { of: "528", at: [-68.3, 12.2], reach: 6 }, // Bonaire, Sint Eustatius and Saba
  "638": { of: "250", at: [55.5, -21.1], reach: 1 }, // Réunion
  "744": { of: "578", at: [18, 77], reach: 12 }, // Svalbard and Jan Mayen
  "772": { of: "554", at: [-171.9, -9.2], reach: 3 }, // Tokelau
};

const degrees = (radians) => (radians * 180) / Math.PI;
const size = (polygon) => geoArea({ type: "Polygon", coordinates: polygon });
const polygonsOf = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-10m.json"), "utf8"));
const weighed = presimplify(atlas, sphericalTriangleArea);

/**
 * The geometries of each country, from boundaries that have lost what is smaller than a size.
 * @returns {[any, Map<string, any[]>]}
 */
function simplified(least) {
  const topology = simplify(weighed, least);
  const geometries = new Map();
  for (const geometry of topology.objects.countries.geometries) {
    const { name } = geometry.properties;
    const id = geometry.id ?? PART_OF[name] ?? (name === "Kosovo" ? KOSOVO : "");
    if (geometry.type && id !== ANTARCTICA) geometries.set(id, [...(geometries.get(id) ?? []), geometry]);
  }
  return [topology, geometries];
}

/** The polygons of each country, the largest first. */
function countries(least) {
  const [topology, geometries] = simplified(least);
  const all = new Map();
  for (const [id, parts] of geometries) {
    all.set(id, parts.length > 1 ? merge(topology, parts).coordinates : polygonsOf(feature(topology, parts[0]).geometry));
  }
  for (const [id, { of, at, reach }] of Object.entries(APART)) {
    const near = (polygon) => degrees(geoDistance(geoCentroid({ type: "Polygon", coordinates: polygon }), at)) < reach;
    const part = all.get(of).filter(near);
    all.set(of, all.get(of).filter((polygon) => !near(polygon)));
    if (part.length > 0) all.set(id, part);
  }
  for (const polygons of all.values()) polygons.sort((a, b) => size(b) - size(a));
  return all;
}

const projection = geoEqualEarth().rotate([-11, 0]).precision(0).fitWidth(1000, { type: "Sphere" });
const [, top] = projection([11, 90]);
projection.translate([projection.translate()[0], projection.translate()[1] - top]);
const path = geoPath(projection);

/** Projects rings by drawing them, so that they are cut at the edge of the plane. */
function rings(coordinates) {
  const drawn = [];
  geoPath(projection, {
    moveTo: (x, y) => drawn.push([[x, y]]),
    lineTo: (x, y) => drawn.at(-1).push([x, y]),
    closePath() {},
    arc() {},
  })({ type: "MultiPolygon", coordinates });
  return drawn;
}

const round = (value) => Math.round(value * HUNDREDTHS);
function steps(ring) {
  const points = ring.map(([x, y]) => [round(x), round(y)]);
  const numbers = [...points[0]];
  for (let i = 1; i < points.length; i++) {
    const [dx, dy] = [points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]];
    if (dx !== 0 || dy !== 0) numbers.push(dx, dy);
  }
  return numbers;
}

/** The place farthest from the border of the largest land, found on a grid that is refined. */
function label(polygon) {
  const [[west, north], [east, south]] = path.bounds({ type: "Polygon", coordinates: polygon });
  const [outer] = rings([polygon]).sort((a, b) => b.length - a.length);
  const inside = ([x, y]) => {
    let odd = false;
    for (let i = 0, j = outer.length - 1; i < outer.length; j = i++) {
      const [[ax, ay], [bx, by]] = [outer[i], outer[j]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
    return odd;
  };
  const room = ([x, y]) => {
    let least = Infinity;
    for (let i = 0, j = outer.length - 1; i < outer.length; j = i++) {
      const [[ax, ay], [bx, by]] = [outer[i], outer[j]];
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
      least = Math.min(least, Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
    }
    return inside([x, y]) ? least : -least;
  };
  let best = [(west + east) / 2, (north + south) / 2];
  let [width, height] = [east - west, south - north];
  for (let round = 0; round < 4; round++, width /= 6, height /= 6) {
    const [cx, cy] = best;
    for (let i = 0; i <= 12; i++) {
      for (let j = 0; j <= 12; j++) {
        const at = [cx + (i / 12 - 0.5) * width, cy + (j / 12 - 0.5) * height];
        if (room(at) > room(best)) best = at;
      }
    }
  }
  return best;
}

const large = (polygons, least) => polygons.filter((polygon, i) => i === 0 || size(polygon) > least);
const drawn = (polygons, least) => rings(large(polygons, least)).map(steps).filter((ring) => ring.length >= 6);

const sketches = countries(SKETCH);
const lines = [...countries(LAND)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, polygons]) => {
  const country = { at: label(polygons[0]).map(round), land: drawn(polygons, LAND), sketch: drawn(sketches.get(id) ?? [], SKETCH) };
  return `  ${JSON.stringify(id)}: ${JSON.stringify(country)}`;
});
const [topology, geometries] = simplified(COAST);
const coast = merge(topology, [...geometries.values()].flat()).coordinates.filter((polygon) => size(polygon) > COAST);
console.log(`{"countries": {\n${lines.join(",\n")}\n}, "coast": ${JSON.stringify(drawn(coast, COAST))}}`);
