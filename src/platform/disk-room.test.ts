import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveUpBallast, readDiskRoom, watchDisk } from './disk-room.ts';
import { createLog } from './log.ts';

describe('the room on the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perennial-room-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps real bytes aside while there is room, and gives them up once', () => {
    watchDisk(folder, createLog('fatal'))();
    const { size, blocks } = statSync(join(folder, 'ballast'));
    expect(size).toBe(48 * 2 ** 20);
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
    expect(giveUpBallast(folder)).toBe(true);
    expect(giveUpBallast(folder)).toBe(false);
  });

  it('refuses new data in every process while the mark is there, and takes the mark away where there is room', () => {
    writeFileSync(join(folder, 'disk-full'), '');
    expect(() => readDiskRoom(folder).demand()).toThrow(expect.objectContaining({ code: 'platform.disk_full', status: 507 }));
    watchDisk(folder, createLog('fatal'))();
    expect(existsSync(join(folder, 'disk-full'))).toBe(false);
    expect(() => readDiskRoom(folder).demand()).not.toThrow();
  });
});
