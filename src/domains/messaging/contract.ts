/** What this domain's permissions allow: seeing messages and why they went or not, and what sending stands on; setting channels up; telling addresses of devices, for an app or a site; writing templates, and approving them; setting the rules of the gate; telling who complains. */
export const permissions = ['messaging.read', 'messaging.channels', 'messaging.addresses', 'messaging.templates', 'messaging.approve', 'messaging.rules', 'messaging.complaints'] as const;

export { channelKinds, consentOf, messagePurposes, reasons, verdicts, type ChannelKind, type MessagePurpose, type Reason, type Verdict } from './contract/vocabulary.ts';

export {
  blockKinds, messageProviders, templateContent, type Block, type GivenContent, type MailWords, type PlainWords, type SimpleBlock, type TemplateContent,
} from './contract/content.ts';
export {
  archiveTemplate, changeTemplate, changeTemplateDraft, createTemplate, createTemplateDraft, decideTemplate, deleteTemplateDraft, listTemplates, readTemplate, submitTemplate, templateStates, withdrawTemplate,
  type ShownTemplate, type ShownTemplateVersion, type TemplateRow, type TemplateState,
} from './contract/templates.ts';
export {
  accountConditions, accountStates, changeChannel, createChannel, deleteChannel, fieldsOf, forgetChannelAddress, keepChannelAddress, listChannels, listTestMessages, orderChannels, readChannel, type ShownAccount, type AccountDetail, testChannel,
} from './contract/channels.ts';
export { cardOf, type ProviderCard, type ProviderKey, providerKeys } from './contract/providers/providers.ts';
export type { ProviderField } from './contract/providers/field.ts';

export { gateRules, firstRules, leastKeptMonths, type FrequencyCap, type GateRules, type PlatformQuota, type QuietTime } from './contract/gate-rules.ts';
export {
  changeGateRules, keepHeldBack, listDecisions, listGateRules, listHeldBack, readGateRules, readHeldBack, tryGateRules, type GateTouches, type HeldRow, type LedgerDecision, type ShownRules,
} from './contract/gate.ts';
export {
  addSuppression, exportSuppressions, importSuppressions, listSuppressions, removeSuppression, suppressedKinds, suppressionReasons, type ShownSuppression, type SuppressedKind, type SuppressionReason,
} from './contract/suppressions.ts';
export { listComplaints, openComplaint, settleComplaint, type Complaint } from './contract/complaints.ts';
export { choosePreferences, openPreferences, unsubscribeByOneClick, type PreferencesPage } from './contract/preferences.ts';
export {
  checkSettings, checkTemplate, listTemplateFields, previewTemplate, readCheckSettings, readTemplateVersion, showPicture, tryTemplate, writeCheckSettings,
  type CheckSettings, type MessagePreview, type TemplateChange, type TemplateFinding, type TextSize,
} from './contract/template-checks.ts';
export { deletePicture, fetchPicture, listPictures, pictureLimits, picturePath, uploadPicture, type MessagePicture } from './contract/pictures.ts';
export { listReadyTemplates, readyTemplateKeys, type ReadyTemplateKey } from './contract/ready-templates.ts';
export { followLink, openPixel } from './contract/tracking.ts';
export { askOptIn, confirmOptIn, readOptIn, type ShownOptIn } from './contract/opt-ins.ts';
