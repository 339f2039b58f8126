import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, EmptyState, ErrorState, Flex, PageHeader, PageSkeleton, Section, Stack, useEndpoint, useSearchState } from '../../../../web/kit.ts';
import { BranchesOutlined, CloseOutlined } from '../../../../web/icons.tsx';
import { compareAudiences } from '../../contract.ts';
import { AudienceSelect } from '../condition/audience-editor.tsx';
import { OverlapResult } from './overlap-result.tsx';

const most = 3;
const overlapState = z.object({ ids: z.string().regex(/^\d{1,10}(,\d{1,10}){0,2}$/).optional() });

/** Two or three audiences beside each other: who is in which of them. */
export default function OverlapPage() {
  const { t } = useTranslation('audiences');
  const [{ ids: text }, change] = useSearchState(overlapState);
  const ids = text ? [...new Set(text.split(',').map(Number))] : [];
  const choose = (next: number[]): void => change({ ids: next.length > 0 ? [...new Set(next)].join(',') : undefined });
  const isAsked = ids.length >= 2;
  const found = useEndpoint(compareAudiences, { query: { ids: ids.join(',') } }, { enabled: isAsked });
  return (
    <Stack>
      <PageHeader title={t('web.overlap.title')} subtitle={t('web.overlap.subtitle')} breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }]} />
      <Section>
        <Flex gap="middle" wrap align="center">
          {ids.map((audienceId, index) => (
            <Flex key={audienceId} align="center">
              <AudienceSelect audienceId={audienceId} onChange={(next) => choose(ids.with(index, next))} />
              <Button type="text" icon={<CloseOutlined />} aria-label={t('web.overlap.remove')} onClick={() => choose(ids.toSpliced(index, 1))} />
            </Flex>
          ))}
          {ids.length < most && <AudienceSelect key={`next-${ids.length}`} audienceId={null} onChange={(next) => choose([...ids, next])} />}
        </Flex>
      </Section>
      {!isAsked && <EmptyState icon={<BranchesOutlined />} title={t('web.overlap.chooseTwo')} hint={t('web.overlap.chooseHint')} />}
      {isAsked && found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {isAsked && !found.error && !found.data && <PageSkeleton />}
      {isAsked && found.data && <OverlapResult overlap={found.data} />}
    </Stack>
  );
}
