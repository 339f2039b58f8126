import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckOutlined, CopyOutlined } from '../icons.tsx';
import styles from './patterns.module.css';

/** A secret that is shown this one time. */
export function CopyOnce({ secret, hint }: { secret: string; hint?: string }) {
  const { t } = useTranslation('web');
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <div className={styles.stack}>
      <Alert type="warning" showIcon title={hint ?? t('secret.once')} />
      <div className={styles.secret}>
        <code className={styles.secretText}>{secret}</code>
        <Button
          icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
          onClick={() => void copy().catch(() => undefined)}
        >
          {t(isCopied ? 'secret.copied' : 'secret.copy')}
        </Button>
      </div>
    </div>
  );
}
