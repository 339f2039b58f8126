import { useTranslation } from 'react-i18next';
import { Flex, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { ShownAccount } from '../../contract.ts';
import { useAnswerWords } from './use-answer-words.ts';

const colours = { well: 'success', slowed: 'warning', resting: 'warning', broken: 'error', full: 'warning' } as const;

/** Whether an account is in use, how it is doing, and what stands against it. */
export function Condition({ account: { provider, state, condition, until, trouble, troubleAt, takenAt } }: { account: ShownAccount }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const wordsOf = useAnswerWords();
  if (state === 'off') return <Tag>{t('channels.state.off')}</Tag>;
  const isTroubled = trouble !== null && troubleAt !== null && (condition !== 'well' || takenAt === null || takenAt < troubleAt);
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        {state === 'test' && <Tag color="processing">{t('channels.state.test')}</Tag>}
        <Tag color={colours[condition]}>{t(`channels.condition.${condition}`)}</Tag>
      </Flex>
      {until === null && condition === 'broken' && <Typography.Text type="secondary">{t('channels.triesNext')}</Typography.Text>}
      {until !== null && <Typography.Text type="secondary">{t('channels.until', { at: format.dateTime(until) })}</Typography.Text>}
      {isTroubled && <Typography.Text type="danger">{wordsOf(provider, trouble)} · {format.relative(troubleAt)}</Typography.Text>}
    </Flex>
  );
}
