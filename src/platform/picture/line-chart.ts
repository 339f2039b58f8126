import type { Picture } from './png.ts';

/** A colour, a byte each for red, green and blue. */
export type Colour = readonly [number, number, number];

export interface DrawnLine {
  /** From left to right; null where there is nothing to draw. */
  values: readonly (number | null)[];
  colour: Colour;
  /** In pixels. */
  width: number;
  /** How much of the area under it is filled, 0 to 1. */
  fill?: number;
}

const gridLines = 4;
const grey: Colour = [128, 134, 130];
const gridOpacity = 0.28;
/** Room at the edges, so that no line is cut. */
const margin = 8;

/**
 * Lines over a common scale from zero, on nothing: the picture stands on light and on dark. It has no words, which need
 * fonts; they stand around it. Lines are smoothed by how much of a pixel's neighbourhood they cover.
 */
export function drawLines(width: number, height: number, lines: readonly DrawnLine[]): Picture {
  const picture: Picture = { width, height, rgba: new Uint8Array(width * height * 4) };
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const highest = Math.max(0, ...values);
  const lowest = Math.min(0, ...values);
  const span = highest - lowest || 1;
  const y = (value: number): number => margin + ((highest - value) / span) * (height - 2 * margin);
  for (let n = 0; n <= gridLines; n++) fillRow(picture, Math.round(margin + (n / gridLines) * (height - 2 * margin)));
  for (const line of lines) {
    const last = Math.max(1, line.values.length - 1);
    const points = line.values.map((value, at) => (value === null ? null : { x: margin + (at / last) * (width - 2 * margin), y: y(value) }));
    for (const [at, point] of points.entries()) {
      const next = points.at(at + 1) ?? (points.length === 1 && point ? { x: width - margin, y: point.y } : null);
      if (!point || !next) continue;
      if (line.fill) fillUnder(picture, point, next, y(0), line.colour, line.fill);
      stroke(picture, point, next, line.width, line.colour);
    }
  }
  return picture;
}

interface Point {
  x: number;
  y: number;
}

/** Lays a colour over a pixel. */
function blend({ width, height, rgba }: Picture, x: number, y: number, [red, green, blue]: Colour, opacity: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height || opacity <= 0) return;
  const at = (y * width + x) * 4;
  const below = rgba[at + 3] / 255;
  const whole = opacity + below * (1 - opacity);
  for (const [channel, value] of [red, green, blue].entries()) rgba[at + channel] = Math.round((value * opacity + rgba[at + channel] * below * (1 - opacity)) / whole);
  rgba[at + 3] = Math.round(whole * 255);
}

function fillRow(picture: Picture, y: number): void {
  for (let x = margin; x < picture.width - margin; x++) blend(picture, x, y, grey, gridOpacity);
}

function fillUnder(picture: Picture, from: Point, to: Point, floor: number, colour: Colour, opacity: number): void {
  for (let x = Math.round(from.x); x < Math.round(to.x); x++) {
    const top = from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y);
    for (let y = Math.ceil(Math.min(top, floor)); y < Math.max(top, floor); y++) blend(picture, x, y, colour, opacity);
  }
}

/** A line with round ends: a pixel is covered as far as the line reaches into it. */
function stroke(picture: Picture, from: Point, to: Point, lineWidth: number, colour: Colour): void {
  const reach = lineWidth / 2 + 1;
  const length = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  for (let y = Math.floor(Math.min(from.y, to.y) - reach); y <= Math.max(from.y, to.y) + reach; y++) {
    for (let x = Math.floor(Math.min(from.x, to.x) - reach); x <= Math.max(from.x, to.x) + reach; x++) {
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / length));
      const distance = Math.hypot(x - from.x - along * (to.x - from.x), y - from.y - along * (to.y - from.y));
      blend(picture, x, y, colour, Math.min(1, Math.max(0, lineWidth / 2 + 0.5 - distance)));
    }
  }
}
