import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { ProgrammeDefinition } from '../../contract.ts';
import styles from './programme.module.css';
import { TierTag } from './tier-tag.tsx';

/** The tiers side by side, with what each takes and who holds it. */
export function TierLadder({ definition, held }: { definition: ProgrammeDefinition; held?: Record<string, number> | null }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <ol className={styles.ladder}>
      {definition.tiers.map((tier, at) => (
        <li key={tier.key} className={styles.step} style={{ borderTopColor: tier.color }}>
          <TierTag tier={tier} />
          {held !== undefined && <span className={styles.held}>{format.number(held && (held[tier.key] ?? 0))}<span className={styles.unit}>{t('design.people')}</span></span>}
          <span>{at === 0 ? t('design.byJoining') : t('design.entry', { growth: format.number(tier.entry) })}</span>
          {at > 0 && <span className={styles.quiet}>{tier.keep === null ? t('design.forGood') : t('design.keep', { growth: format.number(tier.keep) })}</span>}
        </li>
      ))}
    </ol>
  );
}
