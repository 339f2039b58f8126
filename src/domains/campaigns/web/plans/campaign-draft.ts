import type { Rule } from '../../../audiences/contract.ts';
import { everybody } from '../../../audiences/contract.ts';
import type { Rhythm } from '../../../insights/contract.ts';
import { momentAt, type Wall, wallOf } from '../../../../kernel/wall-clock.ts';
import type { ChannelKind } from '../../../messaging/contract.ts';
import { type CampaignDefinition, usualHoldout } from '../../contract.ts';

/** A version of the content; its key is its place. */
export interface ArmDraft {
  name: string;
  weight: number | null;
  /** `12:3`: the third version of the twelfth template. */
  template: string | null;
}

/** A campaign as a form holds it: audiences by their id, or 0 for everybody; a rule that is none of these stays as it is. */
export interface CampaignDraft {
  name: string;
  note: string;
  audience: number | 'own' | null;
  exclude: number[];
  channel: ChannelKind;
  category: string;
  arms: ArmDraft[];
  holdoutPercent: number | null;
  holdoutReason: string;
  when: 'atOnce' | 'once' | 'recurring';
  at: Wall | null;
  every: Rhythm['every'];
  weekday: number;
  monthDay: string;
  time: string;
  from: Wall | null;
  until: Wall | null;
  hasBestHour: boolean;
  earliest: number;
  latest: number;
  fallback: number;
  perMinute: number | null;
  usefulHours: number | null;
  expectedValue: number | null;
  costPerMessage: number | null;
  budget: number | null;
  hasStopRule: boolean;
  judgedBy: 'buyers' | 'revenue';
  leastPeople: number | null;
  levelPercent: number | null;
  measureDays: number | null;
  marginPercent: number | null;
}

export const letterOf = (at: number): string => String.fromCharCode(65 + at);
export const newArm = (): ArmDraft => ({ name: '', weight: 1, template: null });

export const newDraft = (now: Wall): CampaignDraft => ({
  name: '', note: '', audience: null, exclude: [], channel: 'email', category: '', arms: [newArm()], holdoutPercent: usualHoldout / 100, holdoutReason: '',
  when: 'atOnce', at: now, every: 'week', weekday: 1, monthDay: '1', time: '10:00', from: now, until: null, hasBestHour: false, earliest: 9, latest: 21, fallback: 10,
  perMinute: null, usefulHours: null, expectedValue: null, costPerMessage: null, budget: null, hasStopRule: true, judgedBy: 'buyers', leastPeople: 1_000, levelPercent: 95, measureDays: 28, marginPercent: null,
});

const audienceOf = (rule: Rule): number | 'own' => {
  if (rule.kind === 'audience' && rule.on === undefined) return rule.audienceId;
  return rule.kind === 'group' && rule.match === 'all' && rule.parts.length === 0 ? 0 : 'own';
};

export function draftOf(definition: CampaignDefinition, timeZone: string, wall: (text: string) => Wall): CampaignDraft {
  const { schedule, bestHour, stopRule, holdout, arms } = definition;
  const begun = newDraft(wall(new Date().toISOString()));
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    ...begun, name: definition.name, note: definition.note, audience: audienceOf(definition.audience),
    exclude: definition.exclude.flatMap((rule) => { const id = audienceOf(rule); return typeof id === 'number' ? [id] : []; }),
    channel: definition.channel, category: definition.category, arms: arms.map(({ name, weight, templateNo, templateVersion }) => ({ name, weight, template: `${templateNo}:${templateVersion}` })),
    holdoutPercent: holdout.share / 100, holdoutReason: holdout.reason,
    ...(schedule.when === 'once' ? (schedule.at === null ? { when: 'atOnce' as const } : { when: 'once' as const, at: wall(wallOf(schedule.at, timeZone)) }) : {
      when: 'recurring' as const, every: schedule.rhythm.every, time: schedule.rhythm.at, ...(schedule.rhythm.every === 'week' ? { weekday: schedule.rhythm.weekday } : {}), ...(schedule.rhythm.every === 'month' ? { monthDay: String(schedule.rhythm.day) } : {}),
      from: wall(schedule.from), until: schedule.until === null ? null : wall(schedule.until),
    }),
    ...(bestHour ? { hasBestHour: true, ...bestHour } : {}),
    perMinute: definition.perMinute, usefulHours: definition.usefulHours, expectedValue: number(definition.expectedValue), costPerMessage: number(definition.costPerMessage), budget: number(definition.budget),
    ...(stopRule ? { hasStopRule: true, judgedBy: stopRule.by, leastPeople: stopRule.leastPeople, levelPercent: Math.round(stopRule.level * 1_000) / 10 } : { hasStopRule: false }),
    measureDays: definition.measureDays, marginPercent: definition.marginPercent,
  };
}

