import { describe, expect, it } from 'vitest';
import { factNames, messageFact, type FactKind, type MessageFact } from './message-facts.ts';
import { toldBits } from './told-bits.ts';

const run = {
  runNo: 7,
  programKind: 'campaign' as const,
  programNo: 12,
  step: 'first',
  channel: 'email' as const,
  category: 'spring',
  arms: [
    { key: 'control', isControl: true, templateNo: null, templateVersion: null },
    { key: 'a', isControl: false, templateNo: 3, templateVersion: 2 },
  ],
};
const fact = (given: Partial<MessageFact> = {}): MessageFact => ({
  kind: 'clicked',
  message: { runNo: 7, customerNo: 5, occasion: '' },
  arm: 1,
  at: new Date('2026-06-18T04:00:00Z'),
  ...given,
});
const idOf = (given: Partial<MessageFact> = {}): string => messageFact(run, fact(given)).eventId;

describe('the fact of a message', () => {
  it('says what it was of, and nothing that is personal', () => {
    expect(messageFact(run, fact({ about: { link: 0 } }))).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      customerNo: 5,
      name: 'Message Clicked',
      occurredAtMs: Date.parse('2026-06-18T04:00:00Z'),
      properties: {
        program: 'campaign 12',
        step: 'first',
        run: 7,
        arm: 'a',
        channel: 'email',
        category: 'spring',
        template: 3,
        template_version: 2,
        link: 0,
      },
      channel: '',
      source: 'messaging',
    });
  });

  it('has the same id however often it is told, and whenever', () => {
    expect(idOf()).toBe(idOf({ at: new Date(0) }));
  });

  it('has another id for another person, occasion, kind or link', () => {
    const ids = [
      idOf(),
      idOf({ message: { runNo: 7, customerNo: 6, occasion: '' } }),
      idOf({ message: { runNo: 7, customerNo: 5, occasion: 'order 1' } }),
      idOf({ kind: 'opened' }),
      idOf({ kind: 'opened', about: { machine: true } }),
      idOf({ about: { link: 0 } }),
      idOf({ about: { link: 1 } }),
      ...(Object.keys(factNames) as FactKind[]).filter((kind) => !['clicked', 'opened'].includes(kind)).map((kind) => idOf({ kind })),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of somebody without a template says no template', () => {
    expect(messageFact(run, fact({ arm: 0 })).properties).not.toHaveProperty('template');
  });
});

describe('bits of what was told', () => {
  it('are one each', () => {
    const bits = Object.values(toldBits);
    expect(bits.every((bit) => (bit & (bit - 1)) === 0)).toBe(true);
    expect(new Set(bits).size).toBe(bits.length);
  });
});
