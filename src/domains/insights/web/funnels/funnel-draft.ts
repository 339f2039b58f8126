import type { FunnelDefinition, FunnelSplit, FunnelStep } from '../../contract.ts';

/** A step on the screen: it keeps its id wherever it is moved to. */
export interface DraftStep {
  id: string;
  step: FunnelStep;
}

/** A funnel being edited; it may still lack what it needs. */
export interface FunnelDraft {
  steps: DraftStep[];
  window: FunnelDefinition['window'];
  order: FunnelDefinition['order'];
}

let lastId = 0;
export const draftStep = (step: FunnelStep): DraftStep => ({ id: `step-${++lastId}`, step });

export const eventStep = (name: string): FunnelStep => ({ name: '', facts: { fact: 'event', name, where: [] }, which: 'any' });
export const orderStep = (which: FunnelStep['which'] = 'any'): FunnelStep => ({ name: '', facts: { fact: 'order', of: 'sale', where: [] }, which });

export const draftOf = ({ steps, window, order }: FunnelDefinition): FunnelDraft => ({ steps: steps.map(draftStep), window, order });
export const definitionOf = ({ steps, window, order }: FunnelDraft): FunnelDefinition => ({ steps: steps.map(({ step }) => step), window, order });

/** Funnels to begin with. `visit` begins with whatever opens a visit where pages are tracked. */
export const funnelTemplates = {
  shopping: { steps: [eventStep('Product Viewed'), eventStep('Product Added'), orderStep()], window: { of: 'whole', amount: 1, unit: 'day' }, order: 'loose' },
  checkout: { steps: [eventStep('Product Viewed'), eventStep('Product Added'), eventStep('Checkout Started'), orderStep()], window: { of: 'each', amount: 1, unit: 'hour' }, order: 'loose' },
  second: { steps: [orderStep('first'), orderStep()], window: { of: 'whole', amount: 90, unit: 'day' }, order: 'loose' },
  returned: { steps: [orderStep(), { name: '', facts: { fact: 'order', of: 'refund', where: [] }, which: 'any' }, orderStep()], window: { of: 'whole', amount: 60, unit: 'day' }, order: 'loose' },
} as const satisfies Record<string, FunnelDefinition>;
export type FunnelTemplate = keyof typeof funnelTemplates;

/** Ways to divide people that need no further choice. */
export const plainSplits = ['none', 'channel', 'newness', 'first_channel', 'province', 'gender'] as const satisfies FunnelSplit['by'][];
