import { hash } from 'node:crypto';
import type { ToldEvent } from '../../../collect/public.ts';
import type { MessageOf, ToldKind } from '../../part.ts';
import type { Run } from '../runs/run.ts';

export type FactKind = ToldKind | 'sent';

/** What the events of messages are called in the facts, by which audiences, timelines and funnels know them. */
export const factNames: Record<FactKind, string> = {
  sent: 'Message Sent', delivered: 'Message Delivered', opened: 'Message Opened', clicked: 'Message Clicked', bounced: 'Message Bounced',
  complained: 'Message Complained', unsubscribed: 'Message Unsubscribed', replied: 'Message Replied',
};

/** Something that became of a message. */
export interface MessageFact {
  kind: FactKind;
  message: MessageOf;
  arm: number;
  at: Date;
  /** Of a click: the place of the link; of an opening by a program: that it was one. */
  about?: Record<string, string | number | boolean>;
}

const source = 'messaging';

/** The event of it: its id is a function of the message and of what happened, so that it is the same however often it is told. */
export function messageFact(run: Pick<Run, 'runNo' | 'programKind' | 'programNo' | 'step' | 'channel' | 'category' | 'arms'>, { kind, message, arm, at, about = {} }: MessageFact): ToldEvent {
  const { customerNo, occasion } = message;
  const { key, templateNo, templateVersion } = run.arms[arm];
  const { programKind, programNo, step, channel, category, runNo } = run;
  return {
    eventId: hash('sha256', ['message', kind, runNo, customerNo, occasion, JSON.stringify(about)].join('\0'), 'hex').slice(0, 32),
    customerNo,
    name: factNames[kind],
    occurredAtMs: at.getTime(),
    properties: {
      program: `${programKind} ${programNo}`, step, run: runNo, arm: key, channel, category,
      ...(templateNo !== null && { template: templateNo, template_version: templateVersion }), ...about,
    },
    channel: '',
    source,
  };
}
