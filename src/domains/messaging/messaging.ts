import type { FastifyInstance } from 'fastify';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AddToDemo } from '../collect/public.ts';
import { createChannels } from './channels/channels.ts';
import { receiptsToGate } from './channels/receipts/to-gate.ts';
import { countMessaging, type MessagingCounts } from './counts.ts';
import { createExperiments } from './experiments/experiments.ts';
import { createGate } from './gate/gate.ts';
import type { Channels, Experiments, Gate, MessagingDoors, MessagingOptions, MessagingPart, Sending, Templates } from './part.ts';
import { registerMessages } from './reports/register.ts';
import { createSending } from './sending/sending.ts';
import type { Sender } from './sending/sender.ts';
import { createTemplates } from './templates/templates.ts';
import { readWaiting } from './waiting.ts';

export interface Messaging {
  routes: Route[];
  channels: Pick<Channels, 'isOpen' | 'isTest' | 'canCarry' | 'priceOf' | 'tells' | 'addressed'>;
  experiments: Experiments;
  templates: Templates;
  /** What domains to the right tell the gate: their programs' names, what may be spent. */
  gate: Pick<Gate, 'registerPrograms' | 'registerBudget' | 'reach'>;
  /** What messages can be sent with. */
  counts(): Promise<MessagingCounts>;
  /** Serves what providers of channels call. */
  receiptsApi(server: FastifyInstance): Promise<void>;
  sending: MessagingPart & Sending & { sender: Sender };
  addToDemo: AddToDemo;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** Everyone reached once, within limits, and why. */
export function createMessaging(platform: Platform, options: MessagingOptions): Messaging {
  const { customers, audiences } = options;
  const doors: MessagingDoors = { platform, say: createSay(), ...options };
  const channels = createChannels(doors);
  const experiments = createExperiments(doors);
  const templates = createTemplates(doors, channels);
  const gate = createGate(doors, experiments, channels);
  channels.onReceipt(receiptsToGate(gate));
  const sending = createSending(doors, { channels, templates, gate });
  registerMessages({ ...doors, gate });
  const parts: MessagingPart[] = [channels, experiments, templates, gate, sending];
  for (const { fields = [], heldData = [], figures = [], timeline = [] } of parts) {
    fields.forEach(audiences.registerField);
    heldData.forEach(customers.registerHeldDataSource);
    figures.forEach(customers.registerFigureSource);
    timeline.forEach(customers.registerTimelineSource);
  }
  options.insights.registerWaiting(() => readWaiting(platform.pg, platform.clock.now()));
  return {
    routes: parts.flatMap(({ routes }) => routes),
    channels,
    experiments,
    templates,
    gate,
    counts: () => countMessaging(platform.pg),
    receiptsApi: channels.receiptsApi,
    sending,
    async addToDemo(client, history) {
      for (const part of parts) await part.demo?.(client, history);
    },
    start: () => parts.forEach((part) => part.start?.()),
    async stop() {
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}
