import type { Day } from '../../../../kernel/day.ts';
import { isWithin, type Period } from '../pipeline/stages.ts';

/** How a pack stands at a moment. */
export interface Standing {
  stage: string;
  contract: Period;
  pack: Period & { state: 'active' | 'paused'; isLimited: boolean; bought: number; granted: number; returned: number; perPerson: number | null };
  /** Codes that nobody has; null where none are needed. */
  freeCodes: number | null;
  /** Of this pack, how many benefits the person has that were not taken back. */
  held: number;
}

export type Refusal = 'partner_not_running' | 'partner_contract_over' | 'partner_pack_paused' | 'partner_pack_not_yet' | 'partner_pack_over' | 'partner_pack_empty' | 'partner_pack_without_codes' | 'partner_person_has_enough';

/** What is left of a pack; null where there is no limit. */
export const leftOf = ({ isLimited, bought, granted, returned }: Pick<Standing['pack'], 'isLimited' | 'bought' | 'granted' | 'returned'>): number | null => (isLimited ? bought - granted + returned : null);

/** Why nothing is given of a pack on a day; null where it is. What is not surely there is not given. */
export function refusalOf({ stage, contract, pack, freeCodes, held }: Standing, day: Day): Refusal | null {
  if (stage !== 'running') return 'partner_not_running';
  if (!isWithin(contract, day)) return 'partner_contract_over';
  if (pack.state !== 'active') return 'partner_pack_paused';
  if (day < pack.startsOn) return 'partner_pack_not_yet';
  if (day > pack.endsOn) return 'partner_pack_over';
  if ((leftOf(pack) ?? 1) <= 0) return 'partner_pack_empty';
  if (freeCodes !== null && freeCodes <= 0) return 'partner_pack_without_codes';
  return pack.perPerson !== null && held >= pack.perPerson ? 'partner_person_has_enough' : null;
}
