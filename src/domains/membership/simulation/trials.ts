import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { type Locale, locales } from '../../../kernel/locale.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { createShownNames, readRows } from '../../customers/public.ts';
import { cancelTrial, keepTrialPeople, listTrials, readTrial, readTrialPeople, startTrial, type TrialPeople } from '../contract/trials.ts';
import { nameIn, programmeDefinition } from '../contract/programme.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { heldTrials } from './kept/held-trials.ts';
import { cellsOf, shownResult, shownTrial } from './kept/shown.ts';
import { findRow, insertTrial, listRows, peopleOfCells, requestEnd, type TrialRow } from './kept/store.ts';
import { runTrial } from './run-trial.ts';

const queue = 'membership.trial';
const longestSeconds = 3_600;
const shownPeople = 10;

/** Versions of the programme tried on what everybody did, before they are published. */
export function createTrials(doors: MembershipDoors): MembershipPart {
  const { platform, say, audiences, customers: { vault } } = doors;
  const { pg: pool, clock, jobs } = platform;
  const named = createShownNames(platform);
  jobs.work<{ trialNo: number }>(queue, ({ trialNo }, signal) => runTrial(doors, trialNo, signal), { retries: 20, limitSeconds: longestSeconds });
  const demand = async (trialNo: number): Promise<TrialRow> => {
    const row = await findRow(pool, trialNo);
    if (!row) throw notFound('membership.no_trial', { trialNo });
    return row;
  };
  const find = async (row: TrialRow, of: TrialPeople): Promise<Bitmap> => (await audiences.everybody()).and(await audiences.asOfToday(await peopleOfCells(pool, row.trialNo, cellsOf(row, of))));
  const sentenceOf = ({ versionNo, draft, present }: TrialRow, of: TrialPeople, locale: Locale): string => {
    if (typeof of === 'string') return say(locale, 'membership', `trial.people.${of}`, { versionNo });
    const tier = (key: string | null, { tiers }: TrialRow['draft']): string => (key === null ? say(locale, 'membership', 'trial.noMember') : nameIn(tiers.find((each) => each.key === key)?.names ?? {}, locale));
    return say(locale, 'membership', 'trial.people.move', { versionNo, from: tier(of.from, present), to: tier(of.to, draft) });
  };
  return {
    heldData: [heldTrials(pool)],
    routes: [
      route(listTrials, async ({ actor: { locale } }) => ({ trials: (await listRows(pool)).map((row) => shownTrial(row, say, locale)) })),
      route(startTrial, async ({ body: { versionNo }, actor }) => shownTrial(await begin(doors, versionNo, actor), say, actor.locale)),
      route(readTrial, async ({ params: { trialNo }, actor: { locale } }) => {
        const row = await demand(trialNo);
        return { ...shownTrial(row, say, locale), result: await shownResult(row, named, say, locale) };
      }),
      route(cancelTrial, async ({ params: { trialNo }, actor }) => {
        await demand(trialNo);
        await inTransaction(pool, async (client) => {
          if (!(await requestEnd(client, trialNo, clock.now()))) throw conflict('membership.trial_over', { trialNo });
          await recordAudit(client, { actor, action: 'membership.cancel_trial', subject: `trial:${trialNo}` });
        });
        return shownTrial(await demand(trialNo), say, actor.locale);
      }),
      route(readTrialPeople, async ({ params: { trialNo }, body: { of }, actor: { locale } }) => {
        const row = await demand(trialNo);
        const found = await find(row, of);
        const some = found.sample(Math.min(shownPeople, found.size), seededRandom(trialNo));
        const people = (await readRows(platform, vault, some)).map(({ customerNo, name, phone, province }) => ({ customerNo, name, phone, province }));
        return { size: found.size, sentence: sentenceOf(row, of, locale), people };
      }),
      route(keepTrialPeople, async ({ params: { trialNo }, body: { of, name, reason }, actor }) => {
        const row = await demand(trialNo);
        const people = await find(row, of);
        if (people.size === 0) throw conflict('membership.trial_nobody', { trialNo });
        const sentences = Object.fromEntries(locales.map((locale) => [locale, sentenceOf(row, of, locale)])) as Record<Locale, string>;
        return { audienceId: await audiences.keepFound({ name, reason, people, sentences }, actor), size: people.size };
      }),
    ],
  };
}

/** Asks for a trial of a version beside the one in force; where none is, beside itself. */
async function begin({ platform: { pg: pool, clock, jobs }, programme }: MembershipDoors, versionNo: number, actor: Actor): Promise<TrialRow> {
  const { rows: [version] } = await pool.query<{ definition: unknown }>('select definition from programme_version where version_no = $1', [versionNo]);
  if (!version) throw notFound('membership.no_version', { versionNo });
  const draft = programmeDefinition.parse(version.definition);
  const asOf = clock.now();
  const current = await programme.at(asOf.getTime());
  const row = await inTransaction(pool, async (client) => {
    const begun = await insertTrial(client, { versionNo, againstNo: current?.versionNo ?? null, draft, present: current?.definition ?? draft, asOf, askedBy: actor.name });
    if (!begun) throw conflict('membership.trial_under_way');
    await recordAudit(client, { actor, action: 'membership.start_trial', subject: `trial:${begun.trialNo}`, details: { versionNo } });
    return begun;
  });
  await jobs.later(queue, { trialNo: row.trialNo }, { key: `trial-${row.trialNo}` });
  return row;
}
