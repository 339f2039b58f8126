/** What this domain's permissions allow: seeing messages and why they went or not, and what sending stands on; setting channels up; writing templates, and approving them; setting the rules of the gate. */
export const permissions = ['messaging.read', 'messaging.channels', 'messaging.templates', 'messaging.approve', 'messaging.rules'] as const;

export { channelKinds, consentOf, messagePurposes, reasons, verdicts, type ChannelKind, type MessagePurpose, type Reason, type Verdict } from './contract/vocabulary.ts';

export {
  blockKinds, messageProviders, templateContent, type Block, type GivenContent, type MailWords, type PlainWords, type SimpleBlock, type TemplateContent,
} from './contract/content.ts';
export {
  archiveTemplate, changeTemplate, changeTemplateDraft, createTemplate, createTemplateDraft, decideTemplate, deleteTemplateDraft, listTemplates, readTemplate, submitTemplate, templateStates, withdrawTemplate,
  type ShownTemplate, type ShownTemplateVersion, type TemplateRow, type TemplateState,
} from './contract/templates.ts';
export {
  accountConditions, accountStates, changeChannel, createChannel, deleteChannel, fieldsOf, listChannels, listTestMessages, orderChannels, readChannel, type ShownAccount, type AccountDetail, testChannel,
} from './contract/channels.ts';
export { cardOf, type ProviderCard, type ProviderKey, providerKeys } from './contract/providers/providers.ts';
export type { ProviderField } from './contract/providers/field.ts';
