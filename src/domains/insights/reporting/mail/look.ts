import { html, Html } from './html.ts';

/**
 * How mail looks. Mail programs read style attributes and tables from long ago; what they know beyond that (a phone's width,
 * the dark) is in one style sheet that may be ignored without harm.
 */
export const look = {
  ground: '#f3f5f3',
  card: '#ffffff',
  ink: '#1d2521',
  faint: '#5a655f',
  line: '#e0e6e2',
  accent: '#1f7a54',
  bad: '#b3402a',
  bar: '#a9cdbb',
} as const;

const font = "-apple-system,BlinkMacSystemFont,'Segoe UI','PingFang SC','PingFang TC','Microsoft YaHei','Microsoft JhengHei',sans-serif";

const dark = `
  .ground{background:#131715!important}.card{background:#1c2220!important;border-color:#2d3632!important}
  .ink{color:#e7eeea!important}.faint{color:#9eaaa3!important}.line{border-color:#2d3632!important}
  .good{color:#62c398!important}.bad{color:#ef8d76!important}.bar{background:#2f6a50!important}.button{background:#2b8a62!important}`;

const sheet = `
  body{margin:0;padding:0;-webkit-text-size-adjust:100%}
  img{border:0;display:block;max-width:100%}
  @media (max-width:480px){.tile{display:inline-block!important;width:49%!important;box-sizing:border-box}.wide{padding:16px!important}}
  @media (prefers-color-scheme:dark){${dark}}`;

/** The whole document around a message. */
export const page = (language: string, title: string, content: Html): string => html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title><style>${new Html(sheet)}</style></head>
<body class="ground" style="margin:0;padding:0;background:${look.ground}"><table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:${look.ground}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;font-family:${new Html(font)};font-size:15px;line-height:1.55;color:${look.ink}">${content}</table>
</td></tr></table></body></html>`.text;

/** A part of the message, on a card. */
export const card = (content: Html): Html => html`<tr><td style="padding:0 0 12px"><table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="background:${look.card};border:1px solid ${look.line};border-radius:8px"><tr><td class="wide" style="padding:20px 24px">${content}</td></tr></table></td></tr>`;

export const heading = (text: string | Html): Html => html`<h2 class="ink" style="margin:0 0 10px;font-size:16px;line-height:1.4;font-weight:600;color:${look.ink}">${text}</h2>`;

export const faint = (text: string): Html => html`<p class="faint" style="margin:0;font-size:13px;color:${look.faint}">${text}</p>`;

/** A link that looks like a button. */
export const button = (href: string, text: string): Html => html`<a class="button" href="${href}" style="display:inline-block;padding:10px 20px;border-radius:6px;background:${look.accent};color:#ffffff;text-decoration:none;font-weight:600">${text}</a>`;

const tilesInRow = 2;
export type Tone = 'good' | 'bad' | 'faint';

/** Figures, two a row, each with how it moved under it. */
export function tiles(figures: { label: string; value: string; note: string; tone: Tone }[]): Html {
  const colours = { good: look.accent, bad: look.bad, faint: look.faint };
  const tile = ({ label, value, note, tone }: (typeof figures)[number]): Html => html`<td class="tile" width="50%" valign="top" style="width:50%;padding:6px 8px 10px 0"><span class="faint" style="font-size:13px;color:${look.faint}">${label}</span><br><span class="ink" style="font-size:20px;line-height:1.35;font-weight:600;color:${look.ink}">${value}</span><br><span class="${tone}" style="font-size:13px;color:${colours[tone]}">${note}</span></td>`;
  const rows = Array.from({ length: Math.ceil(figures.length / tilesInRow) }, (_, row) => figures.slice(row * tilesInRow, (row + 1) * tilesInRow));
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.map((row) => html`<tr>${row.map(tile)}</tr>`)}</table>`;
}

const wholeBar = 100;

/** Values as bars: cells of a table, whose widths every mail program knows. `share` is of the longest bar. */
export const bars = (rows: { label: string; value: string; note: string; share: number }[]): Html => html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.map(({ label, value, note, share }) => {
  const width = Math.max(1, Math.round(Math.max(0, share) * wholeBar));
  return html`<tr><td class="ink" style="padding:6px 0 2px;font-size:14px;color:${look.ink}">${label}</td><td class="ink" align="right" style="padding:6px 0 2px;font-size:14px;color:${look.ink};white-space:nowrap">${value} <span class="faint" style="color:${look.faint};font-size:12px">${note}</span></td></tr>
<tr><td colspan="2" style="padding:0 0 4px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="bar" width="${width}%" height="8" style="width:${width}%;height:8px;background:${look.bar};border-radius:4px;font-size:0;line-height:0">&nbsp;</td>${width < wholeBar ? html`<td style="font-size:0;line-height:0">&nbsp;</td>` : html``}</tr></table></td></tr>`;
})}</table>`;
