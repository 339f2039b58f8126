import { type MessageFile, byNamespace } from './namespaces.ts';

/** Every namespace's messages of en. */
export const messages = byNamespace({
  ...import.meta.glob<MessageFile>('../../domains/*/messages/en.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../../platform/messages/en.json', { eager: true, import: 'default' }),
  ...import.meta.glob<MessageFile>('../messages/en.json', { eager: true, import: 'default' }),
});
