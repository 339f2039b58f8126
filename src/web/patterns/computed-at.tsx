import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import styles from './patterns.module.css';

const newMs = 10_000;

/** When the numbers beside it were computed. */
export function ComputedAt({ at }: { at: string }) {
  const { t } = useTranslation('web');
  const format = useFormat();
  const isNew = Date.now() - Date.parse(at) < newMs;
  return (
    <Tooltip title={format.dateTime(at)}>
      <time className={styles.small} dateTime={at}>
        {isNew ? t('state.computedNow') : t('state.computedAt', { when: format.relative(at) })}
      </time>
    </Tooltip>
  );
}
