import type { Platform } from '../../../platform/platform.ts';
import type { FigureSource } from '../../customers/public.ts';
import { balanceOf } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';

/** What points a person can spend, for the head of their page. */
export const figureSource = ({ pg, clock }: Platform): FigureSource => ({
  async read(customerNos) {
    const { available } = balanceOf(await readPerson(pg, customerNos), clock.now().getTime());
    return [{ label: 'membership:figure.points', value: String(available), unit: 'number' }];
  },
});
