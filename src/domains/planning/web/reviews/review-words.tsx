import { useTranslation } from 'react-i18next';
import { Flex, Stack, Tag, Typography } from '../../../../web/kit.ts';
import { type ItemBody, reviewParts } from '../../contract.ts';

const colours = { reached: 'success', partly: 'warning', missed: 'error', dropped: 'default' } as const;

export function OutcomeTag({ outcome }: { outcome: ItemBody<'review'>['outcome'] }) {
  const { t } = useTranslation('planning');
  return <Tag color={colours[outcome]}>{t(`reviews.outcomes.${outcome}`)}</Tag>;
}

/** What was written. */
export function ReviewWords({ body }: { body: ItemBody<'review'> }) {
  const { t } = useTranslation('planning');
  return (
    <Stack>
      <Flex gap={4} wrap><OutcomeTag outcome={body.outcome} />{body.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</Flex>
      {reviewParts.filter((part) => body[part] !== '').map((part) => (
        <div key={part}>
          <Typography.Text strong>{t(`reviews.parts.${part}`)}</Typography.Text>
          <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{body[part]}</div>
        </div>
      ))}
    </Stack>
  );
}
