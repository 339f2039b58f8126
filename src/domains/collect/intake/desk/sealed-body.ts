import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The part of the customers' vault that is needed here. */
export interface BodyVault {
  encrypt(purpose: string, text: string): Buffer;
  decrypt(purpose: string, sealed: Uint8Array): string;
}

const purpose = 'collect.set_aside_event';

/** The text of an event, compressed and encrypted: it may hold a person's data. */
export const sealBody = (vault: BodyVault, text: string): Buffer =>
  vault.encrypt(purpose, zstdCompressSync(text).toString('base64'));

/** What `sealBody` was given. */
export const openBody = (vault: BodyVault, sealed: Uint8Array): string =>
  zstdDecompressSync(Buffer.from(vault.decrypt(purpose, sealed), 'base64')).toString('utf8');
