import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Loaded, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { HistoryOutlined } from '../../../../web/icons.tsx';
import { listChanges, listPrograms } from '../../contract.ts';
import { changeText } from './change-text.ts';
import { useItemActions } from './use-items.tsx';

/** What was changed in a plan, newest first, each with its undo. */
export function ChangeList({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const changes = useEndpoint(listChanges, { params: { planNo }, query: {} });
  const actions = useItemActions(planNo);
  const programs = new Map(useEndpoint(listPrograms).data?.programs.map((program) => [program.key, program.name]));
  return (
    <Loaded from={changes}>
      {({ changes: all }) => {
        if (all.length === 0) return <EmptyState icon={<HistoryOutlined />} title={t('frame.noChanges')} />;
        const undone = new Set(all.map(({ undoes }) => undoes));
        return (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {all.map((change) => {
              const { changeNo, at, by } = change;
              return (
              <li key={changeNo} style={{ display: 'flex', gap: 8, alignItems: 'center', padding: '6px 0' }}>
                <span style={{ flex: 1 }}>
                  <div>{changeText(t, change, programs)}</div>
                  <small>{by} · {format.dateTime(at)}</small>
                </span>
                {mayEdit && !undone.has(changeNo) && <Button size="small" loading={actions.isBusy} onClick={() => void actions.undo(changeNo).catch(() => undefined)}>{t('frame.undo')}</Button>}
              </li>
              );
            })}
          </ul>
        );
      }}
    </Loaded>
  );
}
