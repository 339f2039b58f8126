import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Actor, may } from '../../../../kernel/actor.ts';
import { conflict, forbidden, Problem } from '../../../../kernel/problem.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { recordAudit } from '../../../access/public.ts';
import type { testChannel } from '../../contract/channels.ts';
import type { ChannelKind } from '../../contract.ts';
import type { Parcel, Tried } from '../../part.ts';
import { demandAccount } from '../accounts/keep-accounts.ts';
import { type OpenAccount, readOpenAccounts } from '../accounts/store.ts';
import type { Sent } from '../adapters/adapter.ts';
import { carries } from '../hand-over/carries.ts';
import type { Lanes } from '../hand-over/lanes.ts';

type Given = z.output<NonNullable<(typeof testChannel)['body']>>;

export interface TryDoors {
  platform: Platform;
  lanes: Lanes;
  say: Say;
}

/** Sends one message by an account as it stands, and tells what left and what came back. */
export const tryAccount = async (doors: TryDoors, accountNo: number, given: Given, actor: Actor): Promise<Tried> =>
  send(doors, await demandAccount(doors.platform.pg, doors.platform.secret, accountNo), parcelOf(given, actor), actor);

/** Sends a message that is made already by the first account of a channel. A stranger is written to by those alone who may set accounts up. */
export async function tryOut(doors: TryDoors, channel: ChannelKind, parcel: Omit<Parcel, 'key' | 'purpose'>, actor: Actor): Promise<Tried> {
  const { pg: pool, secret } = doors.platform;
  const accounts = await readOpenAccounts(pool, secret, channel);
  const account = accounts.find(({ provider }) => carries(provider, parcel.message)) ?? accounts[0];
  if (!account) throw conflict('messaging.channel_closed');
  if (!may(actor, 'messaging.channels') && !account.testers.includes(parcel.to)) throw forbidden('messaging.not_a_tester', { name: account.name });
  return send(doors, account, { ...parcel, key: testKey(), purpose: 'service' }, actor);
}

async function send({ platform, lanes, say }: TryDoors, account: OpenAccount, parcel: Parcel, actor: Actor): Promise<Tried> {
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
  await recordAudit(platform.pg, { actor, action: 'messaging.test_channel', subject: `channel:${account.accountNo}`, details: { outcome, code: code ?? problem?.code ?? null } });
  return {
    outcome, shown, code: code ?? null, providerId: providerId ?? null, tookMs: Math.round(performance.now() - startedMs),
    trouble: problem && say(actor.locale, problem.code.split('.')[0], `problem.${problem.code.split('.').slice(1).join('.')}`, problem.params),
  };
}

const testKey = (): string => `test-${randomUUID()}`;

const parcelOf = ({ to, subject, text, template, variables, link }: Given, { locale }: Actor): Parcel => ({
  key: testKey(), to, locale, purpose: 'service',
  message: {
    ...(subject === '' ? {} : { subject }), text,
    ...(template === '' ? {} : { providerTemplate: template }), ...(Object.keys(variables).length === 0 ? {} : { variables }), ...(link === '' ? {} : { link }),
  },
});
