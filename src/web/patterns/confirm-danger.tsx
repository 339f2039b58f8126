import { Alert, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './patterns.module.css';

/** Asks before something that cannot be undone. */
export interface ConfirmDangerProps {
  open: boolean;
  title: string;
  /** What will be touched, one line each: `1,204 orders`. */
  touches: ReactNode[];
  /** The name to type; without it a click is enough. */
  name?: string;
  /** Further things to say or to fill in. */
  children?: ReactNode;
  /** Something stands in the way; `touches` says what. */
  isRefused?: boolean;
  confirmLabel: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function ConfirmDanger(props: ConfirmDangerProps) {
  const { open, title, touches, name, confirmLabel, isRefused = false, busy = false, onConfirm, onCancel } = props;
  const { t } = useTranslation('web');
  const [typed, setTyped] = useState('');
  useEffect(() => setTyped(''), [open]);
  const isSure = !isRefused && (name === undefined || typed.trim() === name);
  return (
    <Modal
      open={open}
      title={title}
      okText={confirmLabel}
      okButtonProps={{ danger: true, disabled: !isSure }}
      confirmLoading={busy}
      onOk={onConfirm}
      onCancel={onCancel}
    >
      <div className={styles.stack}>
        <Alert type="warning" showIcon title={t('danger.touches')} />
        <ul className={styles.dangerList}>
          {touches.map((touch, index) => (
            <li key={index}>{touch}</li>
          ))}
        </ul>
        {props.children}
        {name !== undefined && !isRefused && (
          <label>
            {t('danger.typeName', { name })}
            <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
          </label>
        )}
      </div>
    </Modal>
  );
}
