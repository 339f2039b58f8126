import { Engine } from 'mrml';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Block, MailWords, SimpleBlock } from '../../contract/content.ts';
import { type CompiledWords, marks } from '../render/compiled.ts';
import { createPieces } from './liquid-parts.ts';
import { blockOfPage } from './mail-blocks.ts';
import { followed, htmlLine, type LinkNumbers, plainOfWords } from './words.ts';

const fonts = `-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'PingFang TC', 'Microsoft JhengHei', Arial, sans-serif`;

/** What clients that know a dark mode show there. Those that turn colours themselves find nothing to do: both are declared. */
const dark = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .page { background: #121212 !important; background-color: #121212 !important; }
  .card, .card > table { background: #1e1e1e !important; background-color: #1e1e1e !important; }
  .ink div, .ink div a.name { color: #ededed !important; }
  .ink div a.more, .ink div a { color: #8ecfb6 !important; }
  .ink div .price { color: #a3a3a3 !important; }
  .card p { border-top-color: #3d3d3d !important; }
  .small div, .small div a, .brand div { color: #9ca3af !important; }
}
.ink div a { color: inherit; }
.small div a { color: #6b7280; }
.price { color: #6b7280; }`;

let layout: Engine | undefined;

/** A mail of one language: the layout is done here, once, and Liquid is left in it. */
export function compileMail(words: MailWords, accent: string, locale: Locale, links: LinkNumbers): CompiledWords {
  const pieces = createPieces();
  const body = words.blocks.map((block) => blockOfPage({ pieces, links, accent }, block)).join('\n');
  const page = `<mjml lang="${locale}" dir="ltr"><mj-head><mj-title>${pieces.put(htmlLine(words.subject))}</mj-title>${words.preheader === '' ? '' : `<mj-preview>${pieces.put(htmlLine(words.preheader))}</mj-preview>`}
    <mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
    <mj-attributes><mj-all font-family="${fonts}" /><mj-text font-size="15px" line-height="1.7" color="#1f2937" padding="8px 24px" /><mj-button font-size="15px" font-weight="600" border-radius="6px" inner-padding="12px 28px" padding="12px 24px" /></mj-attributes>
    <mj-style>${dark}</mj-style></mj-head>
    <mj-body css-class="page" background-color="#f3f4f6" width="600px">${head(accent)}${body}${foot}<mj-raw>${marks.pixel}</mj-raw></mj-body></mjml>`;
  layout ??= new Engine();
  const made = layout.toHtml(page);
  if (made.type === 'error') throw new Error(`the layout of a mail: ${made.message}`);
  return { subject: words.subject, html: pieces.fill(made.content), text: plainOfBlocks(words.blocks, links), link: '', providerTemplate: '', provider: 'any', variables: {} };
}

/** Whose mail it is, above everything, and a line in their colour. */
const head = (accent: string): string =>
  `<mj-section padding="16px 0 4px"><mj-column><mj-text css-class="brand" font-size="14px" font-weight="600" color="#4b5563">{{ brand.name }}</mj-text></mj-column></mj-section>
  <mj-section css-class="card" background-color="#ffffff" border-top="4px solid ${accent}" padding="8px 0 0"></mj-section>`;
const foot = '<mj-section padding="8px 0"></mj-section>';

/** The same mail without a page, for who reads it so. */
function plainOfBlocks(blocks: readonly Block[], links: LinkNumbers): string {
  const said = (block: Block | SimpleBlock): string => {
    const words = ((): string => {
      switch (block.kind) {
        case 'title': case 'text': case 'footer': return plainOfWords(block.text, links);
        case 'image': return block.link === '' ? block.alt : `${block.alt} ${followed(block.link, links)}`;
        case 'button': return `${block.text} ${followed(block.link, links)}`;
        case 'divider': return '----';
        case 'columns': return block.columns.flat().map(said).join('\n\n');
        case 'products': return `{% for product in ${block.from === 'last_order' ? 'last_order.products' : 'recommendations'} limit: ${block.most} %}- {{ product.name }} ${followed(block.link, links)}\n{% endfor %}`;
      }
    })();
    return block.when.trim() === '' ? words : `{% if ${block.when} %}${words}{% endif %}`;
  };
  return blocks.map(said).join('\n\n');
}
