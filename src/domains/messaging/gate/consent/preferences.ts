import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type ConsentChannel, consentChannels } from '../../../customers/contract.ts';
import { consentsOf, type SaidConsent } from '../../../customers/public.ts';
import { type ChannelKind, consentOf } from '../../contract.ts';
import type { PreferencesPage } from '../../contract/preferences.ts';
import type { MessageOf, MessagingDoors } from '../../part.ts';
import { createMessageTokens } from '../../sending/tracking/message-tokens.ts';
import type { OptIns } from './opt-ins.ts';
import type { OptOutTaker } from './opt-out.ts';

/** The wording of the page. A change of what it promises is a new version, so that what was agreed to can be told. */
const textVersion = 'preferences 2026-11';

export type Choice = { about: 'channel'; channel: ConsentChannel; granted: boolean } | { about: 'personalisation'; granted: boolean } | { about: 'everything' };

export interface Preferences {
  open(token: string): Promise<PreferencesPage>;
  /** A way they did not come by counts once they have confirmed it by a link that is sent that way. */
  choose(token: string, choice: Choice, locale: Locale): Promise<PreferencesPage>;
  /** Ends marketing by the way of the message; done twice it is done once. */
  unsubscribe(token: string): Promise<void>;
}

/** Somebody who came by a link of a message. */
interface Visitor {
  customerNo: number;
  message: MessageOf;
  cameBy: ConsentChannel | null;
}

/** What people choose by links in messages. A link is good as long as the person is there: a way out does not end. */
export function createPreferences({ platform, customers }: MessagingDoors, told: OptOutTaker, optIns: OptIns): Preferences {
  const { pg: pool, clock, secret } = platform;
  const tokens = createMessageTokens(secret);

  const visitorOf = async (token: string): Promise<Visitor> => {
    const message = tokens.open('preferences', token) ?? tokens.open('unsubscribe', token);
    const person = message && (await customers.recognise({ customerNo: message.customerNo }));
    if (!message || !person) throw new Problem('messaging.preferences_link_ended', { status: 410 });
    return { customerNo: person.customerNo, message, cameBy: await cameBy(pool, message.runNo) };
  };
  const pageOf = async ({ customerNo, cameBy: by }: Visitor): Promise<PreferencesPage> => {
    const [states, waiting] = await Promise.all([consentsOf(pool, customerNo), optIns.waitingFor(customerNo)]);
    const asked = consentChannels.filter((channel) => channel === by || states.some((state) => state.channel === channel && state.purpose === 'marketing'));
    return {
      brand: (await readBrand(pool)).name,
      cameBy: by,
      channels: asked.map((channel) => {
        const granted = states.find((state) => state.channel === channel && state.purpose === 'marketing')?.granted ?? null;
        return { channel, granted, isAsked: granted !== true && waiting.includes(channel) };
      }),
      isPersonalised: states.every((state) => state.purpose !== 'personalisation' || state.granted),
    };
  };
  const keep = (visitor: Visitor, said: readonly Pick<SaidConsent, 'channel' | 'purpose' | 'granted'>[], source: string, locale: Locale | null): Promise<void> => inTransaction(pool, async (client) => {
    // Of two clicks at the same moment the second sees what the first said.
    await client.query('select from customer where customer_no = $1 for update', [visitor.customerNo]);
    const before = await consentsOf(client, visitor.customerNo);
    // Said once more it is not said anew: a link that is opened by three programs leaves one line.
    const news = said.filter((one) => before.find((state) => state.channel === one.channel && state.purpose === one.purpose)?.granted !== one.granted);
    const at = clock.now();
    const asked = locale && news.find((one) => one.purpose === 'marketing' && one.granted && one.channel !== visitor.cameBy);
    // Whoever has the link of a mail need not have the phone.
    if (asked && (await optIns.askMyself(client, { customerNo: visitor.customerNo, channel: asked.channel, source, textVersion }, locale))) return;
    await forgetAsked(client, visitor.customerNo, said, at);
    await customers.consents.record(client, news.map((one) => ({ ...one, customerNo: visitor.customerNo, at, source, textVersion, evidence: { run: visitor.message.runNo, occasion: visitor.message.occasion }, actor: source })));
    if (news.some((one) => one.purpose === 'marketing' && !one.granted)) await told(client, visitor.message, at);
  });
  return {
    open: async (token) => pageOf(await visitorOf(token)),
    async choose(token, choice, locale) {
      const visitor = await visitorOf(token);
      await keep(visitor, saidBy(choice), 'preference_page', locale);
      return pageOf(visitor);
    },
    async unsubscribe(token) {
      const visitor = await visitorOf(token);
      if (visitor.cameBy) await keep(visitor, [{ channel: visitor.cameBy, purpose: 'marketing', granted: false }], 'one_click', null);
    },
  };
}

/** Who refuses after all confirms nothing any more by a link of before. */
const forgetAsked = (client: pg.PoolClient, customerNo: number, said: readonly Pick<SaidConsent, 'channel' | 'purpose' | 'granted'>[], at: Date): Promise<unknown> => client.query(
  'update opt_in_request set expires_at = $3 where customer_no = $1 and channel = any($2::text[]) and confirmed_at is null and expires_at > $3',
  [customerNo, said.filter(({ purpose, granted }) => purpose === 'marketing' && !granted).map(({ channel }) => channel), at]);

function saidBy(choice: Choice): Pick<SaidConsent, 'channel' | 'purpose' | 'granted'>[] {
  if (choice.about === 'channel') return [{ channel: choice.channel, purpose: 'marketing', granted: choice.granted }];
  if (choice.about === 'everything') return consentChannels.map((channel) => ({ channel, purpose: 'marketing', granted: false }));
  return consentChannels.map((channel) => ({ channel, purpose: 'personalisation', granted: choice.granted }));
}

/** By which of the ways that people agree to a run went out. */
async function cameBy(pool: pg.Pool, runNo: number): Promise<ConsentChannel | null> {
  const { rows } = await pool.query<{ channel: ChannelKind }>('select channel from send_run where run_no = $1', [runNo]);
  return rows[0] ? consentOf(rows[0].channel, 'marketing')?.channel ?? null : null;
}
