/** One esbuild pass over every lambda: `dist/lambdas/<kebab-name>/index.mjs`, with sizes in `dist/meta.json`. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { actions } from "#shared/contracts/index";

export const root = join(import.meta.dirname, "..", "..");
export const dist = join(root, "dist");

/** Largest bundles, bytes: the click path, and everything else. Source: design, section 9. */
export const budgets = { click: 15_000, api: 400_000 };

/** Bundles above the budget, and why. */
const STRIPE = "Stripe's client is 250 kB; only what talks to Stripe carries it";
export const exceptions: Readonly<Record<string, string>> = {
  "confirm-deposit": STRIPE,
  "deposit-funds": STRIPE,
  "open-wallet": STRIPE,
  "prove-ledger": STRIPE,
  "receive-stripe-webhook": STRIPE,
  "email-people": "It composes MIME with nodemailer and sends with SES's client",
  "get-open-api": "It carries the document itself",
};

const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup({ onResolve }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(import.meta.dirname, "credentials.ts"),
    }));
  },
};

/** Bundles all lambdas. @throws Error naming every lambda file that a contract calls for and that is not there. */
export async function bundle(): Promise<Metafile> {
  const missing = actions.filter(({ file }) => !existsSync(join(root, file)));
  if (missing.length > 0)
    throw new Error(`no lambda for these contracts: ${missing.map(({ file }) => file).join(", ")}`);
  rmSync(join(dist, "lambdas"), { recursive: true, force: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: actions.map(({ file, kebabName }) => ({ in: join(root, file), out: join(kebabName, "index") })),
    outdir: join(dist, "lambdas"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    metafile: true,
    legalComments: "none",
    plugins: [environmentCredentials],
    // A few packages are CommonJS and ask for Node's own modules; ES modules have no `require` of their own.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "meta.json"), JSON.stringify(result.metafile));
  return result.metafile;
}

/** Bytes of each lambda's bundle, largest first. */
export const sizesOf = ({ outputs }: Metafile): readonly { readonly name: string; readonly bytes: number }[] =>
  Object.entries(outputs)
    .map(([path, { bytes }]) => ({ name: path.split("/").at(-2) ?? path, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
