import { useTranslation } from 'react-i18next';
import { Alert, type ApiProblem, Button, ComputedAt, Flex, LiveFigure, Section, sentenceOf, Skeleton, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { Preview } from './use-preview.ts';

/** How many people the rule means, exactly; how long it took and when; the rule in words. */
export function CountPanel({ preview, unfinished }: { preview: Preview; unfinished: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { reply, isOld, failure, retry } = preview;
  if (failure && !reply) return <Section><PreviewFailure failure={failure} onRetry={retry} /></Section>;
  if (!reply) return <Section><Skeleton active paragraph={{ rows: 3 }} /></Section>;
  return (
    <Section>
      <Stack>
        <LiveFigure value={format.number(reply.size)} unit={t('web.count.people')} isOld={isOld}>
          <CountShare size={reply.size} base={reply.base} />
        </LiveFigure>
        {failure && <PreviewFailure failure={failure} onRetry={retry} />}
        <div>
          <Typography.Text type="secondary">{t('web.count.sentence')}</Typography.Text>
          <Typography.Paragraph>{reply.sentence}</Typography.Paragraph>
        </div>
        {unfinished > 0 && <Typography.Text type="warning">{t('web.count.unfinished', { count: unfinished })}</Typography.Text>}
        <Flex gap="small" wrap align="baseline">
          <ComputedAt at={reply.computedAt} />
          <Typography.Text type="secondary"><small>{t('web.count.took', { span: format.duration(reply.tookMs) })}</small></Typography.Text>
        </Flex>
      </Stack>
    </Section>
  );
}

/** Why it could not be counted: a word of the server about the rule, or something that passes. */
function PreviewFailure({ failure, onRetry }: { failure: ApiProblem; onRetry: () => void }) {
  const { t } = useTranslation('web');
  const isOfRule = failure.status === 400 || failure.status === 404;
  return <Alert type="error" showIcon title={sentenceOf(failure, t)} action={isOfRule ? undefined : <Button size="small" onClick={onRetry}>{t('error.retry')}</Button>} />;
}

/** The share of all users, in words. */
export function CountShare({ size, base }: { size: number; base: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  return t('web.count.share', { share: format.percent(base === 0 ? 0 : size / base, 2), base: format.number(base) });
}

/** The same in one line, for the foot of a phone. */
export function CountBrief({ preview }: { preview: Preview }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { reply, isOld } = preview;
  if (!reply) return <Skeleton.Button active size="small" />;
  return (
    <>
      <LiveFigure value={format.number(reply.size)} unit={t('web.count.people')} isOld={isOld} />
      <Typography.Text type="secondary">{format.percent(reply.base === 0 ? 0 : reply.size / reply.base, 2)}</Typography.Text>
    </>
  );
}
