import { useTranslation } from 'react-i18next';
import { Button, CopyOnce, Modal, Sentence, Stack, useFormat } from '../../../../web/kit.ts';

/** A one-time link and whom it is for. */
export interface NewLink {
  path: string;
  expiresAt: string;
  name: string;
}

/** Shows a link to hand over: the system itself sends no mail to the team. */
export function LinkModal({ link, onClose }: { link: NewLink | null; onClose: () => void }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  return (
    <Modal
      open={link !== null}
      title={t('staffLink.title', { name: link?.name ?? '' })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={<Button type="primary" onClick={onClose}>{t('staffLink.done')}</Button>}
    >
      {link && (
        <Stack>
          <Sentence>{t('staffLink.sentence', { name: link.name, until: format.dateTime(link.expiresAt) })}</Sentence>
          <CopyOnce secret={window.location.origin + link.path} hint={t('staffLink.once')} />
        </Stack>
      )}
    </Modal>
  );
}
