import { useTranslation } from 'react-i18next';
import { DetailLayout, useMay } from '../../../../web/kit.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { MailingsTab } from './mailings-tab.tsx';
import { ReportList } from './report-list.tsx';

/** Every report of the plan and its projects, and what writes itself. */
export default function ReportsPage() {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  return (
    <PlanPage title={t('reports.title')} subtitle={t('reports.subtitle')}>
      {(plan) => <DetailLayout header={null} tabs={[{ key: 'all', label: t('reports.title'), content: <ReportList planNo={plan.planNo} /> }, ...(mayEdit ? [{ key: 'auto', label: t('reports.mailings.title'), content: <MailingsTab planNo={plan.planNo} /> }] : [])]} />}
    </PlanPage>
  );
}
