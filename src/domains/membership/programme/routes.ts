import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { type Brand, readBrand } from '../../../platform/settings.ts';
import {
  changeDraft, compareVersions, createDraft, decideVersion, deleteDraft, endPause as endPauseEndpoint, listReadyMade, listVersions, pauseProgramme, previewProgramme, publishVersion, readProgramme, readVersion,
  type ReadyMadeKey, readyMadeKeys, type ShownVersion, withdrawVersion,
} from '../contract/programme-design.ts';
import type { ProgrammeDefinition } from '../contract/programme.ts';
import { itemNames } from '../mall/items/store.ts';
import { checkDefinition } from './check/check-definition.ts';
import type { DesignDoors } from './doors.ts';
import { endPause, pause, readPauses, shownPause } from './pauses.ts';
import { tryOrder } from './preview/example-order.ts';
import { tryMember } from './preview/example-way.ts';
import { toldChanges, toldFindings, toldSentences } from './preview/told.ts';
import { readyMade } from './ready-made/ready-made.ts';
import { addDraft, demandVersion, editDraft, removeDraft } from './versions/keep-drafts.ts';
import { decide, isSecondPerson, publish, withdraw } from './versions/publish.ts';
import { shownVersion } from './versions/shown.ts';
import { readPromised, readVersionPage, type VersionRow } from './versions/store.ts';
import { neighbours, phaseOf } from './versions/timeline.ts';
import { createWords } from './words/phrase.ts';

/** Reading the programme: what holds, what was and will be, and what it says. */
export function programmeReadingRoutes(doors: DesignDoors): Route[] {
  const { platform: { pg, clock } } = doors;
  return [
    route(readProgramme, async ({ actor: { locale } }) => {
      const now = clock.now();
      const [all, pauses, brand, held] = await Promise.all([readPromised(pg), readPauses(pg), readBrand(pg), doors.surroundings.heldSoon()]);
      const shown = (row: VersionRow): ShownVersion => shownVersion(row, all, brand.timeZone, now);
      const current = all.find((row) => phaseOf(row, all, now) === 'in_force') ?? null;
      return {
        current: current && shown(current),
        coming: all.filter((row) => ['coming', 'waiting'].includes(phaseOf(row, all, now))).map(shown),
        definition: current?.definition ?? null,
        sentences: current ? toldSentences(current.definition, (await wordsOf(doors, locale, brand, current.definition))(current.definition)) : [],
        held: held && Object.fromEntries(held),
        pauses: pauses.map((row) => shownPause(row, now)),
        computedAt: now.toISOString(),
      };
    }),
    route(listVersions, async ({ query: { page, pageSize } }) => {
      const now = clock.now();
      const [{ rows, total }, all, { timeZone }] = await Promise.all([readVersionPage(pg, pageSize, (page - 1) * pageSize), readPromised(pg), readBrand(pg)]);
      return { rows: rows.map((row) => shownVersion(row, all, timeZone, now)), total, computedAt: now.toISOString() };
    }),
    route(readVersion, async ({ params: { versionNo }, actor }) => {
      const now = clock.now();
      const [row, all, brand] = [await demandVersion(pg, versionNo), await readPromised(pg), await readBrand(pg)];
      const { before } = neighbours(versionNo, row.startsAt ?? now, all);
      const words = await wordsOf(doors, actor.locale, brand, row.definition, before?.definition);
      const findings = checkDefinition(row.definition, await doors.surroundings.against(row.definition, before?.definition ?? null), dayIn(brand.timeZone, now));
      return {
        ...shownVersion(row, all, brand.timeZone, now),
        definition: row.definition,
        sentences: toldSentences(row.definition, words(row.definition)),
        // What was promised is not judged any more.
        findings: row.state === 'draft' || row.state === 'waiting' ? toldFindings(findings, words(row.definition)) : [],
        changes: before && toldChanges(before.definition, row.definition, words),
        changesFrom: before?.versionNo ?? null,
        mayDecide: row.state === 'waiting' && isSecondPerson(row, actor),
        computedAt: now.toISOString(),
      };
    }),
    route(compareVersions, async ({ query, actor: { locale } }) => {
      const now = clock.now();
      const [before, after, all, brand] = [await demandVersion(pg, query.before), await demandVersion(pg, query.after), await readPromised(pg), await readBrand(pg)];
      return {
        before: shownVersion(before, all, brand.timeZone, now), after: shownVersion(after, all, brand.timeZone, now),
        changes: toldChanges(before.definition, after.definition, await wordsOf(doors, locale, brand, before.definition, after.definition)),
      };
    }),
  ];
}

/** Designing the programme: drafts, what they would do, and their way into force. */
export function programmeDesignRoutes(doors: DesignDoors): Route[] {
  const { platform } = doors;
  const { pg, clock } = platform;
  const shown = async (row: VersionRow): Promise<ShownVersion> => shownVersion(row, await readPromised(pg), (await readBrand(pg)).timeZone, clock.now());
  return [
    route(listReadyMade, async ({ actor: { locale } }) => {
      const brand = await readBrand(pg);
      const told = async (key: ReadyMadeKey, definition: ProgrammeDefinition) => ({ key, definition, sentences: toldSentences(definition, (await wordsOf(doors, locale, brand, definition))(definition)) });
      return { programmes: await Promise.all(readyMadeKeys.map((key) => told(key, readyMade[key]()))) };
    }),
    route(createDraft, async ({ body, actor }) => shown(await addDraft(doors, body.definition, body.note, actor))),
    route(changeDraft, async ({ params, body, actor }) => shown(await editDraft(doors, params.versionNo, body, actor))),
    route(deleteDraft, ({ params, actor }) => removeDraft(doors, params.versionNo, actor)),
    route(publishVersion, async ({ params, body, actor }) => shown(await publish(doors, params.versionNo, body, actor))),
    route(decideVersion, async ({ params, body, actor }) => shown(await decide(doors, params.versionNo, body, actor))),
    route(withdrawVersion, async ({ params, body, actor }) => shown(await withdraw(doors, params.versionNo, body.reason, actor))),
    route(previewProgramme, async ({ body: { definition, order, member }, actor: { locale } }) => {
      const now = clock.now();
      const [all, brand] = [await readPromised(pg), await readBrand(pg)];
      const { before } = neighbours(0, now, all);
      const words = await wordsOf(doors, locale, brand, definition, before?.definition);
      const tried = tryOrder(definition, order, brand.timeZone, now);
      const findings = checkDefinition(definition, await doors.surroundings.against(definition, before?.definition ?? null), dayIn(brand.timeZone, now));
      return {
        findings: toldFindings(findings, words(definition)),
        sentences: toldSentences(definition, words(definition)),
        changes: before && toldChanges(before.definition, definition, words),
        order: { ...tried, steps: tried.steps.map(words(definition).say) },
        way: tryMember(definition, member, brand.timeZone, now).map(({ phrase, ...point }) => ({ ...point, text: words(definition).say(phrase) })),
        computedAt: now.toISOString(),
      };
    }),
    route(pauseProgramme, ({ body, actor }) => pause(platform, body, actor)),
    route(endPauseEndpoint, ({ params, actor }) => endPause(platform, params.pauseNo, actor)),
  ];
}

/** Words for what one of these definitions says. */
async function wordsOf({ say, platform: { pg } }: DesignDoors, locale: Locale, brand: Brand, ...definitions: (ProgrammeDefinition | undefined)[]) {
  const items = await itemNames(pg, definitions.flatMap((definition) => definition?.autoRedeem?.itemNo ?? []));
  return ({ tiers }: ProgrammeDefinition) => createWords(say, locale, brand, tiers, items);
}
