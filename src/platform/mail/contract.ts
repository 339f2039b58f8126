import { z } from 'zod';

/**
 * How a connection to the mail server is encrypted: from its first byte (usually port 465), after it was
 * begun (port 587), or not at all, which is for a relay within one's own network.
 */
export const mailSecurities = ['tls', 'starttls', 'plain'] as const;

const hostName = z.string().trim().min(1).max(255).regex(/^[a-z0-9._:-]+$/i);
const siteAddress = z.url({ protocol: /^https?$/ }).max(300).transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => !/[?#@]/.test(text));

/** By what server mail leaves, and how it introduces itself. */
export const mailServerSchema = z.object({
  host: hostName,
  port: z.number().int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  /** Empty where the server asks nobody to sign in. */
  user: z.string().trim().max(200),
  fromAddress: z.email().max(200),
  fromName: z.string().trim().min(1).max(80),
  /** Where people open the product; links in mails begin with it. */
  siteAddress,
});
export type MailServer = z.output<typeof mailServerSchema>;
