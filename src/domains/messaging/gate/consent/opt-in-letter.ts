import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { RenderedMessage } from '../../part.ts';
import { escapeHtml } from '../../templates/render/engine.ts';

/** The wording of what asks. A change of it is a new version, so that what somebody was asked can be told. */
export const letterVersion = 'opt-in 2026-11';

/** What asks somebody to confirm: it says what for and until when, and offers nothing. */
export function optInLetter(say: Say, channel: 'email' | 'sms', { locale, brand, url, token, expiresAt, timeZone }: { locale: Locale; brand: string; url: string; token: string; expiresAt: Date; timeZone: string }): RenderedMessage {
  const until = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(expiresAt);
  const said = (part: string): string => say(locale, 'messaging', `optIn.${part}`, { brand, url, until });
  if (channel === 'sms') return { text: said('sms'), confirm: token };
  const [title, why, button, ignore] = [said('title'), said('why'), said('button'), said('ignore')];
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.6"><div style="max-width:560px;margin:0 auto">
<h1 style="font-size:20px">${escapeHtml(title)}</h1><p>${escapeHtml(why)}</p>
<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 20px;border-radius:6px;background:#1f7a5c;color:#ffffff;text-decoration:none">${escapeHtml(button)}</a></p>
<p style="font-size:14px;opacity:.75">${escapeHtml(ignore)}</p></div></body></html>`;
  return { subject: said('subject'), html, text: `${title}\n\n${why}\n\n${button}: ${url}\n\n${ignore}\n` };
}
