import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, plainPageQuery, sortOf } from '../../../kernel/page.ts';
import { programKey } from '../../../kernel/program.ts';
import { lanes } from './kinds/programs.ts';
import { planParams, stageKeys } from './plans.ts';

/** What money is for. */
export const budgetPurposes = ['media', 'messages', 'gifts', 'discounts', 'content', 'events', 'systems', 'people', 'other'] as const;
export type BudgetPurpose = (typeof budgetPurposes)[number];
/** When a line is used up: nothing more is let through, or it is and is said, or it is. From the strictest on. */
export const overCaps = ['stop', 'warn', 'ignore'] as const;
export const budgetLimits = { lines: 2_000 } as const;

const count = z.number().int();
const number = count.min(1).max(2_147_483_647);
const amount = (least: bigint, said: string) => z.string().max(40).refine((text) => (parseDecimal(text) ?? -1n) >= least, { params: { said } });
const cap = amount(0n, 'not_an_amount');
const positive = amount(1n, 'not_above_zero');
export const budgetMonth = z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const reason = z.string().trim().min(1).max(500);
const short = z.string().trim().max(40).default('');

const lineShape = {
  name: z.string().trim().min(1).max(80),
  /** The way of spending, as the team calls it. */
  channel: short,
  purpose: z.enum(budgetPurposes),
  stage: z.enum(stageKeys).nullable().default(null),
  lane: z.enum(lanes).nullable().default(null),
  costCentre: short,
  fromMonth: budgetMonth,
  untilMonth: budgetMonth,
};
/** A line as it is wished for: what it may spend is in force once a second person approved it. */
export const budgetLineDefinition = z.object({ ...lineShape, cap, overCap: z.enum(overCaps).default('stop') })
  .refine(({ fromMonth, untilMonth }) => fromMonth <= untilMonth, { path: ['untilMonth'], params: { said: 'before_start' } });
export type BudgetLineDefinition = z.output<typeof budgetLineDefinition>;

/** In the brand's money; an estimate with the interval a repetition would meet in 95 of 100 cases. */
const returned = z.object({ difference: z.number(), low: z.number().nullable(), high: z.number().nullable() });
const amounts = { reserved: z.string(), committed: z.string(), spent: z.string() };
const change = z.object({
  changeNo: count, lineNo: count, lineName: z.string(), cap: z.string(), overCap: z.enum(overCaps), capBefore: z.string(), overCapBefore: z.enum(overCaps),
  reason: z.string(), askedAt: z.iso.datetime(), askedBy: z.string(),
  /** Whether whoever reads is a second person who may approve. */
  mayDecide: z.boolean(),
});
export type BudgetChange = z.output<typeof change>;
const line = z.object({
  lineNo: count, version: count, ...lineShape, cap: z.string(), overCap: z.enum(overCaps), ...amounts,
  /** What is left; below zero where more went through than the cap. */
  free: z.string(),
  /** By the end of the year or of the line, whichever is first. */
  forecast: z.string(),
  /** Measured lift of programs in revenue, each by the part of its money that came from here. */
  returned: returned.nullable(),
  programs: z.array(z.string()),
  isClosed: z.boolean(),
  /** Its months are over. */
  isOver: z.boolean(),
  /** Its cap is what the plan's positions cost in its months, and follows them. */
  isFromPositions: z.boolean(),
  /** A change that waits for its approval. */
  openChangeNo: count.nullable(),
  /** The cap that change asks for. */
  askedCap: z.string().nullable(),
});
export type BudgetLine = z.output<typeof line>;

export const groupings = ['month', 'stage', 'lane', 'purpose', 'channel', 'costCentre'] as const;
/** Each with what it groups: a month, a key; empty where a line says nothing. */
const group = z.object({ key: z.string(), planned: z.string(), ...amounts });
export type BudgetGroup = z.output<typeof group>;

