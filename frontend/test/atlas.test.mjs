// Which country a point on the globe opens: pinned, above all where others would draw it otherwise.
import assert from "node:assert/strict";
import test from "node:test";
import { build } from "esbuild";
import { makeAtlas } from "../atlas.mjs";

const bundled = await build({
  entryPoints: [new URL("../src/atlas.ts", import.meta.url).pathname],
  bundle: true,
  write: false,
  format: "esm",
});
const { readAtlas, shapeAt } = await import(
  `data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString("base64")}`
);
const atlas = readAtlas(await makeAtlas());
const opens = (lon, lat) => shapeAt(atlas, [lon, lat])?.properties.code;

const points = [
  ["Crimea", 34.2, 45.2, "UA"],
  ["Donetsk", 37.8, 48.0, "UA"],
  ["Gaza", 34.38, 31.42, "PS"],
  ["the West Bank", 35.2, 31.9, "PS"],
  ["Kosovo", 20.9, 42.6, "XK"],
  ["Taiwan", 121.0, 23.7, "TW"],
  ["Western Sahara", -13.0, 24.5, "EH"],
  ["northern Cyprus", 33.5, 35.3, "CY"],
  ["Somaliland", 45.5, 9.5, "SO"],
  ["the Falkland Islands", -58.8, -51.75, "FK"],
  ["Serbia", 20.8, 44.3, "RS"],
  ["Morocco", -6.5, 32.0, "MA"],
  ["Slovenia", 14.8, 46.1, "SI"],
  ["Israel", 34.9, 31.0, "IL"],
  ["Russia", 37.6, 55.7, "RU"],
  ["the middle of the Pacific", -150, -40, undefined],
];
for (const [name, lon, lat, code] of points) {
  test(`${name} opens ${code ?? "nothing"}`, () => assert.equal(opens(lon, lat), code));
}

test("every shape opens a country of two letters", () => {
  for (const shape of atlas.shapes) assert.match(shape.properties.code, /^[A-Z]{2}$/);
});

test("areas whose status is disputed have dashed borders of their own", () => {
  const named = atlas.shapes.filter((shape) => shape.properties.disputed).map((shape) => shape.properties.code);
  assert.deepEqual(named.sort(), ["CY", "EH", "FK", "PS", "SO", "TW", "XK"]);
  assert.ok(atlas.disputed.coordinates.length > 0);
});
