// A globe of the countries in the list beside it: turned by drag and keys, a click opens a country's press.
import { geoDistance, geoGraticule10, geoOrthographic, geoPath, type GeoProjection } from "d3-geo";
import { readAtlas, shapeAt, type Atlas, type World } from "./atlas";

interface Country {
  code: string;
  name: string;
  href: string;
  articles: number;
  /** Longitude and latitude of its middle, where the page knows it. */
  place?: [number, number];
}
type Turn = [number, number];

/** Degrees that an arrow key turns the globe by. */
const KEY_DEGREES = 12;
/** Milliseconds of a turn towards a country. */
const TURN_MS = 450;
/** Pixels of movement under which a press counts as a click. */
const CLICK_PIXELS = 5;
/** Radians of a degree. */
const RADIANS = Math.PI / 180;
/** Farthest tilt in degrees, so that north stays up. */
const MAX_TILT = 75;
/** Radius in pixels within which a small country's dot is hit. */
const DOT_REACH = 10;
/** Shades from little to much, as custom properties of the style sheet. */
const SHADES = ["--shade-1", "--shade-2", "--shade-3", "--shade-4", "--shade-5"];

class Globe {
  private readonly canvas: HTMLCanvasElement;
  private readonly label: HTMLOutputElement;
  private readonly projection: GeoProjection = geoOrthographic().clipAngle(90).precision(0.5);
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly graticule = geoGraticule10();
  private countries = new Map<string, Country>();
  private drawn = new Set<string>();
  private pointed: string | undefined;
  private frame = 0;
  private size = 0;

  constructor(private readonly box: HTMLElement, private readonly atlas: Atlas) {
    this.canvas = box.querySelector("canvas")!;
    this.label = box.querySelector("output")!;
    for (const shape of atlas.shapes) this.drawn.add(shape.properties.code);
    this.read();
    this.projection.rotate(towards(middleOf([...this.countries.values()])));
    this.listen();
  }

  /** Read the countries from the list, which says the same in words. */
  private read(): void {
    this.countries.clear();
    for (const link of document.querySelectorAll<HTMLAnchorElement>("#country-list a[data-country]")) {
      const { country = "", articles = "0", lat, lon } = link.dataset;
      const name = link.querySelector(".name")?.textContent ?? country;
      const known: Country = { code: country, name, href: link.href, articles: Number(articles) };
      if (lat && lon) known.place = [Number(lon), Number(lat)];
      this.countries.set(country, known);
    }
    this.redraw();
  }

  private listen(): void {
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("focus", () => this.point(this.middle()));
    this.canvas.addEventListener("blur", () => this.point(undefined));
    this.canvas.addEventListener("pointerdown", (event) => this.onPress(event));
    this.canvas.addEventListener("pointermove", (event) => event.buttons || this.point(this.at(event)));
    this.canvas.addEventListener("pointerleave", () => this.point(undefined));
    document.addEventListener("htmx:afterSettle", () => this.read());
    document.addEventListener("focusin", (event) => this.onList(event));
    document.addEventListener("pointerover", (event) => this.onList(event));
  }

  private onPress(press: PointerEvent): void {
    const from = this.projection.rotate();
    const scale = 180 / (Math.PI * this.projection.scale());
    let moved = 0;
    const drag = (event: PointerEvent) => {
      const [x, y] = [event.clientX - press.clientX, event.clientY - press.clientY];
      moved = Math.max(moved, Math.hypot(x, y));
      this.turn([from[0] + x * scale, from[1] - y * scale]);
    };
    const drop = (event: PointerEvent) => {
      this.canvas.removeEventListener("pointermove", drag);
      if (event.type === "pointerup" && moved < CLICK_PIXELS) this.open(this.at(event));
    };
    this.canvas.setPointerCapture(press.pointerId);
    this.canvas.addEventListener("pointermove", drag);
    this.canvas.addEventListener("pointerup", drop, { once: true });
    this.canvas.addEventListener("pointercancel", drop, { once: true });
  }

  private onKey(event: KeyboardEvent): void {
    const turns: Record<string, Turn> = {
      ArrowLeft: [KEY_DEGREES, 0],
      ArrowRight: [-KEY_DEGREES, 0],
      ArrowUp: [0, -KEY_DEGREES],
      ArrowDown: [0, KEY_DEGREES],
    };
    const turn = turns[event.key];
    if (turn) {
      const [lambda, phi] = this.projection.rotate();
      this.turn([lambda + turn[0], phi + turn[1]]);
      this.point(this.middle());
      event.preventDefault();
    } else if (event.key === "Enter") {
      this.open(this.middle());
    }
  }

  /** Turn towards the country of a link in the list when it is pointed at or focused. */
  private onList(event: Event): void {
    const link = (event.target as Element).closest?.<HTMLElement>("#country-list a[data-country]");
    if (!link) return;
    const country = this.countries.get(link.dataset["country"] ?? "");
    this.point(country?.code);
    if (country?.place) this.glide(towards(country.place));
  }

