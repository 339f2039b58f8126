import type { Block, SimpleBlock } from '../../contract/content.ts';
import type { Pieces } from './liquid-parts.ts';
import { followed, htmlLine, htmlWords, type LinkNumbers, pictured } from './words.ts';

/** What a page is made with. */
export interface PageParts {
  pieces: Pieces;
  links: LinkNumbers;
  accent: string;
}

type Part<K extends Block['kind']> = Extract<Block, { kind: K }>;

const text = ({ pieces }: PageParts, words: string, attributes: string): string => `<mj-text ${attributes}>${pieces.put(words)}</mj-text>`;
const picture = ({ pieces, links }: PageParts, { address, alt, link, width }: Part<'image'>, padding = '0 24px'): string =>
  `<mj-image src="${pieces.put(pictured(address))}" alt="${pieces.put(htmlLine(alt))}" width="${width}px" padding="${padding}"${link.trim() === '' ? '' : ` href="${pieces.put(followed(link, links))}"`} fluid-on-mobile="true" />`;
const button = ({ pieces, links, accent }: PageParts, { text: words, link, align }: Pick<Part<'button'>, 'text' | 'link' | 'align'>): string =>
  `<mj-button css-class="button" align="${align}" background-color="${accent}" color="#ffffff" href="${pieces.put(followed(link, links))}">${pieces.put(htmlLine(words))}</mj-button>`;

/** What stands in a column. */
function inColumn(page: PageParts, block: SimpleBlock): string {
  const shown = ((): string => {
    switch (block.kind) {
      case 'title': return text(page, htmlWords(block.text, page.links), `css-class="ink" align="${block.align}" font-size="24px" font-weight="700" line-height="1.35"`);
      case 'text': return text(page, htmlWords(block.text, page.links), `css-class="ink" align="${block.align}"`);
      case 'image': return picture(page, block);
      case 'button': return button(page, block);
    }
  })();
  return block.when.trim() === '' ? shown : `<mj-raw>${page.pieces.put(`{% if ${block.when} %}`)}</mj-raw>${shown}<mj-raw>${page.pieces.put('{% endif %}')}</mj-raw>`;
}

const section = (content: string): string => `<mj-section css-class="card" background-color="#ffffff" padding="6px 0">${content}</mj-section>`;
const column = (content: string, attributes = ''): string => `<mj-column ${attributes}>${content}</mj-column>`;

/** One product beside its picture, once for each of the person's. They stay side by side on a phone. */
function products(page: PageParts, { from, most, link, picture: pictureOf, buttonText, showPrice }: Part<'products'>): string {
  const { pieces, links } = page;
  const list = from === 'last_order' ? 'last_order.products' : 'recommendations';
  const address = followed(link, links);
  const price = showPrice ? `{% if product.price %}<br /><span class="price">{{ product.price | money }}</span>{% endif %}` : '';
  const more = buttonText.trim() === '' ? '' : `<br /><a href="${address}" class="more" style="color:${page.accent};font-weight:600" target="_blank">${htmlLine(buttonText)}</a>`;
  const name = address === '' ? '<strong>{{ product.name }}</strong>' : `<a href="${address}" class="name" style="color:inherit;text-decoration:none" target="_blank"><strong>{{ product.name }}</strong></a>`;
  const words = column(text(page, `${name}${price}${more}`, 'css-class="ink"'), pictureOf.trim() === '' ? 'vertical-align="middle"' : 'width="68%" vertical-align="middle"');
  const image: Part<'image'> = { kind: 'image', key: 'p', when: '', address: pictureOf, alt: '{{ product.name }}', link, width: 160 };
  const shown = pictureOf.trim() === '' ? words : `<mj-group>${column(picture(page, image, '0 0 0 24px'), 'width="32%" vertical-align="middle"')}${words}</mj-group>`;
  return `<mj-raw>${pieces.put(`{% for product in ${list} limit: ${most} %}`)}</mj-raw>${section(shown)}<mj-raw>${pieces.put('{% endfor %}')}</mj-raw>`;
}

const footer = (page: PageParts, { text: words }: Part<'footer'>): string =>
  `<mj-section padding="12px 0 24px">${column(text(page, htmlWords(words, page.links), 'css-class="small" align="center" font-size="12px" color="#6b7280"'))}</mj-section>`;

/** A block as a part of the page. */
export function blockOfPage(page: PageParts, block: Block): string {
  if (block.kind === 'title' || block.kind === 'text' || block.kind === 'image' || block.kind === 'button') return conditional(page, block.when, section(column(inColumn(page, { ...block, when: '' }))));
  switch (block.kind) {
    case 'products': return conditional(page, block.when, products(page, block));
    case 'divider': return conditional(page, block.when, section(column('<mj-divider border-width="1px" border-color="#e5e7eb" padding="8px 24px" />')));
    case 'columns': return conditional(page, block.when, section(block.columns.map((blocks) => column(blocks.map((one) => inColumn(page, one)).join(''))).join('')));
    case 'footer': return conditional(page, block.when, footer(page, block));
  }
}

const conditional = ({ pieces }: PageParts, when: string, shown: string): string =>
  (when.trim() === '' ? shown : `<mj-raw>${pieces.put(`{% if ${when} %}`)}</mj-raw>${shown}<mj-raw>${pieces.put('{% endif %}')}</mj-raw>`);
