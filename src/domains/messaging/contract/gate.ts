import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { providerKeys } from './providers/providers.ts';
import { gateRules } from './gate-rules.ts';
import { channelKinds, messagePurposes, reasons, verdicts } from './vocabulary.ts';

const count = z.number().int();
const moment = z.iso.datetime();
/** Whole months before this day were forgotten, as the rules say; null where nothing was yet. */
const keptFrom = z.iso.date().nullable();
const rulesPath = '/api/gate-rules';

const rulesVersion = z.object({ rulesNo: count.nullable(), rules: gateRules, at: moment.nullable(), by: z.string().nullable() });
export type ShownRules = z.output<typeof rulesVersion>;
export const readGateRules = endpoint({ method: 'GET', path: rulesPath, summary: 'What the gate goes by now, who set it and when', access: 'messaging.read', reply: rulesVersion });
export const listGateRules = endpoint({
  method: 'GET', path: `${rulesPath}/history`, summary: 'The last versions of what the gate goes by, the newest first', access: 'messaging.read', reply: z.object({ versions: z.array(rulesVersion) }),
});
export const changeGateRules = endpoint({
  method: 'PUT', path: rulesPath, summary: 'Sets what the gate goes by, as a new version', access: 'messaging.rules',
  /** The version that it was made from: another one in force by now is refused; and why the universal control group is made larger or smaller, where there was one. */
  body: z.object({ rules: gateRules, basedOn: count.nullable(), controlReason: z.string().trim().min(1).max(200).optional() }), reply: rulesVersion,
});

/** How many people a rule touches now; null where counting them would take longer than a page waits. */
const touched = count.nullable();
export const gateTouches = z.object({
  caps: z.array(touched), quiet: z.array(touched), quotas: z.array(z.object({ used: touched, people: touched })),
  universalControl: touched, underAge: touched, unknownAge: touched, excluded: touched, suppressed: touched, computedAt: moment,
});
export type GateTouches = z.output<typeof gateTouches>;
export const tryGateRules = endpoint({
  method: 'POST', path: `${rulesPath}/touches`, summary: 'How many people each of these rules touches now', access: 'messaging.read', body: z.object({ rules: gateRules }), reply: gateTouches,
});

/** One thing that was looked at: the last one that was decided it. */
const check = z.object({ check: z.enum(reasons), held: z.boolean() });
const decision = z.object({
  runNo: count, customerNo: count, occasion: z.string(),
  program: z.object({ kind: z.enum(['campaign', 'journey', 'service', 'test']), no: count, name: z.string().nullable(), path: z.string().nullable() }),
  step: z.string(), runOccasion: z.string(), channel: z.enum(channelKinds), purpose: z.enum(messagePurposes),
  arm: z.string().nullable(), isControl: z.boolean(),
  verdict: z.enum(verdicts), reason: z.enum(reasons), decidedAt: moment, nextAt: moment.nullable(), rulesNo: count.nullable(),
  checks: z.array(check),
  /** What the reason alone does not tell: the cap, the program that won, what would have held back somebody of a control group. */
  details: z.record(z.string(), z.unknown()).nullable(),
  /** What became of it; null where nothing went on its way. */
  delivery: z.object({ state: z.string(), handedAt: moment.nullable(), attempts: count, answer: z.string().nullable(), cost: z.string().nullable(),
    /** By which account, where it is still there. */
    account: z.object({ name: z.string(), provider: z.enum(providerKeys) }).nullable() }).nullable(),
});
export type LedgerDecision = z.output<typeof decision>;
export const listDecisions = endpoint({
  method: 'GET', path: '/api/customers/:customerNo/decisions', summary: 'Every program that considered a person, and what was decided', access: 'messaging.read',
  params: z.object({ customerNo: z.coerce.number().int().min(1).max(2_147_483_647) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30), before: z.string().max(160).optional() }),
  reply: z.object({ decisions: z.array(decision), next: z.string().nullable(), keptFrom, computedAt: moment }),
});

/** Whom of the last days is meant: all that were held back, or those by a reason, a run or a channel. */
const heldBy = { days: z.coerce.number().int().min(1).max(31).default(7), reason: z.enum(reasons).optional(), runNo: z.coerce.number().int().min(1).max(2_147_483_647).optional(), channel: z.enum(channelKinds).optional() };
const heldRow = z.object({
  runNo: count, program: decision.shape.program, channel: z.enum(channelKinds), verdict: z.enum(verdicts), reason: z.enum(reasons), decisions: count,
});
export type HeldRow = z.output<typeof heldRow>;
export const readHeldBack = endpoint({
  method: 'GET', path: '/api/held-back', summary: 'Who was held back by what in the last days, counted by run and reason', access: 'messaging.read',
  query: z.object(heldBy),
  reply: z.object({ rows: z.array(heldRow), days: z.array(z.object({ day: z.string(), reason: z.enum(reasons), decisions: count })), from: z.string(), until: z.string(), keptMonths: count, keptFrom, countedAt: moment.nullable() }),
});
export const listHeldBack = endpoint({
  method: 'GET', path: '/api/held-back/people', summary: 'People who were held back in the last days', access: 'messaging.read',
  query: z.object({ ...heldBy, after: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  reply: z.object({ people: z.array(z.object({ customerNo: count, name: z.string().nullable(), runNo: count, reason: z.enum(reasons), decidedAt: moment, nextAt: moment.nullable() })), next: z.string().nullable() }),
});
export const keepHeldBack = endpoint({
  method: 'POST', path: '/api/held-back/audience', summary: 'Keeps the people who were held back as an audience', access: 'audiences.edit',
  body: z.object({ ...heldBy, name: z.string().trim().min(1).max(80) }), reply: z.object({ audienceId: count }), status: 201,
});
