import { useTranslation } from 'react-i18next';
import { Alert, Link, useFormat, useMay } from '../../../../web/kit.ts';
import type { Vacant } from '../../contract.ts';

/** Why less was spent on people than is planned: heads that nobody fills cost nothing. Leads to where people are assigned. */
export function VacantAlert({ vacant: { heads, filled, amount, isNobody }, currency }: { vacant: Vacant; currency: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const said = { heads: format.number(Number(heads)), filled: format.number(Number(filled)), amount: format.money(amount, currency) };
  return <Alert type={isNobody ? 'warning' : 'info'} showIcon title={t(isNobody ? 'budget.people.nobody' : 'budget.people.vacant', said)} action={<Link to="/plan/positions">{t(mayEdit ? 'budget.people.assign' : 'budget.people.see')}</Link>} />;
}
