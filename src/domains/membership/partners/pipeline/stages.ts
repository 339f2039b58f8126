import type { Day } from '../../../../kernel/day.ts';
import type { PartnerStage } from '../../contract/partners.ts';

export interface Period {
  startsOn: Day;
  endsOn: Day;
}

/** True on every day of a period, its last one too. */
export const isWithin = ({ startsOn, endsOn }: Period, day: Day): boolean => startsOn <= day && day <= endsOn;

/**
 * Whether a partner may move to a stage. Stages may be skipped and gone back to, as it is with people; but nobody works with a
 * partner without a contract in force.
 */
export const mayMoveTo = (stage: PartnerStage, contracts: readonly Period[], today: Day): boolean =>
  stage !== 'running' || contracts.some((contract) => isWithin(contract, today));
