import { useTranslation } from 'react-i18next';
import { Section, Stack, Typography } from '../../../../web/kit.ts';

/** Two ways to send the first event, ready to be copied. */
export function HowToConnect() {
  const { t } = useTranslation('collect');
  const { origin } = window.location;
  return (
    <Section title={t('sources.howTitle')}>
      <Stack>
        <Typography.Text>{t('sources.howClient')}</Typography.Text>
        <Typography.Text code copyable>{`new Analytics({ writeKey: 'wk_…', host: '${origin}' })`}</Typography.Text>
        <Typography.Text>{t('sources.howHttp')}</Typography.Text>
        <Typography.Text code copyable>{`curl -u 'wk_…:' ${origin}/v1/track -H 'content-type: application/json' -d '{"userId":"1","event":"Product Viewed"}'`}</Typography.Text>
      </Stack>
    </Section>
  );
}
