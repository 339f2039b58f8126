import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import {
  archiveTemplate, changeTemplate, changeTemplateDraft, createTemplate, createTemplateDraft, decideTemplate, deleteTemplateDraft, listTemplates, readTemplate, submitTemplate, withdrawTemplate,
} from '../contract.ts';
import type { MessagingDoors } from '../part.ts';
import { addDraft, addTemplate, decide, editDraft, type KeepDoors, putAway, removeDraft, renameTemplate, submit, withdraw } from './versions/keep.ts';
import { readPage } from './versions/list.ts';
import { shownTemplate, shownVersion } from './versions/shown.ts';
import { findTemplate, versionsOf } from './versions/store.ts';

/** Templates and their versions: written, asked about, approved, taken back. */
export function templateRoutes({ platform: { pg, clock } }: MessagingDoors, keep: KeepDoors): Route[] {
  return [
    route(listTemplates, async ({ query }) => ({ ...(await readPage(pg, query)), computedAt: clock.now().toISOString() })),
    route(readTemplate, async ({ params: { templateNo } }) => {
      const template = await findTemplate(pg, templateNo);
      if (!template) throw notFound('messaging.template_not_found', { templateNo });
      return { ...shownTemplate(template), versions: (await versionsOf(pg, templateNo)).map(shownVersion), computedAt: clock.now().toISOString() };
    }),
    route(createTemplate, async ({ body, actor }) => {
      const { template, version } = await addTemplate(keep, body, actor);
      return { ...shownTemplate(template), versions: [shownVersion(version)] };
    }),
    route(changeTemplate, async ({ params, body, actor }) => shownTemplate(await renameTemplate(keep, params.templateNo, body, actor))),
    route(archiveTemplate, async ({ params, body, actor }) => shownTemplate(await putAway(keep, params.templateNo, body.isArchived, actor))),
    route(createTemplateDraft, async ({ params, body, actor }) => shownVersion(await addDraft(keep, params.templateNo, body, actor))),
    route(changeTemplateDraft, async ({ params, body, actor }) => shownVersion(await editDraft(keep, params.templateNo, params.versionNo, body, actor))),
    route(deleteTemplateDraft, ({ params, actor }) => removeDraft(keep, params.templateNo, params.versionNo, actor)),
    route(submitTemplate, async ({ params, body, actor }) => shownVersion(await submit(keep, params.templateNo, params.versionNo, body.revision, actor))),
    route(decideTemplate, async ({ params, body, actor }) => shownVersion(await decide(keep, params.templateNo, params.versionNo, body, actor))),
    route(withdrawTemplate, async ({ params, body, actor }) => shownVersion(await withdraw(keep, params.templateNo, params.versionNo, body.reason, actor))),
  ];
}
