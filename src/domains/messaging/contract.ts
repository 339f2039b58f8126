/** What this domain's permissions allow: seeing messages and why they went or not, and what sending stands on; setting channels up; writing templates, and approving them; setting the rules of the gate. */
export const permissions = ['messaging.read', 'messaging.channels', 'messaging.templates', 'messaging.approve', 'messaging.rules'] as const;

export { channelKinds, consentOf, messagePurposes, reasons, verdicts, type ChannelKind, type MessagePurpose, type Reason, type Verdict } from './contract/vocabulary.ts';
