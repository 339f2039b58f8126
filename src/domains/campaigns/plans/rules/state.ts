import type { CampaignState, CampaignTurn } from '../../contract/plans.ts';

/** From which states each turn can be made, and to what it leads. Submitting leads to a second person, or past them. */
export const turns: Record<CampaignTurn, { from: readonly CampaignState[]; to: CampaignState }> = {
  check: { from: ['draft', 'checked'], to: 'checked' },
  submit: { from: ['checked'], to: 'submitted' },
  withdraw: { from: ['submitted', 'approved'], to: 'draft' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['submitted', 'approved', 'running', 'paused'], to: 'cancelled' },
};

/** What nobody was reached by yet may be changed, and is then a draft again, whoever approved it. */
export const changeable: readonly CampaignState[] = ['draft', 'checked', 'submitted', 'approved'];

/** What may be deleted: nothing came of it that anybody would look for. */
export const deletable: readonly CampaignState[] = ['draft', 'checked'];
