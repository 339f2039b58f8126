import { factJson } from '../../../facts/fact-json.ts';
import type { Bag } from '../../events/tracking-call.ts';
import { type LooksLike, looksLike } from './looks-like.ts';

/** A property that was taken out of a fact because of how its value looks. */
export interface Flag {
  /** `shipping.note`; elements of a list share one path: `products[].note`. */
  property: string;
  looksLike: LooksLike;
}

/** Properties parted into what may stand in a fact and what may not. */
export interface SplitProperties {
  /** The JSON of what may stand in a fact. */
  facts: string;
  /** Declared personal properties, which belong into the vault. */
  personal: Bag;
  flags: Flag[];
}

/** Numbers of the shop's own that may look like a telephone number and are none. */
const harmless = /(?:^|_)(?:order|product|checkout|cart|payment|shipment|transaction|variant|list|promotion|coupon|sku|session|request|trace)(?:_?ids?|_?no|_?number)?$|^sku$|^price$|^quantity$|^position$/;

/**
 * Parts the properties of an event. Those whose name is `declared` personal (compared in lower case without `_`, `-`,
 * `.` and spaces) go into `personal`; those whose value looks personal are left out and flagged.
 */
export function splitProperties(properties: Bag, declared: ReadonlySet<string>): SplitProperties {
  const personal: Bag = {};
  const flags: Flag[] = [];
  const clean = cleaned(properties, '', declared, personal, flags);
  return { facts: factJson(clean), personal, flags };
}

/** The same object when nothing in it is personal; else a copy without that. */
function cleaned(value: object, path: string, declared: ReadonlySet<string>, personal: Bag, flags: Flag[]): object {
  if (Array.isArray(value)) return cleanedList(value, `${path}[]`, declared, personal, flags);
  let copy: Bag | null = null;
  const given = value as Bag;
  for (const key of Object.keys(given)) {
    const inner = given[key];
    const place = path === '' ? key : `${path}.${key}`;
    let outcome: unknown = inner;
    if (declared.has(plainName(key))) {
      if (inner !== null && inner !== undefined) personal[key] = inner;
      outcome = undefined;
    } else if (typeof inner === 'object' && inner !== null) outcome = cleaned(inner, place, declared, personal, flags);
    else if (isFlagged(key, inner, place, flags)) outcome = undefined;
    if (outcome === inner) continue;
    copy ??= { ...given };
    if (outcome === undefined) delete copy[key];
    else copy[key] = outcome;
  }
  return copy ?? value;
}

function cleanedList(list: unknown[], path: string, declared: ReadonlySet<string>, personal: Bag, flags: Flag[]): unknown[] {
  let copy: unknown[] | null = null;
  for (const [index, inner] of list.entries()) {
    let outcome: unknown = inner;
    if (typeof inner === 'object' && inner !== null) outcome = cleaned(inner, path, declared, personal, flags);
    else if (isFlagged('', inner, path, flags)) outcome = null;
    if (outcome === inner) continue;
    copy ??= [...list];
    copy[index] = outcome;
  }
  return copy ?? list;
}

function isFlagged(key: string, value: unknown, property: string, flags: Flag[]): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const found = looksLike(value);
  if (!found || (found !== 'email' && harmless.test(snake(key)))) return false;
  flags.push({ property: property.slice(0, 200), looksLike: found });
  return true;
}

const snake = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

const plainNames = new Map<string, string>();

/** How names of properties are compared; remembered, because the same few come over and over. */
export function plainName(name: string): string {
  let plain = plainNames.get(name);
  if (plain === undefined) {
    plain = name.toLowerCase().replace(/[\s_.-]+/g, '');
    if (plainNames.size > 10_000) plainNames.clear();
    plainNames.set(name, plain);
  }
  return plain;
}
