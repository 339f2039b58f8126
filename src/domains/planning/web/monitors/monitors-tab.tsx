import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, EmptyState, Loaded, Stack, useEndpoint, useMay } from '../../../../web/kit.ts';
import { EyeOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listMonitors, type Plan } from '../../contract.ts';
import { MonitorCard } from './monitor-card.tsx';
import { MonitorForm, type MonitorItem } from './monitor-form.tsx';

const lookMs = 2_000;
const order = { crossed: 0, unknown: 1, within: 2 };

/** By which figures a project is watched: what is out of bounds first. */
export function MonitorsTab({ plan: { planNo, isCurrent }, projectNo, today }: { plan: Plan; projectNo: number; today: string }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const [open, setOpen] = useState<{ item: MonitorItem | null } | null>(null);
  // What was changed is looked at within seconds.
  const monitors = useEndpoint(listMonitors, { params: { planNo }, query: { project: projectNo } }, {
    refreshMs: (read) => (read?.monitors.some(({ isWatched, changedAt, standing: { lookedAt } }) => isWatched && (lookedAt === null || lookedAt < changedAt)) ? lookMs : 60_000),
  });
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ item: null })}>{t('monitors.new')}</Button>;
  return (
    <Loaded from={monitors}>
      {({ monitors: all }) => {
        const known = all as unknown as (MonitorItem & (typeof all)[number])[];
        return (
          <Stack>
            {known.length > 0 && !isCurrent && <Alert type="info" showIcon title={t('monitors.notCurrent')} />}
            {known.some(({ isWatched }) => !isWatched) && isCurrent && <Alert type="info" showIcon title={t('monitors.ended')} />}
            {known.length === 0 ? <EmptyState icon={<EyeOutlined />} title={t('monitors.none')} hint={t('monitors.noneHint')} action={add} /> : <div>{add}</div>}
            {known.toSorted((a, b) => order[a.standing.state] - order[b.standing.state]).map((monitor) => <MonitorCard key={monitor.itemNo} planNo={planNo} monitor={monitor} onEdit={() => setOpen({ item: monitor })} />)}
            {open && <MonitorForm planNo={planNo} projectNo={projectNo} item={open.item} today={today} open onClose={() => setOpen(null)} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
