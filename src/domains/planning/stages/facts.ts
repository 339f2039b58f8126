import type { Collect } from '../../collect/public.ts';
import type { StageFactName } from '../contract.ts';
import type { PlanningOptions } from '../part.ts';
import type { FactValues } from './rules.ts';

type Counted = 'customers' | 'audiences' | 'insights' | 'membership' | 'messaging' | 'campaigns';
type Doors = Pick<PlanningOptions, Counted> & { collect: Pick<Collect, 'counts'> };
/** What each domain counts of itself; null where it could not be counted in time. */
export type Counts = { [D in keyof Doors]: Awaited<ReturnType<Doors[D]['counts']>> | null };

/** Sales, users, members, campaigns: what a team reports from its first weeks on. A report of customer service joins them with the service desk. */
const basicReports = ['sales', 'users', 'members', 'campaigns'] as const;

/** Reads all facts of what domains count; one that is not in the product has no line here. */
export function factsOf({ customers, collect, audiences, insights, membership, messaging, campaigns }: Counts): FactValues {
  const hasModel = (kind: string): number | null => insights && Number(insights.models.includes(kind));
  return {
    history_imported: collect && collect.imports,
    live_sources: collect && collect.liveSources,
    consent_recorded: customers && customers.shareWithConsent,
    basic_reports: insights && basicReports.filter((subject) => insights.reported.includes(subject)).length,
    rules_published: membership && membership.programmes,
    channels_open: messaging && messaging.openChannels,
    templates_approved: messaging && messaging.templates,
    reach_rules: messaging && messaging.rules,
    buyers_scored: hasModel('rfm'),
    preference_known: hasModel('preference'),
    tree_learned: hasModel('decision_tree'),
    association_known: hasModel('association'),
    repurchase_known: hasModel('repurchase'),
    funnels_kept: insights && insights.funnels,
    typical_audiences: audiences && audiences.live,
    campaigns_run: campaigns && campaigns.begun,
    control_groups: campaigns && shareOf(campaigns.withControl, campaigns.begun),
    lift_measured: campaigns && campaigns.measured,
    members_joined: membership && customers && shareOf(membership.members, customers.people),
    tiers_moving: membership && membership.tierMoves,
    benefits_running: membership && membership.benefits,
    activities_held: membership && membership.activities,
    mall_items: membership && membership.mallItems,
    exclusives: membership && membership.exclusives,
    partners_running: membership && membership.partners,
    tag_library: audiences && audiences.tags,
    audiences_kept_up: audiences && audiences.live,
    recurring_campaigns: campaigns && campaigns.recurring,
    lifetime_value: hasModel('lifetime_value'),
    lifecycle_states: hasModel('lifecycle'),
  } satisfies Partial<Record<StageFactName, number | null>>;
}

/** Null of nothing: a share of none is not zero. */
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : Math.min(1, part / whole));
