import type { LayerBase, LayerKind, LayerReason } from '../../contract/quote.ts';
import { allocate, halfUp, smaller, sumOf, type Units } from './money.ts';

export interface Layer {
  key: string;
  kind: LayerKind;
  base: LayerBase;
  /** Ten-thousandths of a percent, or an amount. */
  off: { percent: bigint } | { amount: Units };
  /** The lines it is about; null for all. */
  lines: readonly string[] | null;
  /** What its base must come to. */
  least: Units;
  /** The higher goes first where not both can be. */
  priority: number;
  /** Of one group one counts, on each line. */
  group: string | null;
  excludes: readonly (LayerKind | 'points')[];
  /** Known before anything is worked out. */
  refused?: LayerReason;
}

export interface ListedLine {
  key: string;
  list: Units;
  /** Below which no layer goes. */
  floor: Units;
}

/** What became of a layer. */
export interface Verdict {
  layer: Layer;
  accepted: boolean;
  amount: Units;
  /** What each line got of it. */
  parts: ReadonlyMap<string, Units>;
  reason: LayerReason | null;
  /** The layer that stands in its way. */
  by: string | null;
  /** By how much its base falls short. */
  missing: Units;
}

const verdictOf = (layer: Layer, rest: Partial<Verdict>): Verdict => ({ layer, accepted: false, amount: 0n, parts: new Map(), reason: null, by: null, missing: 0n, ...rest });
const percentScale = 1_000_000n;
const stages: Record<LayerBase, number> = { list: 0, member: 1, net: 2 };
const isOf = ({ lines }: Layer, key: string): boolean => lines === null || lines.includes(key);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Lays discounts over lines. Where two cannot both count the one of higher priority does, else the one that alone saves more, else the first by
 * key; those that count are worked out by their bases: list, member, net. The order in which lines and layers are given changes nothing.
 */
export function layOver(given: readonly ListedLine[], layers: readonly Layer[]): Verdict[] {
  const lines = given.toSorted((a, b) => byText(a.key, b.key));
  const settled = new Map<string, Verdict>();
  for (const layer of layers) {
    const refused = layer.refused ?? (lines.some(({ key }) => isOf(layer, key)) ? undefined : 'no_line');
    if (refused) settled.set(layer.key, verdictOf(layer, { reason: refused }));
  }
  for (;;) {
    const { chosen, rejected } = choose(lines, layers.filter(({ key }) => !settled.has(key)));
    const verdicts = workOut(lines, chosen);
    const failed = verdicts.filter(({ accepted }) => !accepted);
    // One that comes to nothing keeps no other away: those it excluded are looked at again.
    if (failed.length === 0) return [...settled.values(), ...rejected, ...verdicts].sort((a, b) => byText(a.layer.key, b.layer.key));
    for (const verdict of failed) settled.set(verdict.layer.key, verdict);
  }
}

function choose(lines: readonly ListedLine[], layers: readonly Layer[]): { chosen: Layer[]; rejected: Verdict[] } {
  const alone = new Map(layers.map((layer) => [layer.key, amountOf(layer, sumOf(lines.filter(({ key }) => isOf(layer, key)).map(({ list }) => list)))]));
  const saving = ({ key }: Layer): bigint => alone.get(key) ?? 0n;
  const ranked = layers.toSorted((a, b) => b.priority - a.priority || (saving(a) === saving(b) ? byText(a.key, b.key) : saving(a) > saving(b) ? -1 : 1));
  const chosen: Layer[] = [];
  const rejected: Verdict[] = [];
  for (const layer of ranked) {
    const inWay = chosen.find((other) => meet(layer, other, lines) && (sameGroup(layer, other) || layer.excludes.includes(other.kind) || other.excludes.includes(layer.kind)));
    if (inWay) rejected.push(verdictOf(layer, { reason: sameGroup(layer, inWay) ? 'same_group' : 'excluded', by: inWay.key }));
    else chosen.push(layer);
  }
  return { chosen, rejected };
}

const sameGroup = (a: Layer, b: Layer): boolean => a.group !== null && a.group === b.group;
const meet = (a: Layer, b: Layer, lines: readonly ListedLine[]): boolean => lines.some(({ key }) => isOf(a, key) && isOf(b, key));

const amountOf = ({ off }: Layer, base: Units): Units => ('percent' in off ? halfUp(base * off.percent, percentScale) : off.amount);

/** In the order of bases; on one base the member's price first, then by priority, percents before amounts. */
const turn = ({ base, kind, priority, off }: Layer): number[] => [stages[base], kind === 'member_price' ? 0 : 1, -priority, 'percent' in off ? 0 : 1];

function workOut(lines: readonly ListedLine[], chosen: readonly Layer[]): Verdict[] {
  const net = new Map(lines.map(({ key, list }) => [key, list]));
  const member = new Map(net);
  const list = new Map(net);
  const bases = { list, member, net };
  const inTurn = chosen.toSorted((a, b) => turn(a).map((each, i) => each - turn(b)[i]).find((difference) => difference !== 0) ?? byText(a.key, b.key));
  return inTurn.map((layer) => {
    const own = lines.filter(({ key }) => isOf(layer, key));
    const weights = own.map(({ key }) => bases[layer.base].get(key) ?? 0n);
    const base = sumOf(weights);
    if (base < layer.least) return verdictOf(layer, { reason: 'below_least', missing: layer.least - base });
    const rooms = own.map(({ key, floor }, i) => (weights[i] > 0n && (net.get(key) ?? 0n) > floor ? (net.get(key) ?? 0n) - floor : 0n));
    const wanted = amountOf(layer, base);
    const amount = smaller(wanted, sumOf(rooms));
    if (amount === 0n) return verdictOf(layer, { reason: 'nothing_left' });
    const parts = new Map(allocate(amount, weights, rooms).map((part, i) => [own[i].key, part]));
    for (const [key, part] of parts) {
      net.set(key, (net.get(key) ?? 0n) - part);
      if (layer.kind === 'member_price') member.set(key, (member.get(key) ?? 0n) - part);
    }
    return verdictOf(layer, { accepted: true, amount, parts, reason: amount < wanted ? 'at_floor' : null });
  });
}
