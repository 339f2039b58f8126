import type { CardHead } from '../../contract.ts';

/** How far a card is. */
export const stateColors: Record<CardHead['state'], string> = { open: 'processing', frozen: 'success', appealed: 'warning' };
