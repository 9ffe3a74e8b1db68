/** What is known of each test file from a run without a mutant: how long it takes, and which mutants it comes by. */
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { root } from "../support/steps.ts";
import type { Runner } from "./crew.ts";
import type { Mutant } from "./kinds.ts";

const Known = z.object({
  /** Of everything that the run depends on. */
  state: z.string(),
  ms: z.number(),
  asked: z.array(z.string()),
});
type Known = z.infer<typeof Known>;

const store = join(root, ".cache", "mutants", "test-files.json");

/** Properties and whole templates take longer than all others together: they are asked last, and only then looked at. */
const isSlow = (file: string): boolean => /^test\/(properties\/|infra\/(templates|bundles))/.test(file);

const Config = z.object({
  default: z.object({ projects: z.array(z.object({ displayName: z.string(), testMatch: z.array(z.string()) })) }),
});
const { projects } = Config.parse(await import(join(root, "jest.config.mjs"))).default;

const filesOf = (project: "unit" | "infra"): string[] =>
  projects
    .filter(({ displayName }) => displayName === project)
    .flatMap(({ testMatch }) => testMatch.map((pattern) => pattern.replace("<rootDir>/", "")))
    .flatMap((pattern) => globSync(pattern, { cwd: root }));

/** Whatever a test may read, apart from other tests. */
const surroundings = createHash("sha256");
const sources = ["*.{json,mjs,md}", "{shared,lambdas,infra,test,docs}/**/*.{ts,cjs,mjs,js,snap,md,json}"];
for (const file of globSync(sources, { cwd: root }).sort())
  if (!/\.test\.ts$|^test\/mutants\/(?!kinds|switches|transform|environment)/.test(file))
    surroundings.update(file).update(readFileSync(join(root, file)));
const around = surroundings.digest("hex");
const stateOf = (file: string): string =>
  createHash("sha256")
    .update(around)
    .update(readFileSync(join(root, file)))
    .digest("hex");

const words = (path: string): string[] => path.replace(/(\.test)?\.ts$/, "").split(/[/.-]/);

export class TestFiles {
  private readonly files = { unit: filesOf("unit"), infra: filesOf("infra") };
  private readonly known: Map<string, Known>;
  /** Files that fail without any mutant. */
  readonly unfit = new Set<string>();
  private readonly looks = new Map<string, Promise<void>>();
  private readonly kills = new Map<string, number>();

  private readonly isQuick: boolean;

  /** Quick: what is slow is not asked at all. */
  constructor(isQuick: boolean) {
    this.isQuick = isQuick;
    this.known = new Map(Object.entries(stored()).filter(([file, { state }]) => state === stateOf(file)));
  }

  /** Those that a first round should look at. */
  get unseen(): string[] {
    return this.files.unit.filter((file) => !isSlow(file) && !this.known.has(file));
  }

  /** Test files that may notice a mutant; those soonest that are quick, are named like it, and have noticed its neighbours. */
  for(mutant: Mutant): string[] {
    const wanted = new Set(words(mutant.file));
    const cost = (file: string): number => {
      const likeness = words(file).filter((word) => wanted.has(word)).length;
      const noticed = this.kills.get(`${mutant.file} ${file}`) ?? 0;
      return (isSlow(file) ? 1e9 : (this.known.get(file)?.ms ?? 0)) / (1 + 2 * likeness + 2 * noticed);
    };
    return this.files[mutant.file.startsWith("infra/") ? "infra" : "unit"]
      .filter((file) => this.known.get(file)?.asked.includes(mutant.id) ?? !this.unfit.has(file))
      .filter((file) => !this.isQuick || !isSlow(file))
      .sort((a, b) => cost(a) - cost(b));
  }

  /** Whether a file comes by a mutant. */
  async comesBy(mutant: Mutant, file: string, runner: Runner): Promise<boolean> {
    if (!this.known.has(file)) await this.look(file, runner);
    return this.known.get(file)?.asked.includes(mutant.id) === true;
  }

  /** Runs a file as the code is. One that fails then is never asked: its word is worth nothing. */
  look(file: string, runner: Runner): Promise<void> {
    const look = this.looks.get(file) ?? this.lookOnce(file, runner);
    this.looks.set(file, look);
    return look;
  }

  private async lookOnce(file: string, runner: Runner): Promise<void> {
    const ran = await runner.run({ file, on: undefined });
    if (ran === undefined || ran.failed !== undefined) {
      console.log(`FAILS WITHOUT A MUTANT ${file}: ${ran?.failed ?? "it does not end"}`);
      this.unfit.add(file);
      return;
    }
    this.known.set(file, { state: stateOf(file), ms: ran.ms, asked: [...ran.asked] });
    this.save();
  }

  noticed(mutant: Mutant, file: string): void {
    const key = `${mutant.file} ${file}`;
    this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
  }

  private save(): void {
    mkdirSync(dirname(store), { recursive: true });
    writeFileSync(store, JSON.stringify(Object.fromEntries(this.known)));
  }
}

function stored(): Readonly<Record<string, Known>> {
  try {
    return z.record(z.string(), Known).parse(JSON.parse(readFileSync(store, "utf8")));
  } catch {
    // Nothing is known yet, or it was written in another shape.
    return {};
  }
}
