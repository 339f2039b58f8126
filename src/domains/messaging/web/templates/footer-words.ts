import type { TFunction } from 'i18next';

const places: Record<string, string> = { brand: '{{ brand.name }}', unsubscribe: '{{ links.unsubscribe }}', preferences: '{{ links.preferences }}' };

/** What a footer begins with. The catalogue has braces of its own, so that Liquid's are put in here. */
export const footerWords = (t: TFunction<'messaging'>): string => t('templates.new.footer').replace(/\[\[(\w+)\]\]/g, (_, name: string) => places[name] ?? '');
