import type { Locale } from './locale.ts';

/** A permission's name: `<domain>.<action>`, declared in that domain's contract. */
export type Permission = `${string}.${string}`;

/** Who is asking: a member of staff with a session, an API token, or the system itself. */
export interface Actor {
  kind: 'staff' | 'token' | 'system';
  /** Staff or token id; 0 for the system. */
  id: number;
  /** Shown in the audit log. Never personal data of a customer. */
  name: string;
  permissions: ReadonlySet<Permission>;
  locale: Locale;
}

/** True when the actor holds the permission; the system holds all of them. */
export const may = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || actor.permissions.has(permission);

/** Who it is, among accounts, tokens and the system: one of each may have the same number. */
export const actorKey = ({ kind, id }: Pick<Actor, 'kind' | 'id'>): string => `${kind} ${id}`;

export const systemActor: Actor = {
  kind: 'system',
  id: 0,
  name: 'system',
  permissions: new Set(),
  locale: 'zh-CN',
};
