import type { StageKey } from './plans.ts';

/** What the product itself can tell of a stage; or knows to belong to it, and cannot tell because it is not in the product yet. */
export interface FactTraits {
  stage: StageKey;
  unit: 'count' | 'percent';
  /** From how many on it is done; of a share 1 is all. A team may set another. */
  target: number;
  /** Where it is done; null where that is not in the product yet. */
  path: string | null;
}

const of = (stage: StageKey, target: number, path: string, unit: FactTraits['unit'] = 'count'): FactTraits => ({ stage, unit, target, path });
const notYet = (stage: StageKey): FactTraits => ({ stage, unit: 'count', target: 1, path: null });

/** By stage, in the order in which a team does them. */
export const stageFacts = {
  history_imported: of('foundation', 1, '/data/imports'),
  live_sources: of('foundation', 1, '/data/sources'),
  consent_recorded: of('foundation', 0.5, '/users', 'percent'),
  basic_reports: of('foundation', 4, '/insights/reporting'),
  rules_published: of('foundation', 1, '/members/programme'),
  channels_open: of('foundation', 2, '/programs/channels'),
  templates_approved: of('foundation', 5, '/programs/templates'),
  reach_rules: of('foundation', 1, '/programs/rules'),
  user_surveys: notYet('foundation'),
  service_desk: notYet('foundation'),

  buyers_scored: of('experiments', 1, '/insights/rfm'),
  preference_known: of('experiments', 1, '/insights/preference'),
  tree_learned: of('experiments', 1, '/insights/decision-tree'),
  association_known: of('experiments', 1, '/insights/association'),
  repurchase_known: of('experiments', 1, '/insights/repurchase'),
  funnels_kept: of('experiments', 1, '/insights/funnels'),
  typical_audiences: of('experiments', 5, '/users/audiences'),
  campaigns_run: of('experiments', 3, '/programs/campaigns'),
  control_groups: of('experiments', 0.8, '/programs/campaigns', 'percent'),
  lift_measured: of('experiments', 3, '/programs/campaigns'),
  referrals: notYet('experiments'),
  linear_journeys: notYet('experiments'),

  members_joined: of('value', 0.3, '/members', 'percent'),
  tiers_moving: of('value', 1, '/members/tiers'),
  benefits_running: of('value', 5, '/members/benefits'),
  activities_held: of('value', 4, '/members/activities'),
  mall_items: of('value', 10, '/members/mall'),
  exclusives: of('value', 1, '/members/benefits'),
  partners_running: of('value', 1, '/members/partners'),
  tag_library: of('value', 30, '/users/tags'),
  audiences_kept_up: of('value', 20, '/users/audiences'),
  recurring_campaigns: of('value', 3, '/programs/campaigns'),
  personal_journeys: notYet('value'),

  lifetime_value: of('loyalty', 1, '/insights/lifetime-value'),
  lifecycle_states: of('loyalty', 1, '/insights/lifecycle'),
  private_domain: notYet('loyalty'),
  product_proposals: notYet('loyalty'),
  experience_map: notYet('loyalty'),
  service_standards: notYet('loyalty'),
  surprises: notYet('loyalty'),
  care_journeys: notYet('loyalty'),
} as const satisfies Record<string, FactTraits>;
export type StageFactName = keyof typeof stageFacts;
export const stageFactNames = Object.keys(stageFacts) as [StageFactName, ...StageFactName[]];
