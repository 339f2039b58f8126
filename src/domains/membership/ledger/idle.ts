import { expiresAt } from '../earning/rules/validity.ts';

/** Points that end when nothing was earned or spent for so long, by a calendar. */
export interface IdleRule {
  months: number;
  timeZone: string;
}

export const idleRuleOf = (months: number, timeZone: string): IdleRule => ({ months, timeZone });

/** Until when points are good that go by a rule, when something was earned or spent at a moment. */
export const idleUntil = ({ months, timeZone }: IdleRule, at: number): number => expiresAt({ kind: 'inactivity', months }, at, timeZone) ?? at;