const ruleOf = (id: number): Rule => (id === 0 ? everybody : { kind: 'audience', audienceId: id });
const money = (amount: number | null | undefined): string => (amount ?? 0).toFixed(4).replace(/\.?0+$/, '');

/** What a form asks for; null where it says too little to be asked for at all. `own` is the rule that the campaign had. */
export function wantedOf(draft: CampaignDraft, timeZone: string, own: Rule | null): CampaignDefinition | null {
  const audience = draft.audience === 'own' ? own : draft.audience === null ? null : ruleOf(draft.audience);
  const arms = draft.arms.flatMap(({ name, weight, template }, at) => {
    const [templateNo, templateVersion] = (template ?? '').split(':').map(Number);
    return templateNo > 0 && templateVersion > 0 ? [{ key: letterOf(at).toLowerCase(), name: name ?? '', weight: weight ?? 1, templateNo, templateVersion }] : [];
  });
  const share = Math.round((draft.holdoutPercent ?? 0) * 100);
  const reason = draft.holdoutReason ?? '';
  if (audience === null || arms.length === 0 || arms.length < draft.arms.length || draft.name.trim() === '' || (share === 0 && reason.trim() === '')) return null;
  return {
    name: draft.name, note: draft.note ?? '', audience, exclude: draft.exclude.map(ruleOf), channel: draft.channel, category: draft.category ?? '', arms, holdout: { share, reason: share === 0 ? reason : '' },
    schedule: scheduleOf(draft, timeZone), bestHour: draft.hasBestHour ? { earliest: draft.earliest, latest: draft.latest, fallback: draft.fallback } : null,
    perMinute: draft.perMinute ?? null, usefulHours: draft.usefulHours ?? null, expectedValue: money(draft.expectedValue), costPerMessage: money(draft.costPerMessage), budget: draft.budget === null || draft.budget === undefined ? null : money(draft.budget),
    stopRule: draft.hasStopRule && arms.length > 1 ? { by: draft.judgedBy, leastPeople: draft.leastPeople ?? 1_000, level: (draft.levelPercent ?? 95) / 100 } : null,
    measureDays: draft.measureDays ?? 28, marginPercent: draft.marginPercent ?? null,
  };
}

function scheduleOf(draft: CampaignDraft, timeZone: string): CampaignDefinition['schedule'] {
  if (draft.when !== 'recurring') return { when: 'once', at: draft.when === 'once' && draft.at ? momentAt(draft.at, timeZone) : null };
  const rhythm: Rhythm = draft.every === 'day' ? { every: 'day', at: draft.time } : draft.every === 'week' ? { every: 'week', weekday: draft.weekday, at: draft.time }
    : { every: 'month', day: draft.monthDay === 'last' ? 'last' : Number(draft.monthDay), at: draft.time };
  return { when: 'recurring', rhythm, from: draft.from?.format('YYYY-MM-DD') ?? '', until: draft.until?.format('YYYY-MM-DD') ?? null };
}
