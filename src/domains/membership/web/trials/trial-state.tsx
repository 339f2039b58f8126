import { useTranslation } from 'react-i18next';
import { Button, Flex, Progress, Tag, Typography, useAction, useMay } from '../../../../web/kit.ts';
import { cancelTrial, listTrials, readTrial, type ShownTrial } from '../../contract.ts';

const colors = { waiting: 'default', running: 'processing', done: 'success', failed: 'error', cancelled: 'default' } as const;

/** How far a trial is, with a way to end it while it is under way. */
export function TrialState({ trial: { trialNo, state, progress, failure } }: { trial: ShownTrial }) {
  const { t } = useTranslation('membership');
  const mayDesign = useMay('membership.design');
  const end = useAction(cancelTrial, { invalidates: [listTrials, readTrial] });
  if (state !== 'waiting' && state !== 'running') {
    return <Flex gap="small" wrap align="center"><Tag color={colors[state]}>{t(`trial.states.${state}`)}</Tag>{failure && <Typography.Text type="secondary">{failure}</Typography.Text>}</Flex>;
  }
  return (
    <Flex gap="small" align="center" wrap>
      <Progress percent={Math.round(progress * 100)} size="small" style={{ width: 160 }} aria-label={t(`trial.states.${state}`)} />
      {mayDesign && <Button size="small" loading={end.isPending} onClick={() => end.mutate({ params: { trialNo } })}>{t('trial.end')}</Button>}
    </Flex>
  );
}
