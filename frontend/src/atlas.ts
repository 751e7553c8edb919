// The map's shapes and which country a point on the globe opens.
import { geoContains } from "d3-geo";
import type { Feature, FeatureCollection, MultiLineString, Polygon, MultiPolygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

export interface ShapeFacts {
  /** Country that the shape opens, ISO alpha-2. */
  code: string;
  /** Name of the area where its status is disputed. */
  disputed?: string;
}
export type Shape = Feature<Polygon | MultiPolygon, ShapeFacts>;
export type World = Topology<{ countries: GeometryCollection<ShapeFacts>; land: GeometryCollection }>;

export interface Atlas {
  shapes: Shape[];
  /** Borders between countries, drawn plain. */
  borders: MultiLineString;
  /** Borders of areas whose status is disputed, drawn dashed. */
  disputed: MultiLineString;
}

/** Read the shapes and borders out of the map. */
export function readAtlas(world: World): Atlas {
  const countries = world.objects.countries;
  const isDisputed = (shape: { properties?: ShapeFacts }) => shape.properties?.disputed !== undefined;
  const shapes = (feature(world, countries) as unknown as FeatureCollection).features as Shape[];
  const either = (a: object, b: object) => isDisputed(a) || isDisputed(b);
  return {
    shapes,
    borders: mesh(world, countries, (a, b) => a !== b && !either(a, b)),
    disputed: mesh(world, countries, (a, b) => a !== b && either(a, b)),
  };
}

/** Return the shape at a point; the smallest claim wins where areas overlap. */
export function shapeAt(atlas: Atlas, point: [number, number]): Shape | undefined {
  const found = atlas.shapes.filter((shape) => geoContains(shape, point));
  return found.find((shape) => shape.properties.disputed) ?? found[0];
}
