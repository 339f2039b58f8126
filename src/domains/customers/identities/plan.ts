import { identifierKinds } from '../identifiers/kinds.ts';
import type { Key, PreparedClaim } from './claim.ts';

/** What the graph holds about the identifiers of some claims. */
export interface Knowledge {
  /** By `Key.id`. */
  owners: ReadonlyMap<string, number>;
  erased: ReadonlySet<string>;
  /** The slots of each owner about whom claims disagree. */
  slots: ReadonlyMap<number, ReadonlySet<string>>;
  createdAt: ReadonlyMap<number, Date>;
}

/** A customer to be made; until then their number is negative. */
export interface NewCustomer {
  provisionalNo: number;
  at: Date;
  channel: string | undefined;
  importId: number;
}

export interface Plan {
  /** Whom each claim means; 0 for an erased person or for nobody. */
  customers: number[];
  created: NewCustomer[];
  attached: { key: Key; customerNo: number; at: Date; importId: number }[];
  merged: { absorbedNo: number; survivorNo: number; at: Date }[];
  duplicates: { aNo: number; bNo: number; code: number }[];
  /** Customers who were seen earlier than known so far. */
  earlier: Map<number, Date>;
}

/** Existing customers that the plan changes. */
export const touchedBy = (plan: Plan): number[] => [
  ...new Set([
    ...plan.attached.map((a) => a.customerNo),
    ...plan.merged.flatMap((m) => [m.absorbedNo, m.survivorNo]),
    ...plan.earlier.keys(),
  ].filter((no) => no > 0)),
];

/** True where the keys of a claim are not all of one known customer, so that more has to be known. */
export const isContested = (claim: PreparedClaim, owners: ReadonlyMap<string, number>): boolean =>
  claim.keys.length > 1 && new Set(claim.keys.filter((key) => !key.isOnlyAsked || owners.has(key.id)).map((key) => owners.get(key.id))).size > 1;

const deviceSlot = `${identifierKinds.device} `;

/**
 * Decides whom each claim means, in their order. The strongest known identifier decides, unless a
 * stronger unknown one contradicts it (its owner has another one of that kind: a shared phone, a
 * shared device). Identifiers of others stay with them: an anonymous visitor, known by devices
 * alone, becomes part of the person; two known people are noted as possible duplicates.
 */
export function planClaims(claims: readonly PreparedClaim[], knowledge: Knowledge): Plan {
  return new Planner(knowledge).plan(claims);
}