  private glide(to: Turn): void {
    if (this.still.matches) return this.turn(to);
    const from = this.projection.rotate();
    const start = performance.now();
    const across = ((to[0] - from[0] + 540) % 360) - 180;
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / TURN_MS);
      const eased = 1 - (1 - t) ** 3;
      this.turn([from[0] + across * eased, from[1] + (to[1] - from[1]) * eased]);
      if (t < 1) this.gliding = requestAnimationFrame(step);
    };
    cancelAnimationFrame(this.gliding);
    this.gliding = requestAnimationFrame(step);
  }
  private gliding = 0;

  private turn([lambda, phi]: Turn): void {
    this.projection.rotate([lambda, Math.max(-MAX_TILT, Math.min(MAX_TILT, phi))]);
    this.redraw();
  }

  private at(event: PointerEvent): string | undefined {
    const box = this.canvas.getBoundingClientRect();
    return this.codeAt([event.clientX - box.left, event.clientY - box.top]);
  }

  private middle(): string | undefined {
    return this.codeAt([this.size / 2, this.size / 2]);
  }

  private codeAt(pixel: [number, number]): string | undefined {
    for (const country of this.dots()) {
      const dot = this.projection(country.place!);
      if (dot && Math.hypot(dot[0] - pixel[0], dot[1] - pixel[1]) < DOT_REACH) return country.code;
    }
    const place = this.projection.invert?.(pixel);
    const [x, y] = this.projection.translate();
    if (!place || Math.hypot(pixel[0] - x, pixel[1] - y) > this.projection.scale()) return undefined;
    return shapeAt(this.atlas, place)?.properties.code;
  }

  /** Countries too small for a shape on this map, on the side that is seen. */
  private dots(): Country[] {
    const [lambda, phi] = this.projection.rotate();
    return [...this.countries.values()].filter(
      (c) => c.place && !this.drawn.has(c.code) && geoDistance(c.place, [-lambda, -phi]) < Math.PI / 2,
    );
  }

  private point(code: string | undefined): void {
    if (code === this.pointed) return;
    this.pointed = code;
    const country = code ? this.countries.get(code) : undefined;
    this.canvas.classList.toggle("can-open", country !== undefined);
    this.label.textContent = this.words(code, country);
    this.redraw();
  }

  private words(code: string | undefined, country: Country | undefined): string {
    if (!code) return "";
    const area = this.atlas.shapes.find((s) => s.properties.code === code)?.properties.disputed;
    const name = country?.name ?? area ?? new Intl.DisplayNames([document.documentElement.lang], { type: "region" }).of(code);
    if (!country) return `${name}: no article yet`;
    return `${name}: ${country.articles} ${country.articles === 1 ? "article" : "articles"}`;
  }

  private open(code: string | undefined): void {
    const country = code ? this.countries.get(code) : undefined;
    this.point(code);
    if (country) location.href = country.href;
  }

  private resize(): void {
    this.size = this.canvas.clientWidth;
    if (!this.size) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = this.canvas.height = this.size * ratio;
    this.canvas.getContext("2d")!.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.projection.translate([this.size / 2, this.size / 2]).scale(this.size / 2 - 2);
    this.draw();
  }

  private redraw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const context = this.canvas.getContext("2d");
    if (!context || !this.size) return;
    const styles = getComputedStyle(this.box);
    const colour = (name: string) => styles.getPropertyValue(name).trim();
    const path = geoPath(this.projection, context);
    const fill = (thing: Parameters<typeof path>[0], name: string) => {
      context.beginPath();
      path(thing);
      context.fillStyle = colour(name);
      context.fill();
    };
    const stroke = (thing: Parameters<typeof path>[0], name: string, width: number) => {
      context.beginPath();
      path(thing);
      context.strokeStyle = colour(name);
      context.lineWidth = width;
      context.stroke();
    };
    context.clearRect(0, 0, this.size, this.size);
    fill({ type: "Sphere" }, "--sea");
    stroke(this.graticule, "--graticule", 0.5);
    const most = Math.max(1, ...[...this.countries.values()].map((c) => c.articles));
    for (const shape of this.atlas.shapes) fill(shape, this.shade(shape.properties.code, most));
    stroke(this.atlas.borders, "--border", 0.6);
    context.setLineDash([3, 3]);
    stroke(this.atlas.disputed, "--border-disputed", 0.8);
    context.setLineDash([]);
    for (const dot of this.dots()) this.drawDot(context, dot, colour(this.shade(dot.code, most)), colour("--border"));
    for (const shape of this.atlas.shapes) {
      if (shape.properties.code === this.pointed) stroke(shape, "--pointed", 2);
    }
    stroke({ type: "Sphere" }, "--rim", 1);
  }

  private drawDot(context: CanvasRenderingContext2D, country: Country, fill: string, edge: string): void {
    const [x, y] = this.projection(country.place!)!;
    context.beginPath();
    context.arc(x, y, country.code === this.pointed ? 6 : 4, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.strokeStyle = edge;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
  }

  private shade(code: string, most: number): string {
    const articles = this.countries.get(code)?.articles ?? 0;
    if (!articles) return "--land";
    const step = Math.ceil((Math.log1p(articles) / Math.log1p(most)) * SHADES.length);
    return SHADES[Math.max(1, step) - 1]!;
  }
}

/** Return the point around which the countries of the list lie. */
function middleOf(countries: Country[]): [number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (const { place } of countries) {
    if (!place) continue;
    const [lon, lat] = [place[0] * RADIANS, place[1] * RADIANS];
    sum[0] += Math.cos(lat) * Math.cos(lon);
    sum[1] += Math.cos(lat) * Math.sin(lon);
    sum[2] += Math.sin(lat);
  }
  const [x, y, z] = sum;
  return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

function towards([lon, lat]: [number, number]): Turn {
  return [-lon, -Math.max(-MAX_TILT, Math.min(MAX_TILT, lat))];
}

async function start(): Promise<void> {
  const box = document.getElementById("globe");
  const map = box?.dataset["map"];
  if (!box || !map) return;
  const answer = await fetch(map);
  if (answer.ok) new Globe(box, readAtlas((await answer.json()) as World));
  else box.classList.add("without-map");
}

void start();
