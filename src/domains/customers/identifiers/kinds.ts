import { z } from 'zod';

/** What a person can be known by, and the number each kind is stored under. */
export const identifierKinds = {
  external_id: 1,
  phone: 2,
  email: 3,
  member_no: 4,
  unionid: 5,
  openid: 6,
  device: 7,
} as const;

export type IdentifierKind = keyof typeof identifierKinds;

export const identifierKind = z.enum(Object.keys(identifierKinds) as [IdentifierKind, ...IdentifierKind[]]);

/**
 * The kinds from the one that decides who is meant to the one that decides least. A shop's own
 * numbers are given once; phones and addresses are handed on and shared; a device is anyone's.
 */
export const byStrength: readonly IdentifierKind[] = [
  'external_id', 'member_no', 'unionid', 'phone', 'email', 'openid', 'device',
];

const names = new Map<number, IdentifierKind>(
  Object.entries(identifierKinds).map(([kind, code]) => [code, kind as IdentifierKind]),
);

/** The kind stored under a number. */
export function kindOf(code: number): IdentifierKind {
  const kind = names.get(code);
  if (!kind) throw new RangeError(`no identifier kind has the number ${code}`);
  return kind;
}

/** One thing a person is known by. `namespace` says where it is valid: an app, a shop; '' is everywhere. */
export interface Identifier {
  kind: IdentifierKind;
  namespace: string;
  value: string;
}
