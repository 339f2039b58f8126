import type { LifetimeResult, PeopleOfLifetime } from '../../contract.ts';

/** What a part of the page is made of: the run that is shown, and how to open the people behind a number. */
export interface LifetimePart {
  result: LifetimeResult;
  onPeople: (of: Omit<PeopleOfLifetime, 'kind'>) => void;
}
