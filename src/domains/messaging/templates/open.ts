import { conflict, notFound } from '../../../kernel/problem.ts';
import { locales } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MessagingDoors, OpenTemplate, TemplateBinding, TemplateField } from '../part.ts';
import { siteOf } from '../site.ts';
import { compileContent } from './compile/compile.ts';
import { type Fields, readValues } from './fields/registry.ts';
import type { CompiledWords } from './render/compiled.ts';
import { finishMessage } from './render/finish.ts';
import { pathsOf } from './render/paths.ts';
import { createRenderer } from './render/renderer.ts';
import { findTemplate, findVersion, type TemplateRow, type VersionRow } from './versions/store.ts';
import type { TemplateContent } from '../contract/content.ts';
import type { RenderApart } from './render/apart/render-apart.ts';

/** What a template is opened with. */
export interface OpenDoors extends Pick<MessagingDoors, 'platform' | 'customers'> {
  fields: Fields;
  renderApart: RenderApart;
}

/** A version that may be used, or a problem that says why not. */
export async function findUsable({ pg }: MessagingDoors['platform'], templateNo: number, versionNo: number, use?: 'test'): Promise<{ template: TemplateRow; version: VersionRow }> {
  const [template, version] = [await findTemplate(pg, templateNo), await findVersion(pg, templateNo, versionNo)];
  if (!template || !version) throw notFound('messaging.template_version_not_found', { templateNo, versionNo });
  if (version.state === 'withdrawn') throw conflict('messaging.template_withdrawn', { name: template.name, versionNo });
  if (version.state !== 'approved' && use !== 'test') throw conflict('messaging.template_not_approved', { name: template.name, versionNo });
  return { template, version };
}

/** A template ready for people: its layout done, its Liquid parsed with the first message. */
export async function openContent(doors: OpenDoors, { channel, purpose, category }: Pick<TemplateRow, 'channel' | 'purpose' | 'category'>, content: TemplateContent): Promise<OpenTemplate> {
  const compiled = compileContent(content, await readBrand(doors.platform.pg), await siteOf(doors.platform));
  const renderer = createRenderer(compiled);
  const shown = shownFields(doors.fields, pathsOf(compiled));
  const available = locales.filter((locale) => compiled.locales[locale] !== undefined);
  return {
    channel, purpose, category, locales: available, bindings: available.map((locale) => bindingOf(compiled.locales[locale]!)),
    read: (connection, customerNos, as = {}) => readValues(doors, shown, available, connection, customerNos, as),
    render: ({ fields, locale }, links) => finishMessage(compiled, locale, renderer.write(fields, locale), links),
    renderAll: (messages) => doors.renderApart(compiled, messages),
  };
}

/** The fields that a template reads, each once. */
function shownFields(fields: Fields, paths: readonly string[][]): TemplateField[] {
  return [...new Set(paths.flatMap((path) => fields.of(path) ?? []))];
}

const bindingOf = ({ provider, providerTemplate }: CompiledWords): TemplateBinding => ({ ...(provider !== 'any' && { provider }), ...(providerTemplate !== '' && { providerTemplate }) });
