import { useTranslation } from 'react-i18next';
import { Button, Columns, Section, Stack, Typography } from '../../../../web/kit.ts';
import { cardOf, channelKinds, type ProviderKey, providerKeys } from '../../contract.ts';

/** With whom an account can be, by channel. */
export function ProviderChoice({ onChoose }: { onChoose: (provider: ProviderKey) => void }) {
  const { t } = useTranslation('messaging');
  return (
    <Columns>
      {channelKinds.map((channel) => (
        <Section key={channel} title={t(`channel.${channel}`)}>
          <Stack>
            {providerKeys.filter((provider) => cardOf(provider).channel === channel).map((provider) => (
              <div key={provider}>
                <Button type="link" style={{ paddingInline: 0 }} onClick={() => onChoose(provider)}>{t(`channels.provider.${provider}`)}</Button>
                <br />
                <Typography.Text type="secondary">{t(`channels.about.${provider}`)}</Typography.Text>
              </div>
            ))}
          </Stack>
        </Section>
      ))}
    </Columns>
  );
}
