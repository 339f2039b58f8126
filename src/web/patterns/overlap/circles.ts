/** A circle of a diagram of sets. */
export interface Circle {
  x: number;
  y: number;
  r: number;
}

/** How much two circles share at a distance. */
export function sharedArea(r1: number, r2: number, distance: number): number {
  if (distance >= r1 + r2) return 0;
  const small = Math.min(r1, r2);
  if (distance <= Math.abs(r1 - r2)) return Math.PI * small * small;
  const angle = (own: number, other: number): number => Math.acos(Math.min(1, Math.max(-1, (distance ** 2 + own ** 2 - other ** 2) / (2 * distance * own))));
  const segment = (r: number, a: number): number => r * r * (a - Math.sin(2 * a) / 2);
  return segment(r1, angle(r1, r2)) + segment(r2, angle(r2, r1));
}

/** How far apart two circles stand so that they share an area. */
export function distanceFor(r1: number, r2: number, area: number): number {
  let near = Math.abs(r1 - r2);
  let far = r1 + r2;
  if (area <= 0) return far;
  for (let round = 0; round < 60; round++) {
    const middle = (near + far) / 2;
    if (sharedArea(r1, r2, middle) > area) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

const apart = 1.06;

/**
 * Circles as large as their sets, two by two sharing as much as the sets do. Of three circles the
 * part that all share follows from that, and is only about right.
 */
export function placeCircles(sizes: readonly number[], shared: (a: number, b: number) => number): Circle[] {
  const largest = Math.max(1, ...sizes);
  const radii = sizes.map((size) => Math.max(0.06, Math.sqrt(size / largest)));
  const distance = (a: number, b: number): number => {
    const both = shared(a, b);
    if (both === 0) return (radii[a] + radii[b]) * apart;
    const area = (both / largest) * Math.PI;
    return distanceFor(radii[a], radii[b], area);
  };
  const circles: Circle[] = [{ x: 0, y: 0, r: radii[0] }];
  if (sizes.length > 1) circles.push({ x: distance(0, 1), y: 0, r: radii[1] });
  if (sizes.length > 2) {
    const [base, left, right] = [distance(0, 1), distance(0, 2), distance(1, 2)];
    const x = base === 0 ? left : (base ** 2 + left ** 2 - right ** 2) / (2 * base);
    const within = Math.min(left, Math.max(-left, x));
    circles.push({ x: within, y: Math.sqrt(Math.max(0, left ** 2 - within ** 2)), r: radii[2] });
  }
  return circles;
}

/** The frame around all circles. */
export function frameOf(circles: readonly Circle[]): { x: number; y: number; width: number; height: number } {
  const x = Math.min(...circles.map((c) => c.x - c.r));
  const y = Math.min(...circles.map((c) => c.y - c.r));
  return { x, y, width: Math.max(...circles.map((c) => c.x + c.r)) - x, height: Math.max(...circles.map((c) => c.y + c.r)) - y };
}

const samples = 90;

/** The point of a region that is farthest from its edges, where its figure stands best; null where it has no room. */
export function middleOf(circles: readonly Circle[], mask: number): { x: number; y: number; room: number } | null {
  const frame = frameOf(circles);
  let best: { x: number; y: number; room: number } | null = null;
  for (let row = 0; row <= samples; row++) {
    for (let column = 0; column <= samples; column++) {
      const x = frame.x + (frame.width * column) / samples;
      const y = frame.y + (frame.height * row) / samples;
      const room = Math.min(...circles.map((c, index) => {
        const inside = c.r - Math.hypot(x - c.x, y - c.y);
        return mask & (1 << index) ? inside : -inside;
      }));
      if (room > 0 && room > (best?.room ?? 0)) best = { x, y, room };
    }
  }
  return best;
}
