import { DisconnectOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/sentence.ts';
import styles from './patterns.module.css';

/** Something could not be shown: what happened and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('web');
  return (
    <div className={styles.state} role="alert">
      <span className={styles.stateIcon} aria-hidden>
        <DisconnectOutlined />
      </span>
      <div className={styles.stateTitle}>{t('error.title')}</div>
      <div className={styles.stateHint}>{sentenceOf(error, t)}</div>
      {onRetry && (
        <Button className={styles.stateAction} onClick={onRetry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  );
}
