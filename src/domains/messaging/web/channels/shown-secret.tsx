import { useTranslation } from 'react-i18next';
import { Button, CopyOnce, Modal, Stack, Typography } from '../../../../web/kit.ts';
import type { ProviderKey } from '../../contract.ts';

/** A secret that was made for an account, this one time, and what it is for. */
export function ShownSecret({ secret, provider, onClose }: { secret: string | null; provider: ProviderKey | null; onClose: () => void }) {
  const { t } = useTranslation('messaging');
  return (
    <Modal open={secret !== null} title={t('channels.secretTitle')} mask={{ closable: false }} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('channels.secretKept')}</Button>}>
      {secret !== null && (
        <Stack>
          <CopyOnce secret={secret} />
          <Typography.Text type="secondary">{t(`channels.secretUse.${provider}`)}</Typography.Text>
        </Stack>
      )}
    </Modal>
  );
}
