/** Bytes of many things in one piece of memory of its own, which is handed from thread to thread without being copied. */
export function parcelOf(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parcel = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    parcel.set(part, at);
    at += part.length;
  }
  return parcel;
}

/** Takes the things out again, one after the other, by how long each is. */
export function openParcel({ buffer, byteOffset }: Uint8Array<ArrayBuffer>): (length: number) => Buffer {
  let at = byteOffset;
  return (length) => {
    const part = Buffer.from(buffer, at, length);
    at += length;
    return part;
  };
}
