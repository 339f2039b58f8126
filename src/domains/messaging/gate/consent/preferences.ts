import type pg from 'pg';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type ConsentChannel, consentChannels } from '../../../customers/contract.ts';
import { consentsOf, type SaidConsent } from '../../../customers/public.ts';
import { type ChannelKind, consentOf } from '../../contract.ts';
import type { PreferencesPage } from '../../contract/preferences.ts';
import type { MessageOf, MessagingDoors } from '../../part.ts';
import { createMessageTokens } from '../../sending/tracking/message-tokens.ts';
import type { OptOutTaker } from './opt-out.ts';

/** The wording of the page. A change of what it promises is a new version, so that what was agreed to can be told. */
const textVersion = 'preferences 2026-11';

export type Choice = { about: 'channel'; channel: ConsentChannel; granted: boolean } | { about: 'personalisation'; granted: boolean } | { about: 'everything' };

export interface Preferences {
  open(token: string): Promise<PreferencesPage>;
  choose(token: string, choice: Choice): Promise<PreferencesPage>;
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
export function createPreferences({ platform, customers }: MessagingDoors, told: OptOutTaker): Preferences {
  const { pg: pool, clock, secret } = platform;
  const tokens = createMessageTokens(secret);

  const visitorOf = async (token: string): Promise<Visitor> => {
    const message = tokens.open('preferences', token) ?? tokens.open('unsubscribe', token);
    const person = message && (await customers.recognise({ customerNo: message.customerNo }));
    if (!message || !person) throw new Problem('messaging.preferences_link_ended', { status: 410 });
    return { customerNo: person.customerNo, message, cameBy: await cameBy(pool, message.runNo) };
  };
  const pageOf = async ({ customerNo, cameBy: by }: Visitor): Promise<PreferencesPage> => {
    const states = await consentsOf(platform, customerNo);
    const asked = consentChannels.filter((channel) => channel === by || states.some((state) => state.channel === channel && state.purpose === 'marketing'));
    return {
      brand: (await readBrand(pool)).name,
      cameBy: by,
      channels: asked.map((channel) => ({ channel, granted: states.find((state) => state.channel === channel && state.purpose === 'marketing')?.granted ?? null })),
      isPersonalised: states.every((state) => state.purpose !== 'personalisation' || state.granted),
    };
  };
  const keep = (visitor: Visitor, said: readonly Pick<SaidConsent, 'channel' | 'purpose' | 'granted'>[], source: string): Promise<void> => inTransaction(pool, async (client) => {
    const before = await consentsOf({ pg: pool }, visitor.customerNo);
    // Said once more it is not said anew: a link that is opened by three programs leaves one line.
    const news = said.filter((one) => before.find((state) => state.channel === one.channel && state.purpose === one.purpose)?.granted !== one.granted);
    const at = clock.now();
    await customers.consents.record(client, news.map((one) => ({ ...one, customerNo: visitor.customerNo, at, source, textVersion, evidence: { run: visitor.message.runNo, occasion: visitor.message.occasion }, actor: source })));
    if (news.some((one) => one.purpose === 'marketing' && !one.granted)) await told(client, visitor.message, at);
  });
  return {
    open: async (token) => pageOf(await visitorOf(token)),
    async choose(token, choice) {
      const visitor = await visitorOf(token);
      await keep(visitor, saidBy(choice), 'preference_page');
      return pageOf(visitor);
    },
    async unsubscribe(token) {
      const visitor = await visitorOf(token);
      if (visitor.cameBy) await keep(visitor, [{ channel: visitor.cameBy, purpose: 'marketing', granted: false }], 'one_click');
    },
  };
}

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
