import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { DisconnectOutlined, FileSearchOutlined, LockOutlined } from '../icons.tsx';
import { ApiProblem } from '../api/api-problem.ts';
import { sentenceOf } from '../api/sentence.ts';
import styles from './patterns.module.css';

/** Something could not be shown: what happened and a way to try again, or back where there is nothing to try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('web');
  // An address that no page can have names nothing, as one of something that is gone.
  const isMisread = error instanceof ApiProblem && error.status === 400 && error.fields.some(({ path }) => path.startsWith('params.'));
  const isMissing = isMisread || (error instanceof ApiProblem && error.status === 404);
  const isForbidden = error instanceof ApiProblem && error.status === 403;
  return (
    <div className={styles.state} role="alert">
      <span className={styles.stateIcon} aria-hidden>
        {isMissing ? <FileSearchOutlined /> : isForbidden ? <LockOutlined /> : <DisconnectOutlined />}
      </span>
      <div className={styles.stateTitle}>{t(isMissing ? 'error.missing' : isForbidden ? 'forbidden.title' : 'error.title')}</div>
      <div className={styles.stateHint}>{isMisread ? t('error.notFound') : sentenceOf(error, t)}</div>
      {isMissing || isForbidden ? (
        <Button className={styles.stateAction} onClick={() => window.history.back()}>
          {t('error.back')}
        </Button>
      ) : (
        onRetry && (
          <Button className={styles.stateAction} onClick={onRetry}>
            {t('error.retry')}
          </Button>
        )
      )}
    </div>
  );
}
