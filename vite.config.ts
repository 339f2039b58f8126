import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const server = 'http://127.0.0.1:3210';

export default defineConfig({
  root: at('./src/web'),
  plugins: [react()],
  build: {
    outDir: at('./dist/web'),
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // The libraries change rarely: a release of ours leaves them in the browser's cache.
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 30 },
            { name: 'antd', test: /node_modules\/(?!.*\/locale\/)(antd|@ant-design|@rc-component)\//, priority: 20 },
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|zod)\//,
              priority: 10,
            },
          ],
        },
      },
    },
  },
  server: {
    fs: { allow: [at('.')] },
    proxy: { '/api': server, '/v1': server },
  },
});
