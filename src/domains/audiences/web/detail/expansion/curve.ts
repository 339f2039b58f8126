/** The likeness of the last of so many people; reach rises and likeness falls along the curve. */
export interface CurvePoint {
  reach: number;
  likeness: number;
}

/** The point of the curve from which on so many are reached: where the slider stands. */
export function nearestPoint(curve: readonly CurvePoint[], reach: number): number {
  const at = curve.findIndex((point) => point.reach >= reach);
  return at < 0 ? curve.length - 1 : at;
}

/** How like the last of so many is, at least. */
export const likenessFor = (curve: readonly CurvePoint[], reach: number): number => curve[nearestPoint(curve, reach)]?.likeness ?? 0;

/** About how many are at least so like: the server counts exactly. */
export const reachFor = (curve: readonly CurvePoint[], likeness: number): number => curve.findLast((point) => point.likeness >= likeness)?.reach ?? 0;
