import type { MallItem } from '../../contract/mall.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Param, Phrase } from '../words/phrase.ts';

/** `wrong` cannot be published, `approval` wants a second person, `hint` is only worth a look. */
export const findingLevels = ['wrong', 'approval', 'hint'] as const;
export type FindingLevel = (typeof findingLevels)[number];

/** Something about a definition that somebody should know, with the place where it stands: `tiers.2.entry`. */
export interface Finding {
  path: string;
  level: FindingLevel;
  phrase: Phrase;
}

/** What a definition is checked against. */
export interface CheckedAgainst {
  /** The version in force before it would be; null where there is none. */
  before: ProgrammeDefinition | null;
  /** How many people hold each tier. */
  held: ReadonlyMap<string, number>;
  /** Of the products, categories and channels that a definition names, those that are known. */
  known: { products: ReadonlySet<string>; categories: ReadonlySet<string>; channels: ReadonlySet<string> };
  /** What of the mall points are exchanged for by themselves; null where there is no such thing. */
  redeemed: Pick<MallItem, 'definition' | 'state'> | null;
}

/** Makes a finding; its sentence is named for what is wrong. */
const made = (level: FindingLevel) => (path: string, key: string, params: Record<string, Param> = {}): Finding => ({ path, level, phrase: { key: `finding.${key}`, params } });
export const wrong = made('wrong');
export const approval = made('approval');
export const hint = made('hint');

/** A finding where something holds. */
export const when = (holds: boolean, finding: () => Finding): Finding[] => (holds ? [finding()] : []);
