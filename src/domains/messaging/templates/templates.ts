import { createGuard, systemResolve } from '../../../platform/outbound/guard.ts';
import type { Channels, MessagingDoors, MessagingPart, OpenTemplate, Templates } from '../part.ts';
import { readBrand } from '../../../platform/settings.ts';
import { createHostCheck } from './check/check-links.ts';
import { checkContent, type CheckDoors } from './check/check-template.ts';
import { refuseWrong } from './check/told.ts';
import { checkRoutes } from './check-routes.ts';
import { compileContent } from './compile/compile.ts';
import { personFields } from './fields/person-fields.ts';
import { productFields } from './fields/product-fields.ts';
import { createFields } from './fields/registry.ts';
import { findUsable, openContent, type OpenDoors } from './open.ts';
import { createPictures } from './pictures/read-picture.ts';
import { pictureRoutes } from './pictures/routes.ts';
import { readPicture } from './pictures/store.ts';
import { createRenderApart } from './render/apart/render-apart.ts';
import { addDemoTemplates } from './ready-made/demo.ts';
import { templateRoutes } from './routes.ts';
import type { KeepDoors } from './versions/keep.ts';
import { siteOf } from '../site.ts';
import { findCurrent, findVersion } from './versions/store.ts';

/** Approved versions never change: the newest used of them stay open. */
const mostOpen = 100;

/** What messages say: written, checked, approved by a second person, and rendered for each. */
export function createTemplates(doors: MessagingDoors, channels: Pick<Channels, 'tryOut'>): MessagingPart & Templates {
  const { platform, customers, say } = doors;
  const fields = createFields([...personFields(doors), ...productFields(doors)]);
  const renderApart = createRenderApart();
  const openDoors: OpenDoors = { platform, customers, fields, renderApart };
  const check: CheckDoors = { pg: platform.pg, fields, hostCheck: createHostCheck(createGuard(platform.config.outboundAllow, systemResolve)) };
  const keep: KeepDoors = {
    pg: platform.pg,
    now: () => platform.clock.now(),
    demandRight: async ({ channel, purpose }, content, { locale }) => refuseWrong(say, locale, (await checkContent(check, channel, purpose, content)).findings),
  };
  const pictures = createPictures(platform.config.outboundAllow, (file) => readPicture(platform.pg, file));
  const opened = new Map<string, OpenTemplate>();
  return {
    routes: [...templateRoutes(doors, keep), ...checkRoutes({ ...doors, channels }, openDoors, check, pictures), ...pictureRoutes(platform)],
    demo: addDemoTemplates(say),
    async stop() {
      pictures.close();
      await renderApart.end();
    },
    registerField: fields.register,
    current: (templateNo) => findCurrent(platform.pg, templateNo),
    async linksOf(templateNo, versionNo) {
      const version = await findVersion(platform.pg, templateNo, versionNo);
      return version ? compileContent(version.content, await readBrand(platform.pg)).links : [];
    },
    async open(templateNo, versionNo, use) {
      const site = await siteOf(platform);
      const { template, version } = await findUsable(platform, templateNo, versionNo, use);
      if (version.state !== 'approved') return openContent(openDoors, template, version.content);
      const key = `${templateNo} ${versionNo} ${template.category} ${site}`;
      const open = opened.get(key) ?? (await openContent(openDoors, template, version.content));
      opened.delete(key);
      opened.set(key, open);
      for (const oldest of opened.keys()) if (opened.size > mostOpen) opened.delete(oldest);
      return open;
    },
  };
}
