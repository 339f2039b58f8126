import type { Say } from '../../../../platform/i18n.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import type { AddToDemo } from '../../../collect/public.ts';
import type { TemplateContent } from '../../contract.ts';
import { editorOf, insertDraft, insertTemplate, setApproved, setSubmitted } from '../versions/store.ts';
import { readyTemplates } from './ready-made.ts';

/** The templates of the demonstration brand: those that are ready, approved; the last one still waits to be. */
export const addDemoTemplates = (say: Say): AddToDemo => async (client) => {
  const now = new Date();
  const by = editorOf(systemActor);
  const ready = readyTemplates(say, 'zh-CN');
  for (const [n, { name, channel, purpose, category, content }] of ready.entries()) {
    const template = await insertTemplate(client, { name, channel, purpose, category }, by, now);
    const draft = await insertDraft(client, template.templateNo, approvedByProvider(content, n), '', by, now);
    const submitted = await setSubmitted(client, draft, by, now);
    if (n < ready.length - 1) await setApproved(client, submitted, by, now);
  }
};

/** Text messages go by the brand's account, which sends approved templates alone. */
function approvedByProvider(content: TemplateContent, n: number): TemplateContent {
  if (content.kind === 'mail') return content;
  const said = Object.entries(content.locales).map(([locale, words]) => [locale, { ...words, providerTemplate: `SMS_48000000${n}` }]);
  return { ...content, provider: 'aliyun', locales: Object.fromEntries(said) };
}