class Planner {
  private readonly knowledge: Knowledge;
  private readonly owners: Map<string, number>;
  private readonly slots = new Map<number, Set<string>>();
  /** Absorbed number to survivor, as far as this plan merges. */
  private readonly forward = new Map<number, number>();
  private readonly created = new Map<number, NewCustomer>();
  private readonly attached = new Map<string, Plan['attached'][number]>();
  private readonly merged: Plan['merged'] = [];
  private readonly duplicates = new Map<string, Plan['duplicates'][number]>();
  private readonly earlier = new Map<number, Date>();
  private lastProvisionalNo = 0;

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
    this.owners = new Map(knowledge.owners);
  }

  plan(claims: readonly PreparedClaim[]): Plan {
    const customers = claims.map((claim) => this.decide(claim));
    const final = (no: number): number => this.find(no);
    return {
      customers: customers.map(final),
      created: [...this.created.values()],
      attached: [...this.attached.values()].map((a) => ({ ...a, customerNo: final(a.customerNo) })),
      merged: this.merged.map((m) => ({ ...m, survivorNo: this.existing(m.survivorNo) })),
      duplicates: [...this.duplicates.values()]
        .map((d) => ({ ...d, aNo: final(d.aNo), bNo: final(d.bNo) }))
        .filter((d) => d.aNo !== d.bNo),
      earlier: new Map([...this.earlier].map(([no, at]) => [final(no), at])),
    };
  }

  private decide(claim: PreparedClaim): number {
    const { erased } = this.knowledge;
    const keys = claim.keys.filter((key) => !erased.has(key.id));
    const winner = this.winner(keys);
    if (winner === undefined && this.meansErased(claim, keys)) return 0;
    const customerNo = winner ?? this.create(claim);
    for (const key of keys) {
      const owner = this.ownerOf(key);
      if (owner === undefined) {
        if (!key.isOnlyAsked) this.attach(key, customerNo, claim);
      } else if (owner !== customerNo) this.settle(owner, customerNo, key, claim);
    }
    this.noteEarlier(customerNo, claim.at);
    return customerNo;
  }

  /** An erased person is meant where nothing, or only a device, is left of what was said. */
  private meansErased(claim: PreparedClaim, keys: Key[]): boolean {
    if (keys.length === 0) return true;
    return claim.keys.some((key) => this.knowledge.erased.has(key.id) && key.kind !== 'device');
  }

  private winner(keys: Key[]): number | undefined {
    const unknown: Key[] = [];
    let anonymous: number | undefined;
    for (const key of keys) {
      const owner = this.ownerOf(key);
      if (owner === undefined) {
        if (!key.isOnlyAsked) unknown.push(key);
      } else if (this.isContradicted(owner, key, unknown)) continue;
      // Of two devices, the one of somebody known says more.
      else if (key.kind === 'device' && this.isAnonymous(owner)) anonymous ??= owner;
      else return owner;
    }
    return anonymous;
  }

  /** A stronger identifier was said that nobody has, and the owner already has another of its kind. */
  private isContradicted(owner: number, key: Key, stronger: Key[]): boolean {
    return stronger.some(({ slot }) => slot !== key.slot && this.slotsOf(owner).has(slot));
  }

  /** An identifier of the claim belongs to somebody else. */
  private settle(owner: number, customerNo: number, key: Key, claim: PreparedClaim): void {
    if (this.isAnonymous(owner)) this.merge(owner, customerNo, claim.at);
    else this.noteDuplicate(owner, customerNo, key);
  }

  /** A device that two people use says nothing about whether they are one. */
  private noteDuplicate(aNo: number, bNo: number, key: Key): void {
    if (key.kind === 'device' || aNo === bNo) return;
    this.duplicates.set(`${aNo} ${bNo}`, { aNo, bNo, code: key.code });
  }

  private merge(absorbedNo: number, survivorNo: number, at: Date): void {
    this.forward.set(absorbedNo, survivorNo);
    for (const slot of this.slotsOf(absorbedNo)) this.slotsOf(survivorNo).add(slot);
    const absorbed = this.created.get(absorbedNo);
    if (absorbed) {
      // Never written: the two were one all along.
      this.created.delete(absorbedNo);
      this.noteEarlier(survivorNo, absorbed.at);
    } else {
      this.merged.push({ absorbedNo, survivorNo, at });
    }
  }

  private attach(key: Key, customerNo: number, claim: PreparedClaim): void {
    this.owners.set(key.id, customerNo);
    this.slotsOf(customerNo).add(key.slot);
    this.attached.set(key.id, { key, customerNo, at: claim.at, importId: claim.importId });
  }

  private create(claim: PreparedClaim): number {
    const provisionalNo = --this.lastProvisionalNo;
    this.created.set(provisionalNo, { provisionalNo, at: claim.at, channel: claim.channel, importId: claim.importId });
    return provisionalNo;
  }

  private noteEarlier(customerNo: number, at: Date): void {
    const created = this.created.get(customerNo);
    if (created) {
      if (at < created.at) created.at = at;
      return;
    }
    const known = this.earlier.get(customerNo) ?? this.knowledge.createdAt.get(customerNo);
    if (known && at < known) this.earlier.set(customerNo, at);
  }

  private ownerOf(key: Key): number | undefined {
    const owner = this.owners.get(key.id);
    return owner === undefined ? undefined : this.find(owner);
  }

  private find(no: number): number {
    let found = no;
    for (let next = this.forward.get(found); next !== undefined; next = this.forward.get(found)) found = next;
    return found;
  }

  /** The survivor to write into the history: the first on the way that exists or will. */
  private existing(no: number): number {
    let found = no;
    while (found < 0 && !this.created.has(found)) found = this.forward.get(found) ?? found;
    return found;
  }

  private slotsOf(no: number): Set<string> {
    let slots = this.slots.get(no);
    if (!slots) this.slots.set(no, (slots = new Set(this.knowledge.slots.get(no))));
    return slots;
  }

  private isAnonymous(no: number): boolean {
    const slots = this.slotsOf(no);
    return slots.size > 0 && [...slots].every((slot) => slot.startsWith(deviceSlot));
  }
}
