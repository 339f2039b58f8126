import type { Locale } from '../../../../kernel/locale.ts';
import type { Block, MailWords, PlainWords, SimpleBlock, TemplateContent } from '../../contract.ts';

/** A text of a template: where it stands, and what becomes of it. */
export interface Written {
  path: string;
  locale: Locale;
  kind: 'words' | 'line' | 'address' | 'picture' | 'condition' | 'variable';
  text: string;
}

/** Every text of a version, in the order in which they are read. */
export function writtenIn(content: TemplateContent): Written[] {
  const found: Written[] = [];
  for (const [name, words] of Object.entries<MailWords | PlainWords>(content.locales)) {
    const locale = name as Locale;
    const add = (at: string, kind: Written['kind'], text: string): void => void found.push({ path: `locales.${locale}.${at}`, locale, kind, text });
    if ('blocks' in words) {
      add('subject', 'line', words.subject);
      add('preheader', 'line', words.preheader);
      words.blocks.forEach((block, n) => addBlock(`blocks.${n}`, block, add));
    } else {
      add('title', 'line', words.title);
      add('text', 'words', words.text);
      add('link', 'address', words.link);
      words.variables.forEach(({ value }, n) => add(`variables.${n}.value`, 'variable', value));
    }
  }
  return found.filter(({ text }) => text !== '');
}

function addBlock(at: string, block: Block | SimpleBlock, add: (at: string, kind: Written['kind'], text: string) => void): void {
  add(`${at}.when`, 'condition', block.when);
  switch (block.kind) {
    case 'title': case 'text': case 'footer': return add(`${at}.text`, 'words', block.text);
    case 'image': add(`${at}.alt`, 'line', block.alt); add(`${at}.address`, 'picture', block.address); return add(`${at}.link`, 'address', block.link);
    case 'button': add(`${at}.text`, 'line', block.text); return add(`${at}.link`, 'address', block.link);
    case 'products': add(`${at}.buttonText`, 'line', block.buttonText); add(`${at}.link`, 'address', block.link); return add(`${at}.picture`, 'picture', block.picture);
    case 'columns': return block.columns.forEach((blocks, c) => blocks.forEach((one, n) => addBlock(`${at}.columns.${c}.${n}`, one, add)));
    case 'divider':
  }
}
