import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../../web/kit.ts';
import { useSettled } from '../../../../audiences/web/preview/use-settled.ts';
import { type ChannelKind, checkTemplate, type MessagePurpose, previewTemplate, type TemplateContent } from '../../../contract.ts';

/** As whom words are shown. */
export interface As {
  who: 'example' | 'person' | 'random';
  customerNo: number | null;
  inFull: boolean;
  /** As those get it who refused to be shown what is chosen for them. */
  isPlain: boolean;
  /** Rises to draw others at random. */
  turn: number;
}
type Asked = Parameters<typeof call<typeof previewTemplate>>[1];

export const asExample: As = { who: 'example', customerNo: null, inFull: false, isPlain: false, turn: 0 };

const pauseMs = 400;

/** What words come to and what is wrong with them, once the hands are still. */
export function useTemplatePreview(channel: ChannelKind, purpose: MessagePurpose, content: TemplateContent, locale: TemplateLocale, as: As, isChecked = true) {
  const written = useSettled(JSON.stringify({ channel, purpose, content }), pauseMs);
  const who = as.who === 'person' && as.customerNo !== null ? { who: 'person', customerNo: as.customerNo } : as.who === 'random' ? { who: 'random', people: 10 } : { who: 'example' };
  const body = { ...(JSON.parse(written) as object), as: who, inFull: as.inFull && who.who !== 'example', isPlain: as.isPlain, ...(locale === null ? {} : { locale }) };
  const preview = useQuery({
    queryKey: ['template preview', written, who, locale, as.inFull, as.isPlain, as.turn],
    queryFn: ({ signal }) => call(previewTemplate, { body } as Asked & object, { signal }),
    placeholderData: (before) => before, staleTime: 60_000, retry: false,
  });
  const check = useQuery({
    enabled: isChecked,
    queryKey: ['template check', written],
    queryFn: ({ signal }) => call(checkTemplate, { body: JSON.parse(written) as { channel: ChannelKind; purpose: MessagePurpose; content: TemplateContent } }, { signal }),
    placeholderData: (before) => before, staleTime: 60_000, retry: false,
  });
  return { preview, check };
}

/** Null for each person's own. */
export type TemplateLocale = 'zh-CN' | 'zh-TW' | 'en' | null;
