import { type MessageFile, byNamespace } from './namespaces.ts';

/** Every namespace's messages of zh-CN. */
export const messages = byNamespace({
  ...import.meta.glob<MessageFile>('../../domains/*/messages/zh-CN.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../../platform/messages/zh-CN.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../messages/zh-CN.json', { eager: true, import: 'default' }),
});
