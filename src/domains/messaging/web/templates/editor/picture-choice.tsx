import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, ApiProblem, Button, FileDrop, Input, Modal, Popconfirm, Stack, useAction, useEndpoint, useFormat, useMay } from '../../../../../web/kit.ts';
import { DeleteOutlined, PictureOutlined } from '../../../../../web/icons.tsx';
import { useSettled } from '../../../../audiences/web/preview/use-settled.ts';
import { deletePicture, listPictures, type MessagePicture, pictureLimits, uploadPicture } from '../../../contract.ts';
import styles from '../templates.module.css';

const accepted = 'image/png,image/jpeg,image/gif,image/webp,.png,.jpg,.jpeg,.gif,.webp';

/** Opens the pictures that were uploaded: one is uploaded or chosen, and its address and measures are given on. */
export function PictureChoice({ onChoose }: { onChoose: (picture: MessagePicture) => void }) {
  const { t } = useTranslation('messaging');
  const [isOpen, setOpen] = useState(false);
  const choose = (picture: MessagePicture): void => {
    setOpen(false);
    onChoose(picture);
  };
  return (
    <>
      <Button size="small" icon={<PictureOutlined />} style={{ justifySelf: 'start' }} onClick={() => setOpen(true)}>{t('templates.pictures.choose')}</Button>
      <Modal open={isOpen} title={t('templates.pictures.title')} footer={null} width={760} destroyOnHidden onCancel={() => setOpen(false)}><Pictures onChoose={choose} /></Modal>
    </>
  );
}

function Pictures({ onChoose }: { onChoose: (picture: MessagePicture) => void }) {
  const { t } = useTranslation('messaging');
  const { message } = App.useApp();
  const mayWrite = useMay('messaging.templates');
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const q = useSettled(typed.trim(), 300);
  const found = useEndpoint(listPictures, { query: { q, page } });
  const upload = useAction(uploadPicture, { invalidates: [listPictures], done: t('templates.pictures.uploaded'), onSuccess: onChoose });
  const take = async (file: File): Promise<void> => {
    if (file.size > pictureLimits.bytes) return void message.error(t('problem.picture_too_large', { megabytes: pictureLimits.bytes / 2 ** 20 }), 6);
    upload.mutate({ body: { name: file.name.slice(0, 200), base64: await base64Of(file) } });
  };
  const { pictures = [], total = 0, pageSize = 1 } = found.data ?? {};
  const pages = Math.ceil(total / pageSize);
  return (
    <Stack>
      {mayWrite && <FileDrop accept={accepted} disabled={upload.isPending} hint={t('templates.pictures.dropHint', { megabytes: pictureLimits.bytes / 2 ** 20 })} onFile={(file) => void take(file)} />}
      {(total > 0 || q !== '') && <Input.Search allowClear aria-label={t('templates.pictures.search')} placeholder={t('templates.pictures.search')} value={typed} onChange={({ target }) => { setTyped(target.value); setPage(1); }} />}
      {found.error && <div role="alert" className={styles.problem}>{found.error instanceof ApiProblem ? found.error.message : ''}</div>}
      {found.data && total === 0 && <div className={styles.emptyBlocks}>{t(q === '' ? 'templates.pictures.none' : 'templates.pictures.notFound')}</div>}
      <div className={styles.pictures} aria-busy={found.isFetching}>{pictures.map((picture) => <Choice key={picture.pictureNo} picture={picture} mayDelete={mayWrite} onChoose={() => onChoose(picture)} />)}</div>
      {pages > 1 && (
        <div className={styles.turn}>
          <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>{t('templates.pictures.newer')}</Button>
          <span>{page} / {pages}</span>
          <Button size="small" disabled={page >= pages} onClick={() => setPage(page + 1)}>{t('templates.pictures.older')}</Button>
        </div>
      )}
    </Stack>
  );
}

function Choice({ picture, mayDelete, onChoose }: { picture: MessagePicture; mayDelete: boolean; onChoose: () => void }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const { pictureNo, name, address, width, height, bytes } = picture;
  const drop = useAction(deletePicture, { invalidates: [listPictures], done: t('templates.pictures.deleted') });
  return (
    <div className={styles.picture}>
      <button type="button" className={styles.pictureButton} aria-label={t('templates.pictures.use', { name })} onClick={onChoose}>
        <img src={address} alt="" loading="lazy" />
        <span title={name}>{name}</span>
        <small>{width} × {height} · {format.bytes(bytes)}</small>
      </button>
      {mayDelete && <Popconfirm title={t('templates.pictures.deleteAsk')} onConfirm={() => drop.mutate({ params: { pictureNo } })}><Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('templates.pictures.delete', { name })} className={styles.pictureDelete} /></Popconfirm>}
    </div>
  );
}

/** What a data address has behind its comma. */
const base64Of = (file: File): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
  reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
  reader.readAsDataURL(file);
});
