import { notFound, Problem } from '../../../kernel/problem.ts';
import { createRateLimit } from '../../../platform/http/rate-limit.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { checkTemplate, listReadyTemplates, listTemplateFields, previewTemplate, showPicture, readCheckSettings as readSettings, readTemplateVersion, tryTemplate, writeCheckSettings as writeSettings } from '../contract.ts';
import type { Channels, MessagingDoors } from '../part.ts';
import { checkContent, type CheckDoors } from './check/check-template.ts';
import { readCheckSettings, writeCheckSettings } from './check/settings.ts';
import { toldFindings } from './check/told.ts';
import type { OpenDoors } from './open.ts';
import type { Pictures } from './pictures/read-picture.ts';
import { previewAs } from './preview/preview.ts';
import { tryWords } from './preview/try-words.ts';
import { readyTemplates } from './ready-made/ready-made.ts';
import { changesOf } from './versions/changes.ts';
import { isSecondPerson } from './versions/keep.ts';
import { shownTemplate, shownVersion } from './versions/shown.ts';
import { findTemplate, versionsOf } from './versions/store.ts';

const picturesPerMinute = 240;

/** What a version says, what is wrong with it, and how it looks to whom. */
export function checkRoutes(doors: MessagingDoors & { channels: Pick<Channels, 'tryOut'> }, open: OpenDoors, check: CheckDoors, pictures: Pick<Pictures, 'read'>): Route[] {
  const limit = createRateLimit(picturesPerMinute);
  const { platform: { pg, clock }, say } = doors;
  return [
    route(readTemplateVersion, async ({ params: { templateNo, versionNo }, actor }) => {
      const [template, versions] = await Promise.all([findTemplate(pg, templateNo), versionsOf(pg, templateNo)]);
      const version = versions.find((one) => one.versionNo === versionNo);
      if (!template || !version) throw notFound('messaging.template_version_not_found', { templateNo, versionNo });
      const { name, channel, purpose, category } = shownTemplate(template);
      const before = versions.find((one) => one.versionNo < versionNo && one.state === 'approved') ?? null;
      return {
        ...shownVersion(version), name, channel, purpose, category, content: version.content,
        changes: before && changesOf(before.content, version.content), changesFrom: before?.versionNo ?? null,
        mayDecide: version.state === 'waiting' && isSecondPerson(version, actor),
        computedAt: clock.now().toISOString(),
      };
    }),
    route(checkTemplate, async ({ body: { channel, purpose, content }, actor }) => {
      const { findings, sizes } = await checkContent(check, channel, purpose, content);
      return { findings: toldFindings(say, actor.locale, findings), sizes, computedAt: clock.now().toISOString() };
    }),
    route(previewTemplate, async ({ body, actor }) => ({ previews: await previewAs(doors, open, body, actor), computedAt: clock.now().toISOString() })),
    route(showPicture, async ({ body: { url }, actor }) => {
      const seconds = limit.take(`${actor.kind} ${actor.id}`, clock.now());
      if (seconds > 0) throw new Problem('messaging.too_often', { status: 429, retryAfterSeconds: seconds, params: { seconds } });
      return { picture: await pictures.read(url) };
    }),
    route(tryTemplate, ({ body, actor }) => tryWords(doors, open, body, actor)),
    route(listTemplateFields, async ({ actor: { locale } }) => ({
      fields: open.fields.all().map(({ name, label, kind, isPersonal }) => {
        const [namespace, ...key] = label.split(':');
        return { name, label: say(locale, namespace, key.join(':')), kind, isPersonal };
      }),
    })),
    route(listReadyTemplates, async ({ actor: { locale } }) => ({ templates: readyTemplates(say, locale) })),
    route(readSettings, async () => readCheckSettings(pg)),
    route(writeSettings, async ({ body, actor }) => {
      await inTransaction(pg, async (client) => {
        const before = await readCheckSettings(client);
        await writeCheckSettings(client, body);
        const changed = (name: 'forbidden' | 'allowed') => ({ added: body[name].filter((word) => !before[name].includes(word)), removed: before[name].filter((word) => !body[name].includes(word)) });
        await recordAudit(client, { actor, action: 'messaging.change_check', subject: 'message_check', details: { forbidden: changed('forbidden'), allowed: changed('allowed'), partPrice: body.partPrice } });
      });
      return body;
    }),
  ];
}
