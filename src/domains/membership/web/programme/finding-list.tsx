import { useTranslation } from 'react-i18next';
import { Alert } from '../../../../web/kit.ts';
import type { ToldFinding } from '../../contract.ts';
import styles from './programme.module.css';

const looks = { wrong: 'error', approval: 'warning', hint: 'info' } as const;

/** What somebody should know before it is published. */
export function FindingList({ findings }: { findings: readonly ToldFinding[] }) {
  const { t } = useTranslation('membership');
  return (
    <div className={styles.findings}>
      {findings.map(({ path, level, text }) => <Alert key={path + text} type={looks[level]} showIcon title={text} description={level === 'approval' ? t('design.needsSecond') : undefined} />)}
    </div>
  );
}
