import { useTranslation } from 'react-i18next';
import { Button, CopyOnce, Modal, Stack, Typography } from '../../../../web/kit.ts';

/** The secret by which a receiver tells who sent a message, this one time, and how it is used. */
export function ShownSecret({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  return (
    <Modal open={secret !== null} title={t('deliver.secretTitle')} mask={{ closable: false }} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('deliver.secretKept')}</Button>}>
      {secret !== null && (
        <Stack>
          <CopyOnce secret={secret} />
          <Typography.Text type="secondary">{t('deliver.secretUse')}</Typography.Text>
        </Stack>
      )}
    </Modal>
  );
}
