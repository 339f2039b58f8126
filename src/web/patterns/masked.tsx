import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EyeOutlined } from '../icons.tsx';
import styles from './patterns.module.css';

/** A personal value of which only a part is shown; `onReveal` reads it in full (and is audited). */
export function Masked({ value, onReveal }: { value: string; onReveal?: () => Promise<string> }) {
  const { t } = useTranslation('web');
  const [shown, setShown] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const reveal = async (): Promise<void> => {
    if (!onReveal) return;
    setAsking(true);
    try {
      setShown(await onReveal());
    } finally {
      setAsking(false);
    }
  };
  return (
    <span className={styles.masked}>
      {shown ?? value}
      {onReveal && shown === undefined && (
        <Button
          type="text"
          size="small"
          icon={<EyeOutlined />}
          aria-label={t('masked.reveal')}
          loading={isAsking}
          onClick={() => void reveal().catch(() => undefined)}
        />
      )}
    </span>
  );
}
