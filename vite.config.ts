import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** What a member's page needs as well, which is nothing else of these. */
const drawing = /node_modules\/(react|react-dom|scheduler)\//;
const base = /node_modules\/(@tanstack|i18next|react-i18next|zod|dayjs)\//;
/** The component library without its locales, of which a reader needs one. */
const antd = /node_modules\/(?!.*\/locale\/)(antd|@ant-design|@rc-component)\//;
const server = 'http://127.0.0.1:3210';
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Leaves a `.br` and a `.gz` beside each asset, so that the server never compresses. */
const compressAssets = (): Plugin => ({
  name: 'compress-assets',
  apply: 'build',
  async writeBundle({ dir }) {
    const folder = `${dir}/assets`;
    const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
    for (const name of names) {
      const content = await readFile(`${folder}/${name}`);
      await writeFile(`${folder}/${name}.br`, await promisify(brotliCompress)(content, brotliOptions));
      await writeFile(`${folder}/${name}.gz`, await promisify(gzip)(content));
    }
  },
});

export default defineConfig({
  root: at('./src/web'),
  plugins: [react(), compressAssets()],
  build: {
    outDir: at('./dist/web'),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: at('./src/web/index.html'), member: at('./src/web/member.html'), preferences: at('./src/web/preferences.html') },
      output: {
        // The libraries change rarely: a release of ours leaves them in the browser's cache.
        codeSplitting: {
          groups: [
            { name: 'react', test: drawing, priority: 50 },
            { name: 'base', test: base, priority: 40 },
            { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 30 },
            // What the frame around every page needs comes first, what pages need after it.
            { name: 'antd-frame', test: antd, tags: ['$initial'], priority: 20 },
            { name: 'antd', test: antd, priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    fs: { allow: [at('.')] },
    // The web's own folder `api` is no address of the server.
    proxy: { '^/api/(?!.*\\.tsx?)': server, '/v1': server },
  },
});
