import type { CampaignState } from '../../contract.ts';

export const stateColors: Record<CampaignState, string> = { draft: 'default', checked: 'cyan', submitted: 'gold', approved: 'processing', running: 'success', paused: 'warning', done: 'blue', cancelled: 'default' };
