import { Badge } from '../../../../web/kit.ts';
import type { ShownTier } from '../../contract.ts';

/** A tier by its colour and its name. */
export const TierBadge = ({ tier }: { tier: ShownTier }) => <Badge color={tier.color} text={tier.name} />;
