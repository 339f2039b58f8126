import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section, SegmentedControl } from '../../../../web/kit.ts';
import type { ToldSentence } from '../../contract.ts';
import { SentenceGroups } from './sentence-groups.tsx';

const readers = ['members', 'staff'] as const;

/** What a programme says, to members or to those who work with it. */
export function SaysSection({ sentences }: { sentences: readonly ToldSentence[] }) {
  const { t } = useTranslation('membership');
  const [reader, setReader] = useState<(typeof readers)[number]>('members');
  return (
    <Section title={t('design.says')} extra={<SegmentedControl label={t('design.readers')} value={reader} onChange={setReader} options={readers.map((value) => ({ value, label: t(`design.readersOf.${value}`) }))} />}>
      <SentenceGroups sentences={sentences.filter(({ isPublic }) => isPublic || reader === 'staff')} />
    </Section>
  );
}