const budgetPath = '/api/plans/:planNo/budget';
const year = z.coerce.number().int().min(1900).max(2199);
const lineParams = planParams.extend({ lineNo: z.coerce.number().int().min(1).max(2_147_483_647) });

/** What programs have cost so far that no line says, of all years: of the largest, what each has, and of that what was redeemed. */
const unbooked = z.object({ count, amount: z.string(), programs: z.array(z.object({ program: programKey, name: z.string(), path: z.string(), amount: z.string(), spent: z.string() })) });
export type Unbooked = z.output<typeof unbooked>;

/** Heads of positions, and how many of them somebody fills, in the newest month that is not to come; what those that nobody filled would have cost in months that are over. */
const vacant = z.object({ heads: z.string(), filled: z.string(), amount: z.string(), isNobody: z.boolean() });
export type Vacant = z.output<typeof vacant>;

export const readBudget = endpoint({
  method: 'GET', path: budgetPath, summary: 'The budget of a year: planned, reserved, committed, spent, expected and returned, and where it goes', access: 'planning.read', params: planParams, query: z.object({ year: year.optional() }),
  reply: z.object({
    year: count, years: z.array(count), currency, planned: z.string(), ...amounts, free: z.string(), forecast: z.string(), returned: returned.nullable(),
    groups: z.record(z.enum(groupings), z.array(group)),
    /** How many changes wait for a second person; the version that is in force. */
    waiting: count, versionNo: count, lines: count,
    /** Lines of which nine tenths and more are used or expected to be. */
    nearCap: z.array(z.object({ lineNo: count, name: z.string(), share: z.number(), isOver: z.boolean() })),
    /** Nothing of a plan that is not the current one. */
    unbooked,
    /** What people cost is left out for those who may not see it. */
    isWithoutPeople: z.boolean(),
    /** Whether what people cost is taken from positions. */
    hasPeopleLine: z.boolean(),
    /** Lines that say what people cost beside that: it may count twice. */
    otherPeopleLines: z.array(z.string()),
    vacant: vacant.nullable(), computedAt: z.iso.datetime(),
  }),
});
export const listBudgetLines = endpoint({
  method: 'GET', path: `${budgetPath}/lines`, summary: 'Lines of the budget', access: 'planning.read', params: planParams,
  query: pageQuery.extend({
    sort: sortOf('name', 'cap', 'reserved', 'committed', 'spent', 'fromMonth'), year: year.optional(), purpose: z.enum(budgetPurposes).optional(), stage: z.enum(stageKeys).optional(), lane: z.enum(lanes).optional(),
    state: z.enum(['open', 'closed']).default('open'),
  }),
  reply: pageOf(line),
});
export const readBudgetLine = endpoint({
  method: 'GET', path: `${budgetPath}/lines/:lineNo`, summary: 'A line of the budget, and what each program holds of it', access: 'planning.read', params: lineParams,
  reply: z.object({ line, claims: z.array(z.object({ program: z.string(), ...amounts })), vacant: vacant.nullable(), currency, computedAt: z.iso.datetime() }),
});
export const createBudgetLine = endpoint({ method: 'POST', path: `${budgetPath}/lines`, summary: 'Adds a line; it may spend nothing before a second person approved it', access: 'planning.budget', params: planParams, body: budgetLineDefinition, reply: line, status: 201 });
export const addPeopleBudget = endpoint({
  method: 'POST', path: `${budgetPath}/people`, summary: 'Adds the line of what people cost in a year, taken from the positions of the plan; takes the permission for people too', access: 'planning.budget', params: planParams,
  body: z.object({ year: z.number().int().min(1900).max(2199) }), reply: line, status: 201,
});
export const changeBudgetLine = endpoint({
  method: 'PATCH', path: `${budgetPath}/lines/:lineNo`, summary: 'Changes what a line is called and what it is for', access: 'planning.budget', params: lineParams,
  body: z.object({ ...lineShape, version: count }).refine(({ fromMonth, untilMonth }) => fromMonth <= untilMonth, { path: ['untilMonth'], params: { said: 'before_start' } }), reply: line,
});
export const closeBudgetLine = endpoint({ method: 'POST', path: `${budgetPath}/lines/:lineNo/closing`, summary: 'Closes a line that holds nothing any more, with a reason', access: 'planning.budget', params: lineParams, body: z.object({ reason }), reply: line });
export const askBudgetChange = endpoint({
  method: 'POST', path: `${budgetPath}/lines/:lineNo/changes`, summary: 'Asks for another cap, or for another end of it; what is stricter is in force at once', access: 'planning.budget', params: lineParams,
  body: z.object({ cap, overCap: z.enum(overCaps), reason }), reply: z.object({ changeNo: count, isInForce: z.boolean() }), status: 201,
});
export const listBudgetChanges = endpoint({ method: 'GET', path: `${budgetPath}/changes`, summary: 'Changes of caps that wait for a second person', access: 'planning.read', params: planParams, query: plainPageQuery.omit({ q: true }), reply: pageOf(change) });
export const decideBudgetChanges = endpoint({
  method: 'POST', path: `${budgetPath}/decisions`, summary: 'A second person approves changes of caps, which makes a version of the budget, or refuses them with a reason', access: 'planning.approve', params: planParams,
  body: z.object({ changeNos: z.array(number).min(1).max(budgetLimits.lines), isApproved: z.boolean(), reason: z.string().trim().max(500).default('') }).refine(({ isApproved, reason: why }) => isApproved || why !== '', { path: ['reason'] }),
  reply: z.object({ versionNo: count.nullable() }),
});
export const listBudgetVersions = endpoint({
  method: 'GET', path: `${budgetPath}/versions`, summary: 'The budget as it was each time it was approved', access: 'planning.read', params: planParams, query: plainPageQuery.omit({ q: true }),
  reply: pageOf(z.object({ versionNo: count, lines: count, total: z.string(), totalBefore: z.string(), changed: z.array(z.object({ name: z.string(), cap: z.string(), capBefore: z.string().nullable() })), approvedAt: z.iso.datetime(), approvedBy: z.string() })),
});

