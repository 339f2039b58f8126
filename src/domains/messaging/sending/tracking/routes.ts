import type pg from 'pg';
import { notFound } from '../../../../kernel/problem.ts';
import { rawRoute, type Route } from '../../../../platform/http/route.ts';
import { followLink, openPixel } from '../../contract/tracking.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Templates } from '../../part.ts';
import { readRuns } from '../runs/run.ts';
import type { MessageToken, MessageTokens } from './message-tokens.ts';
import type { Touches } from './touches.ts';
import { fetchesEverything, isPerson } from './visitor.ts';

/** A transparent point, 43 bytes: the smallest picture that every program shows. */
const point = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export interface TrackingDoors {
  pg: pg.Pool;
  clock: Clock;
  templates: Pick<Templates, 'linksOf'>;
  tokens: MessageTokens;
  touches: Touches;
}

/** Addresses that stand in messages. Whoever has one may use it: nothing is told of anybody but where the link leads. */
export function trackingRoutes({ pg: pool, clock, templates, tokens, touches }: TrackingDoors): Route[] {
  const written = createWrittenLinks(pool, templates);
  return [
    rawRoute(followLink, async ({ params: { token }, query: { u }, request, reply }) => {
      const link = tokens.open('click', token, u ?? '');
      const target = link && safeTarget(u ?? await written(link));
      if (!target) throw notFound('messaging.no_link');
      if (isPerson(request.method, request.headers)) await touches.note({ kind: 'clicked', message: link, at: clock.now(), position: link.position });
      return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(target, 302);
    }),
    rawRoute(openPixel, async ({ params: { token }, request, reply }) => {
      const message = tokens.open('open', token);
      if (!message) throw notFound('messaging.no_link');
      const kind = fetchesEverything(request.headers) ? 'opened_by_machine' : isPerson(request.method, request.headers) ? 'opened' : null;
      if (kind) await touches.note({ kind, message, at: clock.now() });
      // A mail is a page of somebody else's: without this a browser would not show it there.
      return reply.header('cache-control', 'no-store, private').header('cross-origin-resource-policy', 'cross-origin').type('image/gif').send(point);
    }),
  ];
}

/** An address of the web as a browser would go to it; null for any other. */
function safeTarget(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

const runsKept = 1_000;

/** Where the links of messages lead as their templates were written; whoever asks has a signed link, so that these are runs there were. */
function createWrittenLinks(pool: pg.Pool, templates: Pick<Templates, 'linksOf'>): (link: MessageToken) => Promise<string | null> {
  const kept = new Map<string, readonly string[]>();
  const read = async (runNo: number, arm: number): Promise<readonly string[]> => {
    const [run] = await readRuns(pool, [runNo]);
    const { templateNo = null, templateVersion = null } = run?.arms[arm] ?? {};
    return templateNo === null || templateVersion === null ? [] : templates.linksOf(templateNo, templateVersion);
  };
  return async ({ runNo, arm, position }) => {
    const key = `${runNo} ${arm}`;
    const links = kept.get(key) ?? await read(runNo, arm);
    kept.set(key, links);
    if (kept.size > runsKept) kept.delete(kept.keys().next().value as string);
    return links[position] ?? null;
  };
}
