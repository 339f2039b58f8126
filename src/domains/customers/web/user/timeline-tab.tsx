import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Section, searchList, Select, Stack, useSearchState } from '../../../../web/kit.ts';
import { timelineKinds, type TimelineKind } from '../../contract.ts';
import { TimelineList } from './timeline-list.tsx';

const state = z.object({ kinds: searchList(z.enum(timelineKinds)).catch([]) });

/** Everything that happened, with the kinds to choose. */
export function TimelineTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('customers');
  const [{ kinds }, change] = useSearchState(state);
  return (
    <Section>
      <Stack>
        <Select<TimelineKind[]>
          mode="multiple"
          allowClear
          value={kinds}
          aria-label={t('timeline.filter')}
          placeholder={t('timeline.all')}
          options={timelineKinds.map((value) => ({ value, label: t(`timeline.kind.${value}`) }))}
          onChange={(next) => change({ kinds: next })}
        />
        <TimelineList key={`${customerNo} ${kinds.join()}`} customerNo={customerNo} kinds={kinds} />
      </Stack>
    </Section>
  );
}
