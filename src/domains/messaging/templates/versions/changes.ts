import type { Locale } from '../../../../kernel/locale.ts';
import type { MailWords, PlainWords, TemplateChange, TemplateContent } from '../../contract.ts';

interface Said {
  locale: Locale;
  /** What is said there: `subject`, or the kind of a block. */
  part: string;
  field: string;
  text: string;
}

/** What a version says differently from another: by its place in a language, blocks by their keys wherever they moved to. */
export function changesOf(before: TemplateContent, after: TemplateContent): TemplateChange[] {
  const [was, is] = [said(before), said(after)];
  const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [old, current] = [was.get(id), is.get(id)];
    if (old?.text === current?.text) return [];
    const { locale, part, field } = (current ?? old)!;
    return [{ id, locale, part, field, before: old?.text ?? null, after: current?.text ?? null }];
  });
  return [...changes, ...moved(before, after)];
}

function said(content: TemplateContent): Map<string, Said> {
  const found = new Map<string, Said>();
  for (const [name, words] of Object.entries<MailWords | PlainWords>(content.locales)) {
    const locale = name as Locale;
    const add = (id: string, part: string, field: string, value: unknown): void => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (text !== '' && text !== undefined) found.set(`${locale} ${id} ${field}`, { locale, part, field, text });
    };
    if (!('blocks' in words)) {
      const { variables, ...texts } = words;
      for (const [field, value] of Object.entries(texts)) add('plain', 'plain', field, value);
      for (const { name: variable, value } of variables) add('variable', 'variable', variable, value);
      continue;
    }
    add('mail', 'mail', 'subject', words.subject);
    add('mail', 'mail', 'preheader', words.preheader);
    for (const { key, kind, ...fields } of words.blocks) for (const [field, value] of Object.entries(fields)) add(key, kind, field, value);
  }
  if (content.kind === 'mail') found.set('accent', { locale: 'zh-CN', part: 'mail', field: 'accent', text: content.accent });
  return found;
}

/** Languages whose blocks are the same ones in another order. */
function moved(before: TemplateContent, after: TemplateContent): TemplateChange[] {
  if (before.kind !== 'mail' || after.kind !== 'mail') return [];
  return Object.entries(after.locales).flatMap(([name, { blocks }]) => {
    const locale = name as Locale;
    const old = before.locales[locale]?.blocks.map(({ key }) => key) ?? [];
    const kept = blocks.map(({ key }) => key).filter((key) => old.includes(key));
    const same = old.filter((key) => kept.includes(key)).join() === kept.join();
    return same ? [] : [{ id: `${locale} order`, locale, part: 'mail', field: 'order', before: null, after: null }];
  });
}
