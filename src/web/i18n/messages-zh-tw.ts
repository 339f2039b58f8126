import { type MessageFile, byNamespace } from './namespaces.ts';

/** Every namespace's messages of zh-TW. */
export const messages = byNamespace({
  ...import.meta.glob<MessageFile>('../../domains/*/messages/zh-TW.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../../platform/messages/zh-TW.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../messages/zh-TW.json', { eager: true, import: 'default' }),
});
