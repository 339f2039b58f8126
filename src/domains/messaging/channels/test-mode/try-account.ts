import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { recordAudit } from '../../../access/public.ts';
import type { testChannel } from '../../contract/channels.ts';
import type { Parcel } from '../../part.ts';
import { demandAccount } from '../accounts/keep-accounts.ts';
import type { Sent } from '../adapters/adapter.ts';
import type { Lanes } from '../hand-over/lanes.ts';

type Given = z.output<NonNullable<(typeof testChannel)['body']>>;
type Tried = z.output<(typeof testChannel)['reply']>;

/** Sends one message by an account as it stands, and tells what left and what came back. */
export async function tryAccount({ platform, lanes, say }: { platform: Platform; lanes: Lanes; say: Say }, accountNo: number, given: Given, actor: Actor): Promise<Tried> {
  const account = await demandAccount(platform.pg, platform.secret, accountNo);
  const parcel = parcelOf(given, actor);
  const startedMs = performance.now();
  const tried = await lanes.openOnce(account, async (adapter) => {
    const shown = await adapter.show(parcel);
    try {
      return { shown, sent: await adapter.send(parcel, async () => {}), problem: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const sent: Sent = { outcome: error.params.mayHaveArrived === true ? 'unknown' : 'later' };
      return { shown, sent, problem: error };
    }
  });
  const { shown, sent: { outcome, code, providerId }, problem } = tried;
  await recordAudit(platform.pg, { actor, action: 'messaging.test_channel', subject: `channel:${accountNo}`, details: { outcome, code: code ?? problem?.code ?? null } });
  return {
    outcome, shown, code: code ?? null, providerId: providerId ?? null, tookMs: Math.round(performance.now() - startedMs),
    trouble: problem && say(actor.locale, problem.code.split('.')[0], `problem.${problem.code.split('.').slice(1).join('.')}`, problem.params),
  };
}

const parcelOf = ({ to, subject, text, template, variables, link }: Given, { locale }: Actor): Parcel => ({
  key: `test-${randomUUID()}`, to, locale, purpose: 'service',
  message: {
    ...(subject === '' ? {} : { subject }), text,
    ...(template === '' ? {} : { providerTemplate: template }), ...(Object.keys(variables).length === 0 ? {} : { variables }), ...(link === '' ? {} : { link }),
  },
});
