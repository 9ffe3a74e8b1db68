/** What the carriers of a running world share. */
import type { Lambda } from "./lambdas.ts";
import type { Faults } from "./faults.ts";

/** What became of an invocation; one that failed threw, as Lambda sees it. */
export type Outcome<R> =
  | { readonly died: true; readonly failed?: undefined }
  | { readonly died: false; readonly failed: true }
  | { readonly died: false; readonly failed?: undefined; readonly reply: R };

export interface Running {
  readonly seed: number;
  readonly faults: Faults;
  readonly lambdas: readonly Lambda[];
  /** Milliseconds since the world began. */
  readonly nowMs: () => number;
  readonly now: () => string;
  /** Does something later, on nobody's account. Nothing begins any more once the world has ended. */
  later(ms: number, act: () => void): void;
  takes(ms: number): Promise<void>;
  invoke<R>(lambda: Lambda, event: unknown, name: string): Promise<Outcome<R>>;
  count(what: string, by?: number): void;
}
