import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import { declarations } from "./shared/table/items/index.ts";

const banned = ["util", "utils", "helper", "helpers", "common", "manager", "service", "misc", "stuff"];

/** Rules of one layer as `no-restricted-syntax` entries: a later config replaces an earlier one, so they are spread. */
const everywhere = [
  {
    selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
    message: 'Import zod as `import * as z from "zod"`: the named import puts every locale into the bundle (447 kB).',
  },
  {
    selector: "CallExpression[callee.object.name='jest'][callee.property.name='mock']",
    message: "Hand in a port instead of mocking a module.",
  },
];
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time comes in as `now`." },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time comes in as `now`.",
  },
];
const noEnvironment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Only shared/runtime and infra read the environment.",
  },
];
const noRandom = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Use a port; for security use node:crypto.",
  },
];
/** Partitions that are one key, without a "#". */
const wholeKeys = Object.values(declarations)
  .flatMap((declaration) => [declaration, ...Object.values(declaration.listings ?? {})])
  .flatMap(({ prefix, partition }) => (partition.length === 0 ? [prefix] : []));
const keys = `/^([A-Z_]{3,}#|(${wholeKeys.join("|")})$)/`;
const noKeys = [
  {
    selector: `Literal[value=${keys}], TemplateElement[value.raw=${keys}]`,
    message: "Keys are spelled in shared/table only.",
  },
];
const noEntryKeys = [
  {
    selector: "Property[key.name='key'] > TemplateLiteral",
    message: "Keys of journal entries are spelled in shared/domain/ledger/entry-keys.ts only.",
  },
];
const syntax = (...rules) => ({ "no-restricted-syntax": ["error", ...everywhere, ...rules.flat()] });

export default tseslint.config(
  { ignores: ["dist", "node_modules", "cdk.out", ".local", ".tsbuild", "coverage", ".cache", "infra/edge"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.lint.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...syntax(),
      complexity: ["error", 8],
      "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "id-denylist": ["error", ...banned],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/unbound-method": "off",
      // A port may be asynchronous without every adapter of it waiting for something.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["shared/domain/**", "shared/ports/**", "shared/application/**", "shared/contracts/**"],
    rules: syntax(noClock, noEnvironment, noRandom, noKeys, noEntryKeys),
  },
  // Where time and chance come in, for everybody.
  { files: ["shared/ports/call-time.ts"], rules: syntax(noEnvironment, noKeys) },
  { files: ["shared/adapters/**"], rules: syntax(noClock, noEnvironment, noKeys) },
  { files: ["shared/table/**"], rules: syntax(noClock, noEnvironment, noRandom) },
  {
    files: ["lambdas/**"],
    rules: { ...syntax(noClock, noEnvironment, noRandom, noKeys), "max-lines": ["error", { max: 45 }] },
  },
  { files: ["shared/runtime/**"], rules: syntax(noRandom, noKeys) },
  {
    files: ["test/**"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-base-to-string": "off",
      complexity: "off",
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      globals: { require: "readonly", module: "writable", __dirname: "readonly", __filename: "readonly" },
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
);
