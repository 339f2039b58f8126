import { type Aliases, aliasesOf } from './aliases.ts';
import { channelMix, channels, type DemoChannel, store } from './channels.ts';
import { drawName } from './names.ts';
import type { DemoCustomer } from './records.ts';
import { regionChoice, regions } from './regions.ts';
import { exponential, normal } from './samplers.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

/** Share of accounts that are a second account of the person numbered just before. */
export const duplicateShare = 0.015;
const memberShare = 0.56;
/** Share of those who came to a tracked channel and looked round before they signed up. */
const anonymousFirstShare = 0.35;

/** A person, whichever account they use. */
interface Identity {
  name: string;
  spelling: string;
  gender: DemoCustomer['gender'];
  birthday: string | null;
  province: string;
  city: string;
}

/** A customer with what the generator needs to let them act. */
export interface Person {
  customer: DemoCustomer;
  channel: DemoChannel;
  aliases: Aliases;
}

/** The customer with this number; depends on the world and the number only. */
export function personOf(world: World, index: number): Person {
  const duplicateOf = twinOf(world, index);
  const identity = identityOf(world, duplicateOf ?? index);
  const random = world.random(index, 'account');
  const firstSeenAtMs = world.arrivals.momentAt(random.unit() * world.arrivals.days);
  const channel = channels[channelMix(world.partOf(firstSeenAtMs)).draw(random)];
  const rest = world.endMs - firstSeenAtMs;
  const looksRound = channel.tracked && random.chance(anonymousFirstShare);
  const lookingMs = looksRound ? Math.min(exponential(random, 1 / (4 * dayMs)), rest / 2) : 0;
  const registeredAtMs = firstSeenAtMs + Math.floor(lookingMs);
  const memberSinceMs = memberSince(world, channel, registeredAtMs, random.unit(), random.unit());
  const campaign = campaignOf(world, firstSeenAtMs, random.unit());
  const aliases = aliasesOf(world, index, {
    channel,
    spelling: identity.spelling,
    member: memberSinceMs !== null,
  });
  return {
    channel,
    aliases,
    customer: {
      index,
      externalId: aliases.externalId,
      name: identity.name,
      gender: identity.gender,
      birthday: identity.birthday,
      province: identity.province,
      city: identity.city,
      channel: channel.name,
      campaign,
      identifiers: aliases.identifiers,
      firstSeenAtMs,
      registeredAtMs,
      memberSinceMs,
      duplicateOf,
    },
  };
}

/** Only odd accounts are second ones, so that the first one is never a second one itself. */
function twinOf(world: World, index: number): number | null {
  if (index % 2 === 0) return null;
  return world.random(index, 'twin').chance(2 * duplicateShare) ? index - 1 : null;
}

function identityOf(world: World, index: number): Identity {
  const random = world.random(index, 'identity');
  const female = random.chance(0.63);
  const { name, spelling } = drawName(random, female);
  const age = Math.min(Math.max(Math.round(34 + 9 * normal(random)), 18), 72);
  const born = new Date(world.endMs - (age * 365.25 + random.below(365)) * dayMs);
  const [province, , cities] = regions[regionChoice.draw(random)];
  return {
    name,
    spelling,
    gender: random.chance(0.07) ? null : female ? 'female' : 'male',
    birthday: random.chance(0.28) ? null : born.toISOString().slice(0, 10),
    province,
    city: cities[Math.floor(random.unit() ** 1.6 * cities.length)],
  };
}

/** Half of the members join as they sign up, in a store nearly all; the others weeks later. */
function memberSince(
  world: World,
  channel: DemoChannel,
  registeredAtMs: number,
  willing: number,
  haste: number,
): number | null {
  if (willing > memberShare) return null;
  const atOnce = channel === store ? 0.95 : 0.5;
  const delayDays = haste < atOnce ? 0 : -20 * Math.log((1 - haste) / (1 - atOnce));
  const joinedAtMs = registeredAtMs + Math.floor(delayDays * dayMs);
  return joinedAtMs < world.endMs ? joinedAtMs : null;
}

function campaignOf(world: World, firstSeenAtMs: number, draw: number): string | null {
  const { promotion } = world.seasonOf(firstSeenAtMs);
  if (promotion) return draw < 0.55 ? `${promotion}拉新` : null;
  if (draw < 0.08) return '老友邀请有礼';
  return draw < 0.14 ? '达人种草' : null;
}
