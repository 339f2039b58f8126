import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, call, ComputedAt, EmptyState, Loaded, sentenceOf, Stack, Timeline, useEndpoint } from '../../../../web/kit.ts';
import { EditOutlined, EyeOutlined, MergeCellsOutlined, RollbackOutlined, SafetyOutlined, ShoppingOutlined, TagsOutlined } from '../../../../web/icons.tsx';
import { readTimeline, type TimelineEntry, type TimelineKind } from '../../contract.ts';
import { useEntryText } from './use-entry-text.ts';

const icons: Record<TimelineKind, ReactNode> = {
  order: <ShoppingOutlined />,
  refund: <RollbackOutlined />,
  event: <EyeOutlined />,
  consent: <SafetyOutlined />,
  tag: <TagsOutlined />,
  computed_tag: <TagsOutlined />,
  merge: <MergeCellsOutlined />,
  edit: <EditOutlined />,
};

interface Older {
  entries: TimelineEntry[];
  cursor: string | null;
}

/** What happened, of some kinds or of all, from the newest; older entries are fetched when asked for. */
export function TimelineList({ customerNo, kinds }: { customerNo: number; kinds: TimelineKind[] }) {
  const { t } = useTranslation('customers');
  const { t: tWeb } = useTranslation('web');
  const { notification } = App.useApp();
  const first = useEndpoint(readTimeline, { params: { customerNo }, query: { kinds } });
  const [older, setOlder] = useState<Older | null>(null);
  const [isLoading, setLoading] = useState(false);
  const textOf = useEntryText();
  const more = async (cursor: string): Promise<void> => {
    setLoading(true);
    try {
      const next = await call(readTimeline, { params: { customerNo }, query: { kinds, cursor } });
      setOlder((before) => ({ entries: [...(before?.entries ?? []), ...next.entries], cursor: next.cursor }));
    } catch (error) {
      notification.error({ title: tWeb('error.title'), description: sentenceOf(error, tWeb) });
    } finally {
      setLoading(false);
    }
  };
  return (
    <Loaded from={first}>
      {(page) => {
        const entries = [...page.entries, ...(older?.entries ?? [])];
        const cursor = older ? older.cursor : page.cursor;
        if (entries.length === 0) return <EmptyState title={t('timeline.empty')} />;
        return (
          <Stack>
            <Timeline items={entries.map((entry) => ({ key: `${entry.kind} ${entry.id}`, at: entry.at, icon: icons[entry.kind], ...textOf(entry) }))} />
            {cursor !== null && <Button block loading={isLoading} onClick={() => void more(cursor)}>{t('timeline.more')}</Button>}
            <ComputedAt at={page.computedAt} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
