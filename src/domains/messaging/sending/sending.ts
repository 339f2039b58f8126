import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createBackground } from '../../customers/public.ts';
import type { Channels, Gate, MessagingDoors, MessagingPart, Receipt, Sending, Templates, ToldKind } from '../part.ts';
import { tellOfMessages, type Told } from './facts/tell-of-messages.ts';
import { forgetMonths } from './forgetting/forget-months.ts';
import { heldMessages } from './held-messages.ts';
import { replay } from './demo/replay.ts';
import { createRuns } from './runs/change-runs.ts';
import { readPeople } from './runs/run.ts';
import { createSender, type Sender } from './sender.ts';
import { noteUnfinished, readProgress, summarise } from './summary/summaries.ts';
import { createMessageTokens } from './tracking/message-tokens.ts';
import { trackingRoutes } from './tracking/routes.ts';
import { createTouches } from './tracking/touches.ts';

/** What sending stands on of its own domain. */
export interface SendingDoors {
  channels: Channels;
  templates: Templates;
  gate: Gate;
}

const summaryMs = 1_000;
const monthMs = 3_600_000;
const forgetMs = 6 * 3_600_000;

/** Everyone of a run reached once: frozen, decided, made, handed over, and what became of it. */
export function createSending(doors: Pick<MessagingDoors, 'platform' | 'facts'>, { channels, templates, gate }: SendingDoors): MessagingPart & Sending & { sender: Sender } {
  const { platform, facts: { tell } } = doors;
  const { pg: pool, log, clock } = platform;
  const tokens = createMessageTokens(platform.secret);
  const sender = createSender({ platform, channels, templates, gate, tell, tokens });
  const background = [
    createBackground('summaries of runs', () => summarise(platform), summaryMs, log),
    createBackground('months of messages', () => makeMonths(platform), monthMs, log),
    createBackground('old decisions and messages', () => forgetMonths(platform, gate), forgetMs, log),
  ];
  channels.onReceipt(async (client, receipts) => void (await tellOfMessages(client, tell, receipts.flatMap(toldByReceipt))));
  gate.onOptOut(async (client, message, at) => void (await tellOfMessages(client, tell, [{ kind: 'unsubscribed', message, at }])));
  return {
    routes: trackingRoutes({ pg: pool, clock, templates, tokens, touches: createTouches(platform, tell) }),
    heldData: heldMessages(pool),
    sender,
    ...createRuns(clock),
    replay: (client, run, at) => replay(client, gate, tell, run, at),
    progress: (runNos) => readProgress(platform, runNos),
    async notOver(runNos) {
      const { rows } = await pool.query<{ runNo: number }>(`select run_no as "runNo" from send_run where run_no = any($1::int[]) and state not in ('done', 'cancelled')`, [runNos]);
      return new Set(rows.map(({ runNo }) => runNo));
    },
    async peopleOf(runNo) {
      const arms = await readPeople(pool, runNo);
      if (arms.length === 0) throw notFound('messaging.no_run', { runNo });
      return arms.map(({ people }) => people);
    },
    tell: async (client, kind, message, at) => void (await tellOfMessages(client, tell, [{ kind, message, at }])),
    start() {
      void noteUnfinished(platform).catch((error: unknown) => log.warn({ err: error }, 'runs could not be noted to be counted'));
      background.forEach((each) => each.start());
      sender.start();
    },
    async stop() {
      await Promise.all([sender.stop(), ...background.map((each) => each.stop())]);
    },
  };
}

/** A month ahead, so that nobody waits for it. */
const makeMonths = ({ pg: pool, clock }: Platform): Promise<unknown> =>
  pool.query("select make_send_month(day::date) from unnest(array[$1::timestamptz, $1::timestamptz + interval '1 month']) as day", [clock.now()]);

const kindOf: Partial<Record<Receipt['kind'], ToldKind>> = {
  delivered: 'delivered', bounced: 'bounced', complained: 'complained', opened: 'opened', clicked: 'clicked', replied: 'replied', stop: 'unsubscribed',
};

function toldByReceipt({ kind, delivery, at }: Receipt): Told[] {
  const told = kindOf[kind];
  return delivery && told ? [{ kind: told, message: delivery, at }] : [];
}
