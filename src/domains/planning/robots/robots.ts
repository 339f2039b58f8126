import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { createReach } from '../../../platform/outbound/addresses.ts';
import { createOutbound, type Outbound, parseAddress } from '../../../platform/outbound/outbound.ts';
import { openText, sealText } from '../../../platform/secrets.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { createBackground } from '../../customers/public.ts';
import { addRobot, listRobots, removeRobot, type Robot, type RobotKind, testRobot } from '../contract/robots.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { shownCopies } from '../post/post.ts';
import { dingtalk } from './providers/dingtalk.ts';
import { feishu } from './providers/feishu.ts';
import { wecom } from './providers/wecom.ts';
import { readAnswer, type RobotAddress, type RobotMessage, type RobotOutcome, type RobotProvider } from './provider.ts';
import { endMessage, holdMessage, readRobots, requireRobot, type StoredRobot } from './store.ts';

/** Groups in Feishu, DingTalk and WeCom that are told of the plan. */
export interface Robots extends PlanningPart {
  /** Says everything that is due and may be said; returns how many there were. */
  sayDue(): Promise<number>;
}

const providers: Record<RobotKind, RobotProvider> = { feishu, dingtalk, wecom };
const purpose = 'planning.robot';
const address = z.object({ url: z.string(), secret: z.string().nullable() });
const lookMs = 2_000;
/** Minutes until a message is tried again; after the last it is given up. */
const waits = [1, 5, 15, 60];

export function createRobots({ platform, say: words }: Pick<PlanningDoors, 'platform' | 'say'>): Robots {
  const { pg: pool, clock, secret, config, log } = platform;
  const outbound = createOutbound({ allowed: config.outboundAllow });
  const open = ({ sealed }: StoredRobot): RobotAddress => address.parse(JSON.parse(openText(secret, purpose, sealed)));
  const tell = (robot: StoredRobot, message: RobotMessage) => send(outbound, providers[robot.kind], open(robot), message, clock.now());
  const shown = (robot: StoredRobot, locale: Locale): Robot => ({
    robotNo: robot.robotNo, kind: robot.kind, name: robot.name, hasSecret: open(robot).secret !== null, createdAt: robot.createdAt.toISOString(), createdBy: robot.createdBy,
    last: robot.last && shownCopies([robot.last], locale, words)[0],
  });
  const sayDue = async (): Promise<number> => {
    let said = 0;
    for (let held = await holdMessage(pool, clock.now()); held !== null; held = await holdMessage(pool, clock.now())) {
      said++;
      const { messageNo, message, robotNo, failures } = held;
      const end = await requireRobot(pool, robotNo).then((robot) => tell(robot, message)).then(ended, broken);
      const wait = waits[failures];
      const isAgain = end.state === 'slow' && wait !== undefined;
      await endMessage(pool, messageNo, { ...end, state: isAgain ? 'waiting' : end.state === 'slow' ? 'failed' : end.state, ...(isAgain ? { dueAt: new Date(clock.now().getTime() + wait * 60_000) } : {}) }, clock.now());
    }
    return said;
  };
  const background = createBackground('robots of groups', sayDue, lookMs, log);
  const audited = (actor: Actor, action: string, robotNo: number, details: Record<string, unknown> = {}) => ({ actor, action: `planning.${action}`, subject: `robot:${robotNo}`, details });
  return {
    sayDue,
    routes: [
      route(listRobots, async ({ actor }) => ({ robots: (await readRobots(pool)).map((robot) => shown(robot, actor.locale)) })),
      route(addRobot, async ({ body: { kind, name, url, secret: signing }, actor }) => {
        demandHost(providers[kind], url, config.outboundAllow);
        await outbound.check(url);
        const sealed = sealText(secret, purpose, JSON.stringify({ url, secret: providers[kind].signs ? signing : null }));
        const robotNo = await inTransaction(pool, async (client) => {
          const { rows: [added] } = await client.query<{ robotNo: number }>('insert into plan_robot (kind, name, sealed, created_at, created_by) values ($1, $2, $3, $4, $5) returning robot_no as "robotNo"', [kind, name, sealed, clock.now(), actor.name]);
          await recordAudit(client, audited(actor, 'add_robot', added.robotNo, { kind, name }));
          return added.robotNo;
        });
        return shown(await requireRobot(pool, robotNo), actor.locale);
      }),
      route(testRobot, async ({ params: { robotNo }, actor }) => {
        const robot = await requireRobot(pool, robotNo);
        await recordAudit(pool, audited(actor, 'test_robot', robotNo));
        const { state, problem, params } = ended(await tell(robot, { title: words(actor.locale, 'planning', 'robots.testTitle'), lines: [words(actor.locale, 'planning', 'robots.testLine', { by: actor.name })], link: null }));
        if (state !== 'sent' && problem) throw new Problem(problem, { status: 502, ...(params ? { params } : {}) });
        return { isSent: true as const };
      }),
      route(removeRobot, async ({ params: { robotNo }, actor }) => {
        await requireRobot(pool, robotNo);
        await inTransaction(pool, async (client) => {
          // Its key goes at once.
          await client.query("update plan_robot set removed_at = $2, sealed = '' where robot_no = $1", [robotNo, clock.now()]);
          await client.query("update plan_robot_message set state = 'failed', problem = 'planning.robot_not_found' where robot_no = $1 and state = 'waiting'", [robotNo]);
          await recordAudit(client, audited(actor, 'remove_robot', robotNo));
        });
        return { isRemoved: true as const };
      }),
    ],
    start: background.start,
    async stop() {
      await background.stop();
      outbound.close();
    },
  };
}

type Ended = { state: 'sent' | 'failed' | 'slow' | 'unknown'; problem?: string; params?: Record<string, unknown> };

const ended = (end: RobotOutcome): Ended => {
  if (end.outcome === 'sent') return { state: 'sent' };
  return end.outcome === 'slow' ? { state: 'slow', problem: 'planning.robot_slow' } : { state: 'failed', problem: `planning.${end.code}`, params: { words: end.words } };
};

/** What was perhaps said is not said again. */
function broken(error: unknown): Ended {
  if (!(error instanceof Problem)) throw error;
  return { state: error.params.mayHaveArrived === true ? 'unknown' : 'slow', problem: error.code, params: error.params };
}

async function send(outbound: Outbound, provider: RobotProvider, robot: RobotAddress, message: RobotMessage, now: Date) {
  const { url, body } = provider.request(robot, message, now);
  return readAnswer(provider, await outbound.send({ method: 'POST', url, headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Perennial' }, body: Buffer.from(JSON.stringify(body)) }));
}

/** Only a provider's own host is a robot's; what the installation allows stands for a way through one's own network. */
function demandHost({ hosts, path }: RobotProvider, text: string, allowed: readonly string[]): void {
  const { hostname, pathname, protocol } = parseAddress(text);
  if (createReach(allowed)(hostname.replace(/^\[|\]$/g, '')) === 'allowed') return;
  if (!hosts.includes(hostname) || protocol !== 'https:' || !pathname.startsWith(path)) throw new Problem('planning.robot_bad_address', { status: 422, params: { example: `https://${hosts[0]}${path}` }, fields: [{ path: 'body.url', code: 'robot_bad_address' }] });
}
