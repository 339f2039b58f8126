import { uuid } from './aliases.ts';
import { channels, type DemoChannel, miniProgram, web } from './channels.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { DemoEvent, DemoOrder, DemoTruth } from './records.ts';
import { poisson } from './samplers.ts';
import {
  browsingSteps,
  completedStep,
  refundedStep,
  shoppingSteps,
  signedUpSteps,
  type Step,
} from './visit-steps.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
/** Visits without an order per day of the brand's clock: some, and more of those who buy more. */
const visitsPerDay = 0.01;
const visitsPerOrder = 0.6;

const tracked = new Set(channels.filter((channel) => channel.tracked).map(({ name }) => name));

/**
 * What a customer's device did on the tracked channels, in time order; nothing for a customer
 * without one. Before the sign-up the visitor is anonymous.
 */
export function eventsOf(
  world: World,
  person: Person,
  orders: DemoOrder[],
  truth: DemoTruth,
): DemoEvent[] {
  const { customer, channel: home, aliases } = person;
  const { deviceId } = aliases;
  if (deviceId === null) return [];
  const random = world.random(customer.index, 'visit');
  const channel = browsingChannel(random, home);
  const events: DemoEvent[] = [];
  const at = (occurredAtMs: number, where: string, step: Step) => {
    if (occurredAtMs >= world.endMs) return;
    events.push({
      messageId: uuid(random),
      customerIndex: customer.index,
      deviceId,
      identified: occurredAtMs >= customer.registeredAtMs,
      occurredAtMs,
      kind: step.kind,
      name: step.name,
      channel: where,
      properties: step.properties,
    });
  };
  const visit = (startMs: number, endMs: number, where: string, steps: Step[]) => {
    const stepMs = (endMs - startMs) / steps.length;
    steps.forEach((step, nth) => at(startMs + Math.floor(nth * stepMs), where, step));
  };
  const look = (startMs: number, endMs: number) => visit(startMs, endMs, channel, browsingSteps(random));

  for (const startMs of anonymousVisits(random, customer.firstSeenAtMs, customer.registeredAtMs)) {
    look(startMs, Math.min(startMs + 5 * minuteMs, customer.registeredAtMs));
  }
  if (home.tracked) {
    for (const step of signedUpSteps(home.name)) at(customer.registeredAtMs, channel, step);
  }
  for (const startMs of laterVisits(world, random, customer.registeredAtMs, truth)) {
    look(startMs, startMs + 6 * minuteMs);
  }
  for (const order of orders.filter((made) => tracked.has(made.channel))) {
    const beforeMs = (3 + random.below(18)) * minuteMs;
    const startMs = Math.max(order.occurredAtMs - beforeMs, customer.registeredAtMs);
    visit(startMs, order.occurredAtMs, order.channel, shoppingSteps(random, order));
    at(order.occurredAtMs, order.channel, completedStep(order));
    for (const refund of order.refunds) {
      at(refund.occurredAtMs, order.channel, refundedStep(order, refund));
    }
  }
  return events.sort((a, b) => a.occurredAtMs - b.occurredAtMs);
}

/** Where a device looks round: where its owner came from, else mostly on the phone. */
function browsingChannel(random: Random, home: DemoChannel): string {
  const phone = random.chance(0.85);
  return home.tracked ? home.name : (phone ? miniProgram : web).name;
}

/** The first sight and perhaps more visits until the sign-up; none when both are the same. */
function anonymousVisits(random: Random, firstSeenAtMs: number, registeredAtMs: number): number[] {
  const lookingMs = registeredAtMs - firstSeenAtMs;
  if (lookingMs === 0) return [];
  const more = Array.from({ length: poisson(random, 0.8) }, () => random.below(lookingMs));
  return [0, ...more].map((afterMs) => firstSeenAtMs + afterMs);
}

/** Visits without an order, while the customer is active. */
function laterVisits(
  world: World,
  random: Random,
  registeredAtMs: number,
  truth: DemoTruth,
): number[] {
  const from = world.trade.positionOf(registeredAtMs);
  const days = Math.min(truth.activeUntil, world.trade.days) - from;
  const visits = poisson(random, days * (visitsPerDay + visitsPerOrder * truth.purchaseRate));
  return Array.from({ length: visits }, () =>
    Math.max(world.trade.momentAt(from + random.unit() * days), registeredAtMs),
  );
}