const versionParams = planParams.extend({ versionNo: z.coerce.number().int().min(1).max(2_147_483_647) });
/** A line in two versions; null where it was not open in one of them. */
const versionChange = z.object({
  lineNo: count, name: z.string(), cap: z.string().nullable(), capBefore: z.string().nullable(), overCap: z.enum(overCaps).nullable(), overCapBefore: z.enum(overCaps).nullable(),
  /** Who asked for it and why; empty where it changed by being closed. */
  askedBy: z.string(), reason: z.string(),
});
export type BudgetVersionChange = z.output<typeof versionChange>;
export const listBudgetVersionChanges = endpoint({
  method: 'GET', path: `${budgetPath}/versions/:versionNo/changes`, summary: 'What is otherwise in a version of the budget than in an earlier one, the one before where none is said', access: 'planning.read', params: versionParams,
  query: plainPageQuery.omit({ q: true }).extend({ since: z.coerce.number().int().min(0).max(2_147_483_647).optional() }), reply: pageOf(versionChange),
});

export const handKinds = ['reserve', 'commit', 'spend', 'release'] as const;
export const entryKinds = [...handKinds, 'lapse', 'return', 'cap', 'close'] as const;
const entry = z.object({
  key: z.string(), at: z.iso.datetime(), by: z.string(), kind: z.enum(entryKinds), program: z.string(), amount: z.string(), ...amounts, isOver: z.boolean(),
  /** The invoice it came by; why it was done by hand, a cap changed or the line closed. */
  note: z.string(),
  /** Of an invoice that may be taken back: its number here. */
  invoiceNo: count.nullable(),
  /** Of an invoice that was taken back. */
  isTakenBack: z.boolean(),
});
export type BudgetEntry = z.output<typeof entry>;
export const listBudgetEntries = endpoint({
  method: 'GET', path: `${budgetPath}/lines/:lineNo/entries`, summary: 'Everything that was done to a line, newest first', access: 'planning.read', params: lineParams, query: plainPageQuery.omit({ q: true }), reply: pageOf(entry),
});
const key = z.string().trim().min(1).max(100);
export const orderBudget = endpoint({
  method: 'POST', path: `${budgetPath}/lines/:lineNo/orders`, summary: 'Reserves, commits, spends or releases for a program by hand, once for a key, with a reason; a release without an amount is of all it holds', access: 'planning.budget', params: lineParams,
  body: z.object({ key, program: programKey, kind: z.enum(handKinds), amount: positive.nullable(), reason }).refine(({ kind, amount: said }) => said !== null || kind === 'release', { path: ['amount'] }),
  reply: z.object({ entryNo: count, isOver: z.boolean() }), status: 201,
});
export const enterBudgetInvoice = endpoint({
  method: 'POST', path: `${budgetPath}/lines/:lineNo/invoices`, summary: 'Types in an invoice, with where it came from; it is spent', access: 'planning.budget', params: lineParams,
  body: z.object({
    program: programKey.nullable(), supplier: z.string().trim().min(1).max(80), number: z.string().trim().min(1).max(60), invoicedOn: daySchema, amount: positive, currency, note: z.string().trim().max(500).default(''),
    /** Whether nothing more will come: what the program still holds of the line is released. */
    isLast: z.boolean().default(false),
  }),
  reply: z.object({ entryNo: count, isOver: z.boolean() }), status: 201,
});

