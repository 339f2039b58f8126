import { type DemoChannel, miniProgram, tmall, web } from './channels.ts';
import type { Random } from './random.ts';
import type { DemoIdentifier } from './records.ts';
import type { World } from './world.ts';

/** The highest number of customers whose phones are all different. */
export const maxCustomers = 100_000_000;

/** The names under which one account is known. */
export interface Aliases {
  externalId: string;
  phone: string | null;
  email: string | null;
  unionId: string | null;
  /** The anonymous id of the browser or phone that our own front ends see. */
  deviceId: string | null;
  identifiers: DemoIdentifier[];
}

interface Holder {
  channel: DemoChannel;
  /** The surname in Latin letters. */
  spelling: string;
  member: boolean;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const mailDomains = ['example.com', 'example.net', 'example.org'];

/** The aliases of the account with this number, unique without looking at the other accounts. */
export function aliasesOf(world: World, index: number, holder: Holder): Aliases {
  const random = world.random(index, 'alias');
  const { channel } = holder;
  const number = String(index).padStart(8, '0');
  const externalId = `CQ${number}`;
  const phone = random.chance(0.91) ? phoneOf(index) : null;
  const hasMail = random.chance(channel === web ? 0.85 : 0.27);
  const email = hasMail
    ? `${holder.spelling}.${index.toString(36)}@${random.pick(mailDomains)}`
    : null;
  const unionId =
    channel === miniProgram || random.chance(0.38) ? `oU${token(random, 26)}` : null;
  const deviceId = channel.tracked || random.chance(0.4) ? uuid(random) : null;
  const identifiers: DemoIdentifier[] = [{ kind: 'external_id', namespace: '', value: externalId }];
  const add = (kind: DemoIdentifier['kind'], namespace: string, value: string) =>
    identifiers.push({ kind, namespace, value });
  if (channel === tmall) add('external_id', 'tmall', `tb${token(random, 10)}`);
  if (phone) add('phone', '', phone);
  if (email) add('email', '', email);
  if (unionId) add('unionid', '', unionId);
  if (unionId) add('openid', 'mini-program', `oM${token(random, 26)}`);
  if (unionId && random.chance(0.5)) add('openid', 'official-account', `oA${token(random, 26)}`);
  if (holder.member) add('member_no', '', `88${scatter(index, 3_141_593)}`);
  if (deviceId) add('device', '', deviceId);
  return { externalId, phone, email, unionId, deviceId, identifiers };
}

/** All bytes in hex: looking them up is several times faster than printing the number. */
const byteHex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const low = (word: number) => byteHex[(word >>> 8) & 255] + byteHex[word & 255];
const high = (word: number) => byteHex[word >>> 24] + byteHex[(word >>> 16) & 255];

/** A random UUID in the form of version 4. */
export function uuid(random: Random): string {
  const a = random.word();
  const b = (random.word() & 0xffff0fff) | 0x4000;
  const c = (random.word() & 0x3fffffff) | 0x80000000;
  const d = random.word();
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`;
}

/**
 * A mobile number of the right form that belongs to nobody: 154 and 194 are not allotted to an
 * operator (libphonenumber's metadata of China has no mobile number that begins so).
 */
const phoneOf = (index: number) => (index % 2 === 0 ? '154' : '194') + scatter(index, 7_654_321);

/** Eight digits, others for each number below `maxCustomers`, as the step shares no factor with it. */
const scatter = (index: number, step: number) =>
  String((index * step + 20_240_618) % maxCustomers).padStart(8, '0');

function token(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += letters[random.below(letters.length)];
  return text;
}
