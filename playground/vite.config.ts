import { defineConfig } from "vite";

export default defineConfig({
  base: "/graphiql/",
  build: {
    // The page is allowed no `data:` but for the fonts that GraphiQL's own style sheet holds.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5_000,
    // React's own marks, of no meaning outside a server.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  worker: { format: "es" },
});
