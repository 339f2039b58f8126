import { useTranslation } from 'react-i18next';
import { ComputedAt, Flex, Section, Stack, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { GateRules, GateTouches } from '../../contract.ts';
import { type RuleSentence, useRuleSentences } from './rule-sentences.ts';

/** What the rules mean, in sentences, and how many people each touches now. */
export function Effect({ rules, touches, isOld }: { rules: GateRules; touches: GateTouches | undefined; isOld: boolean }) {
  const { t } = useTranslation('messaging');
  const sentences = useRuleSentences(rules, touches);
  return (
    <Section title={t('gate.effect.title')}>
      <Stack>
        {sentences.map(({ key, sentence, touched }) => (
          <Flex key={key} vertical gap={2}>
            <Typography.Text>{sentence}</Typography.Text>
            <Touched touched={touched} isOld={isOld} />
          </Flex>
        ))}
        {touches ? <ComputedAt at={touches.computedAt} /> : <Typography.Text type="secondary">{t('gate.effect.counting')}</Typography.Text>}
      </Stack>
    </Section>
  );
}

/** Undefined where a rule touches nobody by itself. */
function Touched({ touched, isOld }: { touched: RuleSentence['touched']; isOld: boolean }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  if (!touched) return null;
  if (isOld) return <Typography.Text type="secondary">{t('gate.effect.counting')}</Typography.Text>;
  if (touched.count === null) return <Typography.Text type="secondary">{t(touched.unknown)}</Typography.Text>;
  return <span><Tag color={touched.count > 0 ? 'processing' : 'default'}>{t(touched.key, { count: touched.count, shown: format.number(touched.count) })}</Tag></span>;
}
