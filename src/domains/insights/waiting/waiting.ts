import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { type Actor, may, type Permission } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { sentenceOf } from '../../../platform/http/problem-reply.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { readWaiting } from '../contract/waiting.ts';

/** So many things of one kind that wait for somebody with a permission, or went wrong. */
export interface WaitingThing {
  count: number;
  permission: Permission;
  /** The message of its domain that says so, with `count` and `shown`. */
  message: `${string}:${string}`;
  /** The page where it is settled. */
  to: string;
  isProblem?: boolean;
  /** What else the message needs. */
  words?: Record<string, string>;
  /** The problem it waits because of, which the message tells as `why`. */
  why?: Pick<Problem, 'code' | 'params'>;
}
/** What a domain knows of that waits, for anybody. */
export type WaitingSource = () => Promise<WaitingThing[]>;

/** What waits for somebody in all domains, and the request that asks for it. */
export function createWaiting(say: Say): { routes: Route[]; register(source: WaitingSource): void } {
  const sources: WaitingSource[] = [];
  return {
    routes: [route(readWaiting, async ({ actor }) => ({ waiting: shownTo(actor, (await Promise.all(sources.map((source) => source()))).flat(), say) }))],
    register: (source) => void sources.push(source),
  };
}

/** What somebody may settle of what waits, problems first, in their language. */
export const shownTo = (actor: Actor, things: readonly WaitingThing[], say: Say): EndpointReply<typeof readWaiting>['waiting'] => things
  .filter(({ count, permission }) => count > 0 && may(actor, permission))
  .map(({ count, message, to, isProblem = false, words, why }) => {
    const [namespace, key] = message.split(':');
    return { sentence: say(actor.locale, namespace, key, { count, shown: new Intl.NumberFormat(actor.locale).format(count), ...words, ...(why ? { why: sentenceOf(why, actor.locale, say) } : {}) }), to, isProblem };
  })
  .sort((a, b) => Number(b.isProblem) - Number(a.isProblem));
