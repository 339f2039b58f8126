import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { App, Button, call, Drawer, EmptyState, Link, Loaded, PageHeader, type PageHeaderProps, Select, Stack, useEndpoint, useMay, useRenewBelow, useSearchState, useSession } from '../../../../web/kit.ts';
import { CompassOutlined, HistoryOutlined } from '../../../../web/icons.tsx';
import { listChanges, listPlans, type Plan } from '../../contract.ts';
import { ChangeList } from './change-list.tsx';
import { changeText } from './change-text.ts';

export interface PlanPageProps extends PageHeaderProps {
  children: (plan: Plan) => ReactNode;
}

const chosen = z.object({ plan: z.coerce.number().int().optional() });
const lookMs = 5_000;
/** The plan somebody looks at stays with them from page to page, also where the menu names none. */
let lastChosen: number | undefined;

/** A page of a plan: which one, what was changed lately and by whom with its undo, and others' changes as they come. */
export function PlanPage({ children, actions, ...header }: PlanPageProps) {
  const { t } = useTranslation('planning');
  const [{ plan: planNo }, choose] = useSearchState(chosen);
  const [showsChanges, setShowsChanges] = useState(false);
  const plans = useEndpoint(listPlans, {}, { refreshMs: lookMs });
  const all = plans.data?.plans ?? [];
  const plan = all.find((each) => each.planNo === (planNo ?? lastChosen)) ?? all[0];
  useEffect(() => {
    if (planNo !== undefined) lastChosen = planNo;
  }, [planNo]);
  useOthersChanges(plan);
  const own = plan && (
    <>
      {all.length > 1 && <Select aria-label={t('frame.plan')} value={plan.planNo} onChange={(next) => choose({ plan: next }, { push: true })} options={all.map(({ planNo: value, name, isCurrent }) => ({ value, label: isCurrent ? name : t('frame.notCurrent', { name }) }))} style={{ minWidth: 180 }} />}
      <Button icon={<HistoryOutlined />} onClick={() => setShowsChanges(true)}>{t('frame.changes')}</Button>
      {actions}
    </>
  );
  return (
    <Stack>
      <PageHeader {...header} actions={own} />
      <Loaded from={plans}>{() => (plan ? children(plan) : <NoPlan />)}</Loaded>
      {plan && <Drawer open={showsChanges} onClose={() => setShowsChanges(false)} title={t('frame.changes')} size={420} destroyOnHidden><ChangeList planNo={plan.planNo} /></Drawer>}
    </Stack>
  );
}

function NoPlan() {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  return <EmptyState icon={<CompassOutlined />} title={t('frame.none')} hint={t('frame.noneHint')} action={mayEdit && <Link to="/plan/start"><Button type="primary">{t('frame.begin')}</Button></Link>} />;
}

/** Reads the plan again when it was changed, and says so where somebody else did. */
function useOthersChanges(plan: Plan | undefined): void {
  const { t } = useTranslation('planning');
  const renew = useRenewBelow();
  const { message } = App.useApp();
  const me = useSession().actor?.name;
  const seen = useRef<{ planNo: number; changeNo: number } | null>(null);
  useEffect(() => {
    if (!plan) return;
    const before = seen.current;
    seen.current = plan;
    if (before?.planNo !== plan.planNo || before.changeNo >= plan.changeNo) return;
    renew('/api/plans/:planNo');
    void call(listChanges, { params: { planNo: plan.planNo }, query: { after: before.changeNo } }).then(({ changes }) => {
      const [last] = changes.filter(({ by }) => by !== me).slice(-1);
      if (last) void message.info(t('frame.others', { by: last.by, what: changeText(t, last) }));
    }, () => undefined);
  }, [plan, me, renew, message, t]);
}