export const takeBackBudgetInvoice = endpoint({
  method: 'POST', path: `${budgetPath}/lines/:lineNo/invoices/:invoiceNo/reversal`, summary: 'Takes back an invoice that was typed in wrongly; what it took is as it was, and its number can be entered again', access: 'planning.budget',
  params: lineParams.extend({ invoiceNo: z.coerce.number().int().min(1).max(2_147_483_647) }), body: z.object({ reason }), reply: z.object({ entryNo: count }), status: 201,
});

const cellProblem = z.object({ cell: z.string(), text: z.string() });
export const budgetColumns = ['name', 'channel', 'purpose', 'stage', 'lane', 'costCentre', 'fromMonth', 'untilMonth', 'cap', 'overCap'] as const;
/** `changed`: what it says otherwise of a line that is there. */
const previewed = z.object({ row: count, definition: budgetLineDefinition, lineNo: count.nullable(), nameBefore: z.string().nullable(), capBefore: z.string().nullable(), changed: z.array(z.enum(budgetColumns)) });
/** Bytes of the workbook as base64. */
const workbook = z.object({ workbook: z.base64().max(4_000_000) });
export const exportBudget = endpoint({ method: 'GET', path: `${budgetPath}/workbook`, summary: 'The budget as a workbook', access: 'planning.read', params: planParams, query: z.object({ year: year.optional() }), reply: z.string(), raw: true });
export const previewBudgetWorkbook = endpoint({
  method: 'POST', path: `${budgetPath}/workbook/preview`, summary: 'What a workbook would change, and what is wrong with it, cell by cell; nothing is written', access: 'planning.budget', params: planParams, body: workbook, bodyLimitBytes: 5_000_000,
  /** `absent`: names of open lines that it does not have; they stay as they are. */
  reply: z.object({ rows: z.array(previewed), unchanged: count, absent: z.array(z.string()), problems: z.array(cellProblem) }),
});
export const importBudgetWorkbook = endpoint({
  method: 'POST', path: `${budgetPath}/workbook`, summary: 'Takes a workbook that has no problems: new lines, and caps to be approved', access: 'planning.budget', params: planParams, body: workbook, bodyLimitBytes: 5_000_000,
  reply: z.object({ created: count, asked: count }), status: 201,
});
