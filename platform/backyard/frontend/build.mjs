// Bundles src/ into ../static/dist: hashed file names, and manifest.json that maps
// plain names ("main.js") to them. `npm run build` runs it.
import { readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compile } from "sass";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../static/dist");

/** Compiles the one .scss file: the parts of Bootstrap that we use. */
const scss = {
  name: "scss",
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: compile(path, {
        loadPaths: [here("node_modules")],
        // Bootstrap 5.3 is written for @import, which Sass 1.80 began to deprecate.
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      }).css,
      loader: "css",
    }));
  },
};

/** Plain name → hashed name, for what a page may ask for; what these import has names of its own. */
function manifestOf(outputs) {
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint?.startsWith("src/"));
  return Object.fromEntries(
    entries.map(([path]) => [basename(path).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""), basename(path)]),
  );
}

/** Removes what an earlier build left. Last, so that a running server always finds its files. */
async function sweep(current) {
  const stale = (await readdir(target)).filter((name) => !current.includes(name));
  await Promise.all(stale.map((name) => rm(join(target, name), { recursive: true })));
}

const { metafile } = await build({
  absWorkingDir: here("."),
  entryPoints: ["src/main.ts", "src/editor.ts", "src/layout.ts", "src/preview.ts", "src/styles/main.css"],
  entryNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  outdir: target,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  metafile: true,
  plugins: [scss],
  logLevel: "warning",
});
await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifestOf(metafile.outputs), null, 2)}\n`);
await sweep(["manifest.json", ...Object.keys(metafile.outputs).map((path) => basename(path))]);
