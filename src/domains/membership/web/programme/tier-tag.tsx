import { currentLocale } from '../../../../web/kit.ts';
import { nameIn, type Tier } from '../../contract.ts';
import styles from './programme.module.css';
import { TierIcon } from './tier-icon.tsx';

/** A tier as members see it: its picture, its colour and its name. */
export function TierTag({ tier }: { tier: Pick<Tier, 'names' | 'color' | 'icon'> }) {
  return (
    <span className={styles.tier}>
      <span className={styles.badge} style={{ background: tier.color }}><TierIcon icon={tier.icon} /></span>
      {nameIn(tier.names, currentLocale())}
    </span>
  );
}
