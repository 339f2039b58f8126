import { useTranslation } from 'react-i18next';
import { Alert, Button, EmptyState, Loaded, Progress, Section, Stack, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../../web/kit.ts';
import { cancelExpansion, expandAudience, leastToLearnFrom, readExpansion, type ShownAudience, type ShownExpansion } from '../../../contract.ts';
import { FeatureList } from './feature-list.tsx';
import { LeaveOut } from './leave-out.tsx';
import { Quality } from './quality.tsx';
import { TakePeople } from './take-people.tsx';

const refreshMs = 1_000;
const isUnderWay = (expansion: ShownExpansion | null | undefined): boolean => expansion?.state === 'waiting' || expansion?.state === 'running';

/** Looks for people like its members, shows how well that can be told, and keeps as many as are wanted. */
export function ExpandTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { audienceId } = audience;
  const found = useEndpoint(readExpansion, { params: { audienceId } }, { refreshMs: (reply) => (isUnderWay(reply?.expansion) ? refreshMs : false) });
  return (
    <Loaded from={found}>
      {({ expansion }) => {
        if (expansion === null && audience.size < leastToLearnFrom) {
          return <EmptyState title={t('expansion.web.tooFew', { least: leastToLearnFrom })} hint={t('expansion.web.tooFewHint', { shown: format.number(audience.size) })} />;
        }
        return (
          <Stack>
            <Typography.Text type="secondary">{t('expansion.web.explained')}</Typography.Text>
            {expansion === null ? <Begin audienceId={audienceId} /> : <Found audience={audience} expansion={expansion} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Begin({ audienceId }: { audienceId: number }) {
  const { t } = useTranslation('audiences');
  const mayEdit = useMay('audiences.edit');
  const begin = useAction(expandAudience, { invalidates: [readExpansion] });
  return (
    <EmptyState
      title={t('expansion.web.none')}
      action={mayEdit && <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ params: { audienceId }, body: {} })}>{t('expansion.web.begin')}</Button>}
    />
  );
}

function Found({ audience, expansion }: { audience: ShownAudience; expansion: ShownExpansion }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayEdit = useMay('audiences.edit');
  const { result, state } = expansion;
  if (isUnderWay(expansion)) return <UnderWay expansion={expansion} />;
  return (
    <Stack>
      {state === 'cancelled' && <Alert type="info" showIcon title={t('expansion.web.cancelled')} />}
      {state === 'failed' && <Alert type="error" showIcon title={t('expansion.web.failed')} description={expansion.failure} />}
      {result && (
        <>
          <Alert type={result.verdict === 'good' ? 'success' : result.verdict === 'useless' ? 'error' : 'warning'} showIcon title={result.advice[0]} description={result.advice.slice(1).join(' ') || undefined} />
          <Quality result={result} />
          {result.verdict !== 'useless' && <TakePeople key={expansion.expansionId} audience={audience} expansionId={expansion.expansionId} result={result} />}
          <FeatureList features={result.features} />
        </>
      )}
      {mayEdit && <LeaveOut key={`leave ${expansion.expansionId}`} expansion={expansion} />}
      <Typography.Text type="secondary">{t('expansion.web.asOf', { name: expansion.askedBy, when: format.dateTime(expansion.asOf) })}</Typography.Text>
    </Stack>
  );
}

function UnderWay({ expansion: { expansionId, state, stage, done } }: { expansion: ShownExpansion }) {
  const { t } = useTranslation('audiences');
  const mayEdit = useMay('audiences.edit');
  const cancel = useAction(cancelExpansion, { invalidates: [readExpansion] });
  const label = t(`expansion.web.stage.${state === 'waiting' ? 'waiting' : stage ?? 'reading'}`);
  return (
    <Section title={label} extra={mayEdit && <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { expansionId } })}>{t('expansion.web.cancel')}</Button>}>
      <Progress percent={Math.round(done * 100)} status="active" aria-label={label} />
    </Section>
  );
}
