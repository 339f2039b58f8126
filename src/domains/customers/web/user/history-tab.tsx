import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, EmptyState, Section, Stack, Timeline, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { MergeCellsOutlined, UndoOutlined } from '../../../../web/icons.tsx';
import { listCustomers, readCustomer, readTimeline, undoMerge, type ShownProfile, type TimelineKind } from '../../contract.ts';
import { useActorName } from './use-actor-name.ts';
import { TimelineList } from './timeline-list.tsx';

type Merge = ShownProfile['merges'][number];

const changes: TimelineKind[] = ['edit', 'tag', 'computed_tag'];

/** Who became part of this person, to be taken apart again, and what was changed by hand. */
export function HistoryTab({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const [chosen, setChosen] = useState<Merge | null>(null);
  const undo = useAction(undoMerge, { invalidates: [readCustomer, readTimeline, listCustomers], onSuccess: () => setChosen(null), done: t('history.undone') });
  return (
    <Stack>
      <Section title={t('history.merges')}>
        {profile.merges.length === 0 ? <EmptyState title={t('history.noMerges')} /> : <Merges merges={profile.merges} onUndo={setChosen} />}
      </Section>
      <Section title={t('history.changes')}>
        <TimelineList customerNo={profile.customerNo} kinds={changes} />
      </Section>
      <ConfirmDanger
        open={chosen !== null}
        title={t('history.undoTitle')}
        touches={chosen ? [t('history.undoTouch', { absorbedNo: chosen.absorbedNo }), t('history.undoKeeps', { survivorNo: chosen.survivorNo })] : []}
        confirmLabel={t('history.undo')}
        busy={undo.isPending}
        onConfirm={() => chosen && undo.mutate({ params: { mergeId: chosen.mergeId } })}
        onCancel={() => setChosen(null)}
      />
    </Stack>
  );
}

function Merges({ merges, onUndo }: { merges: Merge[]; onUndo: (merge: Merge) => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const actorName = useActorName();
  const mayMerge = useMay('customers.merge');
  const bodyOf = (merge: Merge) => {
    if (merge.undoneAt !== null) return t('history.undoneBy', { actor: actorName(merge.undoneBy ?? ''), when: format.dateTime(merge.undoneAt) });
    return mayMerge && <Button size="small" icon={<UndoOutlined />} onClick={() => onUndo(merge)}>{t('history.undo')}</Button>;
  };
  return (
    <Timeline
      items={merges.map((merge) => ({
        key: merge.mergeId,
        at: merge.at,
        icon: <MergeCellsOutlined />,
        title: t(merge.reason === 'device' ? 'timeline.recognised' : 'timeline.merged', { ...merge, actor: actorName(merge.actor) }),
        body: bodyOf(merge),
      }))}
    />
  );
}
