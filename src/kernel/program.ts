import { z } from 'zod';

/** What a brand runs for its users: each domain that has some tells of them in this way, for whoever puts them side by side. */
export const programKinds = ['campaign', 'activity', 'programme', 'benefit'] as const;
export type ProgramKind = (typeof programKinds)[number];
export const programStates = ['planned', 'running', 'ended'] as const;

/** `campaign:12`. */
export const programKey = z.string().regex(new RegExp(`^(${programKinds.join('|')}):[1-9][0-9]{0,9}$`));
export const programKeyOf = (kind: ProgramKind, no: number): string => `${kind}:${no}`;

/** What all who were meant did more than they would have, in the brand's money, with the interval a repetition would meet in 95 of 100 cases. */
const difference = z.object({ difference: z.number(), low: z.number().nullable(), high: z.number().nullable() });

/** Whether it is known how far a repetition might be off. Of too few people it is not, and without width it is of groups in which nobody bought. */
export const isMeasured = ({ low, high }: z.output<typeof difference>): boolean => low !== null && high !== null && low < high;

/** Whether its interval leaves no doubt that there is a difference: it lies on one side of zero. */
export const isTold = ({ low, high }: z.output<typeof difference>): boolean => low !== null && high !== null && (low > 0 || high < 0);

export const program = z.object({
  key: programKey,
  kind: z.enum(programKinds),
  name: z.string(),
  state: z.enum(programStates),
  /** Null where nobody said when, or it has no end. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** The page that shows it. */
  path: z.string(),
  hasControl: z.boolean(),
  /** So far, in the brand's money; null where what it gives is not reckoned in money. */
  cost: z.string().nullable(),
  /** What of that was redeemed; null where it cannot be told. */
  redeemed: z.string().nullable(),
  /** Against those who were left out; `margin` where somebody said what is left of sales. */
  lift: z.object({ revenue: difference, margin: difference.nullable(), countedUntil: z.iso.datetime(), isFinal: z.boolean() }).nullable(),
  /** Why there is no lift: it has not begun, nobody is left out, or it is not worked out yet. */
  noLift: z.enum(['not_begun', 'no_control', 'not_computed']).nullable(),
});
export type Program = z.output<typeof program>;

/** A line of the budget that a program draws on, in the brand's money: what it may hold in all, what is left of it, and what of it this program holds, of that what is put aside for it and not given yet; what happens where it has nothing left; and whether its months are over. */
export const drawnLine = z.object({ lineNo: z.number().int(), name: z.string(), cap: z.string(), free: z.string(), holds: z.string(), reserved: z.string(), overCap: z.enum(['stop', 'warn', 'ignore']), isOver: z.boolean() });
export type DrawnLine = z.output<typeof drawnLine>;
