import type { Platform } from '../../../platform/platform.ts';
import type { FigureSource } from '../../customers/public.ts';
import { balanceOf } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';

/** What points a person can spend, for the head of their page; nothing of who never had any. */
export const figureSource = ({ pg, clock }: Platform): FigureSource => ({
  async read(customerNos) {
    const { rows: accounts } = await pg.query('select 1 from points_account where customer_no = any($1::int[]) limit 1', [customerNos]);
    if (accounts.length === 0) return [];
    const { available } = balanceOf(await readPerson(pg, customerNos), clock.now().getTime());
    return [{ label: 'membership:figure.points', value: String(available), unit: 'number' }];
  },
});
