/** What reading one file may cost. Every limit refuses with a Problem or a row problem; none cuts silently. */
export interface FileLimits {
  /** Bytes of text a batch aims at. A longer row makes its batch longer, up to `rowBytes`. */
  batchBytes: number;
  /** Rows of a batch at most. */
  batchRows: number;
  /** Bytes of one row. A longer row is a row problem; a longer header refuses the file. */
  rowBytes: number;
  columns: number;
  /** Bytes after decompression. */
  decompressedBytes: number;
  /** Decompressed bytes per compressed byte, looked at once `ratioFromBytes` have come out. */
  ratio: number;
  ratioFromBytes: number;
  /** Uncompressed bytes of one Parquet row group, which is decoded in memory as a whole. */
  rowGroupBytes: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: FileLimits = {
  batchBytes: mebibyte,
  batchRows: 16_384,
  rowBytes: mebibyte,
  columns: 1000,
  decompressedBytes: 64 * 1024 * mebibyte,
  ratio: 200,
  ratioFromBytes: 100 * mebibyte,
  rowGroupBytes: 512 * mebibyte,
};
