import type { ProviderKey } from '../../../contract/providers/providers.ts';
import type { Hear } from '../heard.ts';
import { hearAlisms } from './alisms.ts';
import { hearDirectmail } from './directmail.ts';
import { hearSes } from './ses.ts';
import { hearMail } from './smtp.ts';
import { hearTencentsms } from './tencentsms.ts';
import { hearTwilio } from './twilio.ts';
import { hearWechat } from './wechat.ts';

const byProvider: Partial<Record<ProviderKey, Hear>> = { ses: hearSes, directmail: hearDirectmail, alisms: hearAlisms, tencentsms: hearTencentsms, twilio: hearTwilio, wechat: hearWechat, smtp: hearMail };

/** What reads a provider's receipts; undefined where it tells of nothing. */
export const hearOf = (provider: ProviderKey): Hear | undefined => byProvider[provider];
