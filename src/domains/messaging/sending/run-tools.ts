import type { Platform } from '../../../platform/platform.ts';
import type { Channels, Gate, MessagingDoors, OpenTemplate, Templates } from '../part.ts';
import type { Pace } from './handing/pace.ts';
import type { Run } from './runs/run.ts';
import type { LinkSettings } from './tracking/message-links.ts';
import type { MessageTokens } from './tracking/message-tokens.ts';

/** What sending works with. */
export interface SendTools {
  platform: Platform;
  channels: Channels;
  templates: Templates;
  gate: Gate;
  tell: MessagingDoors['facts']['tell'];
  tokens: MessageTokens;
}

/** The template of an arm, read once for the whole run. */
export interface ArmTemplate {
  open: OpenTemplate;
  links: LinkSettings;
}

/** A run that this process works on. */
export interface OpenRun {
  tools: SendTools;
  run: Run;
  templates: (ArmTemplate | null)[];
  /** Goes on from turn to turn of a run. */
  pace: Pace;
}
