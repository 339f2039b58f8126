import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The part of the customers' vault that is needed here. */
export interface BodyVault {
  encrypt(purpose: string, text: string): Buffer;
  decrypt(purpose: string, sealed: Uint8Array): string;
}

const purpose = 'collect.set_aside_event';

/** The text of an event, compressed. */
export const packBody = (text: string): Buffer => zstdCompressSync(text);

/** The text of an event, compressed and encrypted: it may hold a person's data. */
export const sealBody = (vault: BodyVault, text: string): Buffer => sealPacked(vault, packBody(text));

/** The same of what `packBody` made. */
export const sealPacked = (vault: BodyVault, packed: Buffer): Buffer => vault.encrypt(purpose, packed.toString('base64'));

/** What `sealBody` was given. */
export const openBody = (vault: BodyVault, sealed: Uint8Array): string =>
  zstdDecompressSync(Buffer.from(vault.decrypt(purpose, sealed), 'base64')).toString('utf8');
