import type { ProviderKey } from '../../contract/providers/providers.ts';
import type { Provider } from './adapter.ts';
import { alisms } from './alisms.ts';
import { apns } from './apns.ts';
import { directmail } from './directmail.ts';
import { fcm } from './fcm.ts';
import { getui } from './getui.ts';
import { ses } from './ses.ts';
import { smtp } from './smtp.ts';
import { tencentsms } from './tencentsms.ts';
import { twilio } from './twilio.ts';
import { webhook } from './webhook.ts';
import { webpush } from './webpush.ts';
import { wechat } from './wechat.ts';
import { wecom } from './wecom.ts';

const byKey: Record<ProviderKey, Provider> = { smtp, ses, directmail, alisms, tencentsms, twilio, wechat, wecom, fcm, apns, getui, webpush, webhook };

/** The provider of a key. */
export const providerOf = (key: ProviderKey): Provider => byKey[key];
